"""URLs of categories."""

from django.urls import URLPattern, URLResolver, path

from rembuk.web.taxonomy import public as views

public: list[URLPattern | URLResolver] = [path("<slug:slug>/", views.detail, name="detail")]
desk: list[URLPattern | URLResolver] = []

"""URLs of work units."""

from django.urls import URLPattern, URLResolver, path

from rembuk.web.workunits import public as views

public: list[URLPattern | URLResolver] = [
    path("", views.index, name="list"),
    path("<str:code>/", views.detail, name="detail"),
]
desk: list[URLPattern | URLResolver] = []

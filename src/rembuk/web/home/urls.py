"""URLs of the front page."""

from django.urls import URLPattern, URLResolver, path

from rembuk.web.home import public as views

public: list[URLPattern | URLResolver] = [path("", views.front, name="home")]

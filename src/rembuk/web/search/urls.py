"""URLs of the search page."""

from django.urls import URLPattern, URLResolver, path

from rembuk.web.search import public as views

public: list[URLPattern | URLResolver] = [path("", views.results, name="results")]

"""URLs of statistics and transparency."""

from django.urls import URLPattern, URLResolver, path

from rembuk.web.insights import public as views

public: list[URLPattern | URLResolver] = [
    path("statistik/", views.overview, name="statistics"),
    path("transparansi/", views.transparency, name="transparency"),
]
desk: list[URLPattern | URLResolver] = []

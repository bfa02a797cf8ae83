"""URLs of statistics and transparency."""

from django.urls import URLPattern, URLResolver, path

from rembuk.web.insights import public as views
from rembuk.web.insights.units import units

public: list[URLPattern | URLResolver] = [
    path("statistik/", views.overview, name="statistics"),
    path("statistik/satuan-kerja/", units, name="units"),
    path("transparansi/", views.transparency, name="transparency"),
]
desk: list[URLPattern | URLResolver] = []

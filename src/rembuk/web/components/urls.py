"""URLs of the area «components»: ``desk`` under /kelola/, ``machine`` for the accent stylesheet."""

from django.urls import URLPattern, URLResolver, path, re_path

from rembuk.web.components import desk as pages

desk: list[URLPattern | URLResolver] = [
    path("komponen/", pages.component_page, name="index"),
    path("komponen/formulir/", pages.component_page, {"part": "forms"}, name="forms"),
]
machine: list[URLPattern | URLResolver] = [
    re_path(r"^merek/(?P<colour>[0-9a-f]{6})\.css$", pages.brand_stylesheet, name="brand_stylesheet"),
]

"""URLs of the import pages."""

from django.urls import URLPattern, URLResolver, path, re_path

from rembuk.web.imports import desk as views

public: list[URLPattern | URLResolver] = []
desk: list[URLPattern | URLResolver] = [
    path("", views.start, name="start"),
    path("periksa/", views.preview, name="preview"),
    path("selesai/", views.finish, name="finish"),
    path("ditolak.csv", views.rejected, name="rejected"),
    re_path(r"^templat\.(?P<kind>csv|xlsx)$", views.template, name="template"),
]

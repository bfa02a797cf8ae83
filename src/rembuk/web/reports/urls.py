"""URLs of the area «reports»: ``public`` under /transparansi/laporan/, ``desk`` under /kelola/laporan/."""

from django.urls import URLPattern, URLResolver, path

from rembuk.web.reports import desk as staff
from rembuk.web.reports import public as pages

public: list[URLPattern | URLResolver] = [
    path("", pages.index, name="list"),
    path("<slug:code>/", pages.detail, name="detail"),
    path("<slug:code>/data.xlsx", pages.workbook, name="workbook"),
]
desk: list[URLPattern | URLResolver] = [
    path("", staff.index, name="list"),
    path("baru/", staff.new, name="new"),
    path("<slug:code>/", staff.edit, name="edit"),
    path("<slug:code>/terbitkan/", staff.publish, name="publish"),
    path("<slug:code>/buang/", staff.discard, name="discard"),
]

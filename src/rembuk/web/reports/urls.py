"""URLs of the area «reports»: ``public`` under /transparansi/laporan/, ``desk`` under /kelola/laporan/."""

from django.urls import URLPattern, URLResolver, path

from rembuk.web.reports import desk as staff
from rembuk.web.reports import public as pages

public: list[URLPattern | URLResolver] = [
    path("", pages.index, name="list"),
    path("<str:code>/", pages.detail, name="detail"),
    path("<str:code>/data.xlsx", pages.workbook, name="workbook"),
]
desk: list[URLPattern | URLResolver] = [
    path("", staff.index, name="list"),
    path("baru/", staff.new, name="new"),
    path("<str:code>/", staff.edit, name="edit"),
    path("<str:code>/terbitkan/", staff.publish, name="publish"),
    path("<str:code>/buang/", staff.discard, name="discard"),
]

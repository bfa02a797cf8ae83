"""URLs of the indicators of a programme under /kelola/program/."""

from django.urls import URLPattern, URLResolver, path

from rembuk.web.programs.indicators import desk

urls: list[URLPattern | URLResolver] = [
    path("<str:code>/indikator/", desk.index, name="indicators"),
    path("<str:code>/indikator/baru/", desk.new, name="indicator_new"),
    path("<str:code>/indikator/<int:number>/", desk.edit, name="indicator"),
    path("<str:code>/indikator/<int:number>/hapus/", desk.remove, name="indicator_remove"),
    path("<str:code>/indikator/<int:number>/capaian/", desk.actuals, name="actuals"),
]

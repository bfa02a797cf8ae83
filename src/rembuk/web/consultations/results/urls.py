"""Addresses of this folder."""

from django.urls import URLPattern, path

from rembuk.web.consultations.results import desk as staff
from rembuk.web.consultations.results import public as pages
from rembuk.web.consultations.results import public_files as files

public: list[URLPattern] = [
    path("<str:code>/hasil/", pages.results, name="results"),
    path("<str:code>/hasil/jawaban/<int:number>/", pages.answers, name="answers"),
    path("<str:code>/matriks/", pages.matrix, name="matrix"),
    path("<str:code>/laporan/", pages.report, name="report"),
    path("<str:code>/data.csv", files.data, name="data"),
    path("<str:code>/data.json", files.dictionary, name="dictionary"),
    path("<str:code>/data.xlsx", files.workbook, name="workbook"),
]
desk: list[URLPattern] = [path("<str:code>/ekspor.xlsx", staff.export, name="export")]

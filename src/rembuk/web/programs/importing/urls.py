"""URLs of the import of a programme's layers under /kelola/program/."""

from django.urls import URLPattern, URLResolver, path

from rembuk.web.programs.importing import desk

urls: list[URLPattern | URLResolver] = [
    path("<str:code>/impor/", desk.start, name="import"),
    path("<str:code>/impor/templat.xlsx", desk.template, name="import_template"),
    path("<str:code>/impor/periksa/", desk.check, name="import_check"),
]

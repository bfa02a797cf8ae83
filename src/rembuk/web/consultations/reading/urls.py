"""Addresses of the pages anybody reads."""

from django.urls import URLPattern, path

from rembuk.web.consultations.reading import feed
from rembuk.web.consultations.reading import public as pages

public: list[URLPattern] = [
    path("", pages.index, name="list"),
    path("feed.atom", feed.feed, name="feed"),
    path("<str:code>/", pages.detail, name="detail"),
    path("<str:code>/butir/<int:number>/", pages.clause, name="clause"),
    path("<str:code>/versi/<int:number>/", pages.version, name="version"),
    path("<str:code>/versi/<int:old>/<int:new>/", pages.compare, name="compare"),
    path("<str:code>/berkas/<uuid:public_id>/", pages.document, name="file"),
    path("<str:code>/masukan/", pages.submissions, name="submissions"),
    path("<str:code>/masukan/<int:number>/", pages.submission, name="submission"),
]
desk: list[URLPattern] = []

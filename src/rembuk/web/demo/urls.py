"""URLs of the area «demo», included only where the site is a demonstration or under test."""

from django.urls import URLPattern, URLResolver, path

from rembuk.web.demo import public as pages

public: list[URLPattern | URLResolver] = [
    path("surat/", pages.letters, name="mail"),
    path("surat/<str:key>/", pages.letter, name="letter"),
]
desk: list[URLPattern | URLResolver] = []

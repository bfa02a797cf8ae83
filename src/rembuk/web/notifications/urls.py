"""URLs of the area «notifications»: ``public`` under the language. Mails name their paths: they must not change."""

from django.urls import URLPattern, URLResolver, path

from rembuk.web.notifications import public as pages

public: list[URLPattern | URLResolver] = [
    path("akun/pemberitahuan/", pages.inbox, name="inbox"),
    path("akun/notifikasi/", pages.preferences, name="preferences"),
    path("notifikasi/berhenti/<str:token>/", pages.end_mails, name="unsubscribe"),
]
desk: list[URLPattern | URLResolver] = []

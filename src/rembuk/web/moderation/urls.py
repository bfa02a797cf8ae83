"""URLs of the area «moderation»: ``public`` under the language, ``desk`` under /kelola/."""

from django.urls import URLPattern, URLResolver, path

from rembuk.web.moderation import desk as pages
from rembuk.web.moderation import desk_bulk

public: list[URLPattern | URLResolver] = []
desk: list[URLPattern | URLResolver] = [
    path("", pages.queue, name="queue"),
    path("sekaligus/", desk_bulk.bulk, name="bulk"),
    path("sekaligus/<uuid:mark>/", desk_bulk.bulk_done, name="bulk_done"),
    path("<uuid:case_id>/", pages.case, name="case"),
    path("<uuid:case_id>/ambil/", pages.claim, name="claim"),
    path("<uuid:case_id>/lepas/", pages.release, name="release"),
    path("<uuid:case_id>/<slug:name>/", pages.decide, name="decide"),
]

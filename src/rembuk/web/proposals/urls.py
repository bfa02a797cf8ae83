"""URLs of the area «proposals»: ``public`` under the language, ``desk`` under /kelola/."""

from django.urls import URLPattern, URLResolver, path

from rembuk.web.proposals import feed, lists
from rembuk.web.proposals import public as pages
from rembuk.web.proposals.desk.urls import desk
from rembuk.web.proposals.writing import views, views_files, views_own

public: list[URLPattern | URLResolver] = [
    path("", lists.index, name="list"),
    path("feed.atom", feed.feed, name="feed"),
    path("baru/", views.new, name="new"),
    path("serupa/", pages.similar, name="similar"),
    path("tempat/", pages.places, name="places"),
    path("draf/<uuid:public_id>/", views.draft, name="draft"),
    path("draf/<uuid:public_id>/pratinjau/", views.preview, name="preview"),
    path("draf/<uuid:public_id>/kirim/", views.send, name="send"),
    path("draf/<uuid:public_id>/hapus/", views.discard, name="discard"),
    path("draf/<uuid:public_id>/lampiran/", views_files.attach_file, name="attach"),
    path("draf/<uuid:public_id>/lampiran/<uuid:file_id>/", views_files.draft_file, name="draft_file"),
    path("draf/<uuid:public_id>/lampiran/<uuid:file_id>/hapus/", views_files.detach_file, name="detach"),
    path("<str:code>/", pages.detail, name="detail"),
    path("<str:code>/cetak/", pages.print_view, name="print"),
    path("<str:code>/versi/", pages.versions, name="versions"),
    path("<str:code>/lampiran/<uuid:file_id>/", pages.attachment, name="attachment"),
    path("<str:code>/nama/", pages.name, name="name"),
    path("<str:code>/tanda-terima/", views.receipt, name="receipt"),
    path("<str:code>/ubah/", views_own.change, name="edit"),
    path("<str:code>/tarik/", views_own.withdraw, name="withdraw"),
    path("<str:code>/banding/", views_own.appeal, name="appeal"),
    path("<str:code>/keberatan/", views_own.objection, name="object"),
]

__all__ = ["desk", "public"]

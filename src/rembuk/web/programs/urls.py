"""URLs of the area «programs»: ``public`` under the language, ``desk`` under /kelola/."""

from django.urls import URLPattern, URLResolver, path

from rembuk.web.programs import feed
from rembuk.web.programs import public as pages
from rembuk.web.programs.evaluation import urls as evaluation
from rembuk.web.programs.importing import urls as importing
from rembuk.web.programs.indicators import urls as indicators
from rembuk.web.programs.milestones import revising
from rembuk.web.programs.milestones import urls as milestones
from rembuk.web.programs.money import urls as money
from rembuk.web.programs.steering import desk as desk_pages
from rembuk.web.programs.steering import desk_links, desk_report, desk_steps
from rembuk.web.programs.suggestions import urls as suggestions
from rembuk.web.programs.voices import urls as voices

public: list[URLPattern | URLResolver] = [
    path("", pages.index, name="list"),
    path("feed.atom", feed.feed, name="feed"),
    path("<str:code>/", pages.detail, name="detail"),
    path("<str:code>/fase/<int:number>/", pages.detail, name="phase"),
    path("<str:code>/dokumen/<uuid:public_id>/", pages.document, name="document"),
    path("<str:code>/gambar/<uuid:public_id>/", pages.picture, name="picture"),
    path("<str:code>/bukti/<uuid:public_id>/", pages.evidence, name="evidence"),
    *voices.public,
    *evaluation.public,
]
desk: list[URLPattern | URLResolver] = [
    path("", desk_pages.index, name="list"),
    path("baru/", desk_pages.new, name="new"),
    path("tambah-usulan/", desk_links.choose, name="choose"),
    *voices.desk,
    *evaluation.desk,
    *suggestions.desk,
    path("<str:code>/", desk_pages.detail, name="detail"),
    path("<str:code>/ubah/", desk_pages.edit, name="edit"),
    path("<str:code>/usulan/", desk_links.link, name="link"),
    path("<str:code>/usulan/<str:proposal_code>/", desk_links.reword, name="reword"),
    path("<str:code>/usulan/<str:proposal_code>/keluarkan/", desk_links.unlink, name="unlink"),
    path("<str:code>/langkah/<slug:name>/", desk_steps.step, name="step"),
    path("<str:code>/fase/<int:number>/utama/", desk_steps.lead, name="lead"),
    path("<str:code>/fase/<int:number>/<slug:name>/", desk_steps.phase_step, name="phase_step"),
    path("<str:code>/rencana/", revising.revise, name="revise"),
    *milestones.urls,
    *importing.urls,
    *money.urls,
    *indicators.urls,
    path("<str:code>/kabar/", desk_report.update, name="update"),
    path("<str:code>/dokumen/", desk_report.document_new, name="document_new"),
    path("<str:code>/dokumen/<uuid:public_id>/", desk_report.document, name="document"),
    path("<str:code>/dokumen/<uuid:public_id>/hapus/", desk_report.document_remove, name="remove_document"),
]

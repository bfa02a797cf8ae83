"""All pages by area: ``public`` (language in the path), ``desk`` (/kelola/), ``machine``, ``demo``."""

from django.urls import URLPattern, URLResolver, include, path

from rembuk.web.accounts import urls as accounts
from rembuk.web.components import urls as components
from rembuk.web.consultations import urls as consultations
from rembuk.web.demo import urls as demo_area
from rembuk.web.desk import urls as desk_home
from rembuk.web.engagement import urls as engagement
from rembuk.web.exports import urls as exports
from rembuk.web.home import urls as home
from rembuk.web.imports import urls as imports
from rembuk.web.insights import urls as insights
from rembuk.web.machine import urls as machine_area
from rembuk.web.management import urls as management
from rembuk.web.moderation import urls as moderation
from rembuk.web.notifications import urls as notifications
from rembuk.web.pages import urls as pages
from rembuk.web.programs import urls as programs
from rembuk.web.proposals import urls as proposals
from rembuk.web.reports import urls as reports
from rembuk.web.search import urls as search
from rembuk.web.taxonomy import urls as taxonomy
from rembuk.web.trail import urls as trail
from rembuk.web.workunits import urls as workunits

public: list[URLPattern | URLResolver] = [
    *home.public,
    path("usulan/", include((proposals.public, "proposals"))),
    path("program/", include((programs.public, "programs"))),
    path("uji-publik/", include((consultations.public, "consultations"))),
    path("satuan-kerja/", include((workunits.public, "workunits"))),
    path("kategori/", include((taxonomy.public, "taxonomy"))),
    path("cari/", include((search.public, "search"))),
    path("transparansi/laporan/", include((reports.public, "reports"))),
    path("", include((insights.public, "insights"))),
    path("", include((pages.public, "pages"))),
    path("", include((engagement.public, "engagement"))),
    path("", include((notifications.public, "notifications"))),
    *accounts.allauth,
    path("akun/", include((accounts.public, "accounts"))),
]
desk: list[URLPattern | URLResolver] = [
    path("", include((desk_home.desk, "desk"))),
    path("moderasi/", include((moderation.desk, "moderation"))),
    path("usulan/", include((proposals.desk, "desk_proposals"))),
    path("usulan/impor/", include((imports.desk, "desk_imports"))),
    path("program/", include((programs.desk, "desk_programs"))),
    path("uji-publik/", include((consultations.desk, "desk_consultations"))),
    path("laporan/", include((reports.desk, "desk_reports"))),
    path("", include((management.desk, "desk_management"))),
    path("", include((exports.desk, "desk_exports"))),
    path("", include((trail.desk, "desk_trail"))),
    path("", include((components.desk, "desk_components"))),
]
machine: list[URLPattern | URLResolver] = [*machine_area.public, *components.machine, *management.machine]
demo: list[URLPattern | URLResolver] = [path("demo/", include((demo_area.public, "demo")))]

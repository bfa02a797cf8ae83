"""URLs of the area «management»: ``desk`` under /kelola/, ``machine`` for the logo."""

from django.urls import URLPattern, URLResolver, path

from rembuk.web.management import logo
from rembuk.web.management.access import urls as access
from rembuk.web.management.categories import urls as categories
from rembuk.web.management.desk_accounts import desk as desk_accounts
from rembuk.web.management.desk_accounts import desk_many as desk_accounts_many
from rembuk.web.management.lists import urls as lists
from rembuk.web.management.people import desk as people
from rembuk.web.management.people import desk_factor as factor
from rembuk.web.management.people import desk_many as people_many
from rembuk.web.management.people import desk_sheet as people_sheet
from rembuk.web.management.people import desk_trails as people_trails
from rembuk.web.management.people import export as people_export
from rembuk.web.management.roles import urls as roles
from rembuk.web.management.site import desk as site
from rembuk.web.management.units import urls as units

public: list[URLPattern | URLResolver] = []
machine: list[URLPattern | URLResolver] = [
    path("merek/logo/<uuid:public_id>", logo.picture, name="brand_logo")
]
desk: list[URLPattern | URLResolver] = [
    *categories.desk,
    *units.desk,
    path("pengguna/", people.index, name="people"),
    path("pengguna/undang/", people.invite, name="invite"),
    path("pengguna/undang-banyak/", people_sheet.start, name="invite_many"),
    path("pengguna/undang-banyak/periksa/", people_sheet.check, name="invite_many_check"),
    path("pengguna/undang-banyak/templat/", people_sheet.template, name="invite_many_template"),
    path("pengguna/ekspor/", people_export.export, name="people_export"),
    path("pengguna/pilihan/", people_many.selection, name="people_selection"),
    path("pengguna/loket/", desk_accounts.index, name="desk_accounts"),
    path("pengguna/loket/baru/", desk_accounts.new, name="desk_account_new"),
    path("pengguna/loket/sekaligus/", desk_accounts_many.many, name="desk_accounts_many"),
    path("pengguna/loket/<uuid:public_id>/", desk_accounts.account, name="desk_account"),
    path("pengguna/loket/<uuid:public_id>/kode/", desk_accounts.code, name="desk_account_code"),
    path("pengguna/loket/<uuid:public_id>/cetak/", desk_accounts.printed, name="desk_slip"),
    path("pengguna/<uuid:public_id>/", people.person, name="person"),
    path("pengguna/<uuid:public_id>/aktivitas/", people_trails.activity, name="person_activity"),
    path("pengguna/<uuid:public_id>/jejak/", people_trails.trail, name="person_trail"),
    path("pengguna/<uuid:public_id>/undang-lagi/", people.invite_again, name="invite_again"),
    path("pengguna/<uuid:public_id>/tangguhkan/", people.suspend, name="suspend"),
    path("pengguna/<uuid:public_id>/aktif/", people.reinstate, name="reinstate"),
    path("pengguna/<uuid:public_id>/faktor-kedua/", factor.reset, name="reset_factor"),
    path("pengguna/<uuid:public_id>/sesi/", people.sessions, name="person_sessions"),
    *access.routes,
    *roles.routes,
    path("pengaturan/", site.index, name="settings"),
    path("pengaturan/situs/", site.settings, name="settings_edit"),
    path("pengaturan/halaman/", site.pages, name="pages"),
    path("pengaturan/halaman/<slug:slug>/<slug:language>/", site.page_edit, name="page_edit"),
    *lists.desk,
]

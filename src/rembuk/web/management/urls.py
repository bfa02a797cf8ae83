"""URLs of the area «management»: ``desk`` under /kelola/, ``machine`` for the logo."""

from django.urls import URLPattern, URLResolver, path

from rembuk.web.management import logo
from rembuk.web.management.access import desk as access
from rembuk.web.management.categories import desk as categories
from rembuk.web.management.people import desk as people
from rembuk.web.management.people import desk_factor as factor
from rembuk.web.management.phases import desk as phases
from rembuk.web.management.site import desk as site
from rembuk.web.management.site import desk_lists as lists
from rembuk.web.management.units import desk as units

public: list[URLPattern | URLResolver] = []
machine: list[URLPattern | URLResolver] = [
    path("merek/logo/<uuid:public_id>", logo.picture, name="brand_logo")
]
desk: list[URLPattern | URLResolver] = [
    path("kategori/", categories.index, name="categories"),
    path("kategori/baru/", categories.new, name="category_new"),
    path("kategori/<slug:slug>/", categories.edit, name="category"),
    path("kategori/<slug:slug>/geser/", categories.shift, name="category_shift"),
    path("kategori/<slug:slug>/nonaktif/", categories.retire, name="category_retire"),
    path("kategori/<slug:slug>/aktif/", categories.restore, name="category_restore"),
    path("kategori/<slug:slug>/hapus/", categories.delete, name="category_delete"),
    path("satuan-kerja/", units.index, name="units"),
    path("satuan-kerja/<str:code>/", units.unit, name="unit"),
    path("satuan-kerja/<str:code>/baru/", units.new, name="unit_new"),
    path("satuan-kerja/<str:code>/ubah/", units.edit, name="unit_edit"),
    path("satuan-kerja/<str:code>/pindah/", units.move, name="unit_move"),
    path("satuan-kerja/<str:code>/nonaktif/", units.retire, name="unit_retire"),
    path("satuan-kerja/<str:code>/aktif/", units.restore, name="unit_restore"),
    path("pengguna/", people.index, name="people"),
    path("pengguna/undang/", people.invite, name="invite"),
    path("pengguna/<uuid:public_id>/", people.person, name="person"),
    path("pengguna/<uuid:public_id>/undang-lagi/", people.invite_again, name="invite_again"),
    path("pengguna/<uuid:public_id>/tangguhkan/", people.suspend, name="suspend"),
    path("pengguna/<uuid:public_id>/aktif/", people.reinstate, name="reinstate"),
    path("pengguna/<uuid:public_id>/faktor-kedua/", factor.reset, name="reset_factor"),
    path("pengguna/<uuid:public_id>/sesi/", people.sessions, name="person_sessions"),
    path("pengguna/<uuid:public_id>/peran/", access.give_to, name="grant_to"),
    path("hak-akses/", access.index, name="access"),
    path("hak-akses/peran/", access.roles, name="roles"),
    path("hak-akses/beri/", access.give, name="grant_new"),
    # Grants are rows between three public things and have no code of their own; staff pages only.
    path("hak-akses/<int:number>/akhiri/", access.end, name="grant_end"),
    path("pengaturan/", site.index, name="settings"),
    path("pengaturan/situs/", site.settings, name="settings_edit"),
    path("pengaturan/halaman/", site.pages, name="pages"),
    path("pengaturan/halaman/<slug:slug>/<slug:language>/", site.page_edit, name="page_edit"),
    path("pengaturan/hari-libur/", lists.holidays, name="holidays"),
    path("pengaturan/hari-libur/baru/", lists.holiday_new, name="holiday_new"),
    path("pengaturan/hari-libur/<int:number>/", lists.holiday, name="holiday"),
    path("pengaturan/hari-libur/<int:number>/hapus/", lists.holiday_remove, name="holiday_remove"),
    path("pengaturan/alasan/", lists.reasons, name="reasons"),
    path("pengaturan/alasan/baru/", lists.reason_new, name="reason_new"),
    path("pengaturan/alasan/<slug:code>/", lists.reason, name="reason"),
    path("pengaturan/fase/", phases.index, name="phases"),
    path("pengaturan/fase/baru/", phases.kind_new, name="phase_kind_new"),
    path("pengaturan/fase/templat/baru/", phases.template_new, name="phase_template_new"),
    path("pengaturan/fase/templat/<slug:code>/", phases.template, name="phase_template"),
    path("pengaturan/fase/templat/<slug:code>/geser/", phases.template_shift, name="phase_template_shift"),
    path("pengaturan/fase/<slug:code>/", phases.kind, name="phase_kind"),
    path("pengaturan/fase/<slug:code>/geser/", phases.kind_shift, name="phase_kind_shift"),
    path("pengaturan/fase/<slug:code>/hapus/", phases.kind_remove, name="phase_kind_remove"),
    path("pengaturan/templat/", lists.templates, name="templates"),
    path("pengaturan/templat/baru/", lists.template_new, name="template_new"),
    path("pengaturan/templat/<int:number>/", lists.template, name="template"),
]

"""URLs of Manajemen Satuan Kerja; words beside codes of units are reserved (``management.units.records``)."""

from django.urls import URLPattern, URLResolver, path

from rembuk.web.management.units import desk as views
from rembuk.web.management.units import desk_many, desk_places, desk_sheets

desk: list[URLPattern | URLResolver] = [
    path("satuan-kerja/", views.index, name="units"),
    path("satuan-kerja/sekaligus/", desk_many.many, name="units_many"),
    path("satuan-kerja/impor/", desk_sheets.start, name="units_import"),
    path("satuan-kerja/impor/periksa/", desk_sheets.check, name="units_import_check"),
    path("satuan-kerja/ekspor/<slug:form>/", desk_sheets.export, name="units_export"),
    path("satuan-kerja/<str:code>/", views.unit, name="unit"),
    path("satuan-kerja/<str:code>/baru/", views.new, name="unit_new"),
    path("satuan-kerja/<str:code>/ubah/", views.edit, name="unit_edit"),
    path("satuan-kerja/<str:code>/pindah/", desk_places.move, name="unit_move"),
    path("satuan-kerja/<str:code>/nonaktif/", desk_places.retire, name="unit_retire"),
    path("satuan-kerja/<str:code>/aktif/", desk_places.restore, name="unit_restore"),
]

"""URLs of the managed lists: those that share their pages, and holidays."""

from django.urls import URLPattern, URLResolver, path

from rembuk.web.management.holidays import desk as holidays
from rembuk.web.management.lists.desk_reasons import replace
from rembuk.web.management.lists.which import DESKS

desk: list[URLPattern | URLResolver] = [
    path("pengaturan/hari-libur/", holidays.index, name="holidays"),
    path("pengaturan/hari-libur/baru/", holidays.new, name="holiday_new"),
    path("pengaturan/hari-libur/tahun/", holidays.take_over, name="holiday_year"),
    path("pengaturan/hari-libur/massal/", holidays.many, name="holiday_many"),
    path("pengaturan/hari-libur/<int:number>/", holidays.edit, name="holiday"),
    path("pengaturan/hari-libur/<int:number>/hapus/", holidays.remove, name="holiday_remove"),
    path("pengaturan/alasan/<slug:code>/ganti/", replace, name="reason_replace"),
    *(url for desk_of_list in DESKS for url in desk_of_list.urls()),
]

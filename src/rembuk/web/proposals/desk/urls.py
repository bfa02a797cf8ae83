"""Addresses of the staff pages for proposals, under /kelola/usulan/."""

from django.urls import URLPattern, URLResolver, path, re_path

from rembuk.web.proposals.desk import views, views_entry, views_many
from rembuk.web.proposals.desk.acts import BY_NAME

_CODE = r"^(?P<code>USL-\d{4}-\d{6,9})/"
_PATHS = {
    "refer": "disposisi",
    "change": "ubah-disposisi",
    "assess": "telaah",
    "answer": "tanggapan",
    "resume": "lanjutkan",
    "duplicate": "duplikat",
    "undo-duplicate": "bukan-duplikat",
    "hide": "sembunyikan",
    "unhide": "tampilkan",
    "note": "catatan",
}

desk: list[URLPattern | URLResolver] = [
    path("", views.index, name="list"),
    path("masukkan/", views_entry.new, name="enter"),
    path("ekspor/", views_many.export, name="export"),
    path("pilihan/", views_many.selection, name="selection"),
    re_path(f"{_CODE}$", views.detail, name="detail"),
    re_path(f"{_CODE}nama/$", views.name, name="name"),
    re_path(f"{_CODE}pindaian/$", views.scan, name="scan"),
    *(
        re_path(f"{_CODE}{_PATHS[name]}/$", views.act, {"name": name}, name=name.replace("-", "_"))
        for name in BY_NAME
    ),
]

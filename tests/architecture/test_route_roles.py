"""The route x role table over every staff URL: who gets in, written out by hand and asked of the running site.

A administrator, U work unit admin, M moderator, P programme manager, C consultation manager, T assessor, R auditor.
"""

import uuid

import pytest
from django.test import Client

from tests import people, scenes
from tests.architecture.test_routes import ROUTES

pytestmark = pytest.mark.django_db

ROLES = {
    "A": "administrator",
    "U": "unit-admin",
    "M": "moderator",
    "P": "program-manager",
    "C": "consultation-manager",
    "T": "assessor",
    "R": "auditor",
}
PROPOSAL = "usulan/^(?P<code>USL-\\d{4}-\\d{6,9})/"
# What a route begins with, longest match first, and the roles that get in.
TABLE = {
    "": "AUMPCTR",
    "komponen/": "AUMPCTR",
    "moderasi/": "AUMCT",
    "moderasi/sekaligus/": "AUMC",
    "usulan/": "AUMPCTR",
    PROPOSAL: "AUMPCTR",
    f"{PROPOSAL}nama/": "AU",
    "usulan/ekspor/": "AUMP",
    "usulan/impor/": "AUM",
    "usulan/masukkan/": "AUM",
    "usulan/pilihan/": "AUMP",
    "program/": "AUMPCTR",
    "program/baru/": "AUP",
    "program/tambah-usulan/": "AUP",
    "program/saran/": "AUP",
    "program/kesaksian/": "AUM",
    "program/<str:code>/penilaian/buka/": "AUP",
    "program/<str:code>/evaluasi/": "AUP",
    "laporan/": "AU",
    "program/<str:code>/penilaian/<int:number>/tutup/": "AUP",
    "program/<str:code>/ubah/": "AUP",
    "program/<str:code>/usulan/": "AUP",
    "program/<str:code>/langkah/": "AUP",
    "program/<str:code>/fase/": "AUP",
    "program/<str:code>/rencana/": "AUP",
    "program/<str:code>/impor/": "AUP",
    "program/<str:code>/indikator/": "AUMPCTR",
    "program/<str:code>/indikator/baru/": "AUP",
    "program/<str:code>/indikator/<int:number>/": "AUP",
    "program/<str:code>/tonggak/": "AUMPCTR",
    "program/<str:code>/tonggak/baru/": "AUP",
    "program/<str:code>/tonggak/<uuid:public_id>/": "AUP",
    "program/<str:code>/bukti/": "AUMPCTR",
    "program/<str:code>/bukti/<uuid:public_id>/hapus/": "AUP",
    "program/<str:code>/uang/": "AUMPCTR",
    "program/<str:code>/uang/rencana/": "AUP",
    "program/<str:code>/uang/realisasi/": "AUP",
    "program/<str:code>/uang/realisasi/<uuid:public_id>/bukti/": "AUMPCTR",
    "program/<str:code>/uang/realisasi/<uuid:public_id>/bukti/tambah/": "AUP",
    "program/<str:code>/kabar/": "AUP",
    "program/<str:code>/dokumen/": "AUP",
    "program/<str:code>/dokumen/<uuid:public_id>/": "AUMPCTR",
    "program/<str:code>/dokumen/<uuid:public_id>/hapus/": "AUP",
    "uji-publik/<str:code>/ekspor.xlsx": "AUCR",
    "uji-publik/": "AUMPCTR",
    "uji-publik/<str:code>/masukan/entri/": "AUC",
    "uji-publik/<str:code>/masukan/<int:number>/bukti/": "AUC",
    "uji-publik/<str:code>/masukan/<int:number>/koreksi/": "AUC",
    "uji-publik/<str:code>/masukan/<int:number>/nama/": "AU",
    "uji-publik/<str:code>/masukan/<int:number>/langkah/": "AUMCT",
    **dict.fromkeys(
        (
            "uji-publik/baru/",
            "uji-publik/<str:code>/ubah/",
            "uji-publik/<str:code>/salin/",
            "uji-publik/<str:code>/pertanyaan/baru/",
            "uji-publik/<str:code>/pertanyaan/<int:number>/",
            "uji-publik/<str:code>/umumkan/",
            "uji-publik/<str:code>/serahkan/",
            "uji-publik/<str:code>/kembalikan/",
            "uji-publik/<str:code>/perpanjang/",
            "uji-publik/<str:code>/batalkan/",
            "uji-publik/<str:code>/berkas/",
            "uji-publik/<str:code>/berkas/<uuid:public_id>/hapus/",
            "uji-publik/<str:code>/program/",
            "uji-publik/<str:code>/naskah/",
        ),
        "AUC",
    ),
    "uji-publik/<str:code>/berkas/<uuid:public_id>/": "AUMPCTR",
    "uji-publik/<str:code>/matriks/": "AUMPCTR",
    "uji-publik/<str:code>/matriks/massal/": "AUCT",
    "uji-publik/<str:code>/matriks/<uuid:row>/<slug:name>/": "AUCT",
    "uji-publik/<str:code>/kelompok/": "AUMPCTR",
    "uji-publik/<str:code>/kelompok/susun/": "AUCT",
    "uji-publik/<str:code>/kelompok/<uuid:group>/<slug:name>/": "AUCT",
    "uji-publik/<str:code>/hasil/": "AUC",
    "uji-publik/<str:code>/selesaikan/": "AUC",
    "kategori/": "A",
    "satuan-kerja/": "A",
    "pengguna/": "AU",
    "pengguna/loket/": "AUM",
    "hak-akses/": "AU",
    "hak-akses/peran/baru/": "A",
    **dict.fromkeys(
        (
            f"hak-akses/peran/<slug:slug>/{act}/"
            for act in ("salin", "ubah", "nonaktif", "aktif", "bawaan", "hapus")
        ),
        "A",
    ),
    "pengaturan/": "A",
    "jejak-audit/": "AR",
    "^jejak-audit/": "AR",
    "log/": "AR",
}
SAMPLES = {
    "str": "PRG-2026-0099",
    "slug": "tidak-ada",
    "uuid": str(uuid.UUID(int=7)),
    "int": "7",
}
STAFF_ROUTES = sorted(route.removeprefix("kelola/") for route in ROUTES if route.startswith("kelola/"))


def expected(route: str) -> str:
    """The roles of the longest row that the route begins with; the desk's own row fits only itself."""
    rows = [row for row in TABLE if (route.startswith(row) if row else route == "")]
    assert rows, f"/kelola/{route} has no row in the table"
    return TABLE[max(rows, key=len)]


def address(route: str) -> str:
    """An address of the route that names nothing that exists."""
    import re

    path = route.replace("(?P<code>USL-\\d{4}-\\d{6,9})", "USL-2026-999999").replace(
        "(?P<number>[0-9]+)", "7"
    )
    path = path.replace("(?P<kind>csv|xlsx)", "csv").replace("\\.", ".").replace("^", "").replace("$", "")
    return "/kelola/" + re.sub(r"<(\w+):\w+>", lambda match: SAMPLES[match[1]], path)


def test_staff_routes_let_in_exactly_the_roles_of_the_table() -> None:
    place = scenes.regency()
    clients = {}
    for letter, role in ROLES.items():
        clients[letter] = Client()
        clients[letter].force_login(people.staff(role, place.root))
    wrong = []
    for route in STAFF_ROUTES:
        statuses = {letter: client.get(address(route)).status_code for letter, client in clients.items()}
        let_in = "".join(letter for letter, status in statuses.items() if status != 403)
        if let_in != expected(route) or any(status >= 500 for status in statuses.values()):
            wrong.append(f"/kelola/{route}: {let_in}, expected {expected(route)}, {statuses}")
    assert wrong == []


def test_staff_routes_refuse_members_and_lead_visitors_to_sign_in() -> None:
    scenes.regency()
    member = Client()
    member.force_login(people.citizen())
    for route in STAFF_ROUTES:
        assert member.get(address(route)).status_code == 403, route
        answer = Client().get(address(route))
        assert answer.status_code == 302, route
        assert answer["Location"].startswith("/akun/masuk/?next="), route


def test_every_row_of_the_table_has_a_route() -> None:
    assert [row for row in TABLE if not any(route.startswith(row) for route in STAFF_ROUTES)] == []


def test_every_entry_of_the_menu_opens_for_those_who_see_it() -> None:
    place = scenes.regency()
    for role in ROLES.values():
        client = Client()
        client.force_login(people.staff(role, place.root))
        menu = client.get("/kelola/").context["desk_menu"]
        assert menu, role
        assert [entry["url"] for entry in menu if client.get(entry["url"]).status_code != 200] == []

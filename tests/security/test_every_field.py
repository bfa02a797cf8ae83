"""Every form posted with every field of every model on top changes exactly what it changes without them.

The same form is sent twice to the same site: as the page offers it, and with the name of every column of every model
beside it, with values that would be noticed. All rows of all tables are compared before and after.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from django.apps import apps
from django.db import models
from django.test import Client

from tests.architecture.test_routes import ROUTES
from tests.security import snapshots, world
from tests.security.forms_of import forms_of
from tests.security.requesting import taken_back, unrendered
from tools import rights_table as table

pytestmark = pytest.mark.django_db
WORD = "disisipkan-penyusup"
# Forms that are not sent here: what they do is a session or a file, and no column could be added to it.
NOT_SENT = ("/akun/keluar/", "/akun/masuk/")


# Fields of the form itself that the page shows only after a search, or that a browser fills in.
OWN_FIELDS = (
    (r"/usulan/(baru|draf/[^/]+)/$", {"region"}),
    (r"/uji-publik/[^/]+/ikut/", {"region"}),
    (r"/diskusi/[^/]+/[^/]+/suara/$", {"version"}),
)
# Addresses that take a POST and have no form on the pages that this test opens.
_PROPOSAL = r"kelola/usulan/^(?P<code>USL-\d{4}-\d{6,9})/"
WITHOUT_FORM: dict[str, tuple[str, ...]] = {
    "the form is shown in another state of the thing": (
        "kelola/moderasi/<uuid:case_id>/lepas/",
        f"{_PROPOSAL}nama/$",
        "kelola/program/<str:code>/fase/<int:number>/utama/",
        "kelola/program/<str:code>/tonggak/<uuid:public_id>/geser/",
        "kelola/uji-publik/<str:code>/kelompok/susun/",
        "kelola/uji-publik/<str:code>/masukan/<int:number>/nama/",
        "kelola/uji-publik/<str:code>/matriks/<uuid:row>/<slug:name>/",
        "kelola/uji-publik/<str:code>/matriks/<uuid:row>/serupa/",
        "kelola/uji-publik/<str:code>/pertanyaan/<int:number>/pindah/",
        "kelola/uji-publik/<str:code>/selesaikan/",
        "kelola/uji-publik/<str:code>/ekspor.xlsx",
        "kelola/unduhan/<uuid:public_id>/batalkan/",
        "kelola/unduhan/<uuid:public_id>/hapus/",
        "kelola/kategori/<slug:slug>/aktif/",
        "kelola/kategori/<slug:slug>/hapus/",
        "kelola/pengaturan/fase/templat/<slug:code>/geser/",
        "kelola/pengguna/<uuid:public_id>/undang-lagi/",
        "kelola/pengguna/<uuid:public_id>/faktor-kedua/",
        "kelola/hak-akses/peran/<slug:slug>/aktif/",
        "kelola/hak-akses/peran/<slug:slug>/bawaan/",
        "kelola/hak-akses/peran/<slug:slug>/hapus/",
        "usulan/draf/<uuid:public_id>/lampiran/",
        "usulan/draf/<uuid:public_id>/lampiran/<uuid:file_id>/hapus/",
        "usulan/<str:code>/nama/",
        "uji-publik/<str:code>/ikut/kirim/",
        "uji-publik/<str:code>/ikut/gabung/",
        "uji-publik/<str:code>/ikut/tarik/",
        "uji-publik/<str:code>/ikut/buang/",
        "uji-publik/<str:code>/masukan/<int:number>/keberatan/",
        "akun/faktor-kedua/kode/",
        "akun/faktor-kedua/matikan/",
    ),
    "the form belongs to somebody else": (
        "komentar/<uuid:public_id>/moderasi/",
        "komentar/<uuid:public_id>/hapus/",
        "diskusi/<str:kind>/<str:code>/suara/",
        "diskusi/<str:kind>/<str:code>/laporkan/",
    ),
    "a checked sheet or a selection comes first": (
        "kelola/usulan/impor/periksa/",
        "kelola/usulan/impor/selesai/",
        "kelola/program/<str:code>/impor/periksa/",
        "kelola/satuan-kerja/sekaligus/",
        "kelola/unduhan/pilihan/",
        "kelola/satuan-kerja/impor/periksa/",
        "kelola/pengguna/undang-banyak/periksa/",
    ),
    "for people who are not signed in, or in the midst of it": (
        "akun/daftar/",
        "akun/daftar/terkirim/",
        "akun/konfirmasi/<str:key>/",
        "akun/masuk/",
        "akun/masuk/kata-sandi/",
        "akun/masuk/kode/",
        "akun/keluar/",
        "akun/nonaktif/",
        "akun/lupa-kata-sandi/terkirim/",
        "akun/kata-sandi-baru/selesai/",
        "akun/atur-ulang/<str:key>/",
        "akun/surel/konfirmasi/<str:token>/",
        "akun/dihapus/",
        "akun/lanjutkan/",
        "demo/surat/",
        "demo/surat/<str:key>/",
    ),
    "a page to read, which answers a POST as a GET": (
        r"^merek/(?P<colour>[0-9a-f]{6})\.css$",
        "akun/",
        "akun/masukan/",
        "akun/komentar/",
        "akun/dukungan/",
        "akun/diikuti/",
        "akun/pemberitahuan/",
        "akun/faktor-kedua/",
        "akun/faktor-kedua/kode/unduh/",
    ),
}


@cache
def _columns() -> dict[str, list[models.Field]]:
    found: dict[str, list[models.Field]] = {}
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            for name in {field.name, field.attname}:
                found.setdefault(name, []).append(field)
    return found


def _value(field: models.Field) -> str:
    """Something the column would take, and that nobody else writes."""
    if field.is_relation and field.related_model is not None:
        last = field.related_model._default_manager.order_by("pk").last()  # type: ignore[union-attr]
        return str(last.pk) if last is not None else "1"
    if field.choices:
        return str(list(field.flatchoices)[-1][0])
    by_kind: tuple[tuple[type[models.Field], str], ...] = (
        (models.BooleanField, "on"),
        (models.DateTimeField, "2031-02-03T04:05:06Z"),
        (models.DateField, "2031-02-03"),
        (models.IntegerField, "29"),
        (models.DecimalField, "29"),
        (models.UUIDField, "00000000-0000-4000-8000-0000000000aa"),
        (models.EmailField, "penyusup@contoh.id"),
        (models.JSONField, '{"penyusup": 1}'),
    )
    return next((value for kind, value in by_kind if isinstance(field, kind)), WORD)


def extras(path: str, data: dict[str, Any], which: int) -> dict[str, str]:
    """Every name that the form does not have, with the value of its first or its last column."""
    own = {name for pattern, names in OWN_FIELDS if re.match(pattern, path) for name in names}
    return {
        name: _value(fields[which]) for name, fields in _columns().items() if name not in data.keys() | own
    }


def _forms(client: Client, paths: list[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every form once, by where it is sent."""
    seen = set(NOT_SENT)
    for path in paths:
        answer = client.get(path)
        body = world.body_of(answer)
        if answer.headers.get("Content-Type", "").startswith("text/html"):
            for action, data in forms_of(body.decode()):
                to = urlsplit(urljoin(path, action)).path if action else path
                if to not in seen:
                    seen.add(to)
                    yield to, data


def _change(client: Client, path: str, data: dict[str, Any], before: snapshots.Rows) -> Any:
    with taken_back(client):
        written = snapshots.writes()
        with unrendered():
            world.body_of(answer := client.post(path, data))
        found = snapshots.difference(before, snapshots.snapshot_since(before, written))
    return answer.status_code, found


def _paths(made: world.World, part: str) -> list[str]:
    every = world.addresses(made)
    return [every[route] for route in ROUTES if _part(route) == part]


def _part(route: str) -> str:
    first, _, rest = route.partition("/")
    return (
        f"kelola/{rest.partition('/')[0]}" if first == "kelola" else "akun" if first == "akun" else "publik"
    )


PARTS = sorted({_part(route) for route in ROUTES})


@pytest.mark.parametrize("part", PARTS)
def test_form_with_every_column_beside_it_changes_what_it_changes_without(part: str) -> None:
    made = world.furnish()
    client = Client(raise_request_exception=False)
    client.force_login(made.admin if part.startswith("kelola") else made.author)
    forms = list(_forms(client, _paths(made, part)))
    before = snapshots.snapshot()
    wrong = []
    for path, data in forms:
        plain = _change(client, path, data, before)
        for which in (0, -1):
            added = _change(client, path, {**extras(path, data, which), **data}, before)
            wrong += [f"{path}: {_told(plain, added)}"] if plain != added else []
    assert wrong == []


def test_every_address_that_takes_a_form_has_one_or_a_reason() -> None:
    made = world.furnish()
    paths, found = world.addresses(made), set()
    for person, is_staff in ((made.admin, True), (made.author, False)):
        client = Client(raise_request_exception=False)
        client.force_login(person)
        mine = [path for route, path in paths.items() if route.startswith("kelola/") == is_staff]
        found |= {to for to, _data in _forms(client, mine)}
    takes = {row.route for row in table.load()[0] if "POST" in row.methods}
    excused = [route for routes in WITHOUT_FORM.values() for route in routes]
    assert len(excused) == len(set(excused))
    assert sorted(route for route in takes - set(excused) if paths[route] not in found) == []
    assert sorted(route for route in excused if route not in takes or paths[route] in found) == []


def _told(plain: Any, added: Any) -> str:
    if plain[0] != added[0]:
        return f"{plain[0]} became {added[0]}"
    tables = {
        table for table in plain[1].keys() | added[1].keys() if plain[1].get(table) != added[1].get(table)
    }
    return "; ".join(
        f"{table}: {list(plain[1].get(table, ()))[:2]} became {list(added[1].get(table, ()))[:2]}"
        for table in sorted(tables)
    )

"""Hostile addresses, queries and bodies: refused or cleaned, never a broken page."""

import re
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from tests import people, scenes
from tests.security import world

pytestmark = pytest.mark.django_db
HOSTILE = (
    "\x00",
    "9" * 40,
    "0000",
    "9999",
    "²",
    "' OR 1=1 --",
    "&|!():*\\%",
    "../../etc/passwd",
    "\u202e" * 3000,
)
ALL = [
    "q",
    "after",
    "urut",
    "kategori",
    "satuan",
    "wilayah",
    "status",
    "sumber",
    "tahun",
    "versi",
    "lebar",
    "fase",
    "jenis",
    "diambil",
    "lewat",
    "kerja",
    "dari",
    "sampai",
    "perbuatan",
    "orang",
    "permintaan",
    "massal",
    "siapa",
    "waktu",
    "peran",
    "next",
    "title",
    "region_q",
    "kabar",
    "di",
    "cari",
    "cari-q",
    "cari-category",
    "usulan",
    "pilih",
    "kunci",
    "templat",
]
READERS = {
    "/usulan/": "q kategori satuan wilayah status sumber tahun urut after",
    "/usulan/serupa/": "title q",
    "/usulan/tempat/": "region_q q",
    "/program/": "fase status satuan kategori tahun after",
    "/cari/": "q",
    "/satuan-kerja/": "q di after",
    "/kelola/moderasi/": "q jenis kategori satuan diambil lewat after",
    "/kelola/usulan/": "q kategori satuan wilayah status sumber tahun kerja urut after",
    "/kelola/usulan/ekspor/": "q kategori satuan wilayah status sumber tahun kerja",
    "/kelola/program/": "q fase status satuan kategori tahun after",
    "/kelola/program/tambah-usulan/": "usulan q after",
    "/kelola/program/baru/": "usulan cari-q cari-category",
    "/kelola/pengguna/": "q siapa after",
    "/kelola/pengguna/loket/": "q keadaan after",
    "/kelola/satuan-kerja/": "q cari di after",
    "/kelola/hak-akses/": "q waktu peran satuan jenis oleh after",
    "/kelola/hak-akses/ekspor/": "q waktu peran satuan jenis oleh",
    "/kelola/hak-akses/permintaan/": "after",
    "/kelola/hak-akses/peran/": "q keadaan after",
    "/kelola/hak-akses/mengapa/": "siapa izin di orang after",
    "/kelola/pengaturan/hari-libur/": "tahun",
    "/kelola/jejak-audit/": "q perbuatan dari sampai orang permintaan massal after ekspor",
    "/kelola/log/": "q tingkat dari sampai orang permintaan kejadian after",
    "/akun/pemberitahuan/": "after",
    "/akun/komentar/": "after",
    "/akun/masuk/": "next",
    "/usulan/baru/": "kunci title q judul",
}


def _status(client: Client, path: str, query: dict[str, Any]) -> str:
    try:
        answer = client.get(path, query)
        world.body_of(answer)
    except Exception as broken:
        return f"{path} {list(query)[:1]} {next(iter(query.values()))!r:.20}: {broken!r:.120}"
    is_fine = answer.status_code < 500 or path == "/readyz"
    return "" if is_fine else f"{path} {query}: {answer.status_code}"


def test_every_route_survives_hostile_queries() -> None:
    made = world.furnish()
    staff = Client()
    staff.force_login(made.admin)
    faults = []
    for path in world.addresses(made).values():
        client = staff if path.startswith(("/kelola/", "/akun/", "/diskusi/", "/komentar/")) else Client()
        faults += [_status(client, path, dict.fromkeys(ALL, value)) for value in HOSTILE[:3]]
    assert sorted(filter(None, faults)) == []


@pytest.mark.parametrize("path", sorted(READERS))
def test_each_parameter_survives_hostile_values(path: str) -> None:
    place = scenes.regency()
    client = Client()
    if path != "/akun/masuk/":
        client.force_login(people.staff("administrator", place.root))
    asked = [(name, value) for name in READERS[path].split() for value in HOSTILE]
    assert sorted(filter(None, (_status(client, path, {name: value}) for name, value in asked))) == []


@pytest.mark.parametrize(
    "path",
    [
        "/usulan/%00/",
        "/usulan/USL-2026-000001%00/",
        "/usulan/USL-2026-999999999999999999999/",
        "/program/%00/",
        "/satuan-kerja/%00/",
        "/kategori/%F0%9F%98%80/",
        "/komentar/00000000-0000-0000-0000-00000000000g/",
        "/diskusi/usulan/%00/",
        "/diskusi/%00/x/",
        "/notifikasi/berhenti/%00/",
        "/akun/konfirmasi/%00/",
        "/akun/atur-ulang/%00/",
        "/akun/atur-ulang/9999999999999999999999-abc/",
        "/akun/surel/konfirmasi/%00:x/",
        "/merek/logo/../../etc/passwd",
        "/static/../../etc/passwd",
        "/static/%2e%2e/%2e%2e/etc/passwd",
        "/kelola/satuan-kerja/%00/",
        "/kelola/program/%00/",
        "/kelola/program/PRG-2026-0001/usulan/%00/",
        "/kelola/program/PRG-2026-0001/fase/99999999999999999999/utama/",
        "/kelola/hak-akses/99999999999999999999/akhiri/",
        "/kelola/pengaturan/hari-libur/99999999999999999999/",
        "/kelola/pengaturan/templat/99999999999999999999/",
        "/kelola/jejak-audit/99999999999999999999/",
        "/kelola/jejak-audit/9223372036854775808/",
        "/program/PRG-2026-0001/fase/99999999999999999999/",
        "/en/%00/",
        "/%ff%fe/",
    ],
)
def test_hostile_path_is_not_found(path: str) -> None:
    place = scenes.regency()
    client = Client()
    client.force_login(people.staff("administrator", place.root))
    assert client.get(path).status_code in {400, 404, 405}
    assert client.post(path).status_code in {400, 404, 405}


def _names(answer: Any) -> set[str]:
    if not answer["Content-Type"].startswith("text/html"):
        return set()
    return set(re.findall(r'name="([^"]+)"', answer.content.decode())) - {"csrfmiddlewaretoken", "kiriman"}


def test_every_form_survives_hostile_texts() -> None:
    made = world.furnish()
    faults = []
    for path in world.addresses(made).values():
        client = Client(raise_request_exception=False)
        client.force_login(made.admin if path.startswith("/kelola/") else made.author)
        page = client.get(path)
        names = set() if page.streaming or page.status_code != 200 else _names(page)
        world.body_of(page)
        for value in ("\x00x", "9" * 30):
            mark = transaction.savepoint_create()
            answer = client.post(path, dict.fromkeys({*names, "value", "key", "usulan", "pilih"}, value))
            transaction.savepoint_rollback(mark)
            faults += [(path, value, answer.status_code)] if answer.status_code >= 500 else []
            world.body_of(answer)
    assert [fault for fault in faults if fault[0] != "/readyz"] == []

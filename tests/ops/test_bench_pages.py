"""Which pages the growth rows of `./rembuk bench` look at: every page that is no page of one thing, or a reason stands here."""

import re
from functools import cache

from django.urls import resolve

from rembuk.ops.bench.inside import alike, others
from rembuk.web.engagement.context import NEWEST, ORDERS
from rembuk.web.engagement.thread import REPLIES_SHOWN
from tests.architecture.test_routes import ROUTES

OFTEN = ("/", "/usulan/", "/cari/", "/kelola/moderasi/")
# By whole address.
APART = {
    r"(healthz|readyz|metrics)": "asked by machines",
    r"kelola/.+/(sekaligus|massal|pilihan|periksa|selesai)/": "a bounded selection, or a file read a moment ago",
    r"(kelola/(?!program/).+|usulan)/(baru|masukkan|undang|undang-banyak|beri-banyak|tahun|impor)/": "an empty form",
    r"kelola/usulan/impor/ditolak\.csv|kelola/pengguna/undang-banyak/templat/": "a file of one's own, or an empty one",
    r"kelola/pengaturan/(situs/|halaman/)?": "settings",
    r"kelola/komponen/(formulir/)?": "the components of pages, for who builds them",
    r"(tentang|privasi|pedoman|bantuan)/": "one text",
    r"akun/(daftar|masuk|keluar|nonaktif|lupa-kata-sandi|kata-sandi-baru|kata-sandi|faktor-kedua)/.*": "signing in and out",
    r"akun/(surel|sesi|pengaturan|notifikasi|persetujuan|lanjutkan|data|hapus|dihapus)/": "forms of one account",
    r"usulan/tempat/": "the country's regions, which are no more at a larger site",
    r"demo/surat/": "letters of the demonstration",
}


@cache
def _measured() -> frozenset[str]:
    told = (others._VISITED, others._MINE, others._DESK)
    paths = [path.format(year=2026, this_year=2026, later=2030) for pages in told for path in pages.values()]
    return frozenset(resolve(path.partition("?")[0]).route for path in (*OFTEN, *paths))


def _is_apart(route: str) -> bool:
    return any(re.fullmatch(pattern, route) for pattern in APART)


def test_every_page_is_measured_or_a_reason_says_why_not() -> None:
    pages = [route for route in ROUTES if "<" not in route]
    assert [page for page in pages if _is_apart(page) == (page in _measured())] == []


def test_no_reason_stands_for_nothing() -> None:
    unused = [pattern for pattern in APART if not any(re.fullmatch(pattern, route) for route in ROUTES)]
    assert unused == []


def test_talk_is_chosen_by_what_its_page_shows() -> None:
    assert (ORDERS[NEWEST].size, REPLIES_SHOWN) == (alike.THREADS, alike.REPLIES_OF_THREAD)

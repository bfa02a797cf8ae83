"""No page weighs more on a phone than its budget, holds back its first paint for more than one file, or moves as it comes."""

import re
from collections.abc import Callable

import pytest

from tests.browser.reader import Reader
from tests.browser.weight import FIRST_VIEW, SECOND_VIEW, first_and_second, look

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("page_weight")]
DOMAIN = "lembayung.example"
PUBLIC = (
    "/",
    "/usulan/",
    "/cari/?q=jalan",
    "/usulan/USL-2026-000052/",
    "/usulan/baru/",
    "/program/",
    "/program/PRG-2026-0002/",
    "/uji-publik/",
    "/uji-publik/UJP-2026-0003/",
    "/uji-publik/UJP-2026-0003/butir/1/",
    "/akun/masuk/",
    "/akun/daftar/",
    "/satuan-kerja/",
    "/statistik/",
    "/statistik/satuan-kerja/",
)
MEMBERS = (
    "/",
    "/usulan/",
    "/usulan/USL-2026-000052/",
    "/usulan/baru/",
    "/program/PRG-2026-0002/",
    "/uji-publik/UJP-2026-0003/",
    "/akun/",
)
STAFF = (
    "/kelola/",
    "/kelola/moderasi/",
    "/kelola/usulan/",
    "/kelola/program/PRG-2026-0002/",
    "/kelola/pengguna/",
    "/kelola/satuan-kerja/",
    "/kelola/hak-akses/",
    "/kelola/hak-akses/peran/matriks/",
)
MATRIX = ("/kelola/uji-publik/UJP-2026-0002/matriks/",)
_ONE_STYLESHEET = re.compile(r"/(?:static/rembuk|merek/)[\w.-]*\.css")
_STILL = 0.1
"""What Core Web Vitals call good; on a busy machine a script that comes late moves a line by up to half of it."""


@pytest.mark.parametrize(
    ("who", "pages"),
    [("", PUBLIC), ("warga", MEMBERS), ("administrator", STAFF), ("ujipublik", MATRIX)],
    ids=["visitor", "member", "administrator", "consultation office"],
)
def test_pages_keep_to_their_weight_and_stand_still(
    who: str, pages: tuple[str, ...], seat: Callable[..., Reader]
) -> None:
    page, faults = seat(f"{who}@{DOMAIN}" if who else "").page, []
    for address in pages:
        first, second = first_and_second(page, address)
        if first.bytes > FIRST_VIEW:
            faults.append(f"{address}: first view {first}, at most {FIRST_VIEW / 1000:.0f} KB")
        if second.bytes > SECOND_VIEW:
            faults.append(f"{address}: second view {second}, at most {SECOND_VIEW / 1000:.0f} KB")
        if len(first.blocking) != 1 or not _ONE_STYLESHEET.fullmatch(first.blocking[0]):
            faults.append(f"{address}: the first paint waits for {first.blocking}, not for one stylesheet")
        if max(first.shift, second.shift) > _STILL:
            faults.append(f"{address}: moves by {first.shift:.3f} (CLS), {second.shift:.3f} the second time")
    assert faults == [], "\n".join(faults)


@pytest.mark.parametrize(
    ("who", "address"),
    [
        ("", "/akun/masuk/"),
        ("", "/akun/daftar/"),
        ("", "/usulan/baru/"),
        ("warga", "/usulan/USL-2026-000052/"),
        ("administrator", "/kelola/kategori/"),
        ("administrator", "/kelola/moderasi/"),
    ],
)
def test_page_stands_still_when_its_scripts_come_late(
    who: str, address: str, seat: Callable[..., Reader]
) -> None:
    page = seat(f"{who}@{DOMAIN}" if who else "").page
    page.route(re.compile(r"\.js$"), lambda route: (page.wait_for_timeout(600), route.continue_()))
    view = look(page, address)
    assert view.of("Script") > 0
    assert view.shift <= _STILL, f"moves by {view.shift:.3f} (CLS)"


def test_files_of_a_page_are_packed_and_kept_for_good(seat: Callable[..., Reader]) -> None:
    page, answers = seat().page, []
    page.on("response", lambda answer: answers.append((answer.url, answer.all_headers())))
    page.goto("/usulan/baru/", wait_until="networkidle")
    files = [(url, headers) for url, headers in answers if "/static/" in url]
    assert len(files) >= 5
    for url, headers in files:
        assert re.search(r"\.[0-9a-f]{12}\.\w+$", url), url
        assert "immutable" in headers["cache-control"], url
        assert int(re.findall(r"max-age=(\d+)", headers["cache-control"])[0]) >= 31_536_000, url
        assert headers.get("content-encoding") == "br" or int(headers["content-length"]) < 600, url


def test_pictures_below_the_screen_wait_until_they_are_near(seat: Callable[..., Reader]) -> None:
    page, asked = seat().page, []
    page.on("request", lambda request: asked.append(request.url) if "lebar=" in request.url else None)
    page.goto("/program/PRG-2026-0002/", wait_until="networkidle")
    pictures = page.locator("main img[srcset]")
    assert pictures.count() >= 3
    assert asked == []
    pictures.first.scroll_into_view_if_needed()
    page.wait_for_function("() => document.querySelector('main img[srcset]').complete")
    assert asked
    assert page.locator("img:not([width][height])").count() == 0
    assert page.locator("main img:not([alt])").count() == 0
    assert page.locator("main img:not([loading=lazy])").count() == 0

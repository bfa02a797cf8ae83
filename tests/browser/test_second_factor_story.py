"""A member of staff sets up a second factor on her phone, signs in with it, and then without the phone."""

from collections.abc import Callable

import pytest

from rembuk.ops.demo.cast import PASSWORD
from tests.accounts import factor
from tests.browser.reader import Reader

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("second_factor_story")]
STAFF = "dinkominfo@lembayung.example"
type Open = Callable[..., Reader]


def sign_out(who: Reader) -> None:
    """By the button of the own page."""
    who.open("/akun/")
    who.press("Keluar")


def give_password(who: Reader) -> None:
    """The first step of the sign-in; it leads to the second."""
    who.open("/akun/masuk/")
    who.fill(email=STAFF, password=PASSWORD)
    who.press("Masuk")
    assert "/akun/masuk/kode/" in who.page.url, who.text


def give_recovery_code(who: Reader, code: str, *, is_refused: bool = False) -> None:
    """The second step without the phone."""
    give_password(who)
    who.follow("Ponsel tidak ada di tangan?")
    who.fill(code=code.lower())
    who.button("Masuk").click()
    who.page.wait_for_load_state("networkidle" if who.has_script else "load")
    if is_refused:
        assert "tidak cocok atau sudah dipakai" in who.text
        # The console names the status of the refusal, 422.
        who.errors.clear()
    who.look()


def test_staff_sets_up_a_second_factor_and_signs_in_with_it(reader: Open) -> None:
    who = reader()
    who.open("/akun/masuk/")
    assert "tidak diwajibkan di sini" in who.text
    who.sign_in(STAFF, PASSWORD)
    who.open("/akun/pengaturan/")
    who.follow("Kode dari ponsel selain kata sandi")
    who.follow("Pasang")
    picture = who.page.locator("main img[src^='data:image/svg']")
    assert picture.evaluate("image => image.naturalWidth > 100") if who.has_script else picture.count()
    secret = who.page.locator("#kunci").inner_text()
    who.fill(code=factor.code(secret), present=PASSWORD)
    who.press("Nyalakan")
    codes = who.page.locator("main ol .key").all_inner_texts()
    assert len(set(codes)) == 10
    with who.page.expect_download() as download:
        who.page.locator("main").get_by_role("link", name="Unduh sebagai teks").click()
    assert all(code in download.value.path().read_text() for code in codes)
    who.press("Sudah saya simpan")
    assert "Sisa kode pemulihan" in who.text

    sign_out(who)
    give_password(who)
    who.fill(code=factor.code(secret, ahead=1))
    who.press("Masuk")
    who.open("/kelola/")

    sign_out(who)
    give_recovery_code(who, codes[0])
    who.open("/kelola/")
    sign_out(who)
    give_recovery_code(who, codes[0], is_refused=True)
    who.open("/akun/")
    assert "/akun/masuk/" in who.page.url

    give_recovery_code(who, codes[1])
    who.open("/akun/faktor-kedua/")
    who.follow("Matikan")
    who.fill(present=PASSWORD, code=codes[2])
    who.press("Matikan")
    assert "dimatikan" in who.page.locator("body").inner_text()
    sign_out(who)
    who.sign_in(STAFF, PASSWORD)

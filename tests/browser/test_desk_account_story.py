"""A village opens an account for somebody without email, who signs in on a phone, supports a proposal, reads a notice."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser.reader import Reader

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("desk_account_story")]
OFFICER = "operator.caturanom@lembayung.example"
CHOSEN = "kelapa muda tiga butir"
type Open = Callable[..., Reader]


def new_name() -> str:
    """A name that no account of the village bears yet."""
    import uuid

    letters = uuid.uuid4().hex.translate(str.maketrans("0123456789", "ghijklmnop"))
    return f"Sarinah {letters[:10].capitalize()}"


def is_turned_away(who: Reader, sign_in_name: str, secret: str) -> bool:
    """Whether the sign-in page says that this does not fit."""
    who.open("/akun/masuk/")
    who.fill(email=sign_in_name, password=secret)
    who.button("Masuk").click()
    who.page.wait_for_load_state()
    # The browser itself notes the status of the answer, 422.
    who.errors.clear()
    return "tidak cocok" in who.text


def open_account(officer: Reader, name: str) -> tuple[str, str]:
    """Through the form to the slip; returns sign-in name and code as they are printed."""
    officer.open("/kelola/pengguna/loket/")
    officer.follow("Buka akun")
    officer.fill(name=name)
    for box in ("identity", "adult", "privacy"):
        officer.page.check(f"main [name={box}]")
    officer.press("Buka dan cetak")
    told = officer.page.locator(".slip dd").all_inner_texts()
    assert len(told) == 2, officer.text
    return told[0].strip(), told[1].strip()


def test_citizen_without_email_takes_part_with_a_printed_slip(reader: Open, tmp_path: Path) -> None:
    officer, name = reader(OFFICER), new_name()
    sign_in_name, code = open_account(officer, name)
    assert re.fullmatch(r"sarinah-[2-9]{5}", sign_in_name)
    assert re.fullmatch(r"[A-Z2-9]{5}-[A-Z2-9]{5}", code)
    slip = officer.page.url
    for size in ("A6", "A4"):
        paper = tmp_path / f"{size}.pdf"
        officer.page.pdf(path=str(paper), format=size, margin={"top": "8mm", "left": "8mm", "right": "8mm"})
        assert len(re.findall(rb"/Type\s*/Page[^s]", paper.read_bytes())) == 1, (
            f"the slip needs more than one {size}"
        )
    again = officer.page.goto(slip)
    officer.errors.clear()
    assert again is not None
    assert again.status == 410
    assert code not in officer.text

    citizen = reader()
    citizen.open("/akun/masuk/?next=/usulan/")
    citizen.fill(email=sign_in_name.replace("-", " ").upper(), password=code.lower())
    citizen.press("Masuk")
    citizen.fill(password=CHOSEN)
    citizen.press("Simpan kata sandi dan lanjutkan")
    citizen.page.locator("main a[href*='/usulan/USL-']").first.click()
    citizen.arrive()
    button = citizen.page.locator(".vote-acts button, form[action*='suara'] button").first
    button.click()
    citizen.arrive()
    citizen.open("/akun/dukungan/")
    assert "Anda mendukung" in citizen.text
    citizen.open("/akun/pemberitahuan/")
    assert "Desa Caturanom" in citizen.text

    other = reader()
    assert is_turned_away(other, sign_in_name, code)
    other.fill(email=sign_in_name, password=CHOSEN)
    other.press("Masuk")
    assert name in other.text


def test_lost_password_is_a_new_code_from_the_desk(reader: Open) -> None:
    officer, name = reader(OFFICER), new_name()
    sign_in_name, first = open_account(officer, name)
    officer.open(f"/kelola/pengguna/loket/?q={sign_in_name}")
    officer.follow(name)
    officer.follow("Buat kode baru")
    officer.page.check("main [name=identity]")
    officer.fill(reason="Kertas hilang sebelum dipakai")
    officer.press("Buat kode dan cetak")
    code = officer.page.locator(".slip dd").last.inner_text().strip()
    citizen = reader()
    assert is_turned_away(citizen, sign_in_name, first)
    citizen.fill(email=sign_in_name, password=code)
    citizen.press("Masuk")
    citizen.fill(password=CHOSEN)
    citizen.press("Simpan kata sandi dan lanjutkan")
    citizen.open("/akun/pemberitahuan/")
    assert citizen.text.count("Desa Caturanom") >= 2

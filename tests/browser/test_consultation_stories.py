"""Uji publik from both sides: an office makes one, citizens answer, the office answers them, the auditor checks.

The clock of the long story is moved on in the database: it opens and closes when the story has got there.
"""

import re
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from python_calamine import CalamineWorkbook

from rembuk.common.clock import WIB
from rembuk.consultations.states import State
from tests.browser.reader import Reader
from tests.commands.support import eventually

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("consultation_stories")]
DOMAIN = "lembayung.example"
OFFICE = f"ujipublik@{DOMAIN}"
type Open = Callable[..., Reader]

OLD, NEW = "paling sedikit 2 (dua) kali", "paling sedikit 3 (tiga) kali"
WANTED = "Sampah diangkut paling sedikit 3 (tiga) kali dalam seminggu."
REASON = "Jadwal kami tambah menjadi tiga kali seminggu karena armada baru sudah tersedia mulai bulan depan."


def word() -> str:
    """A word that stands nowhere else on the site."""
    return f"Dukuh{uuid.uuid4().hex[:8]}"


def draft_text() -> str:
    """A regulation of more than forty parts, as an office would paste it."""
    articles = "\n\n".join(
        f"Pasal {number}\n(1) Ketentuan ke-{number} berlaku bagi rumah tangga:\na. di desa; dan\nb. di kelurahan.\n"
        f"(2) Pengurus lingkungan mencatat pelaksanaan ketentuan ke-{number} setiap bulan."
        for number in range(2, 11)
    )
    return (
        "BAB I\nPENGANGKUTAN\n\nPasal 1\nSampah diangkut paling sedikit 2 (dua) kali dalam seminggu.\n\n"
        f"BAB II\nPELAKSANAAN\n\n{articles}\n"
    )


def local(moment: datetime) -> str:
    """As a field for date and time takes it."""
    return f"{moment.astimezone(WIB):%Y-%m-%dT%H:%M}"


def tomorrow() -> datetime:
    """A full minute of tomorrow."""
    return datetime.now(WIB).replace(second=0, microsecond=0) + timedelta(days=1)


def make(who: Reader, title: str) -> str:
    """A draft through the page for it; returns its code."""
    who.open("/kelola/uji-publik/")
    who.follow("Uji publik baru")
    who.fill(
        title=title,
        contact="Bidang Persampahan, telepon (0293) 000-214",
        summary="Peraturan ini mengatur kapan sampah diangkut dan siapa yang mencatatnya.",
        body="Kami ingin tahu apakah jadwalnya cukup.",
    )
    who.fill(unit="Dinas Perumahan, Kawasan Permukiman, dan Lingkungan Hidup")
    who.go_on()
    found = re.search(r"UJP-\d{4}-\d{4}", who.page.url)
    assert found, who.text
    return found[0]


def set_schedule(who: Reader, code: str, opens: datetime, closes: datetime) -> None:
    """Open and close at these minutes."""
    who.open(f"/kelola/uji-publik/{code}/ubah/")
    who.fill(opens_at=local(opens), closes_at=local(closes))
    who.go_on()


def announce(who: Reader, code: str) -> None:
    """Ask, then confirm."""
    who.open(f"/kelola/uji-publik/{code}/umumkan/")
    who.press("Umumkan")


def move_on(database: str, code: str, column: str) -> None:
    """Let the instant of opening or closing be now: as if the days until then had passed. Triggers would refuse it."""
    with psycopg.connect(database) as superuser:
        superuser.execute("SET session_replication_role = replica")
        superuser.execute(
            sql.SQL("UPDATE consultations_consultation SET {} = now() WHERE code = %s").format(
                sql.Identifier(column)
            ),
            [code],
        )


def wait_for(who: Reader, path: str, words: str) -> None:
    """Look at a page until it says so."""

    def says_so() -> bool:
        who.page.goto(who.site + path)
        return words in who.page.locator("main .tags, main .tag").first.inner_text()

    assert eventually(says_so, 60), f"{path} never said “{words}”: {who.text}"


def wait_until_recorded(database: str, code: str, state: State) -> None:
    """The page goes by the clock at once; the worker records what that means a moment later."""

    def is_recorded() -> bool:
        with psycopg.connect(database) as superuser:
            query = "SELECT state FROM consultations_consultation WHERE code = %s"
            return superuser.execute(query, [code]).fetchone() == (state,)

    assert eventually(is_recorded, 60), f"{code} was never {state}"


def test_official_makes_the_simple_one_and_everybody_reads_when_it_opens(reader: Open) -> None:
    title = f"Rencana pengangkutan sampah {word()}"
    who = reader(OFFICE)
    code = make(who, title)
    opens = tomorrow()
    set_schedule(who, code, opens, opens + timedelta(days=7))
    announce(who, code)
    visitor = reader()
    visitor.open(f"/uji-publik/{code}/")
    assert title in visitor.text
    assert "Diumumkan" in visitor.text
    assert f"{opens:%H.%M} WIB" in visitor.text
    visitor.open("/uji-publik/")
    assert title in visitor.text


def keep_text(who: Reader, code: str, source: str, note: str = "") -> None:
    """Paste, look at the parts, keep and publish them."""
    who.open(f"/kelola/uji-publik/{code}/naskah/")
    who.fill(source=source)
    who.press("Baca naskah")
    assert "Pasal 10 ayat (2)" in who.page.locator("main").inner_html()
    who.press("Simpan bagian-bagian ini")
    who.open(f"/kelola/uji-publik/{code}/naskah/terbitkan/")
    if note:
        who.fill(note=note)
    who.go_on()


def ask(who: Reader, code: str) -> None:
    """One question with two choices."""
    who.open(f"/kelola/uji-publik/{code}/pertanyaan/baru/")
    who.fill(text="Berapa kali sampah perlu diangkut?", options="Dua kali\nTiga kali")
    who.page.locator("main [name=kind][value=single]").check()
    who.press("Simpan pertanyaan")


def answer(who: Reader, code: str, reason: str) -> str:
    """Stance, wording of the first article, the question; sent. Returns the receipt."""
    who.open(f"/uji-publik/{code}/ikut/")
    who.page.locator("main [name=stance][value=with_notes]").check()
    who.fill(reason=reason)
    who.press("Simpan dan lanjutkan")
    who.page.locator("main a", has_text="Pasal 1").first.click()
    who.arrive()
    who.page.locator("main [name=stance][value=disagree]").check()
    who.fill(comment="Dua kali kurang pada musim hujan.", suggestion=WANTED)
    who.press("Simpan, ke daftar butir")
    who.open(f"/uji-publik/{code}/ikut/pertanyaan/1/")
    who.page.locator("main [name=q1]").nth(1).check()
    who.press("Simpan dan lanjutkan")
    assert "tiga" in who.text
    who.press("Kirim")
    return receipt_in(who.text, code)


def tab_to(who: Reader, selector: str) -> None:
    """Press Tab until the focus stands on the element."""
    for _press in range(150):
        who.page.keyboard.press("Tab")
        if who.page.evaluate("s => document.activeElement.matches(s)", selector):
            return
    raise AssertionError(f"no way by keyboard to {selector} on {who.page.url}")


def enter(who: Reader) -> None:
    """Press Enter where the focus stands, and look at the page that comes."""
    with who.page.expect_navigation():
        who.page.keyboard.press("Enter")
    who.arrive()


def answer_by_keyboard(who: Reader, code: str, reason: str) -> str:
    """Only keys: Tab, arrows, Space, Enter and letters. Returns the receipt."""
    who.open(f"/uji-publik/{code}/ikut/")
    tab_to(who, "main [name=stance]")
    who.page.keyboard.press("Space")
    tab_to(who, "main [name=reason]")
    who.page.keyboard.type(reason)
    tab_to(who, "main button.btn:not(.btn-line, .btn-quiet)")
    enter(who)
    tab_to(who, "main a[href$='/ikut/tinjau/']")
    enter(who)
    tab_to(who, "main button.btn:not(.btn-line, .btn-quiet)")
    enter(who)
    return receipt_in(who.text, code)


def receipt_in(text: str, code: str) -> str:
    """The receipt on a page."""
    found = re.search(rf"{code}-\d{{5}}", text)
    assert found, text
    return found[0]


def give_answers(who: Reader, code: str) -> None:
    """One answer to every row at once, proposed and published."""
    matrix = f"/kelola/uji-publik/{code}/matriks/"
    who.open(matrix)
    who.page.locator("main [name=semua]").check()
    who.press("Usulkan tanggapan")
    who.page.locator("main [name=verdict][value=accepted]").check()
    who.fill(reason=REASON)
    who.go_on()
    who.open(matrix)
    who.page.locator("main [name=semua]").check()
    who.press("Terbitkan")
    who.go_on()


def conclude(who: Reader, code: str) -> None:
    """Publish the result and conclude."""
    who.open(f"/kelola/uji-publik/{code}/hasil/")
    who.fill(body="Tiga masukan diterima dan jadwal angkut ditambah menjadi tiga kali seminggu.")
    who.press("Terbitkan hasil")
    who.open(f"/kelola/uji-publik/{code}/hasil/")
    who.follow("Selesaikan")
    who.go_on()


def test_office_of_forty_clauses_hears_answers_changes_and_concludes(
    seat: Open, site_database: str, tmp_path: Path
) -> None:
    place = word()
    office = seat(OFFICE)
    code = make(office, f"Rancangan peraturan pengangkutan {place}")
    keep_text(office, code, draft_text())
    ask(office, code)
    plain = seat(f"warga@{DOMAIN}", script=False)
    keys, third = seat(f"karang.taruna@{DOMAIN}"), seat(f"akun.baru3@{DOMAIN}")
    opens = tomorrow()
    set_schedule(office, code, opens, opens + timedelta(days=7))
    announce(office, code)
    move_on(site_database, code, "opens_at")
    wait_for(office, f"/uji-publik/{code}/", "Dibuka")
    receipts = [
        answer(plain, code, f"Truk sering terlambat di {place}."),
        answer_by_keyboard(keys, code, f"Pemuda {place} siap membantu."),
        answer(third, code, f"Warga {place} perlu jadwal tetap."),
    ]
    assert receipts == [f"{code}-0000{number}" for number in (1, 2, 3)]
    move_on(site_database, code, "closes_at")
    wait_for(office, f"/uji-publik/{code}/", "Ditutup")
    wait_until_recorded(site_database, code, State.CLOSED)
    keep_text(office, code, draft_text().replace(OLD, NEW), note="Jadwal angkut ditambah atas masukan warga.")
    give_answers(office, code)
    conclude(office, code)
    plain.open(f"/uji-publik/{code}/masukan/1/")
    assert REASON in plain.text
    assert "Diterima" in plain.text
    plain.open(f"/uji-publik/{code}/versi/1/2/")
    assert "tiga" in plain.text
    plain.open(f"/uji-publik/{code}/")
    assert "Selesai" in plain.text
    check_matrix(seat(f"auditor@{DOMAIN}"), code, receipts, tmp_path)


def check_matrix(auditor: Reader, code: str, receipts: list[str], folder: Path) -> None:
    """The auditor downloads the matrix and finds each receipt with the reason."""
    auditor.open(f"/kelola/uji-publik/{code}/")
    with auditor.page.expect_download() as download:
        auditor.page.locator("main a[href$='.xlsx']").first.click()
    path = folder / "matriks.xlsx"
    download.value.save_as(path)
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_name("Matriks").to_python()
    cells = [[str(cell) for cell in row] for row in rows]
    for receipt in receipts:
        assert any(receipt in row and REASON in row for row in cells), receipt

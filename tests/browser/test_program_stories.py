"""Work programmes from three sides: an office runs one to its end, a citizen watches it, the auditor checks the money."""

import re
import uuid
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from rembuk.common.clock import local_date
from rembuk.common.money import read_amount
from rembuk.ops.demo.drawing import papers, pictures
from tests.browser.reader import Reader

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("program_stories")]
DOMAIN = "lembayung.example"
OFFICE, AUDITOR = f"program@{DOMAIN}", f"auditor@{DOMAIN}"
CITIZENS = {True: f"warga@{DOMAIN}", False: f"karang.taruna@{DOMAIN}"}
type Open = Callable[..., Reader]


def word() -> str:
    """A word that stands nowhere else on the site."""
    return f"Dukuh{uuid.uuid4().hex[:8]}"


def ahead(days: int) -> str:
    """A day from today as a field for dates takes it."""
    return (local_date() + timedelta(days=days)).isoformat()


def program_page(who: Reader, title: str) -> str:
    """Find a programme of the demo in the list of all, page by page; returns its path."""
    who.open("/program/")
    link = who.page.locator("main a", has_text=title)
    while not link.count():
        who.follow("Tampilkan lebih banyak")
    path = str(link.first.get_attribute("href"))
    who.open(path)
    return path


# The official.


def make_from_group(who: Reader, title: str) -> str:
    """The first suggested group becomes a draft; returns its code."""
    who.open("/kelola/program/saran/")
    assert "usulan" in who.text
    who.page.locator("main .queue-title a").first.click()
    who.arrive()
    assert "Mengapa" in who.text
    for more in who.page.locator("main [name=usulan]").all()[2:]:
        more.uncheck()
    who.press("Jadikan program kerja")
    assert "usulan terpilih" in who.text or "usulan dipilih" in who.text, who.text
    who.fill(
        title=title,
        summary="Ruas yang diusulkan warga diperbaiki dalam satu rangkaian, dimulai dari yang paling rusak.",
        start_1=ahead(-1),
        end_1=ahead(0),
        start_2=ahead(0),
        end_2=ahead(40),
        start_3=ahead(41),
        end_3=ahead(70),
    )
    who.choose("unit", "Bidang Bina Marga")
    who.go_on()
    found = re.search(r"PRG-\d{4}-\d{4}", who.page.url)
    assert found, who.text
    return found[0]


def plan_milestone(
    who: Reader, code: str, title: str, phase: str, days: tuple[int, int], weight: str
) -> None:
    """One more milestone of the draft."""
    who.open(f"/kelola/program/{code}/tonggak/baru/")
    who.fill(title=title, starts_on=ahead(days[0]), ends_on=ahead(days[1]), weight=weight)
    who.choose("phase", phase)
    who.go_on()
    assert title in who.text


def plan_money_and_indicator(who: Reader, code: str) -> None:
    """A pagu from one source, an indicator with one period."""
    who.open(f"/kelola/program/{code}/uang/rencana/")
    who.fill(pagu_apbd="1,25 M")
    who.go_on()
    assert "Rp1.250.000.000,00" in who.text
    who.open(f"/kelola/program/{code}/indikator/baru/")
    who.fill(name="Panjang jalan yang diperbaiki", measure="km", period_1="Tahun ini", ends_on_1=ahead(30))
    who.fill(target_1="1,5")
    who.page.check("main [name=level][value=output]")
    who.go_on()


def take_step(who: Reader, path: str) -> None:
    """Answer the question before a step of the programme or of a phase."""
    who.open(path)
    who.go_on()
    assert "/langkah/" not in who.page.url, who.text


def call_done(who: Reader, code: str, proof: str) -> None:
    """The first milestone that is not done gets its evidence."""
    who.open(f"/kelola/program/{code}/tonggak/")
    who.page.locator("main a", has_text="Nyatakan selesai").first.click()
    who.arrive()
    picture = pictures.picture("jalan", "bukti")
    who.page.set_input_files(
        "main [name=file_1]", {"name": "bukti.png", "mimeType": "image/png", "buffer": picture.read()}
    )
    who.fill(title_1=proof)
    who.press("Nyatakan selesai")
    assert proof in who.text


def report_money_and_value(who: Reader, code: str) -> None:
    """A payment with its document, and what was measured."""
    who.open(f"/kelola/program/{code}/uang/realisasi/")
    letter = papers.paper("Kuitansi", ["Telah dibayar."], "kuitansi")
    who.fill(
        amount="Rp1.187.500.000,50",
        spent_on=ahead(0),
        document_number="04410/SP2D/LS",
        description="Pelunasan",
    )
    who.page.set_input_files(
        "main [name=evidence]",
        {"name": "kuitansi.pdf", "mimeType": "application/pdf", "buffer": letter.read()},
    )
    who.go_on()
    assert "95,00" in who.text
    who.open(f"/kelola/program/{code}/indikator/1/capaian/")
    who.page.locator("main [name^=actual_]").first.fill("1,6")
    who.page.locator("main [name^=source_]").first.fill("Pengukuran bersama desa")
    who.go_on()


def evaluate(who: Reader, code: str) -> None:
    """Draft the evaluation from the data, put one part into words, publish it."""
    who.open(f"/kelola/program/{code}/evaluasi/baru/")
    who.go_on()
    assert "1.187.500.000,50" in who.page.locator("main").inner_html()
    who.fill(lessons="Pemilik lahan diajak bicara **sebelum** gambar selesai.")
    who.press("Simpan dan lanjut terbitkan")
    who.go_on()


def test_official_brings_a_suggested_group_to_a_finished_programme(seat: Open) -> None:
    who, title = seat(OFFICE), f"Perbaikan jalan kampung {word()}"
    code = make_from_group(who, title)
    where = f"/kelola/program/{code}"
    plan_milestone(who, code, "Kesepakatan lahan", "Perencanaan", (-1, 0), "1")
    plan_milestone(who, code, "Jalan selesai diaspal", "Pelaksanaan", (0, 35), "4")
    plan_money_and_indicator(who, code)
    take_step(who, f"{where}/langkah/publish/")
    call_done(who, code, "Surat kesepakatan lahan")
    take_step(who, f"{where}/fase/1/finish/")
    take_step(who, f"{where}/fase/2/start/")
    call_done(who, code, "Jalan dari pertigaan ke masjid")
    report_money_and_value(who, code)
    take_step(who, f"{where}/fase/2/finish/")
    take_step(who, f"{where}/fase/3/start/")
    evaluate(who, code)
    take_step(who, f"{where}/fase/3/finish/")
    take_step(who, f"{where}/langkah/complete/")
    reader = seat()
    reader.open(f"/program/{code}/")
    for words in (title, "Selesai", "100%", "95,00%", "Jalan selesai diaspal", "Evaluasi"):
        assert words in reader.text, words
    assert reader.page.locator("main img[alt*='Jalan dari pertigaan ke masjid']").count() == 1
    proposal = reader.page.locator("main a[href*='/usulan/']").first
    reader.open(str(proposal.get_attribute("href")))
    assert "Selesai" in reader.text


# The citizen.


def follow_if_not_yet(who: Reader) -> None:
    """Press "Ikuti" where she does not follow."""
    button = who.page.locator("main").get_by_role("button", name="Ikuti", exact=True)
    if button.count():
        button.first.click()
        who.arrive()
    who.page.locator("main").get_by_role("button", name="Berhenti mengikuti").first.wait_for()


def rate(who: Reader) -> None:
    """Give the short rating, or change it."""
    path = program_page(who, "Air bersih lereng Kledung")
    who.page.locator(f"main a[href^='{path}penilaian/']").first.click()
    who.arrive()
    for element in ("benefit", "quality", "openness"):
        who.page.locator(f"main [name={element}][value='3']").check()
    who.fill(remark=f"Mohon jadwal pengurasan bak ditempel di {word()}.")
    who.page.locator("main form button.btn:not(.btn-line, .btn-quiet)").last.click()
    who.arrive()
    assert "dari 4" in who.text


def test_citizen_follows_rates_and_contradicts_what_the_office_calls_done(reader: Open) -> None:
    who = reader()
    who.sign_in(CITIZENS[who.has_script], "rembuk-demo-2026")
    rate(who)
    path = program_page(who, "Saluran air dan trotoar sekitar Pasar Ngadirejo")
    follow_if_not_yet(who)
    who.open(path)
    before = who.page.locator("#dalam-satu-menit, main .minute, main").first.inner_text()
    share = re.search(r"(\d+)%\s+dari rencana", before)
    assert share, before
    who.page.locator("main a", has_text="Saluran belakang pasar dikeruk").last.click()
    who.arrive()
    said = f"Di belakang los {word()} airnya masih meluap."
    who.page.locator("main [name=value][value=no]").check()
    who.fill(remark=said)
    picture = pictures.picture("pasar", "los")
    who.page.set_input_files(
        "main [name=picture]", {"name": "los.png", "mimeType": "image/png", "buffer": picture.read()}
    )
    who.page.locator("main form button.btn:not(.btn-line, .btn-quiet)").last.click()
    who.arrive()
    assert said in who.text
    assert "Selesai pada" in who.text
    assert who.page.locator("#kata-warga img").count() >= 1
    visitor = reader()
    visitor.open(path)
    after = re.search(r"(\d+)%\s+dari rencana", visitor.text)
    assert after
    assert after[1] == share[1]
    assert re.search(r"\d+ orang menjawab: ya \d+, sebagian \d+, belum [3-9]", visitor.text)


# The auditor.


def amounts(texts: list[str]) -> list[Decimal]:
    """The exact amounts of cells that begin with one."""
    found = [re.search(r"Rp[\d.]+,\d\d", text) for text in texts]
    return [read_amount(amount[0]) for amount in found if amount]


def test_auditor_checks_that_what_was_spent_stays_within_the_pagu(seat: Open, tmp_path: Path) -> None:
    who = seat(AUDITOR)
    path = program_page(who, "Rehabilitasi posyandu dan alat ukur balita")
    code = path.strip("/").split("/")[-1]
    assert "Rp899.500.000,00" in who.text
    assert "Rp876.995.000,50" in who.text
    assert "Jumlah salah ketik" in who.text
    entries = who.page.locator("main tr", has_text="SP2D")
    rows = [text for text in entries.all_inner_texts() if "Jumlah salah ketik" not in text]
    assert sum(amounts(rows), Decimal(0)) == read_amount("Rp876.995.000,50")
    who.open(f"/program/{code}/evaluasi/1/")
    with who.page.expect_download() as download:
        who.page.locator("main a[href$='.xlsx']").first.click()
    file = tmp_path / "evaluasi.xlsx"
    download.value.save_as(file)
    book = CalamineWorkbook.from_path(str(file))
    cells = {
        str(cell)
        for name in book.sheet_names
        for row in book.get_sheet_by_name(name).to_python()
        for cell in row
    }
    assert {"899500000.0", "876995000.5"} <= cells or {"899500000", "876995000.5"} <= cells, sorted(cells)
    who.open("/kelola/jejak-audit/?q=Jumlah+salah+ketik")
    who.page.locator("main a[href*='/jejak-audit/']", has_text="oret").first.click()
    who.arrive()
    assert "259530000.00" in who.text
    assert code in who.text


def test_auditor_reads_money_and_may_not_change_it(seat: Open) -> None:
    who = seat(AUDITOR)
    path = program_page(who, "TPS 3R Parakan")
    assert "Rp1.675.000.000,00" in who.text
    assert "Selisihnya dipenuhi dari perubahan APBD" in who.text
    code = path.strip("/").split("/")[-1]
    answer = who.page.goto(f"{who.site}/kelola/program/{code}/uang/realisasi/")
    assert answer is not None
    assert answer.status in {403, 404}

"""One story per person, on a phone of 360 px, with script and without: what each came for is there at the end."""

import re
import uuid
from collections.abc import Callable

import pytest

from tests.browser.reader import Reader

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("stories")]
DOMAIN = "lembayung.example"
type Open = Callable[..., Reader]


def word() -> str:
    """A word that stands nowhere else on the site."""
    return f"Dukuh{uuid.uuid4().hex[:8]}"


def code_in(text: str) -> str:
    """The first public code of a text."""
    found = re.search(r"(USL|PRG)-\d{4}-\d{4,6}", text)
    assert found, text
    return found[0]


def newest_letter(who: Reader, subject: str) -> None:
    """Open the newest letter of the demo's mail with words of its subject, waiting for the worker."""
    for _ in range(40):
        who.page.goto(f"{who.site}/demo/surat/")
        letter = who.page.locator("main a", has_text=subject).first
        if letter.count():
            letter.click()
            who.page.wait_for_load_state()
            return
        who.page.wait_for_timeout(500)
    raise AssertionError(f"no letter “{subject}” came: {who.text}")


def test_citizen_writes_first_registers_on_sending_and_gets_a_numbered_receipt(reader: Open) -> None:
    who, place = reader(), word()
    who.open("/")
    who.follow("Tulis usulan")
    who.fill(
        title=f"Lampu penerangan jalan di {place}", body=f"Jalan di {place} gelap sejak lama dan rawan jatuh."
    )
    who.choose("category", "Jalan dan jembatan")
    who.fill(region_q="Katekan")
    if who.has_script:
        who.page.locator("main [name=region]").first.wait_for(state="attached")
    else:
        who.press("Cari tempat")
    who.page.locator("main [name=region]").first.check()
    who.fill(place=f"RT 02 {place}")
    who.press("Periksa dan kirim")
    assert place in who.text
    who.follow("Daftar dan kirim")
    email = f"{place.lower()}@contoh.example"
    who.fill(name="Wati Rahayu", email=email, password="bunga-sedap-malam-7")
    who.page.check("main [name=adult]")
    who.page.check("main [name=privacy]")
    who.press("Daftar")
    newest_letter(who, "Konfirmasi")
    who.page.locator("main a[href*='/akun/konfirmasi/']").first.click()
    who.arrive()
    who.go_on()
    if "/akun/masuk" in who.page.url:
        who.fill(email=email, password="bunga-sedap-malam-7")
        who.press("Masuk")
    assert place in who.text
    who.press("Kirim usulan")
    code = code_in(who.text)
    assert "tanda-terima" in who.page.url
    who.open(f"/cari/?q={code.lower()}")
    assert code in who.page.url
    assert "Menunggu moderasi" in who.text


def test_moderator_publishes_and_everybody_can_read_it(reader: Open) -> None:
    who = reader(f"moderator@{DOMAIN}")
    who.open("/kelola/")
    who.open("/kelola/moderasi/?jenis=proposal")
    row = who.page.locator("main li", has=who.page.locator("input[name=selected]")).first
    title = row.locator("a").first.inner_text()
    row.locator("a").first.click()
    who.arrive()
    code = code_in(who.page.locator("main").inner_html())
    who.press("Terbitkan")
    visitor = reader()
    visitor.open(f"/usulan/{code}/")
    assert title in visitor.text
    assert "Diterbitkan" in visitor.text


def test_unit_assesses_and_answers_and_the_reason_is_public(reader: Open) -> None:
    reason = f"Pagu tahun berjalan sudah ditetapkan; kami bahas dalam rencana tahun depan. {word()}"
    finding = f"Lokasi ditinjau, secara teknis dapat dikerjakan dalam dua bulan. {word()}"
    moderator = reader(f"moderator@{DOMAIN}")
    moderator.open("/kelola/usulan/?status=published")
    moderator.page.locator("main li a[href*='/kelola/usulan/USL-']").first.click()
    moderator.arrive()
    code = code_in(moderator.page.url)
    moderator.unfold("Teruskan ke satuan kerja")
    moderator.fill(responsible="BM")
    moderator.press("Teruskan")
    assessor = reader(f"penelaah@{DOMAIN}")
    assessor.open(f"/kelola/usulan/{code}/")
    assessor.unfold("Catat telaah")
    assessor.page.locator("main [name=verdict][value=feasible]").check()
    assessor.page.locator("main form[action$='/telaah/'] [name=reason]").fill(finding)
    assessor.page.locator("main form[action$='/telaah/'] button.btn").last.click()
    assessor.arrive()
    unit = reader(f"satker@{DOMAIN}")
    unit.open(f"/kelola/usulan/{code}/")
    unit.unfold("Beri tanggapan resmi")
    form = unit.page.locator("main form[action$='/tanggapan/']")
    form.locator("[name=kind][value=deferred]").check()
    form.locator("[name=year]").select_option(index=2)
    form.locator("[name=return_on]").fill("2027-02-01")
    form.locator("[name=reason]").select_option(index=1)
    form.locator("[name=message]").fill(reason)
    form.get_by_role("button", name="Terbitkan tanggapan").click()
    unit.arrive()
    visitor = reader()
    visitor.open(f"/usulan/{code}/")
    assert finding in visitor.text
    assert reason in visitor.text
    assert "Ditampung" in visitor.text


def test_official_makes_a_programme_and_moves_its_phase(reader: Open) -> None:
    place = word()
    who = reader(f"program@{DOMAIN}")
    visitor = reader()
    visitor.open("/usulan/?status=published&satuan=DPUPR")
    code = code_in(visitor.page.locator("main").inner_html())
    title = f"Penanganan kawasan {place}"
    who.open(f"/kelola/program/baru/?usulan={code}")
    who.fill(title=title, summary=f"Menangani satu usulan warga di {place} sampai selesai tahun depan.")
    who.choose("unit", "Bidang Bina Marga")
    who.fill(start_1="2027-01-04", end_1="2027-03-31", start_2="2027-04-01", end_2="2027-09-30")
    who.fill(start_3="2027-10-01", end_3="2027-12-17")
    who.press("Simpan draf")
    program = code_in(who.page.url)
    who.follow("Terbitkan")
    who.go_on()
    who.open(f"/kelola/program/{program}/fase/1/finish/")
    who.go_on()
    who.open(f"/kelola/program/{program}/fase/2/start/")
    who.go_on()
    visitor.open(f"/program/{program}/")
    assert title in visitor.text
    assert "Berjalan" in visitor.text
    visitor.open(f"/usulan/{code}/")
    assert "Masuk program kerja" in visitor.text
    assert title in visitor.text


def test_visitor_signs_in_to_follow_a_programme_and_answers_its_question(reader: Open) -> None:
    visitor = reader()
    visitor.open("/program/?status=published")
    visitor.page.locator("main a[href*='/program/PRG-']").first.click()
    visitor.arrive()
    address = visitor.page.url
    member = reader(f"warga@{DOMAIN}")
    member.open(address)
    if member.button("Ikuti").count():
        member.press("Ikuti")
    member.open(address)
    assert "Berhenti mengikuti" in member.page.locator("main").inner_html()
    member.press("Ya")
    member.open(address)
    answered = member.page.locator("main button[aria-pressed=true]", has_text="Ya")
    assert answered.count() == 1, member.page.locator("main .question").inner_html()
    member.open("/akun/diikuti/")
    assert code_in(address) in member.page.locator("main").inner_html()


def test_auditor_reads_the_trail_and_takes_a_copy(reader: Open) -> None:
    who = reader(f"auditor@{DOMAIN}")
    who.open("/kelola/jejak-audit/")
    who.page.locator("main .entry-head a").first.click()
    who.arrive()
    who.open("/kelola/jejak-audit/?perbuatan=proposal.published")
    assert "Usulan diterbitkan" in who.text
    who.page.locator("main a", has_text="Ekspor").first.click()
    who.arrive()
    who.page.locator("main input[value=csv]").check()
    with who.page.expect_download() as download:
        who.page.locator("main form button").first.click()
    assert "proposal.published" in download.value.path().read_text(encoding="utf-8-sig")
    who.open("/kelola/jejak-audit/?perbuatan=audit.exported")
    assert "Jejak audit diekspor" in who.text
    who.open("/kelola/log/")

"""Reading pasted text: references, broken lines, page furniture, lists, annexes, plans; and what is refused."""

import pytest

from rembuk.common.errors import Invalid
from rembuk.consultations.drafts.parts import Part
from rembuk.consultations.drafts.reading import LONGEST, read_text


def labels(source: str) -> list[str]:
    return [part.full_label for part in read_text(source).parts]


def part(source: str, label: str) -> Part:
    return next(part for part in read_text(source).parts if part.full_label == label)


def test_reference_at_the_beginning_of_a_line_is_no_part() -> None:
    source = (
        "Pasal 1\nKetentuan sebagaimana dimaksud dalam\nPasal 7\nayat (2) huruf b berlaku.\nPasal 2\nIsi."
    )
    assert labels(source) == ["Pasal 1", "Pasal 2"]
    assert "dalam Pasal 7 ayat (2) huruf b" in part(source, "Pasal 1").body


def test_ayat_number_of_a_reference_is_no_part() -> None:
    source = "Pasal 1\n(1) Satu.\n(2) Sebagaimana dimaksud pada ayat\n(1) berlaku.\n(3) Tiga.\nPasal 2\nIsi."
    assert labels(source)[:4] == ["Pasal 1", "Pasal 1 ayat (1)", "Pasal 1 ayat (2)", "Pasal 1 ayat (3)"]


def test_nested_lists_close_when_the_outer_one_goes_on() -> None:
    source = "Pasal 1\n(1) Meliputi:\na. satu:\n1. kecil:\na) lebih kecil;\n2. besar;\nb. dua.\n(2) Lagi.\nPasal 2\nIsi."
    assert labels(source) == [
        "Pasal 1",
        "Pasal 1 ayat (1)",
        "Pasal 1 ayat (1) huruf a",
        "Pasal 1 ayat (1) huruf a angka 1",
        "Pasal 1 ayat (1) huruf a angka 1 huruf a)",
        "Pasal 1 ayat (1) huruf a angka 2",
        "Pasal 1 ayat (1) huruf b",
        "Pasal 1 ayat (2)",
        "Pasal 2",
    ]


@pytest.mark.parametrize(
    ("lines", "whole"),
    [
        ("ketentuan undang-\nundang", "ketentuan undang-undang"),
        ("peraturan perundang-\nundangan", "peraturan perundang-undangan"),
        ("bagi sebesar-\nbesarnya warga", "bagi sebesar-besarnya warga"),
        ("harus diseleng-\ngarakan", "harus diselenggarakan"),
    ],
)
def test_hyphen_at_the_end_of_a_line_is_undone(lines: str, whole: str) -> None:
    assert part(f"Pasal 1\n{lines}.\nPasal 2\nIsi.", "Pasal 1").body == f"{whole}."


def test_page_numbers_heads_and_catchwords_are_left_out_and_named() -> None:
    source = "Pasal 1\nSatu kalimat\n- 2 -\nPRESIDEN REPUBLIK INDONESIA\nyang terputus.\nPasal 2 . . .\n- 3 -\nPasal 2\nDua."
    reading = read_text(source)
    assert [p.body for p in reading.parts] == ["Satu kalimat yang terputus.", "Dua."]
    assert reading.left_out == ["- 2 -", "PRESIDEN REPUBLIK INDONESIA", "Pasal 2 . . .", "- 3 -"]


def test_number_in_a_table_of_an_annex_is_kept() -> None:
    source = "Pasal 1\nIsi.\nPasal 2\nIsi.\nLAMPIRAN I\nDAFTAR TARIF\nJumlah hari\n1\n2\n3\n"
    assert "1 2 3" in part(source, "Lampiran I").body


def test_draft_that_decides_nothing_yet_has_its_chapters() -> None:
    source = "Menimbang:\na. bahwa perlu;\nMengingat:\n1. Pasal 18 ayat (6) Undang-Undang Dasar;\nBAB I\nUMUM\nPasal 1\nIsi."
    assert labels(source)[-3:] == ["Mengingat angka 1", "BAB I", "Pasal 1"]


def test_inserted_articles_and_chapters_keep_their_letters() -> None:
    assert labels("BAB I\nUMUM\nPasal 1\nA.\nPasal 1A\nB.\nBAB IA\nSISIPAN\nPasal 1B\nC.") == [
        "BAB I",
        "Pasal 1",
        "Pasal 1A",
        "BAB IA",
        "Pasal 1B",
    ]


def test_parts_of_a_chapter_carry_its_label() -> None:
    source = "BAB II\nTATA CARA\nBagian Kesatu\nUmum\nParagraf 1\nJadwal\nPasal 4\nIsi.\nPasal 5\nIsi."
    assert labels(source)[:3] == ["BAB II", "BAB II Bagian Kesatu", "BAB II Bagian Kesatu Paragraf 1"]
    assert part(source, "BAB II Bagian Kesatu").heading == "Umum"


def test_book_carries_its_chapters() -> None:
    source = "BUKU KESATU\nATURAN UMUM\nBAB I\nRUANG LINGKUP\nPasal 1\nIsi.\nPasal 2\nIsi."
    assert labels(source)[:2] == ["Buku Kesatu", "Buku Kesatu BAB I"]


def test_annex_repeated_as_page_head_is_one() -> None:
    source = "Pasal 1\nA.\nPasal 2\nB.\nLAMPIRAN I\nA. UMUM\n1. Satu\nLAMPIRAN I\n2. Dua\nLAMPIRAN II\nBAB I\nISI\n"
    assert labels(source)[2:] == [
        "Lampiran I",
        "Lampiran I huruf A",
        "Lampiran I huruf A angka 1",
        "Lampiran I huruf A angka 2",
        "Lampiran II",
        "Lampiran II BAB I",
    ]


def test_words_after_a_list_are_a_part_beside_it() -> None:
    source = "Pasal 1\nPeraturan:\na. satu; dan\nb. dua;\n\ndinyatakan tidak berlaku.\nPasal 2\nIsi."
    assert labels(source)[:4] == ["Pasal 1", "Pasal 1 huruf a", "Pasal 1 huruf b", "Pasal 1 alinea 1"]


def test_markdown_regulation_is_read_like_a_plain_one() -> None:
    source = "# BAB I\n## Pasal 1\n- (1) Satu.\n- (2) Dua:\n  - a. kecil;\n## **Pasal 2**\nIsi.\n"
    assert labels(source) == [
        "BAB I",
        "Pasal 1",
        "Pasal 1 ayat (1)",
        "Pasal 1 ayat (2)",
        "Pasal 1 ayat (2) huruf a",
        "Pasal 2",
    ]


def test_plan_is_read_by_headings_and_paragraphs() -> None:
    source = "# Penataan Pasar\n\nPengantar.\n\n## 1. Rencana\n\n1. Los baru\n2. Parkir:\n   a. motor\n\n### 1.1 Jadwal\n\nMei.\n"
    assert labels(source) == [
        "Penataan Pasar",
        "Penataan Pasar, alinea 1",
        "1 Rencana",
        "1 Rencana, angka 1",
        "1 Rencana, angka 2",
        "1 Rencana, angka 2 huruf a",
        "1.1 Jadwal",
        "1.1 Jadwal, alinea 1",
    ]


def test_plan_without_any_heading_is_its_paragraphs() -> None:
    assert labels("Kalimat pertama di sini.\n\nKalimat kedua\nterputus.") == ["alinea 1", "alinea 2"]


@pytest.mark.parametrize(
    "source", ["", "   \n\n", "- 1 -\n- 2 -\n", "%PDF-1.7 …", "PK\x03\x04", "a\x00b", "x " * LONGEST]
)
def test_what_is_no_text_is_refused(source: str) -> None:
    with pytest.raises(Invalid) as refusal:
        read_text(source)
    assert refusal.value.fields["source"]


def test_too_many_parts_are_refused() -> None:
    with pytest.raises(Invalid):
        read_text("\n".join(f"Pasal {n}\nIsi." for n in range(1, 2_100)))


def test_nothing_that_was_pasted_is_lost() -> None:
    source = (
        "Pasal 1\nAlfa beta\n(2) gamma delta.\nPasal 9\nEpsilon.\n(7) zeta\nc. eta\nTHETA:\nPasal 2\nIota."
    )
    read = " ".join(f"{p.label} {p.heading} {p.body}" for p in read_text(source).parts).lower()
    assert all(word in read for word in ("alfa", "beta", "gamma", "epsilon", "zeta", "eta", "theta", "iota"))


def test_lists_set_in_below_an_item_without_a_sign_at_its_end_stand_below_it() -> None:
    source = "1. Pedagang wajib\n   1. membersihkan lapak\n   2. membayar iuran\n2. Pembeli wajib\n   1. antre\n3. Petugas"
    assert [(part.depth, part.body) for part in read_text(source).parts] == [
        (0, "Pedagang wajib"),
        (1, "membersihkan lapak"),
        (1, "membayar iuran"),
        (0, "Pembeli wajib"),
        (1, "antre"),
        (0, "Petugas"),
    ]


def test_bullets_are_parts_of_their_own_and_keep_their_depth() -> None:
    source = "# Rencana\n\nKami akan:\n- membersihkan sungai\n- menanam pohon\n  - mangga\n  - nangka\n- berkumpul\n\nSelesai."
    assert [(part.depth, part.body) for part in read_text(source).parts[1:]] == [
        (1, "Kami akan:"),
        (1, "membersihkan sungai"),
        (1, "menanam pohon"),
        (2, "mangga"),
        (2, "nangka"),
        (1, "berkumpul"),
        (1, "Selesai."),
    ]


def test_bullets_below_numbers_end_with_the_next_number() -> None:
    source = "1. Pedagang:\n   - bersih\n   - tertib\n2. Pembeli"
    assert [(part.depth, part.body) for part in read_text(source).parts] == [
        (0, "Pedagang:"),
        (1, "bersih"),
        (1, "tertib"),
        (0, "Pembeli"),
    ]


def test_bullets_in_an_article_stand_in_paragraphs_of_their_own() -> None:
    source = "Pasal 1\nKegiatan meliputi:\n- membersihkan sungai\n- menanam pohon.\nPasal 2\nIsi."
    body = part(source, "Pasal 1").body
    assert body == "Kegiatan meliputi:\n\n- membersihkan sungai\n\n- menanam pohon."


def test_next_chapter_begins_where_the_article_before_has_no_stop() -> None:
    source = "BAB I\nUMUM\nPasal 1\nDaerah adalah Kabupaten Lembayung\nBAB II\nRUANG LINGKUP\nPasal 2\nIsi."
    assert labels(source) == ["BAB I", "Pasal 1", "BAB II", "Pasal 2"]
    assert part(source, "Pasal 1").body == "Daerah adalah Kabupaten Lembayung"
    assert part(source, "BAB II").heading == "RUANG LINGKUP"


def test_reference_to_a_chapter_at_the_end_of_a_line_begins_none() -> None:
    source = "BAB I\nUMUM\nPasal 1\nSebagaimana dimaksud dalam\nBAB II\nberlaku.\nPasal 2\nIsi."
    assert "BAB II" not in labels(source)


def test_first_chapter_of_an_annex_is_no_part_of_its_heading() -> None:
    source = (
        "Pasal 1\nIsi.\nPasal 2\nDua.\nLAMPIRAN\nPEDOMAN TATA CARA\nBAB I\nPENDAHULUAN\nA. Latar belakang\n1. satu\n"
        "a) ini\n1) lebih kecil\nBAB II\nPELAKSANAAN\nA. Lagi"
    )
    assert part(source, "Lampiran").heading == "PEDOMAN TATA CARA"
    assert part(source, "Lampiran BAB I").heading == "PENDAHULUAN"
    assert part(source, "Lampiran BAB II").heading == "PELAKSANAAN"


def test_list_begins_without_a_colon_where_its_second_item_follows() -> None:
    source = "Pasal 1\nRuang lingkup meliputi\na. satu\nb. dua\nPasal 2\nIsi."
    assert labels(source) == ["Pasal 1", "Pasal 1 huruf a", "Pasal 1 huruf b", "Pasal 2"]


def test_instruction_has_its_receivers_and_its_dictums() -> None:
    source = (
        "INSTRUKSI PRESIDEN REPUBLIK INDONESIA\nNOMOR 2 TAHUN 2030\nDalam rangka percepatan, dengan ini menginstruksikan:\n"
        "Kepada : 1. Menteri Satu;\n2. Para Gubernur.\nUntuk :\nKESATU : Mengambil langkah:\n1. cepat;\na. sekali;\nb. lagi;\n"
        "2. tepat.\nKEDUA : Melaporkan setiap bulan.\nKETIGA : Instruksi ini mulai berlaku."
    )
    assert labels(source)[1:] == [
        "Kepada",
        "Kepada angka 1",
        "Kepada angka 2",
        "Untuk",
        "Diktum KESATU",
        "Diktum KESATU angka 1",
        "Diktum KESATU angka 1 huruf a",
        "Diktum KESATU angka 1 huruf b",
        "Diktum KESATU angka 2",
        "Diktum KEDUA",
        "Diktum KETIGA",
    ]


def test_circular_without_blank_lines_keeps_its_numbers_and_what_stands_below_them() -> None:
    source = (
        "SURAT EDARAN\nNOMOR 1 TAHUN 2030\n1. Latar Belakang\nBahwa banjir sering terjadi.\n2. Maksud dan Tujuan\n"
        "a. Maksud\nAgar warga siap.\nb. Tujuan\nMengurangi korban.\n3. Isi Edaran\na. Setiap desa membentuk tim.\n"
        "b. Tim melapor setiap bulan.\n4. Penutup\nDemikian."
    )
    found = [(part.depth, part.heading) for part in read_text(source).parts if part.heading]
    assert found == [
        (0, "SURAT EDARAN"),
        (1, "Latar Belakang"),
        (1, "Maksud dan Tujuan"),
        (2, "Maksud"),
        (2, "Tujuan"),
        (1, "Isi Edaran"),
        (1, "Penutup"),
    ]

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

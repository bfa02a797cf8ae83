"""Drafts as offices paste them: without the words that a promulgated text always has."""

from rembuk.consultations.drafts.reading import read_text

WITHOUT_DECISION = """
Menimbang:
a. bahwa sampah perlu dipilah;
b. bahwa sesuai Pasal 1 ayat (2) undang-undang itu, perlu menetapkan peraturan;

Mengingat:
1. Undang-Undang Nomor 18 Tahun 2008;

BAB I
KETENTUAN UMUM

Pasal 1
Dalam peraturan ini yang dimaksud dengan:
1. Sampah adalah sisa kegiatan.

Pasal 2
(1) Sampah diangkut:
a. pagi; atau
b. sore.
"""


def test_body_of_a_draft_without_memutuskan_begins_with_its_first_chapter() -> None:
    labels = [part.full_label for part in read_text(WITHOUT_DECISION).parts]
    assert labels == [
        "Menimbang",
        "Menimbang huruf a",
        "Menimbang huruf b",
        "Mengingat",
        "Mengingat angka 1",
        "BAB I",
        "Pasal 1",
        "Pasal 1 angka 1",
        "Pasal 2",
        "Pasal 2 ayat (1)",
        "Pasal 2 ayat (1) huruf a",
        "Pasal 2 ayat (1) huruf b",
    ]

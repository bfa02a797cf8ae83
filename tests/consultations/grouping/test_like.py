"""Rows like one row, samples of groups, and the words in common."""

import pytest
from pytest_django import DjangoAssertNumQueries

from rembuk.access import rights
from rembuk.consultations.actions.grouping.editing import create_group
from rembuk.consultations.actions.grouping.suggesting import suggest_groups
from rembuk.consultations.actions.rows import make_rows
from rembuk.consultations.content import RemarkContent
from rembuk.consultations.likeness.compare import ALIKE, SAME_CLAUSE_BONUS, likeness
from rembuk.consultations.likeness.marking import marked
from rembuk.consultations.matrix import like, words
from tests import consultation_scenes as consultations
from tests import like_scenes as scenes
from tests import matrix_scenes, people
from tests.scenes import regency


@pytest.mark.django_db
def test_rows_like_one_are_found_by_other_words_and_contraries_are_not(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    found = scenes.like_matrix()
    assert rights.is_staff(found.manager)  # reads her grants
    with django_assert_num_queries(1):
        first = like.like_rows(found.rows[0], found.manager)
    assert [one.row.pk for one in first] == [found.rows[1].pk]
    assert [one.row.pk for one in like.like_rows(found.rows[2], found.manager)] == [found.rows[3].pk]
    assert like.like_rows(found.rows[5], found.manager) == []


@pytest.mark.django_db
def test_samples_are_the_first_unlike_texts_of_each_group() -> None:
    found = scenes.like_matrix("Tambah bak sampah.", "Tambah bak sampah.", "Bak sampah ditambah.", "Lain.")
    group = create_group(found.rows[:3], by=found.manager, at=matrix_scenes.AT)
    assert like.samples([group], found.manager) == {group.pk: ["Tambah bak sampah.", "Bak sampah ditambah."]}


def test_words_in_common_are_marked_whatever_their_form() -> None:
    first, second = marked(["Jangan digusur, PKL itu warga.", "Penggusuran pedagang kaki lima dihentikan."])
    assert "".join(piece for piece, _ in first) == "Jangan digusur, PKL itu warga."
    assert [piece for piece, is_common in first if is_common] == ["digusur", "PKL"]
    assert [piece for piece, is_common in second if is_common] == ["Penggusuran", "pedagang kaki lima"]


def _remarks(passage: str, *comments: str) -> matrix_scenes.Matrix:
    """One remark on the same clause for each comment, all about one passage."""
    place = regency()
    made = consultations.closed(place, at=matrix_scenes.AT)
    consultations.with_text(made, at=matrix_scenes.AT)
    for comment in comments:
        remark = RemarkContent(version=1, comment=comment, quote=passage)
        said = consultations.content(reason="", stance="", remarks={5: remark})
        consultations.sent(made, content=said, at=matrix_scenes.AT)
    make_rows(made, at=matrix_scenes.AT)
    manager = people.staff("consultation-manager", place.works, "Dewi Anggraini")
    rows = list(made.rows.select_related("submission", "consultation__unit").order_by("id"))
    return matrix_scenes.Matrix(place, made, rows, manager)


PASSAGE = (
    "Iuran sebesar Rp15.000,00 (lima belas ribu rupiah) dibayar setiap bulan oleh setiap kepala keluarga kepada "
    "pengurus rukun tetangga paling lambat tanggal sepuluh."
)


@pytest.mark.django_db
def test_same_passage_quoted_makes_nothing_alike() -> None:
    found = _remarks(PASSAGE, "Terlalu mahal.", "Siapa yang menagih?", *scenes.TEXTS[:2])

    assert found.rows[0].text == f"Kutipan: “{PASSAGE}”\n\nTerlalu mahal."
    assert likeness(found.rows[0].text, found.rows[1].text) + SAME_CLAUSE_BONUS > ALIKE
    assert like.like_rows(found.rows[0], found.manager) == []
    assert [one.row.pk for one in like.like_rows(found.rows[2], found.manager)] == [found.rows[3].pk]


@pytest.mark.django_db
def test_groups_of_remarks_are_made_and_named_by_what_their_authors_wrote() -> None:
    found = _remarks(PASSAGE, *scenes.TEXTS)

    suggest_groups(found.consultation, at=matrix_scenes.AT)

    assert scenes.groups(found) == [{0, 1}, {2, 3}]
    titles = list(found.consultation.groups.values_list("title", flat=True))
    assert {title in {text.rstrip(".") for text in scenes.TEXTS} for title in titles} == {True}
    samples = like.samples(list(found.consultation.groups.all()), found.manager)
    assert "Kutipan" not in str(samples)
    by_hand = create_group(found.rows[4:], by=found.manager, at=matrix_scenes.AT)
    assert by_hand.title == "Retribusi pasar sebaiknya dinaikkan"


@pytest.mark.parametrize(
    ("text", "passage", "own"),
    [
        ("Kutipan: “a “b” c”\n\nSaya setuju.", "a “b” c", "Saya setuju."),
        ("Kutipan: “a\n\nb”\n\nKata.\n\nUsulan rumusan: Iuran gratis.", "a\n\nb", "Kata.\n\nIuran gratis."),
        ("Kutipan: “hanya ini”", "hanya ini", ""),
        ("Kutipan: “dipotong di tengah", "", "Kutipan: “dipotong di tengah"),
        ("Kata saya. Kutipan: “x”", "", "Kata saya. Kutipan: “x”"),
        ("", "", ""),
    ],
)
def test_own_words_leave_out_a_passage_and_the_word_before_a_wording(
    text: str, passage: str, own: str
) -> None:
    assert (words.parted(text).passage, words.own_words(text)) == (passage, own)

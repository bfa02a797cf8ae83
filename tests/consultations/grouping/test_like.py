"""Rows like one row, samples of groups, and the words in common."""

import pytest
from pytest_django import DjangoAssertNumQueries

from rembuk.access import rights
from rembuk.consultations.actions.grouping.editing import create_group
from rembuk.consultations.likeness.marking import marked
from rembuk.consultations.matrix import like
from tests import like_scenes as scenes
from tests import matrix_scenes


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

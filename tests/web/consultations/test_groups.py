"""Staff pages of groups: the list, one group with its acts, rows like one row; refusals and query counts."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from rembuk.accounts.models import Person
from rembuk.consultations.actions.grouping.editing import confirm_group, create_group, dismiss_group
from rembuk.consultations.actions.grouping.suggesting import suggest_groups
from rembuk.consultations.models import Grouping, MatrixGroup, MatrixRow
from rembuk.consultations.states import RowState
from rembuk.web.consultations.answering.groups.members import key_of
from tests import like_scenes as scenes
from tests import matrix_scenes, people

pytestmark = pytest.mark.django_db


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def base(found: matrix_scenes.Matrix) -> str:
    return f"/kelola/uji-publik/{found.consultation.code}/kelompok/"


def made(found: matrix_scenes.Matrix, *places: int) -> MatrixGroup:
    return create_group([found.rows[place] for place in places], by=found.manager)


def confirmed(found: matrix_scenes.Matrix, *places: int) -> MatrixGroup:
    group = made(found, *places)
    return confirm_group(group, [found.rows[place] for place in places], by=found.manager)


def keys(*texts: str) -> list[str]:
    return [key_of(text) for text in texts]


def test_list_shows_suggestions_with_size_and_samples() -> None:
    found = scenes.like_matrix(at=None)
    suggest_groups(found.consultation)
    html = signed_in(found.manager).get(base(found)).content.decode()
    for text in scenes.TEXTS[:4]:
        assert text in html
    assert html.count("2 baris") == 2
    assert "dari 6 baris" in html


def test_list_tells_confirmed_and_dismissed_groups_apart() -> None:
    found = scenes.like_matrix(at=None)
    confirmed(found, 0, 1)
    dismiss_group(made(found, 2, 4), by=found.manager)
    client = signed_in(found.manager)
    assert client.get(base(found)).context["groups"] == []
    (one,) = client.get(f"{base(found)}?lihat=pasti").context["groups"]
    (other,) = client.get(f"{base(found)}?lihat=bubar").context["groups"]
    assert (one["title"], one["size"]) == (scenes.TEXTS[0].rstrip("."), 2)
    assert (other["title"], other["size"]) == (scenes.TEXTS[2].rstrip("."), 2)


def test_asking_for_suggestions_leaves_them_to_the_worker() -> None:
    found = scenes.like_matrix(at=None)
    suggest_groups(found.consultation)
    client = signed_in(found.manager)
    answer = client.post(f"{base(found)}susun/", follow=True)
    assert Grouping.objects.get().is_waiting
    assert "Lihat lagi sebentar lagi" in answer.content.decode() or answer.context["is_waiting"]


def test_group_page_shows_each_text_once_with_the_words_in_common() -> None:
    found = scenes.like_matrix("Tambah bak sampah.", "Tambah bak sampah.", "Bak sampah ditambah.", at=None)
    group = made(found, 0, 1, 2)
    answer = signed_in(found.manager).get(f"{base(found)}{group.public_id}/")
    assert [(member.text, member.rows) for member in answer.context["members"]] == [
        ("Tambah bak sampah.", 2),
        ("Bak sampah ditambah.", 1),
    ]
    assert "<mark>Tambah</mark>" in answer.content.decode()


def test_confirmation_keeps_what_is_ticked() -> None:
    found = scenes.like_matrix(at=None)
    group = made(found, 0, 1, 4)
    sent = {"selected": keys(scenes.TEXTS[0], scenes.TEXTS[1])}
    answer = signed_in(found.manager).post(f"{base(found)}{group.public_id}/pastikan/", sent)
    assert answer.status_code == 303
    assert scenes.groups(found) == [{0, 1}]
    group.refresh_from_db()
    assert group.confirmed_by == found.manager


def test_confirmation_of_one_text_is_refused_and_keeps_the_ticks() -> None:
    found = scenes.like_matrix(at=None)
    group = made(found, 0, 1)
    sent = {"selected": keys(scenes.TEXTS[1])}
    answer = signed_in(found.manager).post(f"{base(found)}{group.public_id}/pastikan/", sent)
    assert answer.status_code == 422
    assert answer.context["ticked"] == set(keys(scenes.TEXTS[1]))
    group.refresh_from_db()
    assert group.confirmed_at is None


@pytest.mark.parametrize(
    ("act", "places", "expected"),
    [
        ("pisahkan", (2, 3), [{0, 1}, {2, 3}]),
        ("keluarkan", (2, 3), [{0, 1}]),
        ("bubarkan", (), []),
    ],
)
def test_ticked_rows_are_split_taken_out_or_the_group_dismissed(
    act: str, places: tuple[int, ...], expected: list[set[int]]
) -> None:
    found = scenes.like_matrix(at=None)
    group = made(found, 0, 1, 2, 3)
    sent = {"selected": keys(*(scenes.TEXTS[place] for place in places))}
    answer = signed_in(found.manager).post(f"{base(found)}{group.public_id}/{act}/", sent)
    assert answer.status_code == 303
    assert scenes.groups(found) == expected


def test_group_is_renamed_and_merged_from_its_page() -> None:
    found = scenes.like_matrix(at=None)
    group, other = made(found, 0, 1), made(found, 2, 3)
    client = signed_in(found.manager)
    client.post(f"{base(found)}{group.public_id}/nama/", {"title": "Relokasi"})
    client.post(f"{base(found)}{group.public_id}/gabungkan/", {"other": str(other.public_id)})
    assert list(MatrixGroup.objects.values_list("title", flat=True)) == ["Relokasi"]
    assert scenes.groups(found) == [{0, 1, 2, 3}]


def test_confirmed_group_is_answered_once_for_all_its_rows() -> None:
    found = scenes.like_matrix(at=None)
    group = confirmed(found, 0, 1)
    sent = {"verdict": "accepted", "reason": matrix_scenes.REASON, "change": ""}
    answer = signed_in(found.manager).post(f"{base(found)}{group.public_id}/jawab/", sent)
    assert answer.status_code == 303
    rows = MatrixRow.objects.filter(group=group)
    assert {(row.state, row.verdict, row.reason) for row in rows} == {
        (RowState.PROPOSED, "accepted", matrix_scenes.REASON)
    }


def test_answer_that_is_too_short_is_refused_with_everything_kept() -> None:
    found = scenes.like_matrix(at=None)
    group = confirmed(found, 0, 1)
    sent = {"verdict": "accepted", "reason": "Singkat.", "change": "Ayat (1)"}
    answer = signed_in(found.manager).post(f"{base(found)}{group.public_id}/jawab/", sent)
    assert answer.status_code == 422
    form = answer.context["answer"].form
    assert (form["reason"].value(), form["change"].value()) == ("Singkat.", "Ayat (1)")


def test_unconfirmed_group_offers_no_answer_and_takes_none() -> None:
    found = scenes.like_matrix(at=None)
    group = made(found, 0, 1)
    client = signed_in(found.manager)
    assert client.get(f"{base(found)}{group.public_id}/").context["answer"] is None
    sent = {"verdict": "accepted", "reason": matrix_scenes.REASON, "change": ""}
    assert client.post(f"{base(found)}{group.public_id}/jawab/", sent).status_code == 409
    assert {row.state for row in found.fresh()} == {RowState.OPEN}


def test_act_on_a_dismissed_group_says_what_happened() -> None:
    found = scenes.like_matrix(at=None)
    group = made(found, 0, 1)
    dismiss_group(group, by=found.manager)
    answer = signed_in(found.manager).post(f"{base(found)}{group.public_id}/nama/", {"title": "Baru"})
    assert answer.status_code == 409


def test_rows_like_one_row_are_put_together_with_it() -> None:
    found = scenes.like_matrix(at=None)
    url = f"/kelola/uji-publik/{found.consultation.code}/matriks/{found.rows[0].public_id}/serupa/"
    client = signed_in(found.manager)
    (member,) = client.get(url).context["members"]
    assert member.text == scenes.TEXTS[1]
    assert client.post(url, {}).status_code == 422
    assert client.post(url, {"selected": member.key}).status_code == 303
    assert scenes.groups(found) == [{0, 1}]


def test_colleague_elsewhere_finds_nothing_and_auditor_reads_without_acts() -> None:
    found = scenes.like_matrix(at=None)
    group = made(found, 0, 1)
    elsewhere = people.staff("consultation-manager", found.place.health)
    auditor = people.staff("auditor", found.place.works)
    url = f"{base(found)}{group.public_id}/"
    assert signed_in(elsewhere).get(url).status_code == 404
    assert signed_in(elsewhere).post(f"{url}bubarkan/").status_code == 404
    assert signed_in(auditor).get(url).context["buttons"] == []
    assert signed_in(auditor).post(f"{url}bubarkan/").status_code == 403


@pytest.mark.parametrize("number", [1, 3])
def test_list_of_groups_costs_the_same_for_one_and_three(
    number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    found = scenes.like_matrix(*(f"Usul nomor {place}." for place in range(6)), at=None)
    for place in range(number):
        made(found, 2 * place, 2 * place + 1)
    client = signed_in(found.manager)
    client.get(base(found))
    with django_assert_num_queries(9):
        assert len(client.get(base(found)).context["groups"]) == number


@pytest.mark.parametrize("number", [2, 4])
def test_page_of_a_group_costs_the_same_for_two_and_four_rows(
    number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    found = scenes.like_matrix(*(f"Usul nomor {place}." for place in range(4)), at=None)
    group = made(found, *range(number))
    client = signed_in(found.manager)
    client.get(f"{base(found)}{group.public_id}/")
    with django_assert_num_queries(7):
        assert len(client.get(f"{base(found)}{group.public_id}/").context["members"]) == number

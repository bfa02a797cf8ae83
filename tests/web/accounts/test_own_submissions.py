"""«Masukan saya»: what a member said in consultations, where each stands, and the way on."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from rembuk.accounts.models import Person
from tests import consultation_scenes as consultations
from tests import people, scenes

pytestmark = pytest.mark.django_db
PAGE = "/akun/masukan/"


def rows_of(person: Person) -> list[dict[str, Any]]:
    """The rows of her page."""
    client = Client()
    client.force_login(person)
    found: list[dict[str, Any]] = client.get(PAGE).context["rows"]
    return found


def test_draft_leads_to_where_it_is_written_on_while_it_is_open() -> None:
    place, person = scenes.regency(), people.citizen()
    made, late = consultations.opened(place), consultations.closed(place)
    consultations.writing(late, person)
    consultations.writing(made, person)
    rows = rows_of(person)
    assert [row["url"] for row in rows] == [
        f"/uji-publik/{made.code}/ikut/tinjau/",
        f"/uji-publik/{late.code}/",
    ]
    assert [row["tag"] for row in rows] == ["Draf", "Draf"]


def test_sent_one_says_how_far_it_is_answered() -> None:
    place, person = scenes.regency(), people.citizen()
    made = consultations.closed(place)
    version = consultations.with_text(made)
    consultations.with_questions(made)
    mine = consultations.sent(made, person, consultations.full_content(version))
    (rows,) = consultations.rows_for(made)
    consultations.answered(rows[0])
    (row,) = rows_of(person)
    assert (row["url"], row["code"]) == (f"/uji-publik/{made.code}/masukan/1/", mine.code)
    assert row["kind"] == f"1 dari {len(rows)} pokok sudah ditanggapi"


def test_page_shows_nobody_elses_and_invites_where_there_is_none() -> None:
    place, person = scenes.regency(), people.citizen()
    consultations.sent(consultations.opened(place))
    client = Client()
    client.force_login(person)
    text = client.get(PAGE).content.decode()
    assert "/uji-publik/" in text
    assert rows_of(person) == []


@pytest.mark.parametrize("number", [1, 3])
def test_page_asks_the_same_number_of_queries(
    number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    place, person = scenes.regency(), people.citizen()
    for _turn in range(number):
        consultations.sent(consultations.opened(place), person)
    client = Client()
    client.force_login(person)
    client.get(PAGE)
    with django_assert_num_queries(QUERIES):
        client.get(PAGE)


QUERIES = 5

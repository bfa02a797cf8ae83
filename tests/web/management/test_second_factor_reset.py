"""The page that takes a lost second factor away."""

import pytest

from rembuk.accounts.second_factor.selectors import has_second_factor
from tests import people, scenes
from tests.accounts import factor
from tests.web.management.pages import K, refused, signed_in

pytestmark = pytest.mark.django_db


def page_of(person: people.Person) -> str:
    return f"{K}pengguna/{person.public_id}/faktor-kedua/"


def test_page_asks_for_the_reason_and_takes_it_away() -> None:
    place = scenes.regency()
    person = people.staff("moderator", place.root, "Sari Wulandari")
    factor.enrolled(person)
    client = signed_in("administrator", place)
    assert "Sari Wulandari" in client.get(page_of(person)).content.decode()
    assert refused(client.post(page_of(person), {"reason": ""})) == (422, True)
    assert has_second_factor(person)
    answer = client.post(page_of(person), {"reason": "Ponsel hilang, ditelepon."})
    assert (answer.status_code, answer["Location"]) == (303, f"{K}pengguna/{person.public_id}/")
    assert not has_second_factor(person)


def test_page_of_the_person_leads_there() -> None:
    place = scenes.regency()
    person, client = people.staff("moderator", place.root), signed_in("administrator", place)
    page = f"{K}pengguna/{person.public_id}/"
    assert page_of(person) not in client.get(page).content.decode()
    factor.enrolled(person)
    assert page_of(person) in client.get(page).content.decode()


def test_without_a_second_factor_the_page_says_so_and_sending_is_refused() -> None:
    place = scenes.regency()
    person = people.staff("moderator", place.root)
    client = signed_in("administrator", place)
    page = client.get(page_of(person))
    assert (page.status_code, 'name="reason"' in page.content.decode()) == (200, False)
    assert client.post(page_of(person), {"reason": "Ponsel hilang."}).status_code == 409


def test_own_page_and_people_outside_are_refused() -> None:
    place = scenes.regency()
    outside = people.staff("assessor", place.health)
    factor.enrolled(outside)
    client = signed_in("unit-admin", place, "works")
    assert client.post(page_of(outside), {"reason": "Ponsel hilang."}).status_code == 404
    mine = people.staff("administrator", place.root)
    factor.enrolled(mine)
    client.force_login(mine)
    assert [
        client.get(page_of(mine)).status_code,
        client.post(page_of(mine), {"reason": "Hilang"}).status_code,
    ] == [
        403,
        403,
    ]
    assert has_second_factor(mine)
    assert has_second_factor(outside)

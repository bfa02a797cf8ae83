"""Hak akses: the list of grants with its filters, giving and ending, the matrix of roles."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from rembuk.access.models import Grant
from tests import people, scenes
from tests.web.management.pages import K, refused, signed_in

pytestmark = pytest.mark.django_db
LIST = f"{K}hak-akses/"
LINKED = re.compile(r'<a href="[^"]+">([^<]+)</a>')
WHY = {"reason": "Masa tugas selesai"}
NOW = datetime.now(UTC)


def shown(client: Client, query: str = "") -> set[tuple[str, str]]:
    """Person and unit of each grant in the list."""
    rows = client.get(f"{LIST}{query}").context["table"]["rows"]
    return {(LINKED.findall(row[0])[0], row[2]) for row in rows}


def test_list_filters_by_role_unit_and_time() -> None:
    place = scenes.regency()
    days = timedelta(days=1)
    for name, unit, role, start, end in (
        ("Ani", place.works, "moderator", -9, None),
        ("Beni", place.roads, "assessor", -9, 20),
        ("Cici", place.health, "moderator", -9, -1),
        ("Dodi", place.health, "moderator", 5, None),
    ):
        dates = {"starts_at": NOW + start * days, "ends_at": None if end is None else NOW + end * days}
        people.grant(people.citizen(name), role, unit, **dates)
    client = signed_in("administrator", place)
    me = ("Ratna Dewi", place.root.name)
    assert shown(client) == {me, ("Ani", place.works.name), ("Beni", place.roads.name)}
    assert shown(client, "?peran=moderator") == {("Ani", place.works.name)}
    assert shown(client, f"?satuan={place.works.code}") == {
        ("Ani", place.works.name),
        ("Beni", place.roads.name),
    }
    assert shown(client, "?waktu=berakhir") == {("Beni", place.roads.name)}
    assert shown(client, "?waktu=lewat") == {("Cici", place.health.name)}
    assert shown(client, "?waktu=mendatang") == {("Dodi", place.health.name)}
    assert shown(client, "?satuan=tidak-ada") == set()


def test_give_by_address_makes_a_grant_with_its_last_day_included() -> None:
    place, sari = scenes.regency(), people.citizen("Sari")
    sent = {"email": sari.email, "role": "moderator", "unit": place.works.code, "until": "2031-12-31", **WHY}
    answer = signed_in("administrator", place).post(f"{LIST}beri/", sent)
    grant = sari.grants.get()
    assert (answer.status_code, answer["Location"]) == (303, LIST)
    assert grant.ends_at is not None
    assert grant.ends_at.isoformat() == "2031-12-31T17:00:00+00:00"


def test_give_with_bad_input_keeps_what_was_typed() -> None:
    place = scenes.regency()
    sent = {"email": "tidak@ada.id", "role": "moderator", "unit": "Dinas Ajaib", "since": "2020-01-01", **WHY}
    answer = signed_in("administrator", place).post(f"{LIST}beri/", sent)
    assert refused(answer) == (422, True)
    assert set(answer.context["form"].errors) == {"email", "unit", "since"}
    assert "Dinas Ajaib" in answer.content.decode()


def test_give_on_a_persons_page_starts_on_the_first_day_given() -> None:
    place = scenes.regency()
    tono = people.staff("assessor", place.works)
    sent = {"role": "moderator", "unit": place.works.code, "since": "2031-01-01", **WHY}
    answer = signed_in("unit-admin", place, "works").post(f"{K}pengguna/{tono.public_id}/peran/", sent)
    assert answer.status_code == 303
    assert tono.grants.get(role__slug="moderator").starts_at.isoformat() == "2030-12-31T17:00:00+00:00"


def test_give_to_oneself_or_beyond_ones_unit_is_denied() -> None:
    place = scenes.regency()
    me = people.staff("unit-admin", place.works)
    client = Client()
    client.force_login(me)
    for email, unit in ((me.email, place.works), (people.citizen().email, place.health)):
        sent = {"email": email, "role": "moderator", "unit": unit.code, **WHY}
        assert client.post(f"{LIST}beri/", sent).status_code == 403
    assert Grant.objects.count() == 1


def test_a_role_with_more_than_one_has_is_not_offered() -> None:
    place = scenes.regency()
    sent = {"email": people.citizen().email, "role": "administrator", "unit": place.works.code, **WHY}
    answer = signed_in("unit-admin", place, "works").post(f"{LIST}beri/", sent)
    assert (refused(answer), list(answer.context["form"].errors)) == ((422, True), ["role"])


def test_end_asks_why_and_a_second_end_is_told() -> None:
    place = scenes.regency()
    grant = people.staff("moderator", place.works).grants.get()
    client, here = signed_in("administrator", place), f"{LIST}{grant.pk}/akhiri/"
    assert refused(client.post(here, {})) == (422, True)
    assert client.post(here, WHY).status_code == 303
    assert client.post(here, WHY).status_code == 409


def test_end_outside_of_ones_units_is_not_found_and_ones_own_denied() -> None:
    place = scenes.regency()
    grant = people.staff("moderator", place.health).grants.get()
    client = signed_in("unit-admin", place, "works")
    assert client.post(f"{LIST}{grant.pk}/akhiri/", WHY).status_code == 404
    own = Grant.objects.get(role__slug="unit-admin")
    assert client.post(f"{LIST}{own.pk}/akhiri/", WHY).status_code == 403


def test_others_are_denied() -> None:
    client = signed_in("moderator", scenes.regency())
    assert [client.get(f"{LIST}{path}").status_code for path in ("", "peran/", "beri/")] == [403, 403, 403]


@pytest.mark.parametrize("more", [1, 3])
def test_list_asks_as_often_for_three_as_for_one(
    more: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    place = scenes.regency()
    for _number in range(more):
        people.staff("moderator", place.works)
    client = signed_in("administrator", place)
    client.get(LIST)
    with django_assert_num_queries(8):
        client.get(LIST)

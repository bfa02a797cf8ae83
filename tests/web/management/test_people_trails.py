"""The timelines of a person on their pages: recorded, in reach, without hidden names, page by page."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from rembuk.access.rights import actor_of
from rembuk.accounts.actions.presence import note_sign_in
from rembuk.accounts.models import Person
from rembuk.audit.models import AuditEntry
from rembuk.engagement.actions.votes import cast_vote
from tests import people, scenes
from tests.web.management.pages import K, refused, signed_in

pytestmark = pytest.mark.django_db


def address(person: Person, name: str) -> str:
    """The address of a timeline."""
    return f"{K}pengguna/{person.public_id}/{name}/"


def whats(client: Client, path: str) -> list[str]:
    """The deeds on a page."""
    return [row["entry"].verb for row in client.get(path).context["rows"]]


def come(person: Person, times: int) -> None:
    """Sign in so many times."""
    for _number in range(times):
        note_sign_in(person, by=actor_of(person))


@pytest.mark.parametrize(("name", "field"), [("aktivitas", "activity"), ("jejak", "trail")])
def test_each_look_is_recorded_with_what_was_shown(name: str, field: str) -> None:
    place, sari = scenes.regency(), people.citizen("Sari")
    assert signed_in("administrator", place).get(address(sari, name)).status_code == 200
    entry = AuditEntry.objects.get(verb="person.data_seen")
    assert (entry.target_key, entry.after) == (str(sari.pk), {"fields": ["name", field]})


@pytest.mark.parametrize("name", ["aktivitas", "jejak"])
def test_timelines_of_people_out_of_reach_are_not_found_and_not_recorded(name: str) -> None:
    place = scenes.regency()
    client = signed_in("unit-admin", place, "works")
    for person in (people.citizen(), people.staff("moderator", place.health)):
        assert client.get(address(person, name)).status_code == 404
    assert signed_in("moderator", place).get(address(people.citizen(), name)).status_code == 403
    assert not AuditEntry.objects.filter(verb="person.data_seen").exists()


def test_activity_shows_proposals_and_counts_votes_without_what_they_are_for() -> None:
    place, sari = scenes.regency(), people.citizen("Sari")
    mine, other = scenes.published(place, author=sari), scenes.published(place)
    assert other.subject is not None
    cast_vote(other.subject.ballots.get(), voter=sari, value=1)
    answer = signed_in("administrator", place).get(address(sari, "aktivitas"))
    page = answer.content.decode()
    assert mine.code in page
    assert other.code not in page
    assert [stat["value"] for stat in answer.context["counts"]] == [1, 0, 0, 1, 0]


def test_nothing_on_a_page_that_bears_the_name_leads_to_a_proposal_under_a_hidden_name() -> None:
    place, sari = scenes.regency(), people.citizen("Sari")
    hidden = scenes.published(place, author=sari, is_name_masked=True)
    client = signed_in("administrator", place)
    for name in ("aktivitas", "jejak"):
        assert str(hidden.code) not in client.get(address(sari, name)).content.decode()
    assert AuditEntry.objects.filter(actor_person_id=sari.pk, target_key=hidden.code).exists()


def test_filters_narrow_by_kind_direction_and_day() -> None:
    place, sari = scenes.regency(), people.citizen("Sari")
    scenes.published(place, author=sari)
    come(sari, 1)
    client = signed_in("administrator", place)
    assert whats(client, f"{address(sari, 'aktivitas')}?jenis=masuk") == ["person.signed_in"]
    assert "person.signed_in" not in whats(client, f"{address(sari, 'aktivitas')}?jenis=usulan")
    assert whats(client, f"{address(sari, 'jejak')}?arah=oleh") == []
    assert whats(client, f"{address(sari, 'aktivitas')}?sampai=2020-01-01") == []


@pytest.mark.parametrize("query", ["?jenis=apa", "?dari=kemarin"])
def test_filter_that_cannot_be_read_says_so(query: str) -> None:
    client, sari = signed_in("administrator", scenes.regency()), people.citizen("Sari")
    for name in ("aktivitas", "jejak"):
        assert refused(client.get(f"{address(sari, name)}{query}")) == (422, True)


def test_long_timelines_go_on_page_by_page() -> None:
    place, sari = scenes.regency(), people.citizen("Sari")
    come(sari, 45)
    client = signed_in("administrator", place)
    first = client.get(address(sari, "aktivitas"))
    second = client.get(first.context["next_url"])
    ids = [row["entry"].pk for answer in (first, second) for row in answer.context["rows"]]
    assert (len(ids), len(set(ids)), second.context["next_url"]) == (45, 45, "")


def test_deleted_account_keeps_its_trail_without_a_name() -> None:
    place, sari = scenes.regency(), people.citizen("Sari Wulandari")
    come(sari, 1)
    Person.objects.filter(pk=sari.pk).update(name="", email=None, is_active=False, deleted_at=people.LONG_AGO)
    answer = signed_in("administrator", place).get(address(sari, "jejak"))
    assert "Sari Wulandari" not in answer.content.decode()
    assert len(answer.context["rows"]) == 1


@pytest.mark.parametrize(("name", "count"), [("aktivitas", 16), ("jejak", 10)])
@pytest.mark.parametrize("times", [1, 3])
def test_timelines_ask_as_often_for_three_entries_as_for_one(
    name: str, count: int, times: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    place, sari = scenes.regency(), people.citizen("Sari")
    come(sari, times)
    client = signed_in("administrator", place)
    client.get(f"{K}pengguna/")
    with django_assert_num_queries(count):
        client.get(f"{address(sari, name)}?jenis=masuk")

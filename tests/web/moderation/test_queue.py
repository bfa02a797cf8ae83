"""The moderation queue: what stands in it, filters, taking a case, and the number of questions to the database."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from rembuk.audit.models import AuditEntry
from rembuk.engagement.models import Case
from rembuk.taxonomy.models import Category
from rembuk.taxonomy.tree import plant
from rembuk.web.moderation.bulk import TAKES_FOUND
from rembuk.workunits.models import WorkUnit
from tests import handling_scenes as handling
from tests import people, scenes

pytestmark = pytest.mark.django_db
QUEUE = "/kelola/moderasi/"


def signed_in(role: str, place: scenes.Regency, unit: str = "root") -> Client:
    """A browser of somebody with a role."""
    client = Client()
    client.force_login(people.staff(role, getattr(place, unit)))
    return client


def titles(client: Client, query: str = "") -> list[str]:
    """Titles in the queue, in order."""
    return [row["title"] for row in client.get(f"{QUEUE}{query}").context["rows"]]


def test_queue_shows_the_overdue_one_first() -> None:
    place = scenes.regency()
    scenes.submitted(place, title="Jembatan gantung baru")
    scenes.submitted(place, title="Lampu jalan desa", at=datetime.now(UTC) - timedelta(days=30))
    assert titles(signed_in("moderator", place)) == ["Lampu jalan desa", "Jembatan gantung baru"]


def test_queue_is_empty_for_a_moderator_elsewhere() -> None:
    place = scenes.regency()
    scenes.submitted(place)
    client = signed_in("moderator", place, "health")
    assert titles(client) == []
    assert "empty" in client.get(QUEUE).content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?jenis=proposal", 2),
        ("?jenis=appeal", 0),
        ("?lewat=on", 1),
        ("?diambil=mine", 0),
        ("?diambil=free", 2),
        ("?q=lampu", 1),
        ("?kategori=bukan-kategori", 0),
        ("?jenis=bukan-jenis", 0),
    ],
)
def test_queue_filter_narrows_it(query: str, found: int) -> None:
    place = scenes.regency()
    scenes.submitted(place, title="Jembatan gantung baru")
    scenes.submitted(place, title="Lampu jalan desa", at=datetime.now(UTC) - timedelta(days=30))
    assert len(titles(signed_in("moderator", place), query)) == found


@pytest.mark.parametrize("name", ["satuan", "kategori"])
def test_filter_by_what_was_retired_a_moment_ago_finds_nothing_to_decide(name: str) -> None:
    place = scenes.regency()
    waiting = scenes.submitted(place)
    client = signed_in("moderator", place)
    query = f"?{name}={place.works.code if name == 'satuan' else place.category.slug}"
    assert titles(client, query) == [waiting.title]
    rows = WorkUnit.objects if name == "satuan" else Category.objects
    rows.filter(pk=(place.works if name == "satuan" else place.category).pk).update(is_active=False)
    # The choices are kept for a minute: the one that is gone is still among them.
    assert titles(client, query) == []
    assert "field-bad" in client.get(f"{QUEUE}{query}").content.decode()
    chosen = {"step": "publish", TAKES_FOUND: "1", "confirm": "1"}
    client.post(f"{QUEUE}sekaligus/{query}", chosen)
    assert handling.state_of(waiting) == "submitted"


def test_queue_filter_by_category_takes_what_lies_below_it() -> None:
    place = scenes.regency()
    scenes.submitted(place, title="Jembatan gantung baru")
    scenes.submitted(place, category=place.other_category, title="Posyandu keliling dusun")
    query = f"?kategori={place.other_category.slug}"
    assert titles(signed_in("moderator", place), query) == ["Posyandu keliling dusun"]


def test_queue_filter_by_region_takes_what_lies_within_it() -> None:
    place, village = scenes.regency(), scenes.village_region()
    scenes.submitted(place, title="Jembatan gantung baru", region=village)
    scenes.submitted(place, title="Posyandu keliling dusun")
    client = signed_in("moderator", place)
    assert titles(client, "?wilayah=32") == ["Jembatan gantung baru"]
    assert len(titles(client)) == 2


def test_queue_filter_by_category_takes_children_too() -> None:
    place = scenes.regency()
    child = plant(name="Jembatan", slug="jembatan-desa", parent=place.category, position=1)
    scenes.submitted(place, category=child, title="Posyandu keliling dusun")
    scenes.submitted(place, title="Jembatan gantung baru")
    client = signed_in("moderator", place)
    both = ["Posyandu keliling dusun", "Jembatan gantung baru"]
    assert titles(client, f"?kategori={place.category.slug}") == both
    assert titles(client, f"?kategori={child.slug}") == ["Posyandu keliling dusun"]


@pytest.mark.parametrize("rows", [1, 3])
def test_queue_asks_the_database_as_often_for_one_as_for_three(
    rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    place = scenes.regency()
    for _row in range(rows):
        scenes.submitted(place)
    client = signed_in("moderator", place)
    client.get(QUEUE)
    with django_assert_num_queries(7):
        client.get(QUEUE)


def test_queue_without_the_right_is_refused_and_recorded() -> None:
    place = scenes.regency()
    answer = signed_in("auditor", place).get(QUEUE)
    assert (answer.status_code, AuditEntry.objects.filter(verb="access.denied").count()) == (403, 1)


def test_claim_marks_the_case_and_a_second_claim_is_told_who_has_it() -> None:
    place = scenes.regency()
    scenes.submitted(place)
    case = Case.objects.get()
    first, second = signed_in("moderator", place), signed_in("moderator", place)
    assert first.post(f"{QUEUE}{case.public_id}/ambil/").status_code == 303
    answer = second.post(f"{QUEUE}{case.public_id}/ambil/")
    assert (answer.status_code, "Budi Santoso" in answer.content.decode()) == (409, True)
    assert first.post(f"{QUEUE}{case.public_id}/lepas/").status_code == 303
    case.refresh_from_db()
    assert case.claimed_by is None


def test_case_outside_the_own_units_does_not_exist() -> None:
    place = scenes.regency()
    scenes.submitted(place)
    case = Case.objects.get()
    assert signed_in("moderator", place, "health").get(f"{QUEUE}{case.public_id}/").status_code == 404


@pytest.mark.parametrize("others", [1, 3])
def test_case_asks_the_database_as_often_for_one_similar_as_for_three(
    others: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    place = scenes.regency()
    for _number in range(others):
        scenes.published(place)
    waiting = scenes.submitted(place)
    case = Case.objects.get(subject=waiting.subject)
    client = signed_in("moderator", place)
    client.get(f"{QUEUE}{case.public_id}/")
    with django_assert_num_queries(30):
        client.get(f"{QUEUE}{case.public_id}/")


def test_decided_case_says_so_and_offers_nothing() -> None:
    place = scenes.regency()
    case = Case.objects.get(subject=scenes.published(place).subject)
    answer = signed_in("moderator", place).get(f"{QUEUE}{case.public_id}/")
    assert (answer.status_code, answer.context["panels"]) == (200, [])
    assert "Diputuskan oleh Budi Santoso" in answer.content.decode()


def test_case_of_ones_own_says_why_it_cannot_be_decided() -> None:
    place = scenes.regency()
    own = people.staff("moderator", place.root)
    scenes.submitted(place, own)
    client = Client()
    client.force_login(own)
    answer = client.get(f"{QUEUE}{Case.objects.get().public_id}/")
    assert (answer.context["panels"], bool(answer.context["bar"])) == ([], True)


def test_objection_offers_the_answer_to_a_second_person() -> None:
    place = scenes.regency()
    handling.objected(place, people.staff("unit-admin", place.works))
    case = Case.objects.get(kind="objection")
    answer = signed_in("unit-admin", place, "works").get(f"{QUEUE}{case.public_id}/")
    assert [panel.act.name for panel in answer.context["panels"]] == ["answer"]

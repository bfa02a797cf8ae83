"""«Menunggu saya»: each person sees what waits for her, overdue first, and nothing of other units."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from rembuk.consultations.actions.taking.arriving import await_review
from rembuk.proposals.actions.assess import record_assessment
from rembuk.proposals.choices import AssessmentVerdict
from rembuk.proposals.models import Disposition, Proposal
from rembuk.web.desk.piles import FIRST
from tests import consultation_scenes as consultations
from tests import handling_scenes as handling
from tests import people, scenes
from tests.web.moderation.test_queue import signed_in

pytestmark = pytest.mark.django_db
HOME = "/kelola/"


def counts(client: Client) -> dict[str, int]:
    """The numbers of the page by their address."""
    stats = client.get(HOME).context["stats"]
    return {str(stat["url"]).removeprefix("/kelola/"): stat["value"] for stat in stats}


def test_home_of_a_moderator_counts_cases_and_what_is_to_be_handed_on() -> None:
    place = scenes.regency()
    scenes.submitted(place)
    scenes.published(place)
    assert counts(signed_in("moderator", place)) == {
        "moderasi/": 1,
        "usulan/?kerja=teruskan&urut=tenggat": 1,
        "moderasi/?jenis=submission": 0,
    }


def test_home_of_an_assessor_counts_what_is_to_be_assessed() -> None:
    place = scenes.regency()
    handling.referred(place)
    assert counts(signed_in("assessor", place, "works")) == {
        "usulan/?kerja=telaah": 1,
        "moderasi/?jenis=answer_objection": 0,
        "uji-publik/": 0,
    }
    assert counts(signed_in("assessor", place, "health")) == {
        "usulan/?kerja=telaah": 0,
        "moderasi/?jenis=answer_objection": 0,
        "uji-publik/": 0,
    }


def test_home_of_a_unit_admin_counts_objections_and_answers() -> None:
    place = scenes.regency()
    handling.objected(place, people.staff("unit-admin", place.works))
    found = counts(signed_in("unit-admin", place, "works"))
    assert (found["moderasi/?jenis=objection"], found["usulan/?kerja=jawab&urut=tenggat"]) == (1, 1)


def test_home_of_a_moderator_shows_held_submissions_with_their_first_words() -> None:
    place = scenes.regency()
    made = consultations.sent(consultations.opened(place), state="held")
    await_review(made, at=made.created_at)
    context = signed_in("moderator", place).get(HOME).context
    (pile,) = (pile for pile in context["piles"] if pile.url.endswith("jenis=submission"))
    assert (pile.count, pile.rows[0]["code"], pile.rows[0]["excerpt"]) == (1, made.code, made.reason)


def test_home_shows_the_overdue_first_and_says_how_many() -> None:
    place = scenes.regency()
    scenes.submitted(place, title="Jembatan gantung baru")
    scenes.submitted(place, title="Lampu jalan desa", at=datetime.now(UTC) - timedelta(days=30))
    context = signed_in("moderator", place).get(HOME).context
    assert [row["title"] for row in context["piles"][0].rows] == ["Lampu jalan desa", "Jembatan gantung baru"]
    assert (context["stats"][0]["note"], context["stats"][0]["tone"]) == ("1 lewat batas", "bad")


@pytest.mark.parametrize("number", [3, FIRST, FIRST + 2])
def test_piles_count_the_same_from_their_first_rows_and_beyond_them(number: int) -> None:
    place, now = scenes.regency(), datetime.now(UTC)
    for place_in_row in range(number):
        scenes.published(place, title=f"Jembatan nomor {place_in_row}", at=now)
        handling.referred(place)
    Disposition.objects.filter(pk=Disposition.objects.earliest("pk").pk).update(
        due_at=now - timedelta(days=1)
    )
    refused = handling.referred(place)
    record_assessment(
        refused,
        unit=place.works,
        verdict=AssessmentVerdict.NOT_OURS,
        reason=handling.WHY,
        by=people.staff("assessor", place.works),
    )
    Proposal.objects.filter(title="Jembatan nomor 2").update(answer_due_at=now - timedelta(days=3))
    Proposal.objects.filter(pk=refused.pk).update(answer_due_at=now - timedelta(days=2))
    found = signed_in("administrator", place).get(HOME).context["stats"]
    stats = {stat["label"]: (stat["value"], stat["note"]) for stat in found}
    assert stats["Perlu diteruskan"] == (number + 1, "2 lewat batas")
    assert stats["Perlu ditelaah"] == (number, "1 lewat batas")
    assert stats["Perlu ditanggapi"] == (number + 1, "1 lewat batas")


def test_home_leaves_out_ones_own_proposal() -> None:
    place = scenes.regency()
    own = people.staff("moderator", place.root)
    scenes.submitted(place, own)
    client = Client()
    client.force_login(own)
    assert counts(client)["moderasi/"] == 0


@pytest.mark.parametrize("rows", [1, 3])
def test_home_asks_the_database_as_often_for_one_as_for_three(
    rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    place = scenes.regency()
    for _row in range(rows):
        scenes.submitted(place)
        scenes.published(place)
        handling.referred(place)
    client = signed_in("administrator", place)
    client.get(HOME)
    with django_assert_num_queries(17):
        client.get(HOME)


@pytest.mark.parametrize("role", ["member", None])
def test_home_is_not_for_citizens(role: str | None) -> None:
    client = Client()
    if role:
        client.force_login(people.citizen())
    assert client.get(HOME).status_code == (403 if role else 302)


def test_home_gathers_rows_of_the_matrix_by_consultation_and_says_what_is_late() -> None:
    place = scenes.regency()
    me = people.staff("assessor", place.works)
    late = consultations.closed(place, at=datetime.now(UTC) - timedelta(days=200))
    fresh = consultations.closed(place)
    for made in (late, fresh):
        consultations.sent(made)
        consultations.rows_for(made)
        made.rows.update(assigned_to=me)
    client = Client()
    client.force_login(me)
    (pile,) = (pile for pile in client.get(HOME).context["piles"] if pile.rows[0]["code"] == late.code)
    assert (pile.count, pile.late, [row["code"] for row in pile.rows]) == (2, 1, [late.code, fresh.code])
    assert pile.rows[0]["url"] == f"/kelola/uji-publik/{late.code}/matriks/?tugas=saya"
    assert client.get(pile.rows[0]["url"]).status_code == 200

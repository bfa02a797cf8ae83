"""Rating: once a person and round, changeable until closing, who may not, and nothing said in the trail."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rembuk.audit.actors import Actor
from rembuk.audit.models import AuditEntry
from rembuk.common.errors import Denied, Invalid
from rembuk.management.actions.erasure import delete_account
from rembuk.management.actions.own_data import export_own_data
from rembuk.programs.actions.voices import rounds as acts
from rembuk.programs.actions.voices.rating import Given, rate
from rembuk.programs.actions.voices.rounds import Terms
from rembuk.programs.errors import RoundClosed
from rembuk.programs.evaluation import rounds
from rembuk.programs.models import Program, Rating, Round
from rembuk.workunits.models import WorkUnit
from tests import people, scenes
from tests import program_scenes as programs
from tests import voice_scenes as voices
from tests.program_scenes import MORNING

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def place() -> scenes.Regency:
    return scenes.regency()


@pytest.fixture
def found(place: scenes.Regency) -> Round:
    """An open short round."""
    return voices.opened(place, programs.manager(place), Terms(closes_at=MORNING + 14 * DAY))


def test_rate_stores_one_row_and_an_entry_without_the_scores(found: Round) -> None:
    person = people.citizen()
    given = Given(scores=voices.scores(found, 4), remark="  Jalan\u200b mulus. ")
    assert rate(found, given, by=person, at=MORNING)
    row = Rating.objects.get()
    assert (row.scores, row.remark, row.region, row.at) == (
        {"benefit": 4, "quality": 4, "openness": 4},
        "Jalan mulus.",
        None,
        MORNING,
    )
    entry = AuditEntry.objects.get(verb="program.rated")
    assert (entry.actor_person_id, entry.target_key) == (person.pk, found.program.code)
    assert (entry.before, entry.after, entry.reason) == (None, None, "")


def test_rate_again_changes_the_row_and_the_same_again_writes_nothing(found: Round) -> None:
    person = people.citizen()
    first, second = Given(scores=voices.scores(found, 1)), Given(scores=voices.scores(found, 2))
    assert rate(found, first, by=person, at=MORNING)
    assert rate(found, second, by=person, at=MORNING + DAY)
    assert not rate(found, second, by=person, at=MORNING + 2 * DAY)
    row = Rating.objects.get()
    assert (row.scores["benefit"], row.at, row.changed_at) == (2, MORNING, MORNING + DAY)
    assert AuditEntry.objects.filter(verb="program.rated").count() == 2
    assert rounds.rating_of(found, person) == row


def test_rate_is_one_statement_that_updates_no_common_row(found: Round) -> None:
    person = people.citizen()
    found = Round.objects.select_related("program__unit").get(pk=found.pk)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        rate(found, Given(scores=voices.scores(found)), by=person, at=MORNING)
    written = [
        query["sql"] for query in asked if "INSERT" in query["sql"] or "UPDATE" in query["sql"].split("(")[0]
    ]
    assert len(written) == 1


def test_those_who_carry_it_out_do_not_rate_it_and_are_told_why(place: scenes.Regency, found: Round) -> None:
    above = people.staff("administrator", place.root)
    for by in (programs.manager(place), people.staff("unit-admin", place.works), above):
        with pytest.raises(Denied, match="tidak menjawab sebagai warga"):
            rate(found, Given(scores=voices.scores(found)), by=by, at=MORNING)
    assert Rating.objects.count() == 0


def test_other_officers_rate_like_everybody(place: scenes.Regency, found: Round) -> None:
    elsewhere, below = (people.staff("program-manager", unit) for unit in (place.health, place.roads))
    for by in (elsewhere, below, people.staff("moderator", place.works), people.staff("auditor", place.root)):
        assert rate(found, Given(scores=voices.scores(found)), by=by, at=MORNING)


def test_rate_by_suspended_and_unconfirmed_people_is_refused(found: Round) -> None:
    suspended, unconfirmed = people.citizen(is_active=False), people.citizen()
    unconfirmed.emailaddress_set.update(verified=False)
    for person in (suspended, unconfirmed):
        with pytest.raises(Denied):
            rate(found, Given(scores=voices.scores(found)), by=person, at=MORNING)
    assert Rating.objects.count() == 0


@pytest.mark.parametrize(
    ("scores", "field"),
    [
        ({"benefit": 1, "quality": 1}, "openness"),
        ({"benefit": 0, "quality": 1, "openness": 1}, "benefit"),
        ({"benefit": 5, "quality": 1, "openness": 1}, "benefit"),
        ({"benefit": True, "quality": 1, "openness": 1}, "benefit"),
        ({"benefit": "4", "quality": 1, "openness": 1}, "benefit"),
        ({"benefit": 1, "quality": 1, "openness": 1, "u1": 4}, "scores"),
    ],
)
def test_rate_with_bad_scores_is_invalid(found: Round, scores: dict[str, int], field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        rate(found, Given(scores=scores), by=people.citizen(), at=MORNING)
    assert set(refusal.value.fields) == {field}
    assert Rating.objects.count() == 0


def test_rate_with_a_long_remark_or_a_foreign_region_is_invalid(found: Round) -> None:
    given = Given(scores=voices.scores(found), remark="a" * 1001, region=scenes.village_region())
    with pytest.raises(Invalid) as refusal:
        rate(found, given, by=people.citizen(), at=MORNING)
    assert set(refusal.value.fields) == {"remark", "region"}


@pytest.mark.parametrize("why", ["closed", "over", "cancelled"])
def test_rate_too_late_is_refused_and_changes_nothing(found: Round, why: str) -> None:
    person = people.citizen()
    rate(found, Given(scores=voices.scores(found, 1)), by=person, at=MORNING)
    if why == "closed":
        acts.close_round(found, by=people.staff("administrator", found.program.unit), at=MORNING)
    if why == "cancelled":
        Program.objects.filter(pk=found.program_id).update(state="cancelled")
    moment = MORNING + (14 * DAY if why == "over" else DAY)
    with pytest.raises(RoundClosed):
        rate(found, Given(scores=voices.scores(found, 4)), by=person, at=moment)
    assert Rating.objects.get().scores["benefit"] == 1
    assert AuditEntry.objects.filter(verb="program.rated").count() == 1


def test_result_counts_elements_and_regions(place: scenes.Regency) -> None:
    village = scenes.village_region()
    district, regency = village.parent, village.parent.parent  # type: ignore[union-attr]
    found = voices.opened(place, programs.manager(place), region=regency)
    found.program.refresh_from_db()
    assert rounds.region_choices(found.program) == [district]
    voices.rated(found, 4, 4, 4, 4, 4, region=district)
    voices.rated(found, 1, 1, 1, 1, 1)
    result = rounds.result(found)
    assert result is not None
    assert rounds.people(found) == 10
    assert (result.n, float(result.mean)) == (10, 2.5)
    assert [(row.regions, row.n, float(row.mean)) for row in result.splits] == [
        (("",), 5, 1.0),
        (("32.01.01",), 5, 4.0),
    ]


def test_region_choices_fall_back_to_the_unit_and_those_above_it(place: scenes.Regency) -> None:
    program = programs.published(place)
    assert rounds.region_choices(program) == []
    village = scenes.village_region()
    regency = village.parent.parent  # type: ignore[union-attr]
    WorkUnit.objects.filter(pk=place.root.pk).update(region=regency)
    assert [region.code for region in rounds.region_choices(program)] == ["32.01.01"]


def test_deleted_account_leaves_open_rounds_and_stays_counted_in_closed_ones(place: scenes.Regency) -> None:
    by = programs.manager(place)
    first = voices.opened(place, by)
    (person,) = voices.rated(first, 2)
    acts.close_round(first, by=by, at=MORNING)
    second = acts.open_round(programs.phase(first.program, 3), by=by, at=MORNING)
    rate(second, Given(scores=voices.scores(second)), by=person, at=MORNING)
    copy = export_own_data(person, by=Actor(person_id=person.pk, label="x"), at=MORNING)
    assert [row["round__number"] for row in copy["ratings"]] == [1, 2]
    delete_account(person, by=Actor(person_id=person.pk, label="x"), at=MORNING)
    assert list(Rating.objects.values_list("round__number", "person")) == [(1, None)]
    assert rounds.people(first) == 1

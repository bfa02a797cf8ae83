"""Rounds of rating: when one can be opened, who may, one at a time, closing by hand and by the clock."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from rembuk.audit.models import AuditEntry
from rembuk.common.errors import Denied, Invalid, WrongState
from rembuk.notifications.models import Event, Notice
from rembuk.programs import rules
from rembuk.programs.actions import phases
from rembuk.programs.actions.voices import rounds as acts
from rembuk.programs.actions.voices.rounds import Terms
from rembuk.programs.evaluation import rounds
from rembuk.programs.models import KindOfPhase, Program, Round
from tests import people, scenes
from tests import program_scenes as programs
from tests import voice_scenes as voices
from tests.program_scenes import MORNING

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def place() -> scenes.Regency:
    return scenes.regency()


def test_open_round_is_public_audited_and_told_to_followers(place: scenes.Regency) -> None:
    by, follower = programs.manager(place), people.citizen()
    program = voices.evaluated(place, by)
    programs.follow(program.subject, follower, by)
    terms = Terms(closes_at=MORNING + 14 * DAY)
    found = acts.open_round(programs.phase(program, 3), terms, by=by, at=MORNING)
    assert (found.number, found.survey, found.population) == (1, "short", None)
    entry = AuditEntry.objects.get(verb="program.round_opened")
    assert (entry.target_key, entry.after["number"], entry.after["survey"]) == (program.code, 1, "short")
    assert program.events.filter(step="round_open").count() == 1
    told = Notice.objects.filter(event__kind="program.round_opened")
    assert list(told.values_list("person_id", flat=True)) == [follower.pk]
    assert Event.objects.get(kind="program.round_opened").url == f"/program/{program.code}/penilaian/"


def test_open_round_of_a_public_service_is_the_skm(place: scenes.Regency) -> None:
    found = voices.opened(place, programs.manager(place), Terms(population=900), is_public_service=True)
    assert (found.survey, found.population) == ("skm", 900)


def test_open_round_of_another_programme_keeps_no_number_of_users(place: scenes.Regency) -> None:
    assert voices.opened(place, programs.manager(place), Terms(population=900)).population is None


@pytest.mark.parametrize("why", ["phase", "upcoming", "kind", "state"])
def test_open_round_where_nothing_is_evaluated_is_refused(place: scenes.Regency, why: str) -> None:
    by = programs.manager(place)
    program = programs.published(place, by=by) if why == "upcoming" else voices.evaluated(place, by)
    if why == "kind":
        KindOfPhase.objects.filter(code="evaluation").update(takes_ratings=False)
    if why == "state":
        Program.objects.filter(pk=program.pk).update(state="postponed")
    number = 1 if why == "phase" else 3
    if why == "phase":
        phases.start_phase(programs.phase(program, 1), by=by, at=MORNING)
    with pytest.raises(WrongState, match="fase monitoring dan evaluasi"):
        acts.open_round(programs.phase(program, number), by=by, at=MORNING)
    assert Round.objects.count() == 0


def test_open_round_while_one_is_open_is_refused_by_action_and_database(place: scenes.Regency) -> None:
    by = programs.manager(place)
    found = voices.opened(place, by)
    with pytest.raises(WrongState, match="Sudah ada penilaian"):
        acts.open_round(programs.phase(found.program, 3), by=by, at=MORNING)
    with pytest.raises(IntegrityError), transaction.atomic():
        Round.objects.create(
            program=found.program, phase=found.phase, number=2, survey="short", opened_at=MORNING
        )


def test_open_round_after_one_has_lapsed_closes_that_at_its_announced_end(place: scenes.Regency) -> None:
    by = programs.manager(place)
    first = voices.opened(place, by, Terms(closes_at=MORNING + DAY))
    second = acts.open_round(programs.phase(first.program, 3), by=by, at=MORNING + 2 * DAY)
    first.refresh_from_db()
    assert (second.number, first.closed_at) == (2, MORNING + DAY)
    assert AuditEntry.objects.filter(verb="program.round_closed").count() == 1
    event = first.program.events.get(step="round_close")
    assert (event.at, event.by, event.office) == (MORNING + DAY, None, first.program.unit)


@pytest.mark.parametrize(
    ("terms", "field"),
    [
        (Terms(closes_at=MORNING), "closes_on"),
        (Terms(closes_at=MORNING + timedelta(days=367)), "closes_on"),
        (Terms(population=0), "population"),
    ],
)
def test_open_round_with_bad_terms_is_invalid(place: scenes.Regency, terms: Terms, field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        voices.opened(place, programs.manager(place), terms, is_public_service=True)
    assert set(refusal.value.fields) == {field}


def test_rounds_need_the_right_in_the_unit(place: scenes.Regency) -> None:
    by = programs.manager(place)
    found = voices.opened(place, by)
    strangers = [
        people.staff("program-manager", place.health),
        people.staff("moderator", place.works),
        people.staff("auditor", place.root),
        people.citizen(),
    ]
    for stranger in strangers:
        assert not rules.may_run_rounds(found.program, stranger).ok
        with pytest.raises(Denied):
            acts.open_round(programs.phase(found.program, 3), by=stranger, at=MORNING)
        with pytest.raises(Denied):
            acts.close_round(found, by=stranger, at=MORNING)
    assert rules.may_run_rounds(found.program, people.staff("administrator", place.root)).ok


def test_close_round_keeps_its_counts_and_cannot_be_done_twice(place: scenes.Regency) -> None:
    by = programs.manager(place)
    found = voices.opened(place, by)
    voices.rated(found, 2, 4)
    programs.follow(found.program.subject, people.citizen())
    closed = acts.close_round(found, by=by, at=MORNING + DAY)
    closed.refresh_from_db()
    assert closed.counts == {"": {code: [0, 1, 0, 1] for code in voices.scores(found)}}
    assert rounds.counts(closed) == {"": dict.fromkeys(voices.scores(found), (0, 1, 0, 1))}
    assert AuditEntry.objects.get(verb="program.round_closed").after == {"number": 1}
    assert Notice.objects.filter(event__kind="program.round_closed").count() == 1
    with pytest.raises(WrongState, match="sudah ditutup"):
        acts.close_round(found, by=by, at=MORNING + DAY)


def test_close_round_whose_time_is_over_is_refused(place: scenes.Regency) -> None:
    by = programs.manager(place)
    found = voices.opened(place, by, Terms(closes_at=MORNING + DAY))
    with pytest.raises(WrongState):
        acts.close_round(found, by=by, at=MORNING + DAY)


def test_end_lapsed_closes_what_is_over_once(place: scenes.Regency) -> None:
    by = programs.manager(place)
    found = voices.opened(place, by, Terms(closes_at=MORNING + DAY))
    voices.rated(found, 3)
    follower = people.citizen()
    programs.follow(found.program.subject, follower, by)
    assert acts.end_lapsed(at=MORNING) == 0
    assert acts.end_lapsed(at=MORNING + DAY) == 1
    assert acts.end_lapsed(at=MORNING + DAY) == 0
    found.refresh_from_db()
    assert (found.closed_at, found.counts is not None) == (MORNING + DAY, True)
    assert AuditEntry.objects.get(verb="program.round_closed").actor_person_id is None
    event = found.program.events.get(step="round_close")
    assert (event.at, event.by, event.phase) == (MORNING + DAY, None, found.phase)
    told = Notice.objects.filter(event__kind="program.round_closed")
    assert set(told.values_list("person_id", flat=True)) == {follower.pk, by.pk}


@pytest.mark.parametrize(
    ("fields", "state", "is_open"),
    [
        ({}, "published", True),
        ({"closes_at": MORNING + DAY}, "published", True),
        ({"closes_at": MORNING}, "published", False),
        ({"closed_at": MORNING - DAY}, "published", False),
        ({}, "postponed", True),
        ({}, "completed", True),
        ({}, "cancelled", False),
    ],
)
def test_is_open_is_the_twin_of_the_queryset(
    place: scenes.Regency, fields: dict[str, object], state: str, is_open: bool
) -> None:
    found = voices.opened(place, programs.manager(place))
    Round.objects.filter(pk=found.pk).update(**fields)
    Program.objects.filter(pk=found.program_id).update(state=state)
    fresh = Round.objects.select_related("program").get(pk=found.pk)
    assert rounds.is_open(fresh, MORNING) is is_open
    assert (rounds.open_round(fresh.program, MORNING) == fresh) is is_open


def test_worker_closes_what_is_over(place: scenes.Regency) -> None:
    from rembuk.programs.tasks import end_ratings

    found = voices.opened(place, programs.manager(place), Terms(closes_at=MORNING + DAY))
    end_ratings(int((MORNING + 2 * DAY).timestamp()))
    found.refresh_from_db()
    assert found.closed_at == MORNING + DAY

"""The course of a milestone: every step of the table and no other, evidence for "done", reasons in public."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from rembuk.audit.models import AuditEntry
from rembuk.common.errors import Denied, Invalid, WrongState
from rembuk.notifications.models import Notice
from rembuk.programs.actions.milestones import course
from rembuk.programs.actions.milestones.evidence import add_evidence, remove_evidence
from rembuk.programs.choices import DocumentClass
from rembuk.programs.errors import AlreadyMoved
from rembuk.programs.models import Milestone, Program
from rembuk.programs.states import MILESTONE_STEPS, MilestoneState, State, Step
from tests import people, scenes
from tests import program_scenes as programs
from tests.people import Person
from tests.programs.milestones import scenes as stones

pytestmark = pytest.mark.django_db
ACTS: dict[str, Callable[..., Milestone]] = {
    "begin": course.begin_milestone,
    "reach": course.reach_milestone,
    "reopen": course.reopen_milestone,
    "drop": course.drop_milestone,
    "restore": course.restore_milestone,
}
BY_NAME = {step.name: step for step in MILESTONE_STEPS}


def act(name: str, row: Milestone, by: Person) -> Milestone:
    words: dict[str, object] = {"reason": programs.REASON} if BY_NAME[name].needs_reason else {}
    if name == "reach":
        words["evidence"] = [stones.proof()]
    return ACTS[name](row, by=by, at=programs.MORNING, **words)


def brought_to(row: Milestone, state: str) -> None:
    """As an earlier course left it."""
    is_begun = state in {MilestoneState.ONGOING, MilestoneState.DONE}
    Milestone.objects.filter(pk=row.pk).update(
        state=state,
        actual_start_on=stones.TODAY if is_begun else None,
        actual_end_on=stones.TODAY if state == MilestoneState.DONE else None,
    )


def running() -> tuple[Milestone, Person]:
    place = scenes.regency()
    by = programs.manager(place)
    return stones.planned(place, by), by


@pytest.mark.parametrize("step", MILESTONE_STEPS, ids=lambda step: step.name)
@pytest.mark.parametrize("state", MilestoneState.values)
def test_milestone_step_goes_only_where_the_table_has_it(state: str, step: Step) -> None:
    row, by = running()
    brought_to(row, state)
    if state in step.sources:
        act(step.name, row, by)
    else:
        with pytest.raises(AlreadyMoved):
            act(step.name, row, by)
    assert stones.fresh(row).state == (step.target if state in step.sources else state)


@pytest.mark.parametrize("step", MILESTONE_STEPS, ids=lambda step: step.name)
@pytest.mark.parametrize("state", State.values)
def test_milestone_step_depends_on_the_state_of_the_programme(state: str, step: Step) -> None:
    row, by = running()
    brought_to(row, next(iter(step.sources)))
    Program.objects.filter(pk=row.program_id).update(state=state)
    is_replanning = step.name in {"drop", "restore"}
    if state == State.PUBLISHED or (state == State.POSTPONED and is_replanning):
        act(step.name, row, by)
    else:
        with pytest.raises(WrongState):
            act(step.name, row, by)


@pytest.mark.parametrize("step", MILESTONE_STEPS, ids=lambda step: step.name)
def test_milestone_step_without_the_right_is_denied(step: Step) -> None:
    row, _by = running()
    brought_to(row, next(iter(step.sources)))
    for who in (people.citizen(), people.staff("program-manager", scenes.regency().health)):
        with pytest.raises(Denied):
            act(step.name, row, who)
    assert not row.program.events.filter(milestone=row).exists()


@pytest.mark.parametrize("step", [s for s in MILESTONE_STEPS if s.needs_reason], ids=lambda step: step.name)
def test_milestone_step_without_its_reason_is_invalid(step: Step) -> None:
    row, by = running()
    brought_to(row, next(iter(step.sources)))
    with pytest.raises(Invalid) as refusal:
        ACTS[step.name](row, by=by, reason="pendek")
    assert set(refusal.value.fields) == {"reason"}


def test_begin_milestone_writes_day_history_and_trail_and_tells_nobody() -> None:
    row, by = running()
    before = Notice.objects.count()
    course.begin_milestone(row, by=by, on=date(2026, 11, 20), at=programs.MORNING)
    found = stones.fresh(row)
    assert (found.state, found.actual_start_on) == ("ongoing", date(2026, 11, 20))
    event = row.program.events.get(step="milestone_begin")
    assert (event.milestone, event.phase, event.from_state, event.to_state) == (
        row,
        row.phase,
        "planned",
        "ongoing",
    )
    entry = AuditEntry.objects.get(verb="milestone.begun")
    assert (entry.before["state"], entry.after["actual_start_on"]) == ("planned", "2026-11-20")
    assert Notice.objects.count() == before


def test_reach_milestone_needs_open_evidence_with_words() -> None:
    row, by = running()
    hidden = {"access_class": DocumentClass.EXCLUDED}
    for evidence in ([], [stones.proof(**hidden)], [stones.proof(" ")], [stones.proof() for _ in range(6)]):
        with pytest.raises(Invalid):
            course.reach_milestone(row, evidence=evidence, by=by, at=programs.MORNING)
    assert (stones.fresh(row).state, stones.fresh(row).claims) == ("planned", 0)


def test_reach_milestone_claims_it_and_tells_followers() -> None:
    row, by = running()
    follower = people.citizen()
    programs.follow(row.program.subject, follower)
    evidence = [stones.proof(), stones.proof("Berita acara", access_class=DocumentClass.EXCLUDED)]
    course.reach_milestone(
        row, evidence=evidence, by=by, on=stones.TODAY, began_on=date(2026, 11, 2), at=programs.MORNING
    )
    found = stones.fresh(row)
    assert (found.state, found.claims, found.claimed_at) == ("done", 1, programs.MORNING)
    assert (found.actual_start_on, found.actual_end_on) == (date(2026, 11, 2), stones.TODAY)
    assert list(row.evidence.values_list("claim", "access_class")) == [(1, "open"), (1, "excluded")]
    told = Notice.objects.filter(event__kind="program.milestone_done")
    assert [notice.person_id for notice in told] == [follower.pk]
    assert AuditEntry.objects.filter(verb="milestone.evidence_added").count() == 2


def test_reach_milestone_keeps_the_day_it_began() -> None:
    row, by = running()
    course.begin_milestone(row, by=by, on=date(2026, 11, 3), at=programs.MORNING)
    stones.done(row, by)
    found = stones.fresh(row)
    assert (found.actual_start_on, found.actual_end_on) == (date(2026, 11, 3), stones.TODAY)


@pytest.mark.parametrize(
    ("on", "began_on", "field"),
    [
        (stones.TODAY + timedelta(days=1), None, "on"),
        (stones.TODAY, stones.TODAY + timedelta(days=1), "began_on"),
        (date(2026, 11, 1), date(2026, 11, 2), "on"),
    ],
)
def test_reach_milestone_with_days_that_can_not_be_is_invalid(
    on: date, began_on: date | None, field: str
) -> None:
    row, by = running()
    with pytest.raises(Invalid) as refusal:
        course.reach_milestone(
            row, evidence=[stones.proof()], by=by, on=on, began_on=began_on, at=programs.MORNING
        )
    assert set(refusal.value.fields) == {field}


def test_reopen_milestone_keeps_evidence_and_tells_followers_why() -> None:
    row, by = running()
    follower = people.citizen()
    programs.follow(row.program.subject, follower)
    stones.done(row, by)
    course.reopen_milestone(row, reason=programs.REASON, by=by, at=programs.MORNING)
    found = stones.fresh(row)
    assert (found.state, found.actual_start_on, found.actual_end_on, found.claims) == (
        "ongoing",
        stones.TODAY,
        None,
        1,
    )
    assert row.evidence.filter(removed_at=None).count() == 1
    told = Notice.objects.get(event__kind="program.milestone_reopened")
    assert (told.person_id, told.event.params["reason"], told.event.params["milestone"]) == (
        follower.pk,
        programs.REASON,
        row.title,
    )
    assert told.event.url == f"/program/{row.program.code}/tonggak/{row.public_id}/"
    stones.done(stones.fresh(row), by)
    assert stones.fresh(row).claims == 2


def test_drop_and_restore_milestone_are_public_revisions() -> None:
    row, by = running()
    course.begin_milestone(row, by=by, at=programs.MORNING)
    course.drop_milestone(row, reason=programs.REASON, by=by, at=programs.MORNING)
    assert stones.fresh(row).actual_start_on == stones.TODAY
    course.restore_milestone(row, reason=programs.REASON, by=by, at=programs.MORNING)
    found = stones.fresh(row)
    assert (found.state, found.actual_start_on, found.first_weight) == ("planned", None, 2)
    newest, first = row.program.revisions.all()
    assert [(change["field"], change["old"], change["new"]) for change in first.changes] == [
        ("state", "ongoing", "dropped")
    ]
    assert newest.changes[0]["new"] == "planned"
    steps = row.program.events.filter(milestone=row).values_list("step", flat=True)
    assert list(steps) == ["milestone_begin", "milestone_drop", "milestone_restore"]


def test_add_evidence_is_for_what_is_called_done() -> None:
    row, by = running()
    with pytest.raises(WrongState):
        add_evidence(row, [stones.proof()], by=by)
    stones.done(row, by)
    with pytest.raises(Invalid):
        add_evidence(row, [], by=by)
    with pytest.raises(Denied):
        add_evidence(row, [stones.proof()], by=people.citizen())
    add_evidence(row, [stones.proof("Foto ujung ruas")], by=by)
    assert row.evidence.count() == 2


def test_remove_evidence_needs_a_reason_and_never_takes_the_last_open_piece() -> None:
    row, by = running()
    stones.done(row, by)
    (first,) = row.evidence.all()
    with pytest.raises(WrongState):
        remove_evidence(first, reason=programs.REASON, by=by)
    add_evidence(row, [stones.proof("Foto ujung ruas")], by=by)
    with pytest.raises(Invalid):
        remove_evidence(first, reason="pendek", by=by)
    with pytest.raises(Denied):
        remove_evidence(first, reason=programs.REASON, by=people.citizen())
    remove_evidence(first, reason=programs.REASON, by=by)
    entry = AuditEntry.objects.get(verb="milestone.evidence_removed")
    assert (entry.reason, entry.before["file"]) == (programs.REASON, str(first.file.public_id))
    with pytest.raises(WrongState):
        remove_evidence(first, reason=programs.REASON, by=by)


def test_remove_evidence_of_an_earlier_claim_is_free() -> None:
    row, by = running()
    stones.done(row, by)
    (first,) = row.evidence.all()
    course.reopen_milestone(row, reason=programs.REASON, by=by, at=programs.MORNING)
    stones.done(row, by)
    remove_evidence(first, reason=programs.REASON, by=by)
    assert row.evidence.filter(removed_at=None).count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"weight": 0},
        {"planned_end_on": date(2026, 12, 31)},
        {"state": "done"},
        {"actual_end_on": stones.TODAY},
        {
            "state": "done",
            "actual_start_on": stones.TODAY,
            "actual_end_on": stones.TODAY - timedelta(days=1),
        },
    ],
)
def test_database_refuses_milestones_that_can_not_be(wrong: dict[str, object]) -> None:
    row, _by = running()
    with pytest.raises(IntegrityError), transaction.atomic():
        Milestone.objects.filter(pk=row.pk).update(**wrong)

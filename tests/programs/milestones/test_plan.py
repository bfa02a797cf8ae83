"""Milestones are planned freely in a draft and by public revision afterwards; the first plan never changes."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from rembuk.audit.models import AuditEntry
from rembuk.common.errors import Denied, Invalid, WrongState
from rembuk.notifications.models import Notice
from rembuk.programs.actions import publish
from rembuk.programs.actions.milestones.changing import Days
from rembuk.programs.actions.milestones.course import drop_milestone
from rembuk.programs.actions.milestones.plan import (
    add_milestone,
    add_milestones,
    edit_milestone,
    move_milestone,
    remove_milestone,
)
from rembuk.programs.actions.revise import revise_plan
from rembuk.programs.models import Milestone, Program
from rembuk.programs.plan.curve import curve
from rembuk.programs.plan.reading import stones as stones_of_rows
from tests import people, scenes
from tests import program_scenes as programs
from tests.programs.milestones import scenes as stones

pytestmark = pytest.mark.django_db


def test_add_milestone_to_a_draft_needs_no_reason_and_has_no_first_plan() -> None:
    place = scenes.regency()
    by = programs.manager(place)
    row = stones.planned(place, by, is_public=False, office=place.roads, description="Ruas **1** sampai 5.")
    assert (row.position, row.office, row.first_end_on, row.weight) == (1, place.roads, None, Decimal("2.00"))
    assert not row.program.revisions.exists()
    entry = AuditEntry.objects.get(verb="milestone.added")
    assert entry.after["milestones"][0]["title"] == row.title


def test_publishing_keeps_days_and_weight_as_the_first_plan() -> None:
    place = scenes.regency()
    row = stones.planned(place, programs.manager(place))
    assert (row.first_start_on, row.first_end_on, row.first_weight) == (*stones.SURVEY, Decimal("2.00"))


def test_add_milestones_to_a_public_plan_is_one_revision_that_followers_hear_of() -> None:
    place = scenes.regency()
    by, follower = programs.manager(place), people.citizen()
    program = programs.published(place, by=by)
    programs.follow(program.subject, follower)
    rows = add_milestones(
        program,
        [stones.words(program), stones.words(program, title="Kontrak")],
        by=by,
        reason=programs.REASON,
    )
    revision = program.revisions.get()
    assert (revision.reason, [change["label"] for change in revision.changes]) == (
        programs.REASON,
        [row.title for row in rows],
    )
    assert revision.changes[0] == {
        "milestone": str(rows[0].public_id),
        "label": rows[0].title,
        "field": "added",
        "old": "",
        "new": "2027-01-01 – 2027-02-28, 2.00",
    }
    assert [row.first_weight for row in rows] == [Decimal(2), Decimal(2)]
    assert [row.position for row in rows] == [1, 2]
    assert Notice.objects.filter(event__kind="program.plan_revised").count() == 1


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"title": " "}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"ends_on": date(2026, 12, 31)}, "ends_on"),
        ({"ends_on": date(9999, 12, 31)}, "ends_on"),
        ({"starts_on": date(1, 1, 1)}, "starts_on"),
        ({"weight": Decimal(0)}, "weight"),
        ({"weight": Decimal("1.005")}, "weight"),
        ({"weight": Decimal(10_000_000)}, "weight"),
    ],
)
def test_add_milestone_that_does_not_fit_is_invalid(fields: dict[str, object], wrong: str) -> None:
    place = scenes.regency()
    by = programs.manager(place)
    program = programs.draft(place, by=by)
    with pytest.raises(Invalid) as refusal:
        add_milestone(program, stones.words(program, **fields), by=by)
    assert set(refusal.value.fields) == {wrong}
    assert not program.milestones.exists()


def test_add_milestone_in_a_phase_of_another_programme_is_invalid() -> None:
    place = scenes.regency()
    by = programs.manager(place)
    program, other = programs.draft(place, by=by), programs.draft(place, by=by)
    with pytest.raises(Invalid) as refusal:
        add_milestone(program, stones.words(other), by=by)
    assert set(refusal.value.fields) == {"phase"}


def test_public_plan_of_milestones_needs_a_reason_and_the_right_to_steer() -> None:
    place = scenes.regency()
    by = programs.manager(place)
    row = stones.planned(place, by)
    with pytest.raises(Invalid):
        add_milestone(row.program, stones.words(row.program), by=by)
    with pytest.raises(Invalid):
        edit_milestone(row, stones.words(row.program, weight=Decimal(3)), by=by, reason="pendek")
    stranger = people.staff("program-manager", place.health)
    for act in (
        lambda: add_milestone(row.program, stones.words(row.program), by=stranger, reason=programs.REASON),
        lambda: edit_milestone(row, stones.words(row.program), by=stranger, reason=programs.REASON),
        lambda: move_milestone(row, up=True, by=stranger),
        lambda: remove_milestone(row, by=stranger),
    ):
        with pytest.raises(Denied):
            act()
    assert stones.fresh(row).weight == 2


@pytest.mark.parametrize("state", ["cancelled", "completed"])
def test_milestones_of_a_programme_that_is_over_stay_as_they_are(state: str) -> None:
    place = scenes.regency()
    by = programs.manager(place)
    row = stones.planned(place, by)
    Program.objects.filter(pk=row.program_id).update(state=state)
    with pytest.raises(WrongState):
        add_milestone(row.program, stones.words(row.program), by=by, reason=programs.REASON)
    with pytest.raises(WrongState):
        edit_milestone(row, stones.words(row.program, weight=Decimal(3)), by=by, reason=programs.REASON)


def test_edit_milestone_of_a_draft_is_free_and_audited() -> None:
    place = scenes.regency()
    by = programs.manager(place)
    row = stones.planned(place, by, is_public=False)
    changed = stones.words(row.program, phase=3, ends_on=date(2027, 3, 31), office=place.roads)
    edit_milestone(row, changed, by=by)
    found = stones.fresh(row)
    assert (found.phase.position, found.planned_end_on, found.office) == (3, date(2027, 3, 31), place.roads)
    entry = AuditEntry.objects.get(verb="milestone.edited")
    assert (entry.before["phase"], entry.after["phase"], entry.after["office"]) == (2, 3, place.roads.code)
    assert not row.program.revisions.exists()


def test_edit_milestone_of_a_public_plan_is_a_revision_with_old_and_new() -> None:
    place = scenes.regency()
    by = programs.manager(place)
    row = stones.planned(place, by)
    edit_milestone(
        row,
        stones.words(row.program, ends_on=date(2027, 3, 31), weight=Decimal("2.5")),
        by=by,
        reason=programs.REASON,
    )
    revision = row.program.revisions.get()
    facts = {(change["field"], change["old"], change["new"]) for change in revision.changes}
    assert facts == {("planned_end_on", "2027-02-28", "2027-03-31"), ("weight", "2.00", "2.50")}
    found = stones.fresh(row)
    assert (found.first_end_on, found.first_weight) == (stones.SURVEY[1], Decimal(2))


def test_edit_milestone_in_office_and_explanation_alone_is_no_revision() -> None:
    place = scenes.regency()
    by = programs.manager(place)
    row = stones.planned(place, by)
    edit_milestone(row, stones.words(row.program, office=place.roads, description="Bersama warga."), by=by)
    assert not row.program.revisions.exists()
    assert AuditEntry.objects.filter(verb="milestone.edited").count() == 1


def test_edit_milestone_to_what_it_is_writes_nothing() -> None:
    place = scenes.regency()
    by = programs.manager(place)
    row = stones.planned(place, by)
    edit_milestone(row, stones.words(row.program), by=by)
    assert not AuditEntry.objects.filter(verb="milestone.edited").exists()


def test_plan_of_a_done_or_dropped_milestone_stays_but_its_office_may_change() -> None:
    place = scenes.regency()
    by = programs.manager(place)
    row = stones.done(stones.planned(place, by), by)
    with pytest.raises(WrongState):
        edit_milestone(row, stones.words(row.program, weight=Decimal(9)), by=by, reason=programs.REASON)
    edit_milestone(row, stones.words(row.program, office=place.roads), by=by)
    dropped = drop_milestone(stones.planned(place, by), reason=programs.REASON, by=by, at=programs.MORNING)
    with pytest.raises(WrongState):
        edit_milestone(
            dropped, stones.words(dropped.program, weight=Decimal(9)), by=by, reason=programs.REASON
        )


def test_move_milestone_changes_places_within_its_phase() -> None:
    place = scenes.regency()
    by = programs.manager(place)
    program = programs.draft(place, by=by)
    first, other, last = add_milestones(
        program,
        [
            stones.words(program, title="A"),
            stones.words(program, title="B", phase=3),
            stones.words(program, title="C"),
        ],
        by=by,
    )
    move_milestone(last, up=True, by=by)
    assert list(program.milestones.values_list("title", flat=True)) == ["C", "B", "A"]
    move_milestone(last, up=False, by=by)
    move_milestone(first, up=True, by=by)
    move_milestone(other, up=False, by=by)
    assert list(program.milestones.values_list("title", flat=True)) == ["A", "B", "C"]
    assert AuditEntry.objects.filter(verb="milestone.moved").count() == 2


def test_remove_milestone_deletes_from_a_draft_alone() -> None:
    place = scenes.regency()
    by = programs.manager(place)
    public = stones.planned(place, by)
    with pytest.raises(WrongState):
        remove_milestone(public, by=by)
    draft = stones.planned(place, by, is_public=False)
    remove_milestone(draft, by=by)
    assert not Milestone.objects.filter(pk=draft.pk).exists()
    assert AuditEntry.objects.get(verb="milestone.removed").before["title"] == draft.title


def test_revise_plan_takes_phases_and_milestones_in_one_revision() -> None:
    place = scenes.regency()
    by = programs.manager(place)
    row = stones.planned(place, by)
    revision = revise_plan(
        row.program,
        {2: (date(2027, 1, 1), date(2027, 8, 30))},
        milestones={row.public_id: Days(date(2027, 1, 1), date(2027, 4, 30))},
        reason=programs.REASON,
        by=by,
    )
    assert [(change.get("phase"), change.get("milestone"), change["new"]) for change in revision.changes] == [
        (2, None, "2027-08-30"),
        (None, str(row.public_id), "2027-04-30"),
    ]
    entry = AuditEntry.objects.get(verb="program.plan_revised")
    assert entry.before[f"milestone_{row.public_id}_planned_end_on"] == "2027-02-28"


def test_revise_plan_refuses_milestones_in_the_wrong_order_done_or_unchanged() -> None:
    place = scenes.regency()
    by = programs.manager(place)
    row = stones.planned(place, by)

    def revise(days: Days) -> None:
        revise_plan(row.program, {}, milestones={row.public_id: days}, reason=programs.REASON, by=by)

    with pytest.raises(Invalid) as refusal:
        revise(Days(date(2027, 5, 1), date(2027, 4, 30)))
    assert set(refusal.value.fields) == {f"m_end_{row.public_id}"}
    with pytest.raises(Invalid) as refusal:
        revise(Days(date(207, 1, 1), date(9999, 4, 30)))
    assert set(refusal.value.fields) == {f"m_start_{row.public_id}", f"m_end_{row.public_id}"}
    with pytest.raises(Invalid):
        revise(Days(*stones.SURVEY))
    stones.done(row, by)
    with pytest.raises(WrongState):
        revise(Days(date(2027, 1, 1), date(2027, 4, 30)))


def test_publishing_with_milestones_twice_is_refused_and_keeps_the_first_plan() -> None:
    place = scenes.regency()
    by = programs.manager(place)
    row = stones.planned(place, by)
    with pytest.raises(WrongState):
        publish.publish_program(row.program, by=by)
    assert stones.fresh(row).first_weight == 2


def first_curve(program: Program) -> list[tuple[date, Decimal | None]]:
    rows = program.milestones.order_by("position")
    numbers = {phase.pk: phase.position for phase in program.phases.all()}
    return [(point.on, point.first) for point in curve(stones_of_rows(rows, numbers), date(2027, 3, 1))]


def test_milestone_that_joins_a_plan_leaves_the_first_plan_as_it_was_published() -> None:
    place = scenes.regency()
    by = programs.manager(place)
    row = stones.planned(place, by)
    before = first_curve(row.program)
    assert before[-1] == (date(2027, 3, 1), 100)
    joined = add_milestone(
        row.program,
        stones.words(row.program, title="Kontrak", weight=Decimal(6)),
        by=by,
        reason=programs.REASON,
    )
    assert (joined.first_weight, joined.first_end_on) == (None, stones.SURVEY[1])
    assert first_curve(row.program) == before
    edit_milestone(
        joined,
        stones.words(row.program, title="Kontrak", ends_on=date(2027, 6, 30)),
        by=by,
        reason=programs.REASON,
    )
    assert [point for point in first_curve(row.program) if point[0] <= date(2027, 3, 1)] == before


def test_first_milestones_of_a_public_program_make_its_first_plan_on_the_day_they_are_added() -> None:
    place = scenes.regency()
    by = programs.manager(place)
    program = programs.published(place, by=by)
    # 23:30 where the office is, and half an hour later.
    evening = datetime(2026, 11, 25, 16, 30, tzinfo=UTC)

    def added(title: str, at: datetime) -> Decimal | None:
        words = stones.words(program, title=title)
        return add_milestone(program, words, by=by, reason=programs.REASON, at=at).first_weight

    assert added("Survei", evening - timedelta(hours=9)) == 2
    assert added("Kontrak", evening) == 2
    assert added("Serah terima", evening + timedelta(minutes=30)) is None


def test_first_plan_of_publication_takes_nothing_in_on_that_day_either() -> None:
    place = scenes.regency()
    by = programs.manager(place)
    program = stones.planned(place, by).program
    for title in ("Kontrak", "Serah terima"):
        words = stones.words(program, title=title)
        row = add_milestone(program, words, by=by, reason=programs.REASON, at=programs.MORNING)
        assert row.first_weight is None

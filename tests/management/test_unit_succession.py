"""Retiring with a successor: everything open moves in one go and is told, what was done stays with who did it."""

import pytest

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.access.models import Grant
from rembuk.accounts.models import Person
from rembuk.audit.models import AuditEntry
from rembuk.common.errors import Denied, Invalid, WrongState
from rembuk.consultations.models import Consultation, MatrixRow
from rembuk.engagement.models import Case, Subject
from rembuk.management.actions import units as actions
from rembuk.management.actions.units.retiring import settle_retired
from rembuk.management.facts import Succession
from rembuk.management.models import DeskAccount
from rembuk.management.units import fate
from rembuk.notifications.models import Notice
from rembuk.programs.models import Milestone, Program
from rembuk.proposals.models import Disposition, Proposal
from rembuk.proposals.states import State
from rembuk.reports.models import AccountabilityReport, EvaluationReport
from rembuk.taxonomy.models import Category
from rembuk.workunits import tree
from rembuk.workunits.models import WorkUnit
from rembuk.workunits.selectors import carrying_on
from tests import (
    consultation_scenes,
    handling_scenes,
    layer_scenes,
    matrix_scenes,
    people,
    program_scenes,
    report_scenes,
    scenes,
)

pytestmark = pytest.mark.django_db
WHY = "Perda susunan perangkat daerah yang baru"
REPORT = {"drafted_at": "2026-01-01T00:00Z", "changed_at": "2026-01-01T00:00Z"}


def retire(place: scenes.Regency, unit: WorkUnit | None = None, **choices: object) -> None:
    """Retire the works agency (or another unit) into the health agency (or as chosen), by an administrator."""
    chosen = {"successor": place.health, "takes_children": True, **choices}
    by = people.staff("administrator", place.root)
    actions.retire_unit(unit or place.works, Succession(**chosen), by=by, reason=WHY)  # type: ignore[arg-type]


def bound(unit: WorkUnit) -> list[str]:
    """The fields that still hold something at a unit that should have moved."""
    return [row.field for row in fate.MOVING if row.rows(unit).exists()]


def lines(proposal: Proposal) -> list[str]:
    """The steps of a proposal's public history."""
    return list(proposal.decisions.order_by("at", "id").values_list("step", flat=True))


def test_everything_open_moves_and_nothing_is_left_at_the_retired_unit() -> None:
    found = matrix_scenes.matrix(1)
    place, head = found.place, report_scenes.head(found.place)
    waiting, reviewed = scenes.submitted(place), handling_scenes.referred(place)
    program = layer_scenes.running(place)
    other = program_scenes.published(place, executing_unit=place.works)
    Program.objects.filter(pk=other.pk).update(unit=place.health)
    entered = scenes.draft(place, target_unit=place.works)
    Proposal.objects.filter(pk=reviewed.pk).update(executing_unit=place.works, origin_unit=place.works)
    draft, evaluation = report_scenes.account(place.works, head), report_scenes.evaluation(program, head)
    account = DeskAccount.objects.create(
        person=people.citizen(), unit=place.works, opened_at=waiting.submitted_at
    )
    Case.objects.filter(subject=waiting.subject).update(released_by_unit=place.works)
    assert sorted(bound(place.works)) == sorted(row.field for row in fate.MOVING)
    told, due = Notice.objects.count(), Disposition.objects.get(proposal=reviewed).due_at
    retire(place)
    assert bound(place.works) == []
    for row, name in (
        (waiting, "unit"),
        (reviewed, "unit"),
        (reviewed, "executing_unit"),
        (reviewed, "origin_unit"),
        (entered, "target_unit"),
        (program, "unit"),
        (other, "executing_unit"),
        (found.consultation, "unit"),
        (draft, "unit"),
        (evaluation, "office"),
        (account, "unit"),
        (place.category, "default_unit"),
    ):
        row.refresh_from_db()
        assert getattr(row, name) == place.health, name
    assert Disposition.objects.get(proposal=reviewed).due_at == due
    assert Notice.objects.count() == told
    case = Case.objects.get(subject=waiting.subject)
    assert (case.unit, case.released_by_unit) == (place.health, None)


def test_each_moved_thing_has_its_entry_and_its_public_line_under_one_mark() -> None:
    found = matrix_scenes.matrix(1)
    place, reviewed = found.place, handling_scenes.referred(found.place)
    program = program_scenes.published(place)
    retire(place)
    entries = AuditEntry.objects.filter(verb="unit.handed_over")
    assert len(set(entries.values_list("bulk", flat=True))) == 1
    assert AuditEntry.objects.get(verb="unit.retired").bulk == entries[0].bulk
    row = MatrixRow.objects.get()
    kinds = {(entry.target_kind, entry.target_key): entry.after for entry in entries}
    for thing in (
        ("proposal", reviewed.code),
        ("program", program.code),
        ("consultation", found.consultation.code),
        ("matrix_row", f"{row.submission.code}#1"),
        ("category", place.category.slug),
    ):
        assert (kinds[thing]["from"], kinds[thing]["to"]) == (place.works.code, place.health.code)
    assert {entry.reason for entry in entries} == {WHY}
    assert lines(reviewed)[-1] == "succeed"
    line = reviewed.decisions.last()
    assert line is not None
    assert (line.from_state, line.to_state) == (State.REVIEWING, State.REVIEWING)
    assert line.explanation == f"Dinas Pekerjaan Umum → Dinas Kesehatan. {WHY}"
    for history in (program.events, found.consultation.events):
        assert history.order_by("-at", "-id")[0].step == "succeed"
    assert row.changes.order_by("-id")[0].note.startswith("Dinas Pekerjaan Umum → Dinas Kesehatan")


def test_what_came_to_an_end_stays_but_its_talk_is_looked_after_by_the_successor() -> None:
    place = scenes.regency()
    declined = handling_scenes.declined(place)
    answer = declined.answers.get()
    retire(place)
    declined.refresh_from_db()
    assert (declined.unit, answer.unit) == (place.works, place.works)
    assert "succeed" not in lines(declined)
    assert Subject.objects.get(proposal=declined).unit == place.health
    assert AuditEntry.objects.filter(verb="unit.handed_over", target_key=declined.code).exists()


def test_hidden_proposals_move_by_the_state_they_had() -> None:
    place = scenes.regency()
    open_one, done = scenes.published(place), scenes.published(place)
    Proposal.objects.filter(pk=open_one.pk).update(
        state=State.HIDDEN, state_before_hiding=State.PUBLISHED, unit=place.works
    )
    Proposal.objects.filter(pk=done.pk).update(
        state=State.HIDDEN, state_before_hiding=State.DECLINED, unit=place.works
    )
    retire(place)
    assert Proposal.objects.get(pk=open_one.pk).unit == place.health
    assert Proposal.objects.get(pk=done.pk).unit == place.works


@pytest.mark.parametrize("is_heard", [False, True])
def test_a_successor_that_has_the_proposal_already_leads_and_has_it_once(is_heard: bool) -> None:
    place = scenes.regency()
    found = handling_scenes.referred(place, None, place.health)
    if is_heard:
        found.assessments.create(
            unit=place.works, verdict="feasible", reason=WHY, is_responsible=True, at=found.published_at
        )
    retire(place)
    rows = {row.unit_id: row for row in Disposition.objects.filter(proposal=found)}
    assert rows[place.health.pk].is_responsible
    assert (place.works.pk in rows) is is_heard
    if is_heard:
        old = rows[place.works.pk]
        assert (old.is_responsible, old.closed_at is None) == (False, False)
    assert bound(place.works) == []


def test_a_unit_that_was_only_heard_leaves_the_lead_where_it_is() -> None:
    place = scenes.regency()
    found = handling_scenes.referred(place, None, place.health)
    retire(place, place.health, successor=place.works)
    row = Disposition.objects.get(proposal=found)
    assert (row.unit, row.is_responsible) == (place.works, True)


def test_entries_of_a_village_are_released_by_the_village_that_follows() -> None:
    place = scenes.regency()
    other = tree.plant(code="DSB", name="Desa Baru", kind="village", parent=place.subdistrict)
    waiting = scenes.submitted(place)
    Proposal.objects.filter(pk=waiting.pk).update(origin_unit=place.village)
    Case.objects.filter(subject=waiting.subject).update(released_by_unit=place.village)
    retire(place, place.village, successor=other)
    assert Case.objects.get(subject=waiting.subject).released_by_unit == other
    assert Proposal.objects.get(pk=waiting.pk).origin_unit == other


@pytest.mark.parametrize("kind", ["proposal", "category", "program", "consultation", "case"])
def test_without_a_successor_nothing_open_may_be_left(kind: str) -> None:
    place = scenes.regency()
    Category.objects.update(default_unit=place.health)
    made = {
        "proposal": lambda: Proposal.objects.filter(pk=scenes.published(place).pk).update(unit=place.roads),
        "category": lambda: Category.objects.filter(pk=place.category.pk).update(default_unit=place.roads),
        "program": lambda: program_scenes.draft(
            place, by=people.staff("administrator", place.root), unit=place.roads
        ),
        "consultation": lambda: Consultation.objects.filter(pk=consultation_scenes.draft(place).pk).update(
            unit=place.roads
        ),
        "case": lambda: Case.objects.filter(subject=scenes.submitted(place).subject).update(unit=place.roads),
    }
    made[kind]()
    with pytest.raises(Invalid) as refusal:
        retire(place, place.roads, successor=None, takes_children=False)
    assert list(refusal.value.fields) == ["successor"]
    assert WorkUnit.objects.get(pk=place.roads.pk).is_active
    retire(place, place.roads, takes_children=False)
    assert bound(place.roads) == []


def test_units_below_go_along_when_chosen_and_hinder_otherwise() -> None:
    place = scenes.regency()
    with pytest.raises(WrongState):
        retire(place, takes_children=False)
    retire(place)
    place.roads.refresh_from_db()
    assert (place.roads.parent, place.roads.path.startswith(place.health.path)) == (place.health, True)
    moved, retired = (AuditEntry.objects.get(verb=verb) for verb in ("unit.moved", "unit.retired"))
    assert moved.bulk == retired.bulk
    assert retired.after == {"successor": place.health.code}


def test_a_draft_that_lies_with_the_unit_moves_without_a_public_line() -> None:
    place = scenes.regency()
    begun = scenes.draft(place)
    Proposal.objects.filter(pk=begun.pk).update(unit=place.works)
    retire(place)
    assert (Proposal.objects.get(pk=begun.pk).unit, lines(begun)) == (place.health, [])


def test_a_successor_must_be_in_use_and_not_below() -> None:
    place = scenes.regency()
    closed = tree.plant(code="T", name="Tutup", kind="agency", parent=place.root, is_active=False)
    for unit in (place.works, place.roads, closed):
        with pytest.raises(Invalid) as refusal:
            retire(place, successor=unit)
        assert list(refusal.value.fields) == ["successor"]
    for choices in ({"takes_children": True}, {"give_on": frozenset({1})}):
        with pytest.raises(Invalid):
            retire(place, place.village, successor=None, **{"takes_children": False, **choices})


def test_a_successor_outside_of_ones_units_is_denied() -> None:
    place = scenes.regency()
    by = people.staff("administrator", place.works)
    with pytest.raises(Denied):
        actions.retire_unit(place.roads, Succession(successor=place.health), by=by, reason=WHY)
    assert WorkUnit.objects.get(pk=place.roads.pk).is_active


def test_two_reports_for_one_period_are_not_made_one() -> None:
    place, head = scenes.regency(), None
    head = report_scenes.head(place)
    report_scenes.account(place.works, head)
    report_scenes.account(place.health, people.staff("administrator", place.root))
    with pytest.raises(WrongState):
        retire(place)
    assert AccountabilityReport.objects.filter(unit=place.works).exists()
    assert WorkUnit.objects.get(pk=place.works.pk).is_active


def test_roles_end_unless_they_are_given_on_by_somebody_who_may() -> None:
    place = scenes.regency()
    ends, goes = people.staff("moderator", place.works), people.staff("assessor", place.works)
    later = people.grant(people.citizen(), "moderator", place.works, starts_at="2099-01-01T00:00Z")
    retire(place, give_on=frozenset({goes.grants.get().pk}))
    assert not rights.is_staff(Person.objects.get(pk=ends.pk))
    assert rights.can(Person.objects.get(pk=goes.pk), izin.PROPOSAL_ASSESS, place.health)
    assert not Grant.objects.filter(pk=later.pk).exists()
    given, ended = (AuditEntry.objects.filter(verb=verb) for verb in ("grant.given", "grant.ended"))
    assert [entry.target_key for entry in given] == [str(goes.pk)]
    assert {entry.target_key for entry in ended} == {str(ends.pk), str(goes.pk), str(later.person_id)}


def test_a_role_that_the_person_has_in_the_successor_is_not_given_twice() -> None:
    place = scenes.regency()
    person = people.staff("assessor", place.works)
    people.grant(person, "assessor", place.health)
    retire(place, give_on=frozenset({person.grants.get(unit=place.works).pk}))
    assert Grant.objects.filter(person=person, ends_at=None).count() == 1


def test_roles_that_one_may_not_give_in_the_successor_are_refused_by_name() -> None:
    place = scenes.regency()
    person = people.staff("administrator", place.works, "Wahyu Prasetyo")
    with pytest.raises(Invalid) as refusal:
        retire(place, successor=place.root, give_on=frozenset({person.grants.get().pk}))
    assert "Wahyu Prasetyo" in str(refusal.value.fields["give_on"])
    own = people.staff("administrator", place.root)
    mine = people.grant(own, "assessor", place.works)
    chosen = Succession(successor=place.health, takes_children=True, give_on=frozenset({mine.pk}))
    with pytest.raises(Invalid):
        actions.retire_unit(place.works, chosen, by=own, reason=WHY)


def test_what_comes_back_to_a_retired_unit_goes_on_to_whoever_carries_on() -> None:
    place = scenes.regency()
    back = scenes.published(place)
    Proposal.objects.filter(pk=back.pk).update(state=State.WITHDRAWN, unit=place.works)
    retire(place)
    retire(place, place.health, successor=place.root)
    Proposal.objects.filter(pk=back.pk).update(state=State.PUBLISHED)
    assert settle_retired() == 1
    back.refresh_from_db()
    assert (back.unit, lines(back)[-1]) == (place.root, "succeed")
    entry = AuditEntry.objects.filter(verb="unit.handed_over").latest("id")
    assert (entry.actor_label, entry.target_key) == ("system", back.code)
    assert settle_retired() == 0


def test_what_cant_be_passed_on_waits_and_hinders_nothing_else() -> None:
    place = scenes.regency()
    retire(place)
    AccountabilityReport.objects.create(code="A", unit=place.works, year=2026, **REPORT)
    AccountabilityReport.objects.create(code="B", unit=place.health, year=2026, **REPORT)
    assert settle_retired() == 0
    AccountabilityReport.objects.filter(code="B").delete()
    assert settle_retired() == 1


def test_restore_takes_the_successor_away() -> None:
    place = scenes.regency()
    retire(place)
    actions.restore_unit(place.works, by=people.staff("administrator", place.root), reason=WHY)
    place.works.refresh_from_db()
    assert (place.works.successor, carrying_on(place.works)) == (None, place.works)
    assert AuditEntry.objects.get(verb="unit.restored").before == {"successor": place.health.code}


def test_retire_several_goes_from_the_deepest_and_is_all_or_nothing() -> None:
    place, by = scenes.regency(), None
    by = people.staff("administrator", place.root)
    Category.objects.update(default_unit=place.health)
    leaf = tree.plant(code="L", name="Seksi", kind="division", parent=place.roads)
    with pytest.raises(WrongState):
        actions.retire_units([place.village, place.works], None, by=by, reason=WHY)
    assert WorkUnit.objects.get(pk=place.village.pk).is_active
    assert actions.retire_units([place.works, leaf, place.roads], None, by=by, reason=WHY) == 3
    entries = AuditEntry.objects.filter(verb="unit.retired")
    assert (entries.count(), len(set(entries.values_list("bulk", flat=True)))) == (3, 1)


def test_nothing_of_the_rest_changes() -> None:
    place = scenes.regency()
    elsewhere = handling_scenes.referred(place)
    Proposal.objects.filter(pk=elsewhere.pk).update(unit=place.subdistrict)
    Disposition.objects.filter(proposal=elsewhere).update(unit=place.subdistrict)
    program = layer_scenes.running(place)
    done = list(Milestone.objects.filter(program=program, state="done").values_list("pk", flat=True))
    retire(place)
    elsewhere.refresh_from_db()
    assert elsewhere.unit == place.subdistrict
    assert {row.office_id for row in Milestone.objects.filter(pk__in=done)} == {place.works.pk}
    assert EvaluationReport.objects.count() == 0

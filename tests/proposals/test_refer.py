"""Disposition: who gets it, its clock, moving responsibility, and who may hand on."""

from datetime import UTC, datetime

import pytest

from rembuk.audit.models import AuditEntry
from rembuk.common.errors import Denied, Invalid, WrongState
from rembuk.proposals import doors
from rembuk.proposals.actions import assess, refer
from rembuk.proposals.actions.refer import Handover
from rembuk.proposals.choices import AssessmentVerdict
from rembuk.proposals.models import Decision, Disposition
from rembuk.proposals.states import State
from rembuk.workdays.clock import add_working_days
from tests import handling_scenes as handling
from tests import people, scenes
from tests.handling_scenes import WHY
from tests.scenes import Regency

pytestmark = pytest.mark.django_db
TUESDAY = datetime(2026, 11, 24, 3, tzinfo=UTC)


def standing(proposal: object) -> list[tuple[str, bool, bool]]:
    """Unit, in charge, still open."""
    rows = Disposition.objects.filter(proposal=proposal).order_by("-is_responsible", "id")
    return [(row.unit.name, row.is_responsible, row.closed_at is None) for row in rows]


def test_refer_gives_each_unit_a_clock_and_moves_it_to_review() -> None:
    place, author = scenes.regency(), people.citizen()
    found = scenes.published(place, author)
    by = people.staff("moderator", place.root)
    to = Handover(responsible=place.health, others=[place.works], note="Mohon ditinjau.")
    rows = refer.refer_proposal(found, to=to, by=by, at=TUESDAY)
    found.refresh_from_db()
    due = add_working_days(TUESDAY, 60)
    assert (found.state, found.unit, found.answer_due_at) == (State.REVIEWING, place.health, due)
    assert [(row.unit, row.is_responsible, row.due_at) for row in rows] == [
        (place.health, True, due),
        (place.works, False, due),
    ]
    assert Decision.objects.get(step="refer").explanation == "Dinas Kesehatan, Dinas Pekerjaan Umum"
    assert found.subject is not None
    assert found.subject.unit == place.health
    assert handling.told(author)[-1] == "proposal.referred"


def test_refer_counts_the_days_of_the_category() -> None:
    place = scenes.regency()
    place.category.answer_days = 14
    place.category.save()
    found = scenes.published(place)
    by = people.staff("moderator", place.root)
    (row,) = refer.refer_proposal(found, to=Handover(responsible=place.works), by=by, at=TUESDAY)
    assert row.due_at == add_working_days(TUESDAY, 14)


def test_refer_tells_the_assessors_of_the_unit_and_nobody_above() -> None:
    place = scenes.regency()
    assessor, admin = people.staff("assessor", place.works), people.staff("unit-admin", place.works)
    above = people.staff("unit-admin", place.root)
    handling.referred(place)
    told = [handling.told(person) for person in (assessor, admin, above)]
    assert told == [["disposition.received"], ["disposition.received"], []]


def test_refer_to_a_closed_unit_is_invalid() -> None:
    place = scenes.regency()
    place.health.is_active = False
    with pytest.raises(Invalid):
        refer.refer_proposal(
            scenes.published(place),
            to=Handover(responsible=place.health),
            by=people.staff("moderator", place.root),
        )


@pytest.mark.parametrize("role", ["assessor", "auditor", "program-manager"])
def test_refer_without_the_permission_is_denied(role: str) -> None:
    place = scenes.regency()
    found = scenes.published(place)
    with pytest.raises(Denied):
        refer.refer_proposal(found, to=Handover(responsible=place.works), by=people.staff(role, place.root))
    assert standing(found) == []


def test_refer_of_a_waiting_proposal_is_a_wrong_state() -> None:
    place = scenes.regency()
    with pytest.raises(WrongState):
        refer.refer_proposal(
            scenes.submitted(place),
            to=Handover(responsible=place.works),
            by=people.staff("moderator", place.root),
        )


def test_change_moves_responsibility_with_a_new_clock_in_public() -> None:
    place = scenes.regency()
    found = handling.referred(place, None, place.roads)
    by = people.staff("moderator", place.root)
    to = Handover(responsible=place.health, others=[place.works])
    refer.change_disposition(found, to=to, reason=WHY, by=by, at=TUESDAY)
    found.refresh_from_db()
    assert standing(found) == [(place.health.name, True, True), (place.works.name, False, True)]
    assert (found.unit, found.answer_due_at) == (place.health, add_working_days(TUESDAY, 60))
    entry = AuditEntry.objects.get(verb="proposal.disposition_changed")
    assert (entry.before, entry.after) == (
        {"responsible": place.works.code, "others": [place.roads.code]},
        {"responsible": place.health.code, "others": [place.works.code]},
    )
    change = Decision.objects.get(step="change_disposition")
    assert (change.from_state, change.to_state) == ("reviewing", "reviewing")
    assert change.explanation == f"Dinas Kesehatan, Dinas Pekerjaan Umum: {WHY}"


def test_change_keeps_the_clock_of_a_unit_that_stays() -> None:
    place = scenes.regency()
    found = handling.referred(place, at=TUESDAY)
    by = people.staff("moderator", place.root)
    to = Handover(responsible=place.works, others=[place.health])
    refer.change_disposition(found, to=to, reason=WHY, by=by)
    rows = Disposition.objects.filter(proposal=found, is_responsible=True)
    assert [row.due_at for row in rows] == [add_working_days(TUESDAY, 60)]
    found.refresh_from_db()
    assert found.answer_due_at == add_working_days(TUESDAY, 60)


def test_change_keeps_a_unit_whose_telaah_is_in_as_history() -> None:
    place = scenes.regency()
    found = handling.referred(place, None, place.health)
    assessor = people.staff("assessor", place.health)
    assess.record_assessment(
        found, unit=place.health, verdict=AssessmentVerdict.FEASIBLE, reason=WHY, by=assessor
    )
    refer.change_disposition(
        found, to=Handover(responsible=place.roads), reason=WHY, by=people.staff("moderator", place.root)
    )
    assert standing(found) == [(place.roads.name, True, True), (place.health.name, False, False)]


@pytest.mark.parametrize(("reason", "moves"), [("singkat", True), (WHY, False)])
def test_change_without_reason_or_change_is_invalid(reason: str, moves: bool) -> None:
    place = scenes.regency()
    found = handling.referred(place)
    to = Handover(responsible=place.health if moves else place.works)
    with pytest.raises(Invalid):
        refer.change_disposition(found, to=to, reason=reason, by=people.staff("moderator", place.root))
    assert standing(found) == [(place.works.name, True, True)]


def test_change_of_an_answered_proposal_is_a_wrong_state() -> None:
    place = scenes.regency()
    found = handling.declined(place)
    with pytest.raises(WrongState):
        refer.change_disposition(
            found, to=Handover(responsible=place.health), reason=WHY, by=people.staff("moderator", place.root)
        )


def handed_beside(place: Regency) -> tuple[object, object]:
    """A proposal that the works agency handed to the health agency, and who did it."""
    by = people.staff("moderator", place.works)
    found = scenes.published(place)
    refer.refer_proposal(found, to=Handover(responsible=place.health), by=by)
    found.refresh_from_db()
    return found, by


def test_office_that_handed_on_still_reads_it_and_may_hand_it_elsewhere() -> None:
    place = scenes.regency()
    found, by = handed_beside(place)
    assert doors.for_desk(found.code, by) == found  # type: ignore[attr-defined, arg-type]
    refer.change_disposition(found, to=Handover(responsible=place.roads), reason=WHY, by=by)  # type: ignore[arg-type]
    assert standing(found) == [(place.roads.name, True, True)]


def test_office_beside_that_never_had_it_may_not_hand_it_on() -> None:
    place = scenes.regency()
    found, _by = handed_beside(place)
    with pytest.raises(Denied):
        refer.change_disposition(
            found,  # type: ignore[arg-type]
            to=Handover(responsible=place.roads),
            reason=WHY,
            by=people.staff("moderator", place.subdistrict),
        )

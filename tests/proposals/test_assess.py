"""Telaah: what it records, closes and counts; who may; what comes back as not theirs."""

from datetime import UTC, datetime

import pytest

from rembuk.audit.models import AuditEntry
from rembuk.common.errors import Denied, Invalid, WrongState
from rembuk.proposals import worklists
from rembuk.proposals.actions.assess import record_assessment
from rembuk.proposals.actions.refer import Handover, change_disposition
from rembuk.proposals.choices import AssessmentVerdict as Verdict
from rembuk.proposals.models import Disposition
from tests import handling_scenes as handling
from tests import people, scenes
from tests.handling_scenes import WHY

pytestmark = pytest.mark.django_db
TUESDAY = datetime(2026, 11, 24, 3, tzinfo=UTC)


def test_assessment_of_the_unit_in_charge_counts_as_considered() -> None:
    place, author = scenes.regency(), people.citizen()
    found = handling.referred(place, author)
    by = people.staff("assessor", place.works)
    made = record_assessment(
        found, unit=place.works, verdict=Verdict.CONDITIONAL, reason=WHY, by=by, at=TUESDAY
    )
    found.refresh_from_db()
    assert (made.is_responsible, found.considered_at, found.state) == (True, TUESDAY, "reviewing")
    assert Disposition.objects.get(proposal=found).closed_at == TUESDAY
    entry = AuditEntry.objects.get(verb="proposal.assessed")
    assert entry.after == {"unit": place.works.code, "verdict": "conditional", "responsible": True}
    assert handling.told(author)[-1] == "proposal.assessed"


def test_assessment_of_a_unit_beside_does_not_count_as_considered() -> None:
    place = scenes.regency()
    found = handling.referred(place, None, place.health)
    by = people.staff("assessor", place.health)
    record_assessment(found, unit=place.health, verdict=Verdict.FEASIBLE, reason=WHY, by=by)
    found.refresh_from_db()
    assert found.considered_at is None
    assert [row.unit for row in worklists.to_assess(people.staff("assessor", place.root))] == [place.works]


def test_second_assessment_keeps_the_first_and_its_instant() -> None:
    place = scenes.regency()
    found = handling.referred(place)
    by = people.staff("assessor", place.works)
    record_assessment(found, unit=place.works, verdict=Verdict.FEASIBLE, reason=WHY, by=by, at=TUESDAY)
    record_assessment(found, unit=place.works, verdict=Verdict.UNFEASIBLE, reason=WHY, by=by)
    found.refresh_from_db()
    assert found.considered_at == TUESDAY
    assert [row.verdict for row in found.assessments.all()] == ["feasible", "unfeasible"]


@pytest.mark.parametrize("who", ["elsewhere", "moderator", "author", "unit without disposition"])
def test_assessment_by_the_wrong_person_is_denied(who: str) -> None:
    place = scenes.regency()
    author = people.staff("assessor", place.works)
    found = handling.referred(place, author)
    by = {
        "elsewhere": people.staff("assessor", place.health),
        "moderator": people.staff("moderator", place.works),
        "author": author,
        "unit without disposition": people.staff("assessor", place.root),
    }[who]
    unit = place.roads if who == "unit without disposition" else place.works
    with pytest.raises(Denied):
        record_assessment(found, unit=unit, verdict=Verdict.FEASIBLE, reason=WHY, by=by)


def test_assessment_with_19_characters_is_invalid() -> None:
    place = scenes.regency()
    found = handling.referred(place)
    by = people.staff("assessor", place.works)
    with pytest.raises(Invalid):
        record_assessment(found, unit=place.works, verdict=Verdict.FEASIBLE, reason="x" * 19, by=by)
    assert found.assessments.count() == 0


def test_assessment_after_the_answer_is_a_wrong_state() -> None:
    place = scenes.regency()
    found = handling.declined(place)
    by = people.staff("assessor", place.works)
    with pytest.raises(WrongState):
        record_assessment(found, unit=place.works, verdict=Verdict.FEASIBLE, reason=WHY, by=by)


def test_not_ours_tells_the_referrer_and_waits_for_another_disposition() -> None:
    place = scenes.regency()
    found = handling.referred(place)
    referrer = Disposition.objects.get(proposal=found).given_by
    assert referrer is not None
    by = people.staff("assessor", place.works)
    record_assessment(found, unit=place.works, verdict=Verdict.NOT_OURS, reason=WHY, by=by)
    assert handling.told(referrer) == ["disposition.not_ours"]
    assert list(worklists.to_refer(referrer)) == [found]
    change_disposition(found, to=Handover(responsible=place.health), reason=WHY, by=referrer)
    assert list(worklists.to_refer(referrer)) == []

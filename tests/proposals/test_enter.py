"""Entering for somebody: what it makes; and that a village's own entries are released by nobody above it."""

from datetime import UTC, date, datetime

import pytest

from rembuk.accounts.models import Person
from rembuk.common.errors import Denied, Invalid
from rembuk.engagement.models import Case
from rembuk.proposals import doors
from rembuk.proposals.actions import hide, moderate
from rembuk.proposals.actions.enter import Entry, enter_proposal
from rembuk.proposals.choices import Channel, Source
from rembuk.proposals.models import Proposal
from rembuk.proposals.states import State
from rembuk.workunits.models import WorkUnit
from tests import handling_scenes as handling
from tests import people, scenes
from tests.handling_scenes import WHY, reason
from tests.scenes import Regency

pytestmark = pytest.mark.django_db
TUESDAY = datetime(2026, 11, 24, 3, tzinfo=UTC)


def entry(place: Regency, /, **fields: object) -> Entry:
    """A complete entry from a visit."""
    values: dict[str, object] = {
        "content": scenes.content(place),
        "on_behalf_of": "Ibu Wati",
        "source": Source.VILLAGE_MEETING,
        "channel": Channel.MEETING,
        "received_on": date(2026, 11, 23),
    }
    return Entry(**{**values, **fields})  # type: ignore[arg-type]


def entered(place: Regency, unit: WorkUnit, by: Person | None = None) -> Proposal:
    """A proposal that an officer of the unit entered."""
    officer = by or people.staff("unit-admin", unit)
    return enter_proposal(entry(place), unit=unit, by=officer, at=TUESDAY)


def test_enter_makes_a_waiting_proposal_without_account() -> None:
    place = scenes.regency()
    by = people.staff("moderator", place.works)
    made = enter_proposal(entry(place), unit=place.works, by=by, at=TUESDAY)
    assert (made.state, made.author, made.entered_by, made.origin_unit, made.unit) == (
        State.SUBMITTED,
        None,
        by,
        place.works,
        place.works,
    )
    assert (made.on_behalf_of, made.channel, made.received_on) == ("Ibu Wati", "meeting", date(2026, 11, 23))
    case = Case.objects.get(subject=made.subject)
    assert (case.unit, case.released_by_unit, list(case.barred.all())) == (place.works, None, [by])
    assert handling.trail(made) == ["proposal.entered"]


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"on_behalf_of": " "}, ["on_behalf_of"]),
        ({"received_on": date(2026, 11, 25)}, ["received_on"]),
    ],
)
def test_enter_incomplete_is_invalid_and_makes_nothing(fields: dict[str, object], wrong: list[str]) -> None:
    place = scenes.regency()
    by = people.staff("moderator", place.works)
    with pytest.raises(Invalid) as refusal:
        enter_proposal(entry(place, **fields), unit=place.works, by=by, at=TUESDAY)
    assert list(refusal.value.fields) == wrong
    assert not Proposal.objects.exists()


@pytest.mark.parametrize("role", ["assessor", "auditor"])
def test_enter_without_the_permission_is_denied(role: str) -> None:
    place = scenes.regency()
    with pytest.raises(Denied):
        enter_proposal(entry(place), unit=place.works, by=people.staff(role, place.works))


def test_enter_in_another_unit_is_denied() -> None:
    place = scenes.regency()
    with pytest.raises(Denied):
        enter_proposal(entry(place), unit=place.works, by=people.staff("moderator", place.health))


def test_agency_entry_is_published_by_a_colleague_and_not_by_who_entered_it() -> None:
    place = scenes.regency()
    by = people.staff("moderator", place.works)
    made = entered(place, place.works, by)
    with pytest.raises(Denied):
        moderate.publish_proposal(made, by=by)
    moderate.publish_proposal(made, by=people.staff("moderator", place.root))
    assert handling.state_of(made) == State.PUBLISHED


def test_village_entry_waits_for_the_village_alone() -> None:
    place = scenes.regency()
    case = Case.objects.get(subject=entered(place, place.village).subject)
    assert (case.unit, case.released_by_unit) == (place.village, place.village)


def test_village_entry_is_released_by_its_own_approver() -> None:
    place = scenes.regency()
    made = entered(place, place.village)
    decision = moderate.publish_proposal(made, by=people.staff("unit-admin", place.village))
    assert (decision.office, handling.state_of(made)) == (place.village, State.PUBLISHED)


def test_village_entry_is_not_released_by_who_entered_it() -> None:
    place = scenes.regency()
    by = people.staff("unit-admin", place.village)
    made = entered(place, place.village, by)
    with pytest.raises(Denied):
        moderate.publish_proposal(made, by=by)


@pytest.mark.parametrize("role", ["unit-admin", "moderator", "administrator"])
@pytest.mark.parametrize("where", ["subdistrict", "root"])
def test_village_entry_can_be_read_from_above(role: str, where: str) -> None:
    place = scenes.regency()
    made = entered(place, place.village)
    above = people.staff(role, getattr(place, where))
    assert doors.for_desk(str(made.code), above) == made


@pytest.mark.parametrize("role", ["unit-admin", "moderator", "administrator"])
@pytest.mark.parametrize("where", ["subdistrict", "root"])
@pytest.mark.parametrize("act", ["publish", "return", "reject", "duplicate", "hide"])
def test_village_entry_is_not_decided_from_above(role: str, where: str, act: str) -> None:
    place = scenes.regency()
    made = entered(place, place.village)
    kept = scenes.published(place)
    above = people.staff(role, getattr(place, where))
    deeds = {
        "publish": lambda: moderate.publish_proposal(made, by=above),
        "return": lambda: moderate.return_proposal(made, reason=reason("tidak-jelas"), message=WHY, by=above),
        "reject": lambda: moderate.reject_proposal(made, reason=reason("iklan"), message=WHY, by=above),
        "duplicate": lambda: moderate.mark_duplicate(made, of=kept, by=above),
        "hide": lambda: hide.hide_proposal(made, reason=reason("iklan"), message=WHY, by=above),
    }
    with pytest.raises(Denied):
        deeds[act]()
    assert handling.state_of(made) == State.SUBMITTED


def test_published_village_entry_is_not_hidden_from_above() -> None:
    place = scenes.regency()
    made = entered(place, place.village)
    own = people.staff("unit-admin", place.village)
    moderate.publish_proposal(made, by=own)
    with pytest.raises(Denied):
        hide.hide_proposal(
            made, reason=reason("iklan"), message=WHY, by=people.staff("administrator", place.root)
        )
    hide.hide_proposal(made, reason=reason("iklan"), message=WHY, by=own)
    assert handling.state_of(made) == State.HIDDEN

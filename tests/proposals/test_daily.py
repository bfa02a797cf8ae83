"""What happens by the calendar: deferred proposals come back, staff get one letter each working morning."""

from datetime import UTC, date, datetime

import pytest

from rembuk.common.errors import WrongState
from rembuk.notifications.models import Event
from rembuk.notifications.texts import words_of
from rembuk.proposals import daily
from rembuk.proposals.models import Proposal
from rembuk.proposals.states import State
from tests import consultation_scenes as consultations
from tests import handling_scenes as handling
from tests import people, scenes

pytestmark = pytest.mark.django_db
TUESDAY = datetime(2026, 11, 24, 3, tzinfo=UTC)
SEVEN = datetime(2026, 11, 25, 0, 5, tzinfo=UTC)


def letters() -> list[Event]:
    """Morning letters, in order."""
    return list(Event.objects.filter(kind="staff.morning").order_by("pk"))


def test_deferred_proposal_comes_back_on_its_day_once() -> None:
    place = scenes.regency()
    found = handling.deferred(place, date(2027, 2, 1), TUESDAY)
    assert daily.resume_due(at=datetime(2027, 1, 31, 16, 59, tzinfo=UTC)) == 0
    assert daily.resume_due(at=datetime(2027, 1, 31, 17, 20, tzinfo=UTC)) == 1
    assert daily.resume_due(at=datetime(2027, 1, 31, 17, 30, tzinfo=UTC)) == 0
    assert handling.state_of(found) == State.REVIEWING


def test_morning_letter_counts_what_waits_and_what_is_overdue() -> None:
    place = scenes.regency()
    moderator = people.staff("moderator", place.works)
    scenes.submitted(place, at=TUESDAY)
    scenes.submitted(place, at=datetime(2026, 11, 2, 3, tzinfo=UTC))
    assert daily.write_morning_letters(at=SEVEN) == 1
    (event,) = letters()
    assert handling.told(moderator) == ["staff.morning"]
    assert (event.params["waiting"], event.params["overdue"]) == (2, 1)
    assert event.url == "/kelola/"
    assert "2" in words_of(event).body


def test_morning_letter_is_not_written_when_nothing_waits() -> None:
    place = scenes.regency()
    people.staff("moderator", place.works)
    assert (daily.write_morning_letters(at=SEVEN), letters()) == (0, [])


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 11, 22, 0, 5, tzinfo=UTC),
        datetime(2026, 12, 25, 0, 5, tzinfo=UTC),
        datetime(2026, 11, 24, 23, 5, tzinfo=UTC),
        datetime(2026, 11, 25, 6, 5, tzinfo=UTC),
    ],
    ids=["sunday", "christmas", "six in the morning", "afternoon"],
)
def test_morning_letter_is_not_written_outside_working_mornings(moment: datetime) -> None:
    place = scenes.regency()
    people.staff("moderator", place.works)
    scenes.submitted(place, at=TUESDAY)
    assert daily.write_morning_letters(at=moment) == 0


def test_morning_letter_is_written_once_a_day() -> None:
    place = scenes.regency()
    people.staff("moderator", place.works)
    scenes.submitted(place, at=TUESDAY)
    again = datetime(2026, 11, 25, 1, 5, tzinfo=UTC)
    assert [daily.write_morning_letters(at=moment) for moment in (SEVEN, again)] == [1, 0]
    assert len(letters()) == 1


def test_loads_leave_out_own_proposals_and_other_units() -> None:
    place = scenes.regency()
    admin = people.staff("unit-admin", place.works)
    handling.referred(place, admin)
    elsewhere = people.staff("unit-admin", place.health)
    counts = [sum(load.waiting for load in daily.loads_of(person, TUESDAY)) for person in (admin, elsewhere)]
    assert counts == [0, 0]


def test_loads_of_an_assessor_and_an_admin_of_the_unit_in_charge() -> None:
    place = scenes.regency()
    handling.referred(place, at=TUESDAY)
    late = datetime(2027, 6, 1, tzinfo=UTC)
    assessor, admin = people.staff("assessor", place.works), people.staff("unit-admin", place.works)
    assert [(load.waiting, load.overdue) for load in daily.loads_of(assessor, late)][2:4] == [(1, 1), (0, 0)]
    assert [(load.waiting, load.overdue) for load in daily.loads_of(admin, late)][2:4] == [(1, 1), (1, 1)]


def test_loads_tell_of_rows_of_a_matrix_that_lie_with_her() -> None:
    place = scenes.regency()
    assessor = people.staff("assessor", place.works)
    made = consultations.closed(place, at=TUESDAY)
    consultations.sent(made)
    consultations.rows_for(made)
    made.rows.update(assigned_to=assessor)
    loads = {load.what: (load.waiting, load.overdue) for load in daily.loads_of(assessor, TUESDAY)}
    assert loads["Rows of consultations to answer"] == (1, 0)


def test_objection_is_announced_to_second_persons_only() -> None:
    place = scenes.regency()
    first, second = people.staff("unit-admin", place.works), people.staff("unit-admin", place.works)
    handling.objected(place, first)
    assert "case.second_decision" in handling.told(second)
    assert "case.second_decision" not in handling.told(first)


def test_appeal_is_announced_to_second_persons_only() -> None:
    place = scenes.regency()
    first, second = people.staff("moderator", place.works), people.staff("moderator", place.works)
    handling.appealed(place, first)
    assert (handling.told(first), handling.told(second)) == ([], ["case.second_decision"])


def test_deferred_proposal_taken_up_a_moment_ago_does_not_stop_the_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    place = scenes.regency()
    first, second = (handling.deferred(place, date(2027, 2, 1), TUESDAY) for _number in range(2))
    really = daily.resume_proposal

    def faster(proposal: Proposal, **kwargs: object) -> object:
        if proposal == first:
            raise WrongState("diambil")
        return really(proposal, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(daily, "resume_proposal", faster)
    assert daily.resume_due(at=datetime(2027, 2, 1, 1, tzinfo=UTC)) == 1
    assert handling.state_of(second) == State.REVIEWING

"""What the clock does: opening and closing to the instant, the rows of the matrix, one reminder a day before each closing."""

from datetime import UTC, datetime, timedelta

import pytest

from rembuk.audit.models import AuditEntry
from rembuk.consultations.actions import clockwork
from rembuk.consultations.actions.schedule import extend
from rembuk.consultations.models import Consultation
from rembuk.notifications.models import Notice
from tests import consultation_scenes as scenes
from tests import people, program_scenes
from tests.scenes import regency

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 6, 3, 5, tzinfo=UTC)
DAY = timedelta(days=1)
TICK = timedelta(microseconds=1)


def told(kind: str) -> set[int]:
    return set(Notice.objects.filter(event__kind=f"consultation.{kind}").values_list("person_id", flat=True))


def state_of(made: Consultation) -> str:
    made.refresh_from_db()
    return made.state


def test_announced_consultation_opens_at_its_instant_and_not_before() -> None:
    made, follower = scenes.scheduled(regency(), at=NOON), people.citizen()
    program_scenes.follow(made.subject, follower)

    assert clockwork.follow_clock(at=made.opens_at - TICK) == 0
    assert clockwork.follow_clock(at=made.opens_at) == 1

    assert state_of(made) == "open"
    assert told("opened") == {follower.pk}
    event = made.events.get(step="open")
    assert (event.at, event.office, event.by) == (made.opens_at, None, None)


def test_open_consultation_closes_at_its_instant_and_makes_a_row_for_each_counted_submission() -> None:
    made = scenes.opened(regency(), at=NOON)
    scenes.sent(made, at=NOON)
    scenes.sent(made, at=NOON, state="withdrawn")

    assert clockwork.follow_clock(at=made.closes_at - TICK) == 0
    clockwork.follow_clock(at=made.closes_at)

    assert state_of(made) == "closed"
    assert made.rows.count() == 1
    assert AuditEntry.objects.get(verb="consultation.closed").at == made.closes_at


def test_worker_that_slept_over_both_instants_takes_both_steps_and_tells_of_no_opening() -> None:
    made = scenes.scheduled(regency(), at=NOON)
    program_scenes.follow(made.subject, people.citizen())

    clockwork.follow_clock(at=made.closes_at + DAY)

    assert state_of(made) == "closed"
    assert [event.step for event in made.events.all()] == ["announce", "open", "close"]
    assert told("opened") == set()


def test_following_the_clock_again_changes_nothing() -> None:
    made = scenes.opened(regency(), at=NOON)
    scenes.sent(made, at=NOON)
    clockwork.follow_clock(at=made.closes_at)

    assert clockwork.follow_clock(at=made.closes_at) == 0
    assert (made.rows.count(), made.events.filter(step="close").count()) == (1, 1)


def test_clock_of_the_database_is_asked_without_an_instant() -> None:
    due, not_due = scenes.opened(regency()), scenes.opened(regency())
    Consultation.objects.filter(pk=due.pk).update(closes_at=due.opens_at + DAY)

    clockwork.follow_clock()

    assert (state_of(due), state_of(not_due)) == ("closed", "open")


def test_reminder_goes_once_to_followers_who_have_not_answered_and_to_those_who_still_write() -> None:
    made = scenes.opened(regency(), at=NOON)
    idle, done, writing = people.citizen(), people.citizen(), people.citizen()
    program_scenes.follow(made.subject, idle, done)
    scenes.sent(made, done, at=NOON)
    scenes.writing(made, writing, at=NOON)

    assert clockwork.remind(at=made.closes_at - DAY - TICK) == 0
    assert clockwork.remind(at=made.closes_at - DAY) == 1
    assert clockwork.remind(at=made.closes_at - DAY + TICK) == 0

    assert told("closing") == {idle.pk, writing.pk}


def test_reminder_comes_again_before_the_real_closing_once_it_was_extended() -> None:
    place = regency()
    made, follower = scenes.opened(place, at=NOON), people.citizen()
    program_scenes.follow(made.subject, follower)
    clockwork.remind(at=made.closes_at - DAY)
    later = made.closes_at + 7 * DAY

    extend(made, closes_at=later, reason=scenes.REASON, by=scenes.manager(place), at=made.closes_at - DAY / 2)

    assert clockwork.remind(at=later - DAY - TICK) == 0
    assert clockwork.remind(at=later - DAY) == 1
    assert clockwork.remind(at=later - DAY + TICK) == 0
    assert Notice.objects.filter(event__kind="consultation.closing", person_id=follower.pk).count() == 2


def test_reminder_of_a_consultation_for_named_organisations_spares_those_who_may_not_answer() -> None:
    made = scenes.opened(regency(), at=NOON)
    member, curious = people.citizen(email="forum@contoh.id"), people.citizen()
    scenes.invite(made, "Forum@contoh.id")
    program_scenes.follow(made.subject, curious)

    clockwork.remind(at=made.closes_at - DAY)

    assert told("closing") == {member.pk}


@pytest.mark.parametrize("scene", [scenes.scheduled, scenes.closed])
def test_reminder_is_not_sent_unless_it_is_open(scene) -> None:
    made = scene(regency(), at=NOON)

    assert clockwork.remind(at=made.closes_at - TICK) == 0


def test_reminder_spares_what_is_open_for_a_day_only() -> None:
    made = scenes.opened(regency(), at=NOON)
    Consultation.objects.filter(pk=made.pk).update(opens_at=made.closes_at - DAY + TICK)

    assert clockwork.remind(at=made.closes_at - TICK) == 0

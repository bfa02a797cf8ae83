"""At the same moment: two moderators, a double submit, two reports, two claims. One wins, the other is told."""

from functools import partial

import pytest
from django.db import transaction

from rembuk.engagement.actions import moderation
from rembuk.engagement.actions.moderation import Grounds, decide_comment
from rembuk.engagement.errors import AlreadyClaimed, AlreadyDecided, AlreadyReported
from rembuk.engagement.models import Case, Comment, Report, Subject
from rembuk.notifications.models import Event
from tests import people, scenes
from tests.engagement import races, talks

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def subject() -> Subject:
    with transaction.atomic():
        return talks.subject(scenes.regency().root)


def _kinds_of(outcomes: list[object]) -> list[str]:
    return sorted(type(outcome).__name__ for outcome in outcomes)


def test_two_moderators_at_once_the_second_is_told(subject: Subject) -> None:
    case = talks.report(subject, people.citizen(), talks.comment(subject, people.citizen()))
    first, second = (people.staff("moderator", subject.unit, "Rina") for _ in range(2))
    outcomes = races.at_once(
        partial(decide_comment, case, by=first, keep=True),
        partial(decide_comment, case, by=second, keep=False, grounds=Grounds(reason=talks.reason("hide"))),
    )
    assert _kinds_of(outcomes) == [AlreadyDecided.__name__, Comment.__name__]
    assert any("Rina" in str(outcome) for outcome in outcomes)
    assert Event.objects.filter(kind__startswith="report.").count() == 1


def test_two_claims_at_once_the_second_is_told(subject: Subject) -> None:
    case = talks.report(subject, people.citizen())
    staff = [people.staff("moderator", subject.unit) for _ in range(2)]
    outcomes = races.at_once(*(partial(moderation.claim_case, case, by=by) for by in staff))
    assert _kinds_of(outcomes) == [AlreadyClaimed.__name__, Case.__name__]


def test_reports_of_one_person_at_once_leave_one(subject: Subject) -> None:
    person = people.citizen()
    outcomes = races.at_once(*(partial(talks.report, subject, person) for _ in range(6)))
    assert _kinds_of(outcomes) == [AlreadyReported.__name__] * 5 + [Case.__name__]
    assert Report.objects.count() == 1


def test_reports_of_many_at_once_share_a_case(subject: Subject) -> None:
    crowd = [people.citizen() for _ in range(6)]
    outcomes = races.at_once(*(partial(talks.report, subject, person) for person in crowd))
    assert {getattr(outcome, "pk", outcome) for outcome in outcomes} == {Case.objects.get().pk}
    assert Report.objects.count() == 6

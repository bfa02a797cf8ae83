"""Reports and follows: what opens, what is refused, and that nothing is hidden by numbers alone."""

import pytest

from rembuk.audit.models import AuditEntry
from rembuk.common.errors import Denied, Invalid, NotVisible
from rembuk.engagement import selectors
from rembuk.engagement.actions.cases import open_case
from rembuk.engagement.actions.follows import follow, unfollow
from rembuk.engagement.actions.reports import Complaint, report_content
from rembuk.engagement.actions.subjects import show_subject
from rembuk.engagement.errors import AlreadyReported
from rembuk.engagement.models import Case, Comment, Follow, Report, Subject
from tests import people, scenes
from tests.engagement import talks

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> scenes.Regency:
    return scenes.regency()


@pytest.fixture
def subject(place: scenes.Regency) -> Subject:
    return talks.subject(place.works, people.citizen("Pengusul"))


def test_report_opens_a_case_that_author_and_reporter_may_not_decide(subject: Subject) -> None:
    comment, reporter = talks.comment(subject, people.citizen()), people.citizen()
    case = talks.report(subject, reporter, comment)
    assert (case.kind, case.unit, case.opened_at) == ("report", subject.unit, talks.AT)
    assert set(case.barred.all()) == {comment.author, reporter}


def test_report_clock_is_in_working_days(subject: Subject) -> None:
    case = talks.report(subject, people.citizen())
    assert case.due_at.isoformat() == "2026-11-05T16:59:59+00:00"


def test_reports_of_three_people_hide_nothing_and_share_a_case(subject: Subject) -> None:
    comment = talks.comment(subject, people.citizen())
    cases = {talks.report(subject, people.citizen(), comment).pk for _ in range(3)}
    comment.refresh_from_db()
    assert (len(cases), comment.state, Report.objects.count()) == (1, "visible", 3)
    assert len(selectors.open_reports(subject, comment)) == 3


def test_report_again_while_it_waits_is_refused(subject: Subject) -> None:
    reporter = people.citizen()
    talks.report(subject, reporter)
    with pytest.raises(AlreadyReported):
        talks.report(subject, reporter)
    assert (Report.objects.count(), AuditEntry.objects.filter(verb="content.reported").count()) == (1, 1)


def test_report_of_subject_and_of_comment_are_two_cases(subject: Subject) -> None:
    reporter = people.citizen()
    comment = talks.comment(subject, people.citizen())
    assert talks.report(subject, reporter) != talks.report(subject, reporter, comment)


@pytest.mark.parametrize("what", ["comment", "subject"])
def test_report_of_own_content_is_denied(subject: Subject, what: str) -> None:
    comment = talks.comment(subject, subject.author) if what == "comment" else None
    with pytest.raises(Denied, match="your own"):
        talks.report(subject, subject.author, comment)


def test_report_with_a_reason_of_another_use_is_invalid(subject: Subject) -> None:
    with pytest.raises(Invalid):
        report_content(subject, Complaint(reason=talks.reason("answer")), by=people.citizen())


@pytest.mark.parametrize("state", ["held", "hidden", "deleted"])
def test_report_of_what_is_not_shown_is_not_found(subject: Subject, state: str) -> None:
    comment = talks.comment(subject, people.citizen())
    Comment.objects.update(state=state)
    comment.refresh_from_db()
    with pytest.raises(NotVisible):
        talks.report(subject, people.citizen(), comment)


def test_report_of_a_villages_entry_stays_with_the_village(place: scenes.Regency, subject: Subject) -> None:
    open_case(Case.Kind.PROPOSAL, subject, due_at=talks.AT, at=talks.AT, released_by_unit=place.village)
    assert talks.report(subject, people.citizen()).released_by_unit == place.village
    comment = talks.comment(subject, people.citizen())
    assert talks.report(subject, people.citizen(), comment).released_by_unit is None


def test_follow_once_and_stop(subject: Subject) -> None:
    person = people.citizen()
    assert [follow(subject, by=person), follow(subject, by=person)] == [True, False]
    assert (selectors.is_following(person, subject), list(selectors.followers([subject]))) == (
        True,
        [person.pk],
    )
    assert [found.subject for found in selectors.followed_by(person)] == [subject]
    assert [unfollow(subject, by=person), unfollow(subject, by=person)] == [True, False]
    verbs = (
        AuditEntry.objects.filter(verb__startswith="subject.").order_by("id").values_list("verb", flat=True)
    )
    assert list(verbs) == ["subject.followed", "subject.unfollowed"]


def test_follow_of_a_hidden_subject_is_not_found_and_ending_one_is(subject: Subject) -> None:
    person = people.citizen()
    follow(subject, by=person)
    show_subject(subject, visible=False)
    with pytest.raises(NotVisible):
        follow(subject, by=people.citizen())
    assert unfollow(subject, by=person)
    assert not Follow.objects.exists()

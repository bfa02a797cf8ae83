"""What the domains call for their subjects: codes, unit, ballots, cases."""

import pytest

from rembuk.engagement import doors, rules
from rembuk.engagement.actions.cases import close_cases
from rembuk.engagement.actions.subjects import draw_codes, place_subject, set_ballots_open
from rembuk.engagement.models import Ballot, Case, Subject
from tests import people, scenes
from tests.engagement import talks

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> scenes.Regency:
    return scenes.regency()


@pytest.fixture
def subject(place: scenes.Regency) -> Subject:
    return talks.subject(place.works)


def test_codes_are_drawn_in_order_by_prefix_and_year() -> None:
    drawn = [
        draw_codes("USL", 2031),
        draw_codes("USL", 2031, 2),
        draw_codes("USL", 2032),
        draw_codes("PRG", 2031),
    ]
    assert drawn == [
        ["USL-2031-000001"],
        ["USL-2031-000002", "USL-2031-000003"],
        ["USL-2032-000001"],
        ["PRG-2031-0001"],
    ]


@pytest.mark.parametrize("is_open", [True, False])
def test_ballots_of_a_subject_open_and_close_together(subject: Subject, is_open: bool) -> None:
    talks.ballot(subject)
    talks.ballot(subject, Ballot.Kind.QUESTION)
    for wanted in (not is_open, is_open, is_open):
        set_ballots_open(subject, is_open=wanted)
    assert set(Ballot.objects.values_list("is_open", flat=True)) == {is_open}


def test_subject_handed_on_takes_its_open_cases_along(place: scenes.Regency, subject: Subject) -> None:
    case = talks.report(subject, people.citizen())
    place_subject(subject, unit=place.health)
    case.refresh_from_db()
    assert (Subject.objects.get().unit, case.unit) == (place.health, place.health)


def test_cases_closed_by_the_domain_keep_who_and_what(place: scenes.Regency, subject: Subject) -> None:
    case, by = talks.report(subject, people.citizen()), people.staff("moderator", place.root)
    kinds = [Case.Kind.REPORT, Case.Kind.APPEAL]
    assert [close_cases(subject, kinds, outcome="hide", by=by, at=talks.AT) for _ in range(2)] == [1, 0]
    case.refresh_from_db()
    assert (case.closed_by, case.closed_at, case.outcome) == (by, talks.AT, "hide")


def test_ballot_is_found_with_its_subject(subject: Subject) -> None:
    talks.ballot(subject)
    found = doors.ballot_of(doors.subject_for("proposal", subject.code))
    assert (found.subject, found.subject.unit) == (subject, subject.unit)


def test_case_about_a_comment_of_the_proposer_is_about_its_author(subject: Subject) -> None:
    comment = talks.comment(subject, people.citizen())
    assert rules.reported_author_id(talks.report(subject, people.citizen(), comment)) == comment.author_id
    assert rules.reported_author_id(talks.report(subject, people.citizen())) is None


def test_rule_for_a_report_about_oneself_denies_seeing_it(place: scenes.Regency) -> None:
    insider = people.staff("moderator", place.root)
    case = talks.report(talks.subject(place.works, insider), people.citizen())
    assert str(rules.may_see_case(case, insider)) == "This is about your own content."


def test_reporter_who_left_is_told_nothing(place: scenes.Regency, subject: Subject) -> None:
    from rembuk.engagement.actions.moderation import settle_report
    from rembuk.notifications.models import Notice

    case = talks.report(subject, people.citizen())
    subject.reports.update(reporter=None)
    settle_report(case, by=people.staff("moderator", place.root))
    assert not Notice.objects.exists()


@pytest.mark.parametrize(
    ("kind", "code", "shown_by"),
    [
        ("proposal", "USL-2026-000001", ("proposal", "USL-2026-000001")),
        ("program", "PRG-2026-0007", ("program", "PRG-2026-0007")),
        ("phase", "PRG-2026-0007-2", ("program", "PRG-2026-0007")),
        ("witness", "PRG-2026-0007-3f2a90bc11de", ("program", "PRG-2026-0007")),
        ("consultation", "UJP-2026-0003", ("consultation", "UJP-2026-0003")),
        ("clause", "UJP-2026-0003-B12", ("consultation", "UJP-2026-0003")),
        ("submission", "UJP-2026-0003-00001", ("consultation", "UJP-2026-0003")),
    ],
)
def test_subject_stands_on_the_pages_of_the_thing_whose_code_it_begins_with(
    kind: str, code: str, shown_by: tuple[str, str]
) -> None:
    assert Subject(kind=kind, code=code).shown_by == shown_by

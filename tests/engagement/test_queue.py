"""The queue shows exactly the cases whose rule allows it, overdue ones first, in a fixed number of queries."""

from datetime import timedelta

import pytest

from rembuk.common.errors import Denied
from rembuk.engagement import rules
from rembuk.engagement.actions.cases import open_case
from rembuk.engagement.models import Case
from rembuk.engagement.queue import QueueFilter, Waiting, of_subject, queue, waiting_counts
from tests import people, scenes
from tests.engagement import talks

pytestmark = pytest.mark.django_db

ROLES = ("administrator", "unit-admin", "moderator", "program-manager", "assessor", "auditor")


@pytest.fixture
def place() -> scenes.Regency:
    return scenes.regency()


def _cases(place: scenes.Regency) -> list[Case]:
    """A case of every kind in every unit, with and without an own approver; each a day later than the last."""
    made = []
    for number, (kind, unit) in enumerate(
        (k, u) for k in Case.Kind for u in (place.root, place.works, place.health, place.village)
    ):
        own = unit if unit == place.village and kind == Case.Kind.PROPOSAL else None
        comment = None
        subject = talks.subject(unit, people.citizen())
        if kind in rules.COMMENT_KINDS:
            comment = talks.comment(subject, people.citizen())
        due = talks.AT + timedelta(days=number)
        made.append(open_case(kind, subject, due_at=due, at=talks.AT, comment=comment, released_by_unit=own))
    return made


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("unit", ["root", "works", "village", "subdistrict"])
def test_queue_equals_the_rule_for_every_role_and_unit(place: scenes.Regency, role: str, unit: str) -> None:
    cases = _cases(place)
    by = people.staff(role, getattr(place, unit))
    allowed = [case.pk for case in cases if rules.may_see_case(case, by) is rules.ALLOWED]
    assert [case.pk for case in queue(by)] == allowed
    assert [case.pk for one in cases for case in of_subject(by, one.subject)] == allowed


def test_queue_villages_own_entry_is_decided_by_its_own_approver_only(place: scenes.Regency) -> None:
    case = next(case for case in _cases(place) if case.released_by_unit == place.village)
    who = {
        name: rules.may_see_case(case, people.staff("unit-admin", getattr(place, name))) is rules.ALLOWED
        for name in ("root", "subdistrict", "village")
    }
    assert who == {"root": False, "subdistrict": False, "village": True}


def test_queue_keeps_a_report_from_whom_it_is_about(place: scenes.Regency) -> None:
    insider = people.staff("moderator", place.root)
    about_subject = talks.report(talks.subject(place.works, insider), people.citizen())
    plain = talks.subject(place.works)
    about_comment = talks.report(plain, people.citizen(), talks.comment(plain, insider))
    assert list(queue(insider)) == []
    assert list(queue(people.staff("moderator", place.root))) == [about_subject, about_comment]


def test_queue_marks_what_a_colleague_has_to_decide(place: scenes.Regency) -> None:
    insider = people.staff("moderator", place.root)
    case = talks.report(talks.subject(place.works), insider)
    assert [(found.pk, found.is_barred) for found in queue(insider)] == [(case.pk, True)]
    assert isinstance(rules.may_decide_case(case, insider), Denied)
    assert waiting_counts(insider, talks.AT) == Waiting(0, 0, {})


def test_queue_filters_narrow_it(place: scenes.Regency) -> None:
    cases = _cases(place)
    by = people.staff("administrator", place.root)
    seen = set(queue(by))
    Case.objects.filter(pk=cases[0].pk).update(claimed_by=by)
    found = {
        "kind": set(queue(by, QueueFilter(kinds=("report",)))),
        "unit": set(queue(by, QueueFilter(unit=place.subdistrict))),
        "mine": set(queue(by, QueueFilter(claim="mine"))),
        "free": set(queue(by, QueueFilter(claim="free"))),
        "overdue": set(queue(by, QueueFilter(overdue_at=talks.AT + timedelta(days=2)))),
        "code": set(queue(by, QueueFilter(words=cases[1].subject.code.lower()))),
    }
    assert found == {
        "kind": {case for case in seen if case.kind == "report"},
        "unit": {case for case in seen if case.unit == place.village},
        "mine": {cases[0]},
        "free": seen - {cases[0]},
        "overdue": {case for case in seen if case.due_at < talks.AT + timedelta(days=2)},
        "code": {cases[1]},
    }


def test_waiting_counts_are_those_of_the_queue_in_one_query(
    place: scenes.Regency, django_assert_num_queries
) -> None:
    _cases(place)
    by = people.staff("moderator", place.works)
    seen = list(queue(by))
    at = talks.AT + timedelta(days=10)
    with django_assert_num_queries(1):
        counts = waiting_counts(by, at)
    assert (counts.total, counts.overdue) == (len(seen), sum(case.due_at < at for case in seen))
    assert sum(counts.by_kind.values()) == counts.total


@pytest.mark.parametrize("number", [1, 3])
def test_queue_takes_one_query_however_many_rows(
    place: scenes.Regency, number: int, django_assert_num_queries
) -> None:
    by = people.staff("moderator", place.root)
    for _ in range(number):
        subject = talks.subject(place.works)
        talks.report(subject, people.citizen(), talks.comment(subject, people.citizen()))
    list(queue(by))
    with django_assert_num_queries(1):
        rows = [
            (c.kind, c.subject_id, c.unit_id, c.comment_id, c.claimed_by_id, c.is_barred) for c in queue(by)
        ]
    assert len(rows) == number

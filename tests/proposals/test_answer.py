"""The official answer: its kinds, the second person after an objection, who may, and what it ends."""

from datetime import UTC, date, datetime

import pytest

from rembuk.audit.models import AuditEntry
from rembuk.common.errors import Denied, Invalid, WrongState
from rembuk.engagement.models import Case, Follow
from rembuk.notifications.models import Unreachable
from rembuk.proposals import worklists
from rembuk.proposals.actions import answer, edit
from rembuk.proposals.errors import ObjectionUsed
from rembuk.proposals.models import OfficialAnswer
from rembuk.proposals.states import State
from rembuk.workdays.clock import add_working_days
from tests import handling_scenes as handling
from tests import people, scenes
from tests.handling_scenes import WHY, because

pytestmark = pytest.mark.django_db
TUESDAY = datetime(2026, 11, 24, 3, tzinfo=UTC)


def test_decline_writes_answer_history_trail_and_tells_author_and_followers() -> None:
    place, author, follower = scenes.regency(), people.citizen(), people.citizen()
    found = handling.assessed(place, author)
    Follow.objects.create(subject=found.subject, person=follower, created_at=TUESDAY)
    by = people.staff("unit-admin", place.works)
    made = answer.decline_proposal(found, because=because("status-lahan"), by=by, at=TUESDAY)
    found.refresh_from_db()
    assert (found.state, found.explained_at) == (State.DECLINED, TUESDAY)
    assert (made.kind, made.unit, made.reason, made.reason_code.code) == (
        "declined",
        place.works,
        WHY,
        "status-lahan",
    )
    assert handling.trail(found)[0] == "proposal.declined"
    assert handling.told(author)[-1] == "proposal.answered"
    assert handling.told(follower) == ["proposal.answered_followed"]


def test_answer_ends_what_still_waits_for_a_telaah() -> None:
    place = scenes.regency()
    found = handling.referred(place, None, place.health)
    answer.decline_proposal(found, because=because(), by=people.staff("unit-admin", place.works))
    assert not found.dispositions.filter(closed_at=None).exists()
    assert not worklists.to_answer(people.staff("unit-admin", place.works)).exists()


def test_defer_keeps_year_and_day_of_return() -> None:
    place = scenes.regency()
    found = handling.referred(place)
    by = people.staff("unit-admin", place.works)
    answer.defer_proposal(found, year=2028, return_on=date(2027, 2, 1), because=because(), by=by, at=TUESDAY)
    found.refresh_from_db()
    assert (found.state, found.deferred_until_year, found.return_on) == (
        State.DEFERRED,
        2028,
        date(2027, 2, 1),
    )


@pytest.mark.parametrize(
    ("year", "day", "field"),
    [
        (2026, date(2026, 12, 1), "year"),
        (2099, date(2027, 1, 1), "year"),
        (2027, date(2026, 11, 24), "return_on"),
        (2027, date(2028, 1, 1), "return_on"),
    ],
)
def test_defer_to_a_time_that_does_not_lie_ahead_is_invalid(year: int, day: date, field: str) -> None:
    place = scenes.regency()
    found = handling.referred(place)
    by = people.staff("unit-admin", place.works)
    with pytest.raises(Invalid) as refusal:
        answer.defer_proposal(found, year=year, return_on=day, because=because(), by=by, at=TUESDAY)
    assert list(refusal.value.fields) == [field]


def test_forward_names_to_whom() -> None:
    place = scenes.regency()
    found = handling.referred(place)
    by = people.staff("unit-admin", place.works)
    answer.forward_proposal(found, to=" Balai Jalan  Nasional ", because=because("bukan-wewenang"), by=by)
    found.refresh_from_db()
    assert (found.state, found.forwarded_to) == (State.FORWARDED, "Balai Jalan Nasional")


def test_forward_to_nobody_is_invalid() -> None:
    place = scenes.regency()
    found = handling.referred(place)
    with pytest.raises(Invalid):
        answer.forward_proposal(found, to=" ", because=because(), by=people.staff("unit-admin", place.works))


@pytest.mark.parametrize(("code", "text"), [("anggaran", "x" * 19), ("iklan", WHY), ("", WHY)])
def test_answer_without_fitting_reason_or_20_characters_is_invalid(code: str, text: str) -> None:
    place = scenes.regency()
    found = handling.referred(place)
    why = because(code, text) if code else answer.Because(explanation=text)
    with pytest.raises(Invalid):
        answer.decline_proposal(found, because=why, by=people.staff("unit-admin", place.works))
    assert (handling.state_of(found), OfficialAnswer.objects.count()) == (State.REVIEWING, 0)


@pytest.mark.parametrize("who", ["assessor", "elsewhere", "author"])
def test_answer_by_the_wrong_person_is_denied(who: str) -> None:
    place = scenes.regency()
    author = people.staff("unit-admin", place.works)
    found = handling.referred(place, author)
    by = {
        "assessor": people.staff("assessor", place.works),
        "elsewhere": people.staff("unit-admin", place.health),
        "author": author,
    }[who]
    with pytest.raises(Denied):
        answer.decline_proposal(found, because=because(), by=by)


def test_answer_without_a_responsible_unit_is_denied() -> None:
    place = scenes.regency()
    with pytest.raises(Denied):
        answer.decline_proposal(
            scenes.published(place), because=because(), by=people.staff("unit-admin", place.root)
        )


def test_second_answer_is_a_wrong_state_that_names_the_office() -> None:
    place = scenes.regency()
    found = handling.declined(place)
    by = people.staff("unit-admin", place.works)
    with pytest.raises(WrongState, match="Dinas Pekerjaan Umum"):
        answer.forward_proposal(found, to="Provinsi", because=because(), by=by)


def test_objection_is_not_decided_by_who_answered_first() -> None:
    place = scenes.regency()
    first = people.staff("unit-admin", place.works)
    found = handling.objected(place, first)
    with pytest.raises(Denied):
        answer.decline_proposal(found, because=because(), by=first)
    assert (handling.state_of(found), handling.open_kinds(found)) == (State.REVIEWING, ["objection"])
    assert not worklists.to_answer(first).exists()


@pytest.mark.parametrize("confirms", [True, False])
def test_objection_is_decided_by_a_second_person(confirms: bool) -> None:
    place = scenes.regency()
    found = handling.objected(place, people.staff("unit-admin", place.works))
    second = people.staff("unit-admin", place.works)
    if confirms:
        answer.decline_proposal(found, because=because(), by=second)
    else:
        answer.forward_proposal(found, to="Provinsi", because=because(), by=second)
    assert handling.open_kinds(found) == []
    assert Case.objects.get(kind="objection").outcome == ("decline" if confirms else "forward")
    assert [row.kind for row in found.answers.all()] == ["declined" if confirms else "forwarded", "declined"]


def test_objection_confirmed_is_final() -> None:
    place = scenes.regency()
    found = handling.objected(place, people.staff("unit-admin", place.works))
    answer.decline_proposal(found, because=because(), by=people.staff("unit-admin", place.works))
    assert found.author is not None
    with pytest.raises(ObjectionUsed):
        edit.object_to_answer(found, by=found.author, text=WHY)


@pytest.mark.parametrize("problem", ["no account", "deleted", "no address", "refused mail"])
def test_answer_whose_author_cannot_be_reached_is_not_counted_as_explained(problem: str) -> None:
    place, author = scenes.regency(), people.citizen()
    found = handling.referred(place, author)
    if problem == "no account":
        type(found).objects.filter(pk=found.pk).update(author=None)
    if problem == "refused mail":
        Unreachable.objects.create(person_id=author.pk, since=TUESDAY, problem="550")
    author.deleted_at = TUESDAY if problem == "deleted" else None
    author.email = None if problem == "no address" else author.email
    author.save()
    answer.decline_proposal(found, because=because(), by=people.staff("unit-admin", place.works))
    found.refresh_from_db()
    assert (found.state, found.explained_at) == (State.DECLINED, None)


def test_resume_brings_it_back_to_the_unit_with_a_new_clock() -> None:
    place = scenes.regency()
    found = handling.deferred(place, date(2027, 2, 1), TUESDAY)
    later = datetime(2027, 2, 1, 1, tzinfo=UTC)
    answer.resume_proposal(found, at=later)
    found.refresh_from_db()
    due = add_working_days(later, 60)
    assert (found.state, found.return_on, found.answer_due_at) == (State.REVIEWING, None, due)
    assert [(row.due_at, row.closed_at) for row in found.dispositions.all()] == [(due, None)]
    assert AuditEntry.objects.filter(verb="proposal.resumed").get().actor_label == "system"


def test_resume_by_a_person_elsewhere_is_denied() -> None:
    place = scenes.regency()
    found = handling.deferred(place, date(2027, 2, 1), TUESDAY)
    with pytest.raises(Denied):
        answer.resume_proposal(found, by=people.staff("unit-admin", place.health))


def test_answer_that_fails_at_its_notice_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    place = scenes.regency()
    found = handling.referred(place)
    entries = AuditEntry.objects.count()

    def fail(*args: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("rembuk.proposals.notices.authors.proposal_answered", fail)
    with pytest.raises(RuntimeError):
        answer.decline_proposal(found, because=because(), by=people.staff("unit-admin", place.works))
    assert (handling.state_of(found), OfficialAnswer.objects.count()) == (State.REVIEWING, 0)
    assert AuditEntry.objects.count() == entries


def test_resume_of_one_that_no_unit_is_responsible_for_still_brings_it_back() -> None:
    place = scenes.regency()
    found = handling.deferred(place, date(2027, 2, 1), TUESDAY)
    found.dispositions.all().delete()
    answer.resume_proposal(found)
    assert handling.state_of(found) == State.REVIEWING

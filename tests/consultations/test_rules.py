"""Rules as tables: person x act, on a consultation of Dinas Pekerjaan Umum, a submission and a row of its matrix."""

import pytest

from rembuk.access import permissions as izin
from rembuk.common.clock import now
from rembuk.common.errors import Denied
from rembuk.consultations import rules
from rembuk.consultations.models import Consultation, MatrixRow, Objection
from tests import consultation_scenes as consultations
from tests import people, scenes

pytestmark = pytest.mark.django_db

_RUN = {"create", "edit", "publish", "conclude", "enter", "assign", "export"}
_ROW = {"answer", "approve", "publish_row", "object_decide"}
_ALL = _RUN | _ROW | {"moderate", "see_name", "take_part"}
# Who may do what; everybody here is a confirmed member and may take part.
TABLE = {
    "citizen": {"take_part"},
    "author": {"take_part", "author"},
    "manager of the unit": _ALL - {"see_name"},
    "manager of the instansi": _ALL - {"see_name"},
    "manager of another unit": {"take_part"},
    "manager of a unit below": {"take_part"},
    "head of the unit": _ALL,
    "moderator of the unit": {"take_part", "moderate"},
    "assessor of the unit": {"take_part", "answer", "assign", "object_decide"},
    "assessor of the unit in charge of the row": {"take_part", "answer", "object_decide"},
    "programme manager of the unit": {"take_part"},
    "auditor": {"take_part", "export"},
    "administrator": _ALL,
}


def _row(place: scenes.Regency, author: people.Person) -> MatrixRow:
    made = consultations.closed(place)
    consultations.sent(made, author)
    ((row,),) = consultations.rows_for(made)
    MatrixRow.objects.filter(pk=row.pk).update(unit=place.health)
    return MatrixRow.objects.select_related("submission", "consultation__unit", "unit").get(pk=row.pk)


def _cast(place: scenes.Regency, author: people.Person) -> dict[str, people.Person]:
    return {
        "citizen": people.citizen(),
        "author": author,
        "manager of the unit": people.staff("consultation-manager", place.works),
        "manager of the instansi": people.staff("consultation-manager", place.root),
        "manager of another unit": people.staff("consultation-manager", place.subdistrict),
        "manager of a unit below": people.staff("consultation-manager", place.roads),
        "head of the unit": people.staff("unit-admin", place.works),
        "moderator of the unit": people.staff("moderator", place.works),
        "assessor of the unit": people.staff("assessor", place.works),
        "assessor of the unit in charge of the row": people.staff("assessor", place.health),
        "programme manager of the unit": people.staff("program-manager", place.works),
        "auditor": people.staff("auditor", place.root),
        "administrator": people.staff("administrator", place.root),
    }


def _allowed(row: MatrixRow, by: people.Person) -> set[str]:
    consultation, submission = row.consultation, row.submission
    verdicts = {
        "create": rules.may_create(consultation.unit, by),
        "edit": rules.may_edit(consultation, by),
        "publish": rules.may_publish(consultation, by),
        "conclude": rules.may_step(consultation, izin.CONSULTATION_PUBLISH, by),
        "enter": rules.may_enter(consultation, by),
        "assign": rules.may_assign(consultation, by),
        "export": rules.may_export(consultation, by),
        "take_part": rules.may_take_part(consultation, by),
        "author": rules.is_author(submission, by),
        "moderate": rules.may_moderate(submission, by),
        "see_name": rules.may_see_name(submission, by),
        "answer": rules.may_answer(row, by),
        "approve": rules.may_approve(row, by),
        "publish_row": rules.may_publish_row(row, by),
        "object_decide": rules.may_decide_objection(Objection(submission=submission, row=row), by),
    }
    assert all(str(verdict) for verdict in verdicts.values() if isinstance(verdict, Denied))
    return {act for act, verdict in verdicts.items() if verdict.ok}


@pytest.mark.parametrize("who", TABLE)
def test_rules_allow_what_the_table_says(who: str) -> None:
    place, author = scenes.regency(), people.citizen()
    row = _row(place, author)
    assert _allowed(row, _cast(place, author)[who]) == TABLE[who]


@pytest.mark.parametrize("role", ["administrator", "unit-admin", "consultation-manager"])
def test_nobody_decides_on_the_own_submission_whatever_the_role(role: str) -> None:
    place = scenes.regency()
    author = people.staff(role, place.root)
    row = _row(place, author)
    assert _allowed(row, author) & (_ROW | {"moderate"}) == set()


def test_who_entered_a_submission_does_not_moderate_it() -> None:
    place = scenes.regency()
    officer = consultations.manager(place)
    entered = consultations.sent(consultations.opened(place), channel="letter", entered_by=officer)
    assert isinstance(rules.may_moderate(entered, officer), Denied)
    assert rules.may_moderate(entered, consultations.manager(place)).ok


def test_who_proposed_an_answer_does_not_approve_it() -> None:
    place = scenes.regency()
    first, second = consultations.manager(place), consultations.manager(place)
    row = _row(place, people.citizen())
    row.proposed_by = first
    assert isinstance(rules.may_approve(row, first), Denied)
    assert rules.may_approve(row, second).ok


@pytest.mark.parametrize("part", ["proposed_by", "approved_by", "published_by"])
def test_who_had_a_part_in_the_answer_does_not_decide_the_objection(part: str) -> None:
    place = scenes.regency()
    by = consultations.manager(place)
    row = _row(place, people.citizen())
    setattr(row, part, by)
    objection = Objection(submission=row.submission, row=row)
    assert isinstance(rules.may_decide_objection(objection, by), Denied)
    assert rules.may_decide_objection(objection, consultations.manager(place)).ok


def _handed_over(place: scenes.Regency, by: people.Person | None) -> Consultation:
    return consultations.draft(place, ready_by=by, ready_at=now() if by else None)


def test_announcing_needs_a_second_person_only_where_the_instansi_wants_one() -> None:
    place = scenes.regency()
    first, second = consultations.manager(place), consultations.manager(place)
    fresh, handed = _handed_over(place, None), _handed_over(place, first)
    assert rules.may_announce(fresh, first, needs_second=False).ok
    assert isinstance(rules.may_announce(fresh, first, needs_second=True), Denied)
    assert isinstance(rules.may_announce(handed, first, needs_second=True), Denied)
    assert rules.may_announce(handed, second, needs_second=True).ok
    assert isinstance(rules.may_announce(handed, people.citizen(), needs_second=True), Denied)


def test_suspended_and_unconfirmed_people_do_not_take_part() -> None:
    consultation = consultations.opened(scenes.regency())
    suspended, unconfirmed = people.citizen(), people.citizen()
    suspended.is_active = False
    unconfirmed.emailaddress_set.update(verified=False)
    assert isinstance(rules.may_take_part(consultation, suspended), Denied)
    assert isinstance(rules.may_take_part(consultation, unconfirmed), Denied)


def test_only_named_organisations_answer_where_they_were_named() -> None:
    consultation = consultations.opened(scenes.regency())
    consultations.invite(consultation, "Forum.Air@contoh.id")
    named, other = people.citizen(email="forum.air@contoh.id"), people.citizen()
    assert rules.may_take_part(consultation, named).ok
    assert isinstance(rules.may_take_part(consultation, other), Denied)

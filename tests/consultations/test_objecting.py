"""One objection by the author, within the days; a second person decides; no row moves."""

from datetime import timedelta

import pytest

from rembuk.common.errors import Denied, Invalid, WrongState
from rembuk.consultations.actions.objecting import LONGEST_TEXT, decide_objection, object_to_answer
from rembuk.consultations.errors import AlreadyDecided, ObjectionTooLate, ObjectionUsed
from rembuk.consultations.models import Objection
from rembuk.consultations.states import RowState
from rembuk.engagement.errors import DecidedByOneself
from rembuk.engagement.models import Case
from rembuk.notifications.models import Notice
from tests import matrix_scenes as scenes
from tests import people

pytestmark = pytest.mark.django_db
AT, LATER = scenes.AT, scenes.LATER
WORDS = "Alasan itu tidak menjawab usul saya tentang jam pasar."
WHY = "Jam pasar sudah ditimbang, lihat penjelasan Pasal 2."


def objected() -> tuple[scenes.Matrix, Objection]:
    found = scenes.matrix(1)
    scenes.published(found)
    (row,) = found.fresh()
    author = row.submission.author
    assert author is not None
    return found, object_to_answer(row, text=WORDS, by=author, at=LATER)


def told(person: object) -> list[str]:
    found = Notice.objects.filter(person_id=person.pk).order_by("pk")  # type: ignore[attr-defined]
    return list(found.values_list("event__kind", flat=True))


def test_objection_opens_a_case_that_bars_author_and_answerer() -> None:
    found, objection = objected()
    case = Case.objects.get(kind=Case.Kind.ANSWER_OBJECTION)
    author = objection.submission.author
    assert set(case.barred.all()) == {author, found.manager}
    assert case.subject == objection.submission.subject
    assert found.fresh()[0].state == RowState.PUBLISHED
    assert told(author) == ["submission.answered", "submission.objection_received"]


def test_second_objection_late_one_and_anothers_are_refused() -> None:
    __found, objection = objected()
    row, author = objection.row, objection.submission.author
    assert author is not None
    with pytest.raises(ObjectionUsed):
        object_to_answer(row, text=WORDS, by=author, at=LATER)
    objection.delete()
    with pytest.raises(ObjectionTooLate):
        object_to_answer(row, text=WORDS, by=author, at=AT + timedelta(days=14, seconds=1))
    with pytest.raises(Denied):
        object_to_answer(row, text=WORDS, by=people.citizen(), at=LATER)
    with pytest.raises(Invalid):
        object_to_answer(row, text="Salah.", by=author, at=LATER)


def test_objection_before_the_message_is_refused() -> None:
    found = scenes.matrix(1)
    scenes.proposed(found)
    author = found.rows[0].submission.author
    assert author is not None
    with pytest.raises(WrongState):
        object_to_answer(found.rows[0], text=WORDS, by=author, at=LATER)


def test_second_person_confirms_and_the_author_is_told() -> None:
    found, objection = objected()
    second = people.staff("consultation-manager", found.place.works)
    decide_objection(objection, explanation=WHY, by=second, at=LATER)
    objection.refresh_from_db()
    assert (objection.outcome, objection.verdict, objection.office) == ("confirmed", "", found.place.works)
    assert told(objection.submission.author)[-1] == "submission.objection_confirmed"
    assert Case.objects.get(kind=Case.Kind.ANSWER_OBJECTION).outcome == "confirmed"


def test_new_answer_stands_beside_the_old_one() -> None:
    found, objection = objected()
    second = people.staff("consultation-manager", found.place.works)
    decide_objection(objection, verdict="accepted", explanation=WHY, by=second, at=LATER)
    objection.refresh_from_db()
    row = found.fresh()[0]
    assert (objection.outcome, objection.verdict, objection.decided_at) == ("new_answer", "accepted", LATER)
    assert (row.state, row.verdict, row.reason) == (RowState.PUBLISHED, "partly", scenes.REASON)
    with pytest.raises(DecidedByOneself):
        decide_objection(objection, explanation=WHY, by=second, at=LATER)
    third = people.staff("consultation-manager", found.place.works, "Rina Hartati")
    with pytest.raises(AlreadyDecided):
        decide_objection(objection, explanation=WHY, by=third, at=LATER)


def test_who_had_a_part_in_the_answer_does_not_decide() -> None:
    found, objection = objected()
    with pytest.raises(Denied):
        decide_objection(objection, explanation=WHY, by=found.manager, at=LATER)
    assert Objection.objects.get().decided_at is None


def test_objection_longer_than_fits_is_refused_and_stays_unused() -> None:
    found = scenes.matrix(1)
    scenes.published(found)
    (row,) = found.fresh()
    author = row.submission.author
    assert author is not None
    with pytest.raises(Invalid) as refusal:
        object_to_answer(row, text="a" * (LONGEST_TEXT + 1), by=author, at=LATER)
    assert refusal.value.fields == {"text": ["Paling banyak 3000 karakter."]}
    assert object_to_answer(row, text=WORDS, by=author, at=LATER).text == WORDS


def test_new_answer_with_an_unknown_verdict_is_refused_and_decides_nothing() -> None:
    found, objection = objected()
    second = people.staff("consultation-manager", found.place.works)
    with pytest.raises(Invalid) as refusal:
        decide_objection(objection, verdict="mungkin", explanation=WHY, by=second, at=LATER)
    assert list(refusal.value.fields) == ["verdict"]
    objection.refresh_from_db()
    assert (objection.decided_at, objection.outcome) == (None, "")
    assert Case.objects.get(kind=Case.Kind.ANSWER_OBJECTION).closed_at is None

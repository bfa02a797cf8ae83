"""Acts on rows that are refused whole: the reason each time, and nothing written; drafts of answers."""

from collections.abc import Callable

import pytest

from rembuk.audit.models import AuditEntry
from rembuk.common.errors import Denied, Invalid, WrongState
from rembuk.consultations.actions.answering.assigning import Assignment, assign_rows
from rembuk.consultations.actions.answering.deciding import approve_answer, propose_answer, return_answer
from rembuk.consultations.actions.answering.drafting import (
    LONGEST_CHANGE,
    LONGEST_REASON,
    AnswerText,
    save_draft,
)
from rembuk.consultations.actions.answering.publishing import publish_answers
from rembuk.consultations.errors import AlreadyDecided
from rembuk.consultations.matrix.marks import answer_mark
from rembuk.consultations.models import MatrixRow, RowChange
from rembuk.consultations.states import RowState
from rembuk.notifications.models import Notice
from tests import consultation_scenes as consultations
from tests import matrix_scenes as scenes
from tests import people

pytestmark = pytest.mark.django_db
AT, LATER = scenes.AT, scenes.LATER
NOTE = "Sebutkan pasalnya."


def second_person(found: scenes.Matrix) -> people.Person:
    """A colleague of the manager."""
    return people.staff("consultation-manager", found.place.works, "Rudi Hartono")


def traces() -> tuple[int, int]:
    """Audit entries about rows and lines of their history."""
    return AuditEntry.objects.filter(target_kind="matrix_row").count(), RowChange.objects.count()


def test_no_rows_and_rows_of_two_consultations_are_refused() -> None:
    found, other = scenes.matrix(1), scenes.matrix(1)
    for rows in ([], [*found.rows, *other.rows]):
        with pytest.raises(Invalid, match="paling sedikit satu baris"):
            propose_answer(rows, answer=scenes.text(), by=found.manager, at=AT)
    assert traces() == (0, 0)


def test_published_answer_is_not_proposed_anew_and_names_who_published_it() -> None:
    found = scenes.matrix(1)
    scenes.published(found)
    row = found.fresh()[0]
    with pytest.raises(AlreadyDecided, match=r"Dewi Anggraini.*Ditanggapi"):
        propose_answer(
            [row], answer=scenes.text("rejected"), by=second_person(found), seen=answer_mark(row), at=LATER
        )
    assert found.fresh()[0].verdict == "partly"


def test_row_nobody_touched_says_its_state_and_names_nobody() -> None:
    found = scenes.matrix(1)
    with pytest.raises(WrongState, match="Belum ditanggapi") as refusal:
        return_answer(found.rows, note=NOTE, by=found.manager, at=AT)
    assert not isinstance(refusal.value, AlreadyDecided)
    assert traces() == (0, 0)


def test_return_without_a_note_is_refused_at_the_field() -> None:
    found = scenes.matrix(1)
    scenes.proposed(found)
    with pytest.raises(Invalid) as refusal:
        return_answer(found.rows, note=" \n ", by=second_person(found), at=LATER)
    assert list(refusal.value.fields) == ["note"]
    assert found.fresh()[0].returned_at is None


type Act = Callable[[list[MatrixRow], people.Person], object]


@pytest.mark.parametrize(
    ("act", "why"),
    [
        (
            lambda rows, by: propose_answer(rows, answer=scenes.text("already"), by=by, at=LATER),
            "Ditanggapi",
        ),
        (lambda rows, by: return_answer(rows, note=NOTE, by=by, at=LATER), "Ditanggapi"),
        (lambda rows, by: approve_answer(rows, by=by, at=LATER), "Ditanggapi"),
        (lambda rows, by: publish_answers(rows, by=by, at=LATER), "Ditanggapi"),
        (
            lambda rows, by: assign_rows(rows, to=Assignment(to_nobody=True), by=by, at=LATER),
            "Ditanggapi",
        ),
    ],
    ids=["propose", "return", "approve", "publish", "assign"],
)
def test_several_published_rows_are_all_refused_and_nothing_is_written(act: Act, why: str) -> None:
    found = scenes.matrix(2, needs_second_person=True)
    scenes.published(found)
    before, notices = traces(), Notice.objects.count()
    done = act(found.fresh(), second_person(found))
    assert done.rows == []  # type: ignore[attr-defined]
    refused = [(row.pk, why in reason) for row, reason in done.refused]  # type: ignore[attr-defined]
    assert refused == [(row.pk, True) for row in found.rows]
    assert (traces(), Notice.objects.count()) == (before, notices)
    assert {(row.state, row.verdict) for row in found.fresh()} == {(RowState.PUBLISHED, "partly")}


def test_row_is_placed_at_a_clause_of_its_text_and_at_none_of_another() -> None:
    found = scenes.matrix(1)
    version = consultations.with_text(found.consultation, at=AT)
    clause = version.texts.get(full_label="Pasal 2 ayat (1)").clause
    elsewhere = consultations.with_text(consultations.closed(found.place, at=AT), at=AT).texts.first().clause
    with pytest.raises(Invalid) as refusal:
        assign_rows(found.rows, to=Assignment(clause=elsewhere), by=found.manager, at=AT)
    assert list(refusal.value.fields) == ["clause"]
    assign_rows(found.rows, to=Assignment(clause=clause), by=found.manager, at=AT)
    assert found.fresh()[0].clause == clause
    assert AuditEntry.objects.get(verb="row.assigned").after == {"clause": 4}
    assert not Notice.objects.filter(event__kind__startswith="row.").exists()


def test_draft_of_an_answer_is_kept_while_the_row_is_open() -> None:
    found = scenes.matrix(1)
    save_draft(found.rows[0], answer=AnswerText(reason="Masih"), by=found.manager, at=AT)
    row = found.fresh()[0]
    assert (row.state, row.verdict, row.reason) == (RowState.OPEN, "", "Masih")
    entry = AuditEntry.objects.get(verb="row.draft_saved")
    assert (entry.actor_person_id, entry.target_key) == (found.manager.pk, f"{row.submission.code}#1")


def test_draft_over_what_a_colleague_wrote_or_on_a_proposed_row_is_refused() -> None:
    found = scenes.matrix(1)
    seen = answer_mark(found.rows[0])
    save_draft(found.rows[0], answer=scenes.text("rejected"), by=second_person(found), seen=seen, at=AT)
    with pytest.raises(AlreadyDecided, match="Rudi Hartono"):
        save_draft(found.rows[0], answer=scenes.text("already"), by=found.manager, seen=seen, at=LATER)
    assert found.fresh()[0].verdict == "rejected"
    scenes.proposed(found)
    with pytest.raises(AlreadyDecided, match="Dewi Anggraini"):
        save_draft(found.rows[0], answer=scenes.text("already"), by=found.manager, at=LATER)
    assert found.fresh()[0].verdict == "partly"


def test_draft_from_elsewhere_and_by_the_author_is_denied() -> None:
    found = scenes.matrix(1)
    author = found.rows[0].submission.author
    assert author is not None
    people.grant(author, "consultation-manager", found.place.works)
    for by in (author, people.staff("consultation-manager", found.place.health)):
        with pytest.raises(Denied):
            save_draft(found.rows[0], answer=scenes.text(), by=by, at=AT)
    assert traces() == (0, 0)


@pytest.mark.parametrize(
    ("answer", "field"),
    [
        (AnswerText(verdict="mungkin"), "verdict"),
        (AnswerText(reason="a" * (LONGEST_REASON + 1)), "reason"),
        (AnswerText(change="a" * (LONGEST_CHANGE + 1)), "change"),
    ],
)
def test_draft_with_a_fault_is_refused_at_the_field(answer: AnswerText, field: str) -> None:
    found = scenes.matrix(1)
    with pytest.raises(Invalid) as refusal:
        save_draft(found.rows[0], answer=answer, by=found.manager, at=AT)
    assert list(refusal.value.fields) == [field]
    assert traces() == (0, 0)


def test_changed_clause_has_to_stand_in_a_published_version_of_this_text() -> None:
    found = scenes.matrix(1)
    first = consultations.with_text(found.consultation, at=AT)
    second = consultations.second_version(found.consultation, at=AT)
    gone = first.texts.get(clause__number=5).clause
    stays = first.texts.get(clause__number=4).clause
    other = consultations.with_text(consultations.closed(found.place, at=AT), at=AT)
    unpublished = found.consultation.versions.create(number=3, created_at=AT)
    for clause, version in ((gone, second), (stays, None), (stays, unpublished), (stays, other)):
        with pytest.raises(Invalid) as refusal:
            save_draft(
                found.rows[0], answer=AnswerText(clause=clause, version=version), by=found.manager, at=AT
            )
        assert list(refusal.value.fields) == ["changed"]
    save_draft(found.rows[0], answer=AnswerText(clause=stays, version=second), by=found.manager, at=AT)
    row = found.fresh()[0]
    assert (row.changed_clause, row.changed_version) == (stays, second)

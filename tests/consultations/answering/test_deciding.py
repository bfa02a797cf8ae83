"""Proposing, returning and approving answers: the row, its history, the trail, the refusals."""

import pytest

from rembuk.audit.models import AuditEntry
from rembuk.common.errors import Denied, Invalid, WrongState
from rembuk.consultations.actions.answering.deciding import approve_answer, propose_answer, return_answer
from rembuk.consultations.errors import AlreadyDecided
from rembuk.consultations.matrix.marks import answer_mark
from rembuk.consultations.models import RowChange
from rembuk.consultations.states import RowState
from rembuk.notifications.models import Notice
from tests import consultation_scenes as consultations
from tests import matrix_scenes as scenes
from tests import people

pytestmark = pytest.mark.django_db
AT, LATER = scenes.AT, scenes.LATER


def test_propose_keeps_answer_office_history_and_trail() -> None:
    found = scenes.matrix(1)
    (row,) = propose_answer(found.rows, answer=scenes.text("rejected"), by=found.manager, at=AT).rows
    row.refresh_from_db()
    assert (row.state, row.verdict, row.reason) == (RowState.PROPOSED, "rejected", scenes.REASON)
    assert (row.office, row.proposed_by, row.proposed_at) == (found.place.works, found.manager, AT)
    assert list(RowChange.objects.values_list("deed", "verdict", "by")) == [
        ("propose", "rejected", found.manager.pk)
    ]
    entry = AuditEntry.objects.get(verb="row.proposed")
    assert entry.target_key == f"{row.submission.code}#1"
    assert (entry.before, entry.after) == ({"state": "open"}, {"state": "proposed", "verdict": "rejected"})


@pytest.mark.parametrize(
    ("answer", "field"),
    [
        (scenes.text(""), "verdict"),
        (scenes.text(reason="Terlalu pendek."), "reason"),
        (scenes.text("ya"), "verdict"),
    ],
)
def test_propose_without_verdict_or_reason_is_refused_at_the_field(answer: object, field: str) -> None:
    found = scenes.matrix(1)
    with pytest.raises(Invalid) as refusal:
        propose_answer(found.rows, answer=answer, by=found.manager, at=AT)  # type: ignore[arg-type]
    assert list(refusal.value.fields) == [field]
    assert found.fresh()[0].state == RowState.OPEN


def test_propose_after_a_colleague_is_refused_with_who_and_when() -> None:
    found = scenes.matrix(1)
    seen = answer_mark(found.rows[0])
    scenes.proposed(found)
    other = people.staff("consultation-manager", found.place.works)
    with pytest.raises(AlreadyDecided, match=r"Dewi Anggraini.*24 Nov 2026 10\.00"):
        propose_answer(found.rows, answer=scenes.text("already"), by=other, seen=seen, at=LATER)
    assert found.fresh()[0].verdict == "partly"


def test_propose_anew_replaces_the_answer_for_whoever_has_seen_it() -> None:
    found = scenes.matrix(1)
    scenes.proposed(found)
    seen = answer_mark(found.fresh()[0])
    propose_answer(found.rows, answer=scenes.text("already"), by=found.manager, seen=seen, at=LATER)
    assert found.fresh()[0].verdict == "already"


def test_propose_by_the_author_or_from_elsewhere_is_denied() -> None:
    found = scenes.matrix(1)
    author = found.rows[0].submission.author
    assert author is not None
    people.grant(author, "consultation-manager", found.place.works)
    elsewhere = people.staff("consultation-manager", found.place.health)
    for person in (author, elsewhere):
        with pytest.raises(Denied):
            scenes.proposed(found, by=person)


def test_unit_in_charge_answers_its_rows_under_its_own_name() -> None:
    found = scenes.matrix(1)
    found.consultation.rows.update(unit=found.place.health)
    assessor = people.staff("assessor", found.place.health)
    scenes.proposed(found, by=assessor)
    assert found.fresh()[0].office == found.place.health


def test_propose_many_skips_standing_answers_and_reports_them() -> None:
    found = scenes.matrix(3)
    scenes.proposed(found, found.rows[0])
    done = propose_answer(found.rows, answer=scenes.text("already"), by=found.manager, at=LATER)
    assert [row.pk for row in done.rows] == [row.pk for row in found.rows[1:]]
    assert [row.pk for row, _why in done.refused] == [found.rows[0].pk]
    bulks = AuditEntry.objects.filter(verb="row.proposed", at=LATER).values_list("bulk", flat=True)
    assert len(bulks) == 2
    assert len(set(bulks)) == 1


def test_return_keeps_the_note_and_tells_the_proposer() -> None:
    found = scenes.matrix(2)
    scenes.proposed(found)
    second = people.staff("consultation-manager", found.place.works)
    return_answer(found.rows, note="Sebutkan pasalnya.", by=second, at=LATER)
    row = found.fresh()[0]
    assert (row.state, row.returned_note, row.returned_by) == (
        RowState.PROPOSED,
        "Sebutkan pasalnya.",
        second,
    )
    notice = Notice.objects.select_related("event").get(person_id=found.manager.pk)
    assert (notice.event.kind, notice.event.params["n"]) == ("row.returned", 2)
    scenes.proposed(found, row, at=LATER)
    row.refresh_from_db()
    assert (row.returned_note, row.returned_at) == ("", None)


def test_approve_by_a_second_person_moves_it_and_by_the_proposer_is_denied() -> None:
    found = scenes.matrix(1, needs_second_person=True)
    scenes.proposed(found)
    with pytest.raises(Denied):
        approve_answer(found.rows, by=found.manager, at=LATER)
    second = people.staff("consultation-manager", found.place.works)
    approve_answer(found.rows, by=second, at=LATER)
    row = found.fresh()[0]
    assert (row.state, row.approved_by) == (RowState.APPROVED, second)


def test_approve_without_the_setting_or_of_a_returned_answer_is_refused() -> None:
    second_found = scenes.matrix(1, needs_second_person=True)
    scenes.proposed(second_found)
    second = people.staff("consultation-manager", second_found.place.works)
    return_answer(second_found.rows, note="Sebutkan pasalnya.", by=second, at=LATER)
    with pytest.raises(WrongState):
        approve_answer(second_found.rows, by=second, at=LATER)
    plain = scenes.matrix(1)
    scenes.proposed(plain)
    with pytest.raises(WrongState):
        approve_answer(plain.rows, by=people.staff("consultation-manager", plain.place.works), at=LATER)


def test_rows_of_a_concluded_consultation_stay_as_they_are() -> None:
    made = consultations.concluded(scenes.matrix(0).place, at=AT)
    manager = people.staff("administrator", made.unit)
    with pytest.raises(WrongState):
        propose_answer(list(made.rows.all())[:1], answer=scenes.text(), by=manager, at=LATER)


@pytest.mark.parametrize("number", [3, 6])
def test_propose_many_takes_the_same_number_of_statements(
    number: int, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    found = scenes.matrix(number)
    with django_assert_num_queries(12):  # type: ignore[operator]
        propose_answer(found.rows, answer=scenes.text(), by=found.manager, at=AT)

"""Correcting what an office entered: versions, reasons, who may, until when, and the rows that follow."""

import uuid
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from rembuk.accounts.models import Person
from rembuk.audit.models import AuditEntry
from rembuk.common.errors import Denied, Invalid, WrongState
from rembuk.consultations import rules
from rembuk.consultations.actions.answering import cutting, deciding
from rembuk.consultations.actions.enter import Entry, enter_submission
from rembuk.consultations.actions.grouping.editing import confirm_group, create_group
from rembuk.consultations.actions.rows import make_rows, points_of
from rembuk.consultations.actions.taking.correcting import correct_entry, is_correctable
from rembuk.consultations.choices import Channel, ParticipantKind, QuestionKind, RowSource
from rembuk.consultations.content import AnswerContent, Content, RemarkContent
from rembuk.consultations.models import Consultation, MatrixGroup, MatrixRow, Submission
from rembuk.consultations.states import RowState
from rembuk.engagement.models import Case
from rembuk.notifications.models import Notice
from rembuk.siteconfig.actions import change_settings
from tests import consultation_scenes as consultations
from tests import matrix_scenes, people, scenes
from tests.consultations.test_enter import people_actor

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
DAY = date(2026, 11, 21)
WHY = "Nama jalan keliru dibaca dari surat tulisan tangan."


def entry(content: Content | None = None, **fields: Any) -> Entry:
    """A letter that came three days ago; ``fields`` replace values."""
    values: dict[str, Any] = {
        "key": uuid.uuid4(),
        "content": content or consultations.content(),
        "on_behalf_of": "Slamet Riyadi",
        "channel": Channel.LETTER,
        "received_on": DAY,
    }
    return Entry(**{**values, **fields})


def entered(place: scenes.Regency, *, is_closed: bool = False, **said: Any) -> tuple[Submission, Person]:
    """An entry with words on the whole, on a clause and to a question, and who entered it."""
    made = (consultations.closed if is_closed else consultations.opened)(place, at=NOON)
    version = consultations.with_text(made, at=NOON - timedelta(days=20))
    asked = consultations.with_questions(made)
    content = consultations.full_content(version)
    text = next(question for question in asked if question.kind == QuestionKind.LONG)
    content = replace(content, answers={text.number: AnswerContent(text="Tambah bak sampah.")}, **said)
    by = consultations.manager(place)
    return enter_submission(made, entry(content), by=by, at=NOON), by


def said_by(found: Submission) -> Content:
    """What was last kept of it."""
    return Content.from_json(found.versions.order_by("-number")[0].content)


def corrected(found: Submission, by: Person, content: Content | None = None, **fields: Any) -> Submission:
    """The same entry with these words or this head."""
    given = {"reason": WHY, **{name: fields.pop(name) for name in ("reason",) if name in fields}}
    return correct_entry(
        found, entry(content or said_by(found), **fields), by=by, at=NOON + timedelta(hours=1), **given
    )


def rows_of(found: Submission) -> dict[str, MatrixRow]:
    """Its rows by where they came from."""
    return {str(row.source): row for row in found.rows.order_by("-number")}


def test_correction_makes_a_version_with_reason_and_keeps_the_one_before() -> None:
    found, by = entered(scenes.regency())
    colleague = by
    made = corrected(found, colleague, replace(said_by(found), reason="Jalan Kenanga rusak."))
    first, second = made.versions.all()
    assert (made.version, made.reason, made.corrected_by) == (2, "Jalan Kenanga rusak.", by)
    assert (first.reason, first.by, second.reason, second.by) == ("", None, WHY, by)
    assert first.content["reason"] != second.content["reason"]
    trail = AuditEntry.objects.get(verb="submission.corrected")
    assert (trail.target_key, trail.reason) == (found.code, WHY)
    assert trail.after == {"version": 2, "fields": ["reason"]}


def test_correction_of_the_head_is_kept_with_the_version() -> None:
    found, by = entered(scenes.regency())
    made = corrected(found, by, on_behalf_of="Slamet Raharjo", channel=Channel.VISIT)
    first, second = made.versions.all()
    assert (made.on_behalf_of, made.channel) == ("Slamet Raharjo", "visit")
    assert (first.head["on_behalf_of"], second.head["on_behalf_of"]) == ("Slamet Riyadi", "Slamet Raharjo")
    assert AuditEntry.objects.get(verb="submission.corrected").after == {
        "version": 2,
        "fields": ["on_behalf_of", "channel"],
    }


def test_correction_without_a_change_or_a_reason_is_refused() -> None:
    found, by = entered(scenes.regency())
    with pytest.raises(Invalid):
        corrected(found, by)
    with pytest.raises(Invalid) as fault:
        corrected(found, by, on_behalf_of="Lain", reason="Salah.")
    assert list(fault.value.fields) == ["why"]
    found.refresh_from_db()
    assert (found.version, found.on_behalf_of, found.corrected_at) == (1, "Slamet Riyadi", None)


def test_correction_is_checked_as_an_entry_is() -> None:
    found, by = entered(scenes.regency())
    with pytest.raises(Invalid) as fault:
        corrected(found, by, on_behalf_of=" ", received_on=date(2026, 12, 30))
    assert sorted(fault.value.fields) == ["on_behalf_of", "received_on"]


def test_remark_that_says_the_same_keeps_its_version_of_the_text() -> None:
    found, by = entered(scenes.regency())
    before = said_by(found)
    consultations.second_version(found.consultation, at=NOON)
    newer = {number: replace(remark, version=2) for number, remark in before.remarks.items()}
    made = corrected(found, by, replace(before, remarks=newer, reason="Jalan Kenanga rusak."))
    assert said_by(made).remarks == before.remarks
    (number,) = newer
    other = {number: replace(newer[number], comment="Lain sama sekali.")}
    assert said_by(corrected(made, by, replace(before, remarks=other))).remarks[number].version == 2


def test_correction_is_for_who_may_enter_there() -> None:
    place = scenes.regency()
    found, _by = entered(place)
    for person in (people.staff("moderator", place.root), people.staff("consultation-manager", place.health)):
        with pytest.raises(Denied):
            corrected(found, person, on_behalf_of="Lain")


def test_entry_behind_a_hidden_name_is_corrected_by_its_enterer_and_who_may_see_the_name() -> None:
    place = scenes.regency()
    found, by = entered(place, is_name_masked=True)
    colleague, above = consultations.manager(place), people.staff("unit-admin", place.works)
    assert [rules.may_correct(found, person).ok for person in (by, colleague, above)] == [True, False, True]
    with pytest.raises(Denied):
        corrected(found, colleague, on_behalf_of="Lain")


def test_what_its_author_sent_is_not_corrected_by_an_office() -> None:
    place = scenes.regency()
    found = consultations.sent(consultations.opened(place, at=NOON), at=NOON)
    assert not is_correctable(found)
    with pytest.raises(WrongState):
        corrected(found, consultations.manager(place), on_behalf_of="Lain")


def test_correction_is_read_again_by_somebody_else_where_the_instansi_moderates() -> None:
    place = scenes.regency()
    found, by = entered(place)
    change_settings({"submission_moderation": "before"}, by=people_actor(place))
    colleague = people.staff("consultation-manager", place.works, "Rahmat Hidayat")
    made = corrected(found, colleague, on_behalf_of="Slamet Raharjo")
    case = Case.objects.get(subject=made.subject)
    assert made.is_rechecking
    assert set(case.barred.all()) == {by, colleague}
    assert [rules.may_moderate(made, person).ok for person in (by, colleague)] == [False, False]
    assert rules.may_moderate(made, people.staff("moderator", place.root)).ok


def test_points_are_those_the_rows_were_made_of() -> None:
    found, _by = entered(scenes.regency(), is_closed=True)
    rows = found.rows.order_by("number")
    made = [(row.source, row.remark_id, row.question_id, row.clause_id, row.text) for row in rows]
    assert [row[0] for row in made] == ["overall", "remark", "answer"]
    assert [tuple(point) for point in points_of(found)] == made


def test_rows_follow_the_words_and_those_that_say_the_same_are_left_alone() -> None:
    found, by = entered(scenes.regency(), is_closed=True)
    before = rows_of(found)
    made = corrected(found, by, replace(said_by(found), reason="Jalan Kenanga rusak."))
    after = rows_of(made)
    assert {name: row.pk for name, row in after.items()} == {name: row.pk for name, row in before.items()}
    assert after["overall"].text == "Jalan Kenanga rusak."
    assert (after["remark"].text, after["remark"].remark) == (before["remark"].text, made.remarks.get())
    assert list(after["overall"].changes.values_list("deed", "note")) == [("corrected", WHY)]
    assert not after["remark"].changes.exists()


def test_row_placed_at_another_clause_follows_its_own_remark() -> None:
    found, by = entered(scenes.regency(), is_closed=True)
    other = found.consultation.clauses.order_by("number").last()
    found.rows.filter(source="remark").update(clause=other)
    said = said_by(found)
    (number,) = said.remarks
    remark = replace(said.remarks[number], comment="Tiga kali seminggu.", suggestion="", quote="")
    row = rows_of(corrected(found, by, replace(said, remarks={number: remark})))["remark"]
    assert (row.text, row.clause) == ("Tiga kali seminggu.", other)


def test_point_that_is_gone_takes_its_row_along_and_a_new_one_gets_one() -> None:
    found, by = entered(scenes.regency(), is_closed=True)
    said = said_by(found)
    (number,) = said.remarks
    remarks = {number + 1: RemarkContent(version=1, comment="Butir lain.")}
    made = corrected(found, by, replace(said, remarks=remarks, reason=""))
    rows = [(row.number, row.source, row.text) for row in made.rows.order_by("number")]
    assert rows == [(3, "answer", "Tambah bak sampah."), (4, "remark", "Butir lain.")]
    assert made.rows.get(number=4).unit == found.consultation.unit


def test_proposed_answer_to_words_that_change_goes_back_with_the_reason() -> None:
    found, by = entered(scenes.regency(), is_closed=True)
    proposer = people.staff("consultation-manager", found.consultation.unit, "Rahmat Hidayat")
    deciding.propose_answer(list(found.rows.all()), answer=matrix_scenes.text(), by=proposer, at=NOON)
    made = corrected(found, by, replace(said_by(found), reason="Jalan Kenanga rusak."))
    rows = rows_of(made)
    assert (rows["overall"].state, rows["overall"].returned_by) == (RowState.PROPOSED, by)
    assert WHY in rows["overall"].returned_note
    assert rows["remark"].returned_at is None
    told = Notice.objects.filter(person_id=proposer.pk, event__kind="row.returned")
    assert [notice.event.params["n"] for notice in told.select_related("event")] == [1]


@pytest.mark.parametrize("state", [RowState.APPROVED, RowState.PROPOSED])
def test_answered_words_are_not_taken_away(state: RowState) -> None:
    found, by = entered(scenes.regency(), is_closed=True)
    found.rows.filter(source="overall").update(state=state, verdict="partly", reason=WHY)
    with pytest.raises(WrongState):
        corrected(found, by, replace(said_by(found), reason=""))
    found.refresh_from_db()
    assert (found.version, found.rows.count(), found.corrected_at) == (1, 3, None)


def test_words_under_an_approved_answer_do_not_change_and_others_do() -> None:
    found, by = entered(scenes.regency(), is_closed=True)
    found.rows.filter(source="overall").update(state=RowState.APPROVED, verdict="partly", reason=WHY)
    said = said_by(found)
    with pytest.raises(WrongState, match="1"):
        corrected(found, by, replace(said, reason="Jalan Kenanga rusak."))
    (number,) = said.remarks
    remark = replace(said.remarks[number], comment="Tiga kali seminggu.")
    assert (
        "Tiga kali" in rows_of(corrected(found, by, replace(said, remarks={number: remark})))["remark"].text
    )


def test_cut_words_change_once_the_cut_is_taken_back() -> None:
    found, by = entered(scenes.regency(), is_closed=True, reason="Jalan rusak. Lampu mati.")
    row = rows_of(found)["overall"]
    (cut,) = cutting.cut_row(row, points=["Jalan rusak.", "Lampu mati."], by=by, at=NOON)
    said = replace(said_by(found), reason="Jalan rusak. Lampu padam.")
    with pytest.raises(WrongState):
        corrected(found, by, said)
    cutting.join_row(cut, by=by, at=NOON)
    assert rows_of(corrected(found, by, said))["overall"].text == "Jalan rusak. Lampu padam."


def test_published_answer_ends_the_time_for_corrections() -> None:
    found, by = entered(scenes.regency(), is_closed=True)
    found.rows.filter(source="overall").update(state=RowState.PUBLISHED, verdict="partly", reason=WHY)
    assert not is_correctable(found)
    with pytest.raises(WrongState):
        corrected(found, by, on_behalf_of="Lain")


def test_concluded_consultation_takes_no_correction() -> None:
    found, by = entered(scenes.regency(), is_closed=True)
    Consultation.objects.filter(pk=found.consultation_id).update(state="concluded", result_published_at=NOON)
    with pytest.raises(WrongState):
        corrected(found, by, on_behalf_of="Lain")


def test_row_that_says_something_else_leaves_its_group() -> None:
    found, by = entered(scenes.regency(), is_closed=True)
    made = found.consultation
    second = enter_submission(made, entry(), by=by, at=NOON)
    group = create_group([rows_of(found)["overall"], second.rows.get()], by=by, at=NOON)
    confirm_group(group, list(group.rows.all()), by=by, at=NOON)
    corrected(found, by, replace(said_by(found), reason="Jalan Kenanga rusak."))
    assert not MatrixGroup.objects.exists()
    assert MatrixRow.objects.filter(group__isnull=False).count() == 0


def test_name_of_a_group_is_corrected_where_it_is_kept() -> None:
    place = scenes.regency()
    made, by = consultations.opened(place, at=NOON), consultations.manager(place)
    group = consultations.content(participant_kind=ParticipantKind.GROUP)
    found = enter_submission(made, entry(group, on_behalf_of="PKK Mekarsri"), by=by, at=NOON)
    fixed = corrected(found, by, on_behalf_of="PKK Mekarsari")
    assert (fixed.participant_name, fixed.shown_name) == ("PKK Mekarsari", "PKK Mekarsari")
    assert make_rows(made, at=NOON) == 1
    assert fixed.rows.get().source == RowSource.OVERALL

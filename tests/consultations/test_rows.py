"""The rows that the closing makes: one for each point of a counted submission, never none, never twice."""

from datetime import UTC, datetime

import pytest

from rembuk.audit.models import AuditEntry
from rembuk.consultations.actions.rows import make_rows
from rembuk.consultations.choices import Channel, RowSource, Stance
from rembuk.consultations.content import AnswerContent, RemarkContent
from rembuk.consultations.models import Consultation, MatrixRow
from rembuk.consultations.states import SubmissionState
from tests import consultation_scenes as scenes
from tests.scenes import regency

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 24, 3, tzinfo=UTC)


@pytest.fixture
def asked() -> Consultation:
    made = scenes.closed(regency(), at=AT)
    scenes.with_text(made, at=AT)
    scenes.with_questions(made)
    return made


def test_full_submission_gets_a_row_for_reason_remark_and_answers_with_words(asked: Consultation) -> None:
    version = asked.versions.get()
    scenes.sent(asked, content=scenes.full_content(version), at=AT)
    assert make_rows(asked, at=AT) == 4
    rows = list(asked.rows.order_by("number"))
    assert [(r.number, r.source) for r in rows] == [
        (1, RowSource.OVERALL),
        (2, RowSource.REMARK),
        (3, RowSource.ANSWER),
        (4, RowSource.ANSWER),
    ]
    assert rows[1].clause is not None
    assert rows[1].clause.number == 4
    assert rows[1].text.startswith("Dua kali seminggu kurang untuk pasar.\n\nUsulan rumusan: Pengangkutan")
    assert rows[2].text == "Pagi hari"
    assert rows[3].text == "Tambah bak sampah di depan pasar agar tidak berserakan."
    assert {r.unit_id for r in rows} == {asked.unit_id}
    assert {r.category_id for r in rows} == {asked.category_id}


def test_quoted_passage_stands_first_and_alone_makes_a_row(asked: Consultation) -> None:
    both = RemarkContent(
        version=1, comment="Kurang jelas.", suggestion="Paling lambat pukul 06.00.", quote="setiap pagi"
    )
    alone = RemarkContent(version=1, stance=Stance.DISAGREE, quote="dua kali seminggu")
    scenes.sent(asked, content=scenes.content(reason="", remarks={4: both, 5: alone}), at=AT)
    make_rows(asked, at=AT)
    assert list(asked.rows.order_by("number").values_list("text", flat=True)) == [
        "Kutipan: “setiap pagi”\n\nKurang jelas.\n\nUsulan rumusan: Paling lambat pukul 06.00.",
        "Kutipan: “dua kali seminggu”",
    ]


def test_words_of_other_get_a_row_and_bare_choices_none(asked: Consultation) -> None:
    answers = {1: AnswerContent(choices=(0,), text="Sesuai musim panen"), 2: AnswerContent(choices=(2,))}
    scenes.sent(asked, content=scenes.content(reason="", answers=answers), at=AT)
    make_rows(asked, at=AT)
    row = asked.rows.select_related("question").get()
    assert row.question is not None
    assert (row.source, row.question.number, row.text) == (RowSource.ANSWER, 1, "Sesuai musim panen")


def test_scene_makes_the_same_rows_as_the_closing(asked: Consultation) -> None:
    remark = RemarkContent(version=1, comment="Kurang jelas.", suggestion="Setiap hari.", quote="setiap pagi")
    scenes.sent(asked, content=scenes.full_content(asked.versions.get(), remarks={4: remark}), at=AT)
    fields = ("number", "source", "remark", "question", "clause", "text")
    make_rows(asked, at=AT)
    made = list(asked.rows.order_by("number").values_list(*fields))
    asked.rows.all().delete()
    scenes.rows_for(asked, at=AT)
    assert list(asked.rows.order_by("number").values_list(*fields)) == made


def test_submission_with_a_stance_alone_gets_one_row_without_words(asked: Consultation) -> None:
    scenes.sent(asked, content=scenes.content(stance=Stance.AGREE, reason=""), at=AT)
    assert make_rows(asked, at=AT) == 1
    assert asked.rows.values_list("source", "text").get() == (RowSource.OVERALL, "")


def test_not_shown_gets_its_row_and_withdrawn_and_drafts_none(asked: Consultation) -> None:
    shown = scenes.sent(asked, at=AT)
    hidden = scenes.sent(asked, at=AT, state=SubmissionState.NOT_SHOWN)
    held = scenes.sent(asked, at=AT, state=SubmissionState.HELD)
    scenes.sent(asked, at=AT, state=SubmissionState.WITHDRAWN)
    scenes.writing(asked, None)
    make_rows(asked, at=AT)
    kept = asked.rows.order_by("id").values_list("submission", flat=True)
    assert list(kept) == [shown.pk, hidden.pk, held.pk]


def test_making_again_makes_nothing_twice_and_a_late_letter_alone(asked: Consultation) -> None:
    scenes.sent(asked, at=AT)
    make_rows(asked, at=AT)
    letter = scenes.sent(asked, at=AT, channel=Channel.LETTER, on_behalf_of="Bu Tini")
    assert make_rows(asked, at=AT, submission=letter) == 1
    assert make_rows(asked, at=AT) == 0
    assert MatrixRow.objects.filter(consultation=asked).count() == 2


def test_making_leaves_one_audit_entry_with_the_number(asked: Consultation) -> None:
    for _turn in range(3):
        scenes.sent(asked, at=AT)
    make_rows(asked, at=AT)
    entry = AuditEntry.objects.get(verb="row.made")
    assert (entry.target_kind, entry.target_key, entry.after) == ("consultation", asked.code, {"rows": 3})

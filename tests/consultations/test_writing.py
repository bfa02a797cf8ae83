"""What a participant has before her: the sheet, its problems, the differences between what she sent."""

from dataclasses import replace

import pytest

from rembuk.consultations.content import AnswerContent, Content, RemarkContent
from rembuk.consultations.models import Consultation
from rembuk.consultations.writing.checks import cleaned, problems
from rembuk.consultations.writing.comparing import answer_words, content_changes
from rembuk.consultations.writing.sheet import sheet_of
from tests import consultation_scenes as consultations
from tests import scenes

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> Consultation:
    found = consultations.opened(scenes.regency())
    consultations.with_text(found)
    consultations.with_questions(found)
    return found


def test_sheet_of_nobody_yet_is_empty_and_says_what_is_missing(made: Consultation) -> None:
    sheet = sheet_of(made, None)
    assert (sheet.content, len(sheet.texts), sheet.pages, sheet.changes) == (Content(), 5, [1], {})
    assert list(sheet.problems) == ["", "question-1"]


def test_problems_are_none_where_agreeing_is_enough() -> None:
    assert problems(Content(stance="agree"), []) == {}


def test_reason_at_a_clause_is_reason_enough() -> None:
    said = Content(stance="disagree", remarks={4: RemarkContent(version=1, comment="Kurang.")})
    assert problems(said, []) == {}
    bare = replace(said, remarks={4: RemarkContent(version=1, stance="disagree")})
    assert list(problems(bare, [])) == ["reason"]


def test_cleaning_orders_and_drops_what_is_empty() -> None:
    said = Content(
        participant_kind="group",
        participant_name="  Karang \n Taruna ",
        remarks={
            7: RemarkContent(version=1, comment=" a "),
            2: RemarkContent(version=1, suggestion="\u200b"),
        },
        answers={3: AnswerContent(text=" \n ")},
    )
    after = cleaned(said)
    assert (after.participant_name, after.remarks, after.answers) == (
        "Karang Taruna",
        {7: RemarkContent(version=1, comment="a")},
        {},
    )


def test_differences_name_clause_question_and_words(made: Consultation) -> None:
    old = consultations.full_content(made.versions.get())
    new = replace(old, stance="agree", remarks={}, answers={**old.answers, 1: AnswerContent(choices=(2,))})
    changes = content_changes(old, new, sheet_of(made, None, new))
    labels = [change.label for change in changes]
    assert len(labels) == 5
    assert sum("Pasal 2 ayat (1)" in label for label in labels) == 3
    answer = next(change for change in changes if change.label.startswith("Pertanyaan 1"))
    assert [(part.op, part.text) for part in answer.parts][:2] == [("del", "Dua"), ("ins", "Tiga")]


def test_answer_in_words_names_options_and_own_words(made: Consultation) -> None:
    question = made.questions.get(number=1)
    assert answer_words(question, AnswerContent(choices=(0,), text="Empat kali")).endswith("Empat kali")
    assert answer_words(question, AnswerContent(choices=(99,))) == ""

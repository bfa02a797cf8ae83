"""Content: what somebody writes survives being kept as JSON, whatever it is."""

from hypothesis import given
from hypothesis import strategies as st

from rembuk.consultations.content import AnswerContent, Content, RemarkContent

WORDS = st.text(max_size=40)
REMARKS = st.builds(RemarkContent, version=st.integers(1, 9), comment=WORDS, suggestion=WORDS, quote=WORDS)
ANSWERS = st.builds(
    AnswerContent,
    choices=st.lists(st.integers(0, 20), max_size=4).map(tuple),
    number=st.none() | st.integers(-5, 10),
    text=WORDS,
)
NUMBERS = st.integers(1, 900)


@given(
    st.builds(
        Content,
        reason=WORDS,
        is_affected=st.booleans(),
        remarks=st.dictionaries(NUMBERS, REMARKS.filter(lambda r: not r.is_empty), max_size=4),
        answers=st.dictionaries(NUMBERS, ANSWERS.filter(lambda a: not a.is_empty), max_size=4),
    )
)
def test_content_comes_back_from_json_as_it_was(content: Content) -> None:
    assert Content.from_json(content.to_json()) == content


def test_content_of_nothing_is_empty() -> None:
    assert Content.from_json(None) == Content()
    assert not Content().says_something


def test_content_drops_keys_it_does_not_know() -> None:
    assert Content.from_json({"reason": "Ya", "is_admin": True}) == Content(reason="Ya")


def test_content_leaves_empty_remarks_and_answers_out() -> None:
    content = Content(remarks={1: RemarkContent(version=1)}, answers={2: AnswerContent()})
    assert (content.to_json()["remarks"], content.to_json()["answers"]) == ({}, {})


def test_content_keeps_a_remark_that_only_quotes() -> None:
    content = Content(remarks={1: RemarkContent(version=1, quote="hanya kutipan")})
    assert content.to_json()["remarks"]["1"]["quote"] == "hanya kutipan"


def test_remark_replaces_the_earlier_one_on_the_same_clause_and_an_empty_one_takes_it_away() -> None:
    first, second = RemarkContent(version=1, comment="Dulu"), RemarkContent(version=2, comment="Kini")
    content = Content().with_remark(4, first).with_remark(4, second)
    assert content.remarks == {4: second}
    assert content.with_remark(4, RemarkContent(version=2)).remarks == {}


def test_answers_replace_those_to_the_same_questions_only() -> None:
    content = Content(answers={1: AnswerContent(number=3), 2: AnswerContent(text="Tetap")})
    changed = content.with_answers({1: AnswerContent(), 3: AnswerContent(choices=(0,), text="Lainnya")})
    assert set(changed.answers) == {2, 3}


def test_stance_is_one_of_three_or_absent() -> None:
    said = [
        Content(stance=stance).has_valid_stance for stance in ("", "agree", "with_notes", "disagree", "maybe")
    ]
    assert said == [True, True, True, True, False]

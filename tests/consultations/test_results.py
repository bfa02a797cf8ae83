"""Totals of what was said, by a small set counted by hand; groups that hide nobody's name; the public matrix."""

from datetime import UTC, datetime

import pytest

from rembuk.consultations.choices import Moment, ParticipantKind, QuestionKind, Stance, Verdict
from rembuk.consultations.content import AnswerContent, RemarkContent
from rembuk.consultations.models import Consultation
from rembuk.consultations.results import questions, rows, stances
from rembuk.consultations.results.groups import JOINED, Split, clause_grouping, grouping, question_groupings
from rembuk.consultations.results.questions import Answers
from rembuk.consultations.results.stances import ClauseStances, Stances
from rembuk.consultations.states import SubmissionState
from rembuk.regions.models import Region
from tests import consultation_scenes as scenes
from tests.scenes import regency

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 6, 3, 5, tzinfo=UTC)
A, W, D = Stance.AGREE, Stance.WITH_NOTES, Stance.DISAGREE


@pytest.fixture
def counted() -> Consultation:
    """Six that count (one held, one not shown, one by letter), one withdrawn, one only being written."""
    made = scenes.closed(regency(), at=NOON)
    scenes.with_text(made, at=NOON)
    scenes.with_questions(
        made, QuestionKind.SINGLE, QuestionKind.MULTIPLE, QuestionKind.SCALE, QuestionKind.LONG
    )
    said = [
        (A, "person", {}, {1: (1,), 2: (1, 2)}, 5),
        (A, "person", {4: A}, {1: (1,)}, 4),
        (W, "person", {4: W, 5: D}, {1: (2,), 2: (2,)}, 2),
        (D, "business", {4: D}, {1: (0,)}, 1),
        (D, "business", {4: D}, {}, None),
        ("", "organisation", {5: A}, {2: (1, 2, 3)}, None),
    ]
    extra: list[dict[str, object]] = [
        {},
        {},
        {"state": "held"},
        {"state": "not_shown"},
        {"channel": "letter"},
        {},
    ]
    for (stance, kind, remarks, choices, scale), fields in zip(said, extra, strict=True):
        answers = {number: AnswerContent(choices=picked) for number, picked in choices.items()}
        if scale:
            answers[3] = AnswerContent(number=scale)
        content = scenes.content(
            stance=stance,
            participant_kind=kind,
            remarks={
                n: RemarkContent(version=1, stance=s, comment="Perlu dilihat.") for n, s in remarks.items()
            },
            answers=answers,
        )
        scenes.sent(made, content=content, at=NOON, **fields)
    scenes.sent(made, content=scenes.content(stance=D), at=NOON, state=SubmissionState.WITHDRAWN)
    return made


def test_stances_of_the_whole_count_what_arrived_and_not_what_was_withdrawn(counted) -> None:
    found = stances.stance_totals(counted)

    assert found == Stances(whole=6, agree=2, with_notes=1, disagree=2)
    assert (found.total, found.silent) == (5, 1)


def test_stances_of_clauses_count_comments_too(counted) -> None:
    by_number = {row.pk: row.number for row in counted.clauses.all()}

    found = {by_number[pk]: totals for pk, totals in stances.clause_totals(counted).items()}

    assert found == {
        4: ClauseStances(Stances(whole=4, agree=1, with_notes=1, disagree=2), comments=4),
        5: ClauseStances(Stances(whole=2, agree=1, disagree=1), comments=2),
    }


def test_answers_have_counts_mean_and_median(counted) -> None:
    numbers = {row.pk: row.number for row in counted.questions.all()}

    found = {numbers[pk]: answers for pk, answers in questions.answer_totals(counted).items()}

    assert found == {
        1: Answers(answered=4, counts={1: 2, 2: 1, 0: 1}),
        2: Answers(answered=3, counts={1: 2, 2: 3, 3: 1}),
        3: Answers(answered=4, total=12, numbers=4, median=3.0, counts={1: 1, 2: 1, 4: 1, 5: 1}),
    }
    assert found[3].mean == 3.0


def test_groups_that_are_small_and_hide_somebody_are_joined_until_large_enough(counted) -> None:
    found = grouping(counted, Split.KIND, NOON)

    # Three persons (one held), two businesses (one not shown), one organisation: joined, they are five or more.
    assert (dict(found.sizes), found.joined) == (
        {"organisation": 1, JOINED: 5},
        frozenset({"person", "business"}),
    )
    assert stances.stances_by(counted, found) == {
        "organisation": Stances(whole=1),
        JOINED: Stances(whole=5, agree=2, with_notes=1, disagree=2),
    }


def test_groups_without_anything_hidden_stand_as_they_are() -> None:
    made = scenes.opened(regency(), at=NOON)
    for kind in ("person", "person", "group"):
        scenes.sent(made, content=scenes.content(participant_kind=kind), at=NOON)

    found = grouping(made, Split.KIND, NOON)

    assert (dict(found.sizes), found.is_possible) == (
        {ParticipantKind.PERSON: 2, ParticipantKind.GROUP: 1},
        True,
    )


def test_groups_are_impossible_while_too_few_are_hidden_until_closing() -> None:
    made = scenes.opened(regency(), at=NOON, submissions_shown=Moment.AFTER_CLOSING)
    for kind in ("person", "person", "group"):
        scenes.sent(made, content=scenes.content(participant_kind=kind), at=NOON)

    found = grouping(made, Split.KIND, NOON)

    assert (dict(found.sizes), found.is_possible) == ({JOINED: 3}, False)


def test_one_hidden_name_is_not_found_by_subtraction() -> None:
    made = scenes.opened(regency(), at=NOON)
    for kind, masked in [*[("person", False)] * 8, *[("group", False)] * 6, ("business", True)]:
        scenes.sent(made, content=scenes.content(participant_kind=kind, is_name_masked=masked), at=NOON)

    assert dict(grouping(made, Split.KIND, NOON).sizes) == {"person": 8, JOINED: 7}


def test_regions_are_grouped_by_the_beginning_of_their_code() -> None:
    made = scenes.opened(regency(), at=NOON)
    village = "32.02.01.2001"
    Region.objects.create(code=village, name="Contoh", full_name="Desa Contoh", level=4, kind="desa")
    for _turn in range(2):
        scenes.sent(made, content=scenes.content(region=village), at=NOON)
    scenes.sent(made, at=NOON)

    by_regency, by_district = (grouping(made, split, NOON).sizes for split in (Split.REGENCY, Split.DISTRICT))

    assert dict(by_regency) == {"32.02": 2, "": 1}
    assert dict(by_district) == {"32.02.01": 2, "": 1}


def test_answers_of_groups_add_up_to_the_whole(counted) -> None:
    groups = question_groupings(counted, Split.KIND, NOON)
    whole = questions.answer_totals(counted)

    split = questions.answers_by(counted, groups)

    sums = {pk: sum(a.answered for a in by_group.values()) for pk, by_group in split.items()}
    assert sums == {pk: answers.answered for pk, answers in whole.items()}


def test_groups_of_a_clause_and_of_a_question_are_those_who_said_something_on_it(counted) -> None:
    fourth = counted.clauses.get(number=4)
    numbers = {row.pk: row.number for row in counted.questions.all()}

    clause = clause_grouping(counted, Split.KIND, NOON, fourth)
    asked = {numbers[pk]: groups for pk, groups in question_groupings(counted, Split.KIND, NOON).items()}

    # Four remarked on the clause and three answered the second question, somebody hidden among them: too few to split.
    assert (dict(clause.sizes), clause.is_possible) == ({JOINED: 4}, False)
    assert (dict(asked[2].sizes), asked[2].is_possible) == ({JOINED: 3}, False)


def test_matrix_filters_look_at_what_is_public_alone() -> None:
    made = scenes.closed(regency(), at=NOON)
    scenes.sent(made, content=scenes.content(reason="Kata rahasia."), at=NOON, state="not_shown")
    scenes.sent(made, content=scenes.content(reason="Kata terbuka."), at=NOON)
    hidden, shown = (row for part in scenes.rows_for(made, at=NOON) for row in part)
    scenes.answered(shown, Verdict.ACCEPTED, at=NOON)
    hidden.verdict, hidden.reason = Verdict.REJECTED, "Belum diterbitkan, masih rancangan jawaban."
    hidden.save()

    def found(**asked: str) -> list[int]:
        return [row.pk for row in rows.matrix_rows(made, NOON, **asked).order_by(*rows.ORDER)]

    assert found() == [hidden.pk, shown.pk]
    assert found(words="kata") == [shown.pk]
    assert found(words="rancangan jawaban") == found(verdict="rejected") == []
    assert (found(verdict="accepted"), found(verdict=rows.UNANSWERED)) == ([shown.pk], [hidden.pk])

"""Heard, considered, explained of a consultation, by hand-counted submissions, and its answer deadline."""

from datetime import UTC, datetime, timedelta

import pytest

from rembuk.consultations.figures import Figures, days_left, figures_of, figures_of_many
from rembuk.consultations.models import MatrixRow
from rembuk.consultations.states import RowState, SubmissionState
from rembuk.notifications.models import Unreachable
from tests import consultation_scenes as scenes
from tests import people
from tests.scenes import regency

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 6, 3, 5, tzinfo=UTC)


def test_figures_of_mixed_submissions_count_each_right_and_those_apart() -> None:
    made = scenes.closed(regency(), at=NOON)
    scenes.sent(made, at=NOON)  # 1 told
    gone = people.citizen("Yang Pergi")
    scenes.sent(made, gone, at=NOON)  # 2 answered, account deleted
    scenes.sent(made, at=NOON, channel="letter", on_behalf_of="RT 03")  # 3 answered, a letter
    scenes.sent(made, at=NOON, state=SubmissionState.NOT_SHOWN)  # 4 answer proposed
    scenes.sent(made, at=NOON, state=SubmissionState.HELD, is_name_masked=True)  # 5 open
    scenes.sent(made, at=NOON, state=SubmissionState.WITHDRAWN, is_rechecking=True)
    scenes.writing(made, people.citizen("Sedang Menulis"))
    rows = [row for rows in scenes.rows_for(made, at=NOON) for row in rows]
    for row in rows[:3]:
        scenes.answered(row, at=NOON)
    MatrixRow.objects.filter(pk=rows[3].pk).update(
        state=RowState.PROPOSED, verdict="rejected", reason=scenes.REASON
    )
    type(gone).objects.filter(pk=gone.pk).update(email=None, deleted_at=NOON)

    assert figures_of(made, NOON) == Figures(
        heard=5,
        considered=4,
        explained=1,
        unreachable=1,
        offline_answered=1,
        answered=3,
        offline=1,
        masked=1,
        not_shown=1,
        held=1,
        unread=1,
        withdrawn=1,
        rows=5,
        rows_published=3,
        due_at=made.answer_due_at,
        days_left=days_left(made, NOON),
    )


def test_answered_author_whose_address_refuses_mail_counts_as_unreachable() -> None:
    made = scenes.closed(regency(), at=NOON)
    said = scenes.sent(made, at=NOON)
    ((row,),) = scenes.rows_for(made, at=NOON)
    scenes.answered(row, at=NOON)
    Unreachable.objects.create(person_id=said.author_id, since=NOON, problem="550")

    found = figures_of(made, NOON)

    assert (found.answered, found.explained, found.unreachable) == (1, 0, 1)


def test_submission_with_one_open_row_is_neither_considered_nor_explained() -> None:
    made = scenes.closed(regency(), at=NOON)
    version = scenes.with_text(made, at=NOON)
    scenes.sent(made, content=scenes.content(remarks=scenes.full_content(version).remarks), at=NOON)
    (first, _second) = scenes.rows_for(made, at=NOON)[0]
    scenes.answered(first, at=NOON)

    found = figures_of(made, NOON)

    assert (found.heard, found.considered, found.explained, found.rows, found.rows_published) == (
        1,
        0,
        0,
        2,
        1,
    )
    assert (found.considered_percent, found.explained_percent) == (0, 0)


def test_consultation_without_submissions_has_zeros() -> None:
    made = scenes.opened(regency(), at=NOON)

    assert figures_of(made, NOON) == Figures(due_at=made.answer_due_at)


@pytest.mark.parametrize(
    ("scene", "after", "expected"),
    [
        (scenes.opened, 0, None),
        (scenes.concluded, 0, None),
        (scenes.closed, 0, 3),
        (scenes.closed, 5, 0),
        (scenes.closed, 6, -1),
    ],
)
def test_days_left_of_four_working_days_follow_the_clock(scene, after: int, expected: int | None) -> None:
    # Closed on Tuesday, 2 June: the fourth working day is Monday, 8 June.
    made = scene(regency(), at=NOON, answer_days=4)

    assert days_left(made, NOON + timedelta(days=after)) == expected


def test_figures_of_many_ask_once(django_assert_num_queries) -> None:
    place = regency()
    all_of_them = [
        scenes.answering(place, at=NOON),
        scenes.opened(place, at=NOON),
        scenes.closed(place, at=NOON),
    ]
    scenes.sent(all_of_them[2], at=NOON)

    with django_assert_num_queries(1):
        found = figures_of_many(all_of_them, NOON)

    assert [found[one.pk].heard for one in all_of_them] == [2, 0, 1]

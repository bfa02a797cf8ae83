"""The drill's verdict: it must see every way in which a vote can be lost or doubled."""

import pytest

from deploy.drill.compare import Attempt, Held, judge, longest_gap, outcome, read

A = (7, "USL-2026-0001")


def said(*answers: tuple[int, str]) -> list[Attempt]:
    """Attempts of one pair, a second apart: value and answer."""
    return [Attempt(at, at + 0.5, *A, value, answer) for at, (value, answer) in enumerate(answers)]


def test_acknowledged_vote_in_table_and_trail_is_clean():
    verdict = judge(said((1, "ok")), {A: Held((1,), 1)})
    assert verdict.is_clean
    assert (verdict.acknowledged, verdict.unknown) == (1, 0)


@pytest.mark.parametrize(
    ("held", "words"),
    [
        ({}, "no row"),
        ({A: Held((0,), 1)}, "0 stands"),
        ({A: Held((1,), 0)}, "0 of 1 changes in the trail"),
    ],
)
def test_acknowledged_vote_that_is_not_held_is_lost(held, words):
    verdict = judge(said((1, "ok")), held)
    assert words in " ".join(verdict.lost)
    assert not verdict.is_clean


def test_vote_lost_from_table_and_trail_is_one_lost_vote():
    assert len(judge(said((1, "ok")), {}).lost) == 1


@pytest.mark.parametrize(
    ("held", "words"),
    [(Held((1, 1), 1), "2 rows"), (Held((1,), 2), "2 entries in the trail for 1 changes")],
)
def test_vote_that_is_held_twice_is_doubled(held, words):
    verdict = judge(said((1, "ok")), {A: held})
    assert words in " ".join(verdict.doubled)
    assert not verdict.is_clean


def test_vote_nobody_sent_is_told():
    assert judge([], {A: Held((1,), 1)}).strange == [f"{A}: nobody sent it"]


def test_repeated_vote_counts_once_however_often_it_was_sent():
    told = said((1, "503"), (1, "TimeoutError"), (1, "ok"))
    assert judge(told, {A: Held((1,), 1)}).is_clean
    assert judge(told, {A: Held((1,), 2)}).doubled


def test_unanswered_vote_may_stand_or_not():
    told = said((1, "502"))
    for held in ({}, {A: Held((1,), 1)}):
        assert judge(told, held).is_clean
    assert judge(told, {A: Held((1,), 2)}).doubled
    assert judge(told, {A: Held((-1,), 1)}).lost


def test_withdrawal_acknowledged_must_stand():
    told = said((1, "ok"), (0, "ok"))
    assert judge(told, {A: Held((0,), 2)}).is_clean
    assert judge(told, {A: Held((1,), 2)}).lost
    assert judge(told, {A: Held((0,), 1)}).lost


def test_withdrawal_unanswered_leaves_both():
    told = said((1, "ok"), (0, "503"))
    for held in (Held((1,), 1), Held((0,), 2)):
        assert judge(told, {A: held}).is_clean
    assert judge(told, {A: Held((0,), 3)}).doubled
    assert judge(told, {}).lost


def test_withdrawal_of_nothing_changes_nothing():
    assert judge(said((0, "ok")), {A: Held((0,), 0)}).is_clean
    assert judge(said((0, "ok")), {A: Held((0,), 1)}).doubled


CLEAN, LOSS = judge(said((1, "ok")), {A: Held((1,), 1)}), judge(said((1, "ok")), {})


@pytest.mark.parametrize(
    ("verdict", "drift", "is_control", "code", "words"),
    [
        (CLEAN, 0, False, 0, "Every acknowledged vote stands"),
        (LOSS, 0, False, 1, "Failed"),
        (CLEAN, 1, False, 1, "Failed"),
        (judge([], {}), 0, False, 2, "nothing is proven"),
        (LOSS, 0, True, 1, "Expected of the control: 1 votes are lost"),
        (CLEAN, 0, True, 2, "lost no vote"),
        (judge([], {}), 0, True, 2, "nothing is proven"),
    ],
)
def test_drill_ends_well_only_when_nothing_is_lost_and_its_control_never(
    verdict, drift, is_control, code, words
):
    ended, said_at_end = outcome(verdict, drift, is_control=is_control)
    assert (ended, words in said_at_end) == (code, True)


def test_log_line_is_read_as_it_was_written():
    told = said((1, "ok"), (0, "503"))
    assert list(read([each.line() for each in told])) == told


def test_log_line_cut_off_is_left_out():
    whole, cut = (each.line() for each in said((1, "ok"), (1, "ok")))
    assert len(list(read([whole, cut[:-1]]))) == 1
    assert list(read([whole[:20] + "\n"])) == []


def test_longest_gap_counts_only_acknowledged_votes_and_both_edges():
    told = [
        Attempt(0, 1, *A, 1, "ok"),
        Attempt(1, 3, *A, 1, "503"),
        Attempt(3, 6, *A, 1, "ok"),
        Attempt(6, 7, *A, 1, "ok"),
    ]
    assert longest_gap(told, 0, 8) == 5
    assert longest_gap(told, 0, 20) == 13
    assert longest_gap([], 2, 9) == 7

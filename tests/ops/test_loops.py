"""Loops of the worker: they go on after a failure and end when told."""

import logging
import threading

import pytest

from rembuk.ops import loops
from rembuk.ops.loops import LOOPS, Loop


@pytest.fixture
def stopping():
    event = threading.Event()
    yield event
    event.set()


def run_until(stopping, function, seconds=0.01):
    threads = loops.start(stopping, (Loop(function, seconds),))
    for thread in threads:
        thread.join(timeout=10)
    return threads


def test_worker_folds_votes_moves_consultations_and_recovers_jobs():
    assert {loop.name for loop in LOOPS} >= {
        "rembuk.engagement.folding.run_once",
        "rembuk.consultations.actions.clockwork.follow_clock",
        "rembuk.ops.recovery.recover_stalled_jobs",
    }


def test_loop_repeats_until_told_to_stop(stopping):
    calls = []

    def once():
        calls.append(1)
        if len(calls) == 3:
            stopping.set()

    (thread,) = run_until(stopping, once)
    assert (len(calls), thread.is_alive()) == (3, False)


def test_loop_goes_on_after_a_failure_and_logs_it(stopping, caplog, monkeypatch):
    monkeypatch.setattr(loops, "LONGEST_PAUSE", 0.01)
    calls = []

    def once():
        calls.append(1)
        if len(calls) == 2:
            stopping.set()
        raise ValueError("the database is away")

    with caplog.at_level(logging.ERROR):
        run_until(stopping, once)
    assert len(calls) == 2
    assert "loop_failed" in caplog.text

"""Many threads at once: one person keeps one vote, counts never drift, and nothing changes after closing.

Each guarantee has a negative control: without the constraint or the lock the same check fails.
"""

import random
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

import psycopg
import pytest
from django.db import transaction
from django.utils import timezone

from rembuk.accounts.models import Person
from rembuk.engagement import folding, selectors
from rembuk.engagement.actions.recount import find_drift
from rembuk.engagement.actions.subjects import set_ballot_open
from rembuk.engagement.actions.votes import CastVote, cast_vote
from rembuk.engagement.errors import BallotClosed
from rembuk.engagement.models import Ballot, Figures, Vote
from tests import people, scenes
from tests.engagement import races, talks

pytestmark = pytest.mark.django_db(transaction=True)

_ON_CONFLICT = re.compile(r"ON CONFLICT.*?excluded\.value\s+RETURNING", re.DOTALL)


@pytest.fixture
def ballot() -> Ballot:
    with transaction.atomic():
        return talks.ballot(talks.subject(scenes.regency().works))


@contextmanager
def _cast_by(owner: psycopg.Connection, change: Callable[[str], str]) -> Iterator[None]:
    """Votes are cast by a changed statement."""
    asked = "SELECT pg_get_functiondef('engagement_note_vote'::regproc)"
    statement: str = owner.execute(asked).fetchall()[0][0]
    assert change(statement) != statement
    owner.execute(change(statement))
    owner.commit()
    yield
    owner.execute(statement)
    owner.commit()


@pytest.fixture
def without_constraint(owner: psycopg.Connection) -> Iterator[None]:
    """The same statement on a table that lets a person vote twice."""
    owner.execute("ALTER TABLE engagement_vote DROP CONSTRAINT vote_once")
    with _cast_by(owner, lambda statement: _ON_CONFLICT.sub("RETURNING", statement)):
        yield
    owner.execute("DELETE FROM engagement_vote")
    owner.execute("ALTER TABLE engagement_vote ADD CONSTRAINT vote_once UNIQUE (ballot_id, voter_id)")
    owner.commit()


def _vote_often(ballot: Ballot, voter: Person, seed: int) -> None:
    """Three votes in a row, ending in support."""
    for value in (*random.Random(seed).choices((1, -1, 0), k=2), 1):
        cast_vote(ballot, voter=voter, value=value)


def test_fifty_threads_as_one_person_leave_one_vote_and_a_right_tally(ballot: Ballot) -> None:
    voter = people.citizen()
    outcomes = races.at_once(*(partial(_vote_often, ballot, voter, seed) for seed in range(50)))
    assert set(outcomes) == {None}
    assert races.is_right(ballot, voter.pk)
    assert selectors.tallies([ballot])[ballot.pk] == {1: 1, -1: 0}


@pytest.mark.usefixtures("without_constraint")
def test_fifty_threads_without_the_constraint_are_caught_by_the_check(ballot: Ballot) -> None:
    voter = people.citizen()
    races.at_once(*(partial(cast_vote, ballot, voter=voter, value=1) for _ in range(50)))
    assert not races.is_right(ballot, voter.pk)


def test_votes_while_the_loop_folds_never_drift(ballot: Ballot) -> None:
    crowd = [people.citizen() for _ in range(12)]
    folds = [lambda: [folding.run_once() for _ in range(15)] for _ in range(2)]
    votings = [partial(_vote_often, ballot, voter, seed) for seed, voter in enumerate(crowd)]
    outcomes = races.at_once(*folds, *votings)
    assert not [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    while folding.run_once():
        pass
    assert (find_drift(), Figures.objects.get().support) == ([], 12)


def _close_while_somebody_votes(ballot: Ballot, voter: Person) -> tuple[object, int]:
    """Close and count in one transaction while a vote comes in; the vote's outcome and the count at closing."""
    outcome: list[object] = []
    voting = threading.Thread(
        target=lambda: outcome.extend(races.at_once(partial(cast_vote, ballot, voter=voter, value=1)))
    )
    with transaction.atomic():
        set_ballot_open(ballot, is_open=False)
        counted = selectors.tallies([ballot])[ballot.pk][1]
        voting.start()
        voting.join(0.5)
    voting.join(races.PATIENCE)
    return outcome[0], counted


def test_vote_during_closing_waits_and_is_refused(ballot: Ballot) -> None:
    outcome, counted = _close_while_somebody_votes(ballot, people.citizen())
    assert isinstance(outcome, BallotClosed)
    assert Vote.objects.filter(value=1).count() == counted == 0


def test_vote_during_closing_without_the_gate_lock_changes_a_counted_ballot(
    ballot: Ballot, owner: psycopg.Connection
) -> None:
    with _cast_by(owner, lambda statement: statement.replace("FOR KEY SHARE", "")):
        outcome, counted = _close_while_somebody_votes(ballot, people.citizen())
    assert outcome == CastVote(value=1, previous=0, is_changed=True)
    assert Vote.objects.filter(value=1).count() != counted


def _close_and_count(ballot: Ballot) -> int:
    with transaction.atomic():
        set_ballot_open(ballot, is_open=False)
        return selectors.tallies([ballot])[ballot.pk][1]


def test_ballot_never_changes_after_its_count(ballot: Ballot) -> None:
    crowd = [people.citizen() for _ in range(10)]
    changed = []
    for seed in range(12):
        with transaction.atomic():
            set_ballot_open(ballot, is_open=True)
        votings = [partial(_vote_often, ballot, voter, seed) for voter in crowd]
        outcomes = races.at_once(*votings[:5], partial(_close_and_count, ballot), *votings[5:])
        changed.append(Vote.objects.filter(ballot=ballot, value=1).count() - int(str(outcomes[5])))
    assert (set(changed), find_drift()) == ({0}, [])


def test_vote_that_waited_is_measured_by_the_hours_as_they_are_then(ballot: Ballot) -> None:
    outcome: list[object] = []
    job = partial(cast_vote, ballot, voter=people.citizen(), value=1)
    voting = threading.Thread(target=lambda: outcome.extend(races.at_once(job)))
    with transaction.atomic():
        Ballot.objects.select_for_update().get(pk=ballot.pk)
        voting.start()
        voting.join(0.5)
        Ballot.objects.filter(pk=ballot.pk).update(closes_at=timezone.now())
    voting.join(races.PATIENCE)
    assert isinstance(outcome[0], BallotClosed)
    assert not Vote.objects.exists()

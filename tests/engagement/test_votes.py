"""Voting: what one statement writes, what it refuses, and what the counts say."""

import contextlib
from datetime import timedelta

import pytest
from django.db import connection, transaction

from rembuk.access import rights
from rembuk.audit.actors import Actor
from rembuk.audit.models import AuditEntry
from rembuk.common.errors import Denied, Invalid
from rembuk.engagement import folding, selectors
from rembuk.engagement.actions.subjects import set_ballot_open
from rembuk.engagement.actions.votes import CastVote, cast_vote
from rembuk.engagement.errors import BallotClosed
from rembuk.engagement.models import Ballot, Tally, Vote, VoteDelta
from tests import people, scenes
from tests.engagement import talks

pytestmark = pytest.mark.django_db


@pytest.fixture
def ballot() -> Ballot:
    return talks.ballot(talks.subject(scenes.regency().works, people.citizen("Pengusul")))


def _written() -> tuple[int, int, int]:
    """How many votes, deltas and entries there are, those among them that wait in a delta."""
    waiting = VoteDelta.objects.filter(entry__contains='"ballot.voted"').count()
    noted = AuditEntry.objects.filter(verb="ballot.voted").count()
    return Vote.objects.count(), VoteDelta.objects.count(), noted + waiting


def test_vote_first_is_counted_at_once_and_not_folded(ballot: Ballot) -> None:
    done = cast_vote(ballot, voter=people.citizen(), value=1, version=3)
    assert done == CastVote(value=1, previous=0, is_changed=True)
    assert selectors.tallies([ballot]) == {ballot.pk: {1: 1, -1: 0}}
    assert (Vote.objects.get().version, Tally.objects.count()) == (3, 0)


@pytest.mark.parametrize(
    ("values", "deltas", "counts"),
    [
        ((1,), [(1, 1)], {1: 1, -1: 0}),
        ((1, 1), [(1, 1)], {1: 1, -1: 0}),
        ((1, -1), [(1, 1), (1, -1), (-1, 1)], {1: 0, -1: 1}),
        ((1, 0), [(1, 1), (1, -1)], {1: 0, -1: 0}),
        ((0,), [], {1: 0, -1: 0}),
        ((1, 0, 1), [(1, 1), (1, -1), (1, 1)], {1: 1, -1: 0}),
    ],
)
def test_votes_in_a_row_leave_exact_deltas(ballot: Ballot, values, deltas, counts) -> None:
    voter = people.citizen()
    for value in values:
        cast_vote(ballot, voter=voter, value=value)
    assert list(VoteDelta.objects.order_by("id").values_list("choice", "change")) == deltas
    assert selectors.tallies([ballot])[ballot.pk] == counts


def test_vote_is_one_statement_beside_its_rule(ballot: Ballot, django_assert_num_queries) -> None:
    voter = people.citizen()
    rights.holdings(voter)  # once per request, by the guard
    with django_assert_num_queries(2):
        cast_vote(ballot, voter=voter, value=1)


# As the version before sends it: the entry goes into the trail at once.
_BEFORE = """
    SELECT engagement_give_vote(
        %(ballot)s, %(voter)s, %(value)s, 1, NULL,
        'ballot.voted', '', '{}', NULL, '', '', 'web', '', '', 'proposal', %(code)s, %(unit)s, ''
    )
"""


def test_process_of_the_version_before_votes_by_its_own_function(ballot: Ballot) -> None:
    voter, subject = people.citizen(), ballot.subject
    answers = []
    for value, is_open in ((1, True), (1, True), (-1, True), (0, False)):
        Ballot.objects.update(is_open=is_open)
        given = {"ballot": ballot.pk, "voter": voter.pk, "value": value, "code": subject.code}
        with connection.cursor() as cursor:
            cursor.execute(_BEFORE, {**given, "unit": subject.unit_id})
            answers += cursor.fetchone()
    assert answers == [0, 1, 1, None]
    assert _written() == (1, 3, 2)
    assert selectors.tallies([ballot])[ballot.pk] == {1: 0, -1: 1}
    folding.run_once()
    assert _written() == (1, 0, 2)


def test_vote_on_a_question_takes_its_three_answers() -> None:
    question = talks.ballot(talks.subject(scenes.regency().works), Ballot.Kind.QUESTION)
    for value in (1, 2, 2, 3):
        cast_vote(question, voter=people.citizen(), value=value)
    assert selectors.tallies([question]) == {question.pk: {1: 1, 2: 2, 3: 1}}


@pytest.mark.parametrize("value", [2, -2, 7])
def test_vote_outside_the_choices_is_invalid(ballot: Ballot, value: int) -> None:
    with pytest.raises(Invalid):
        cast_vote(ballot, voter=people.citizen(), value=value)
    assert not Vote.objects.exists()


@pytest.mark.parametrize(("opens", "closes"), [(1, None), (None, 0), (None, -1), (-2, -1)])
def test_vote_outside_the_hours_is_refused(ballot: Ballot, opens: int | None, closes: int | None) -> None:
    hours = {"opens_at": opens, "closes_at": closes}
    Ballot.objects.update(**{k: v if v is None else talks.AT + timedelta(hours=v) for k, v in hours.items()})
    with pytest.raises(BallotClosed):
        cast_vote(ballot, voter=people.citizen(), value=1, at=talks.AT)
    assert _written() == (0, 0, 0)


def test_vote_within_the_hours_is_taken(ballot: Ballot) -> None:
    Ballot.objects.update(opens_at=talks.AT, closes_at=talks.AT + timedelta(seconds=1))
    assert cast_vote(ballot, voter=people.citizen(), value=1, at=talks.AT).is_changed


def test_vote_on_a_closed_ballot_leaves_the_old_vote(ballot: Ballot) -> None:
    voter = people.citizen()
    cast_vote(ballot, voter=voter, value=1)
    set_ballot_open(ballot, is_open=False)
    with pytest.raises(BallotClosed):
        cast_vote(ballot, voter=voter, value=0)
    assert Vote.objects.get().value == 1


def test_vote_of_the_author_is_refused_with_a_reason(ballot: Ballot) -> None:
    with pytest.raises(Denied, match="Only the votes of others are counted"):
        cast_vote(ballot, voter=ballot.subject.author, value=1)


def test_vote_without_a_confirmed_address_is_refused(ballot: Ballot) -> None:
    voter = people.citizen()
    voter.emailaddress_set.update(verified=False)
    with pytest.raises(Denied, match="confirm your email"):
        cast_vote(ballot, voter=voter, value=1)


def test_vote_rolled_back_leaves_nothing(ballot: Ballot) -> None:
    voter = people.citizen()
    with contextlib.suppress(ZeroDivisionError), transaction.atomic():
        cast_vote(ballot, voter=voter, value=1)
        raise ZeroDivisionError
    assert _written() == (0, 0, 0)


def test_vote_whose_entry_the_trail_would_refuse_leaves_nothing(
    ballot: Ballot, monkeypatch: pytest.MonkeyPatch
) -> None:
    stranger = Actor(person_id=1, channel="fax")
    monkeypatch.setattr("rembuk.engagement.actions.votes.acting", lambda voter: stranger)
    with pytest.raises(ValueError, match="fax"), transaction.atomic():
        cast_vote(ballot, voter=people.citizen(), value=1)
    assert _written() == (0, 0, 0)


def test_tallies_take_one_query_however_many(ballot: Ballot, django_assert_num_queries) -> None:
    unit = ballot.subject.unit
    ballots = [ballot, talks.ballot(talks.subject(unit)), talks.ballot(talks.subject(unit), "question")]
    for some in (ballots[:1], ballots):
        with django_assert_num_queries(1):
            selectors.tallies(some)
    assert selectors.tallies([]) == {}


def test_own_votes_leave_out_withdrawn_ones(ballot: Ballot) -> None:
    voter, other = people.citizen(), talks.ballot(talks.subject(ballot.subject.unit))
    cast_vote(ballot, voter=voter, value=-1)
    cast_vote(other, voter=voter, value=1)
    cast_vote(other, voter=voter, value=0)
    assert selectors.own_votes(voter, [ballot, other]) == {ballot.pk: -1}
    assert [vote.ballot_id for vote in selectors.supported_by(voter)] == [ballot.pk]
    assert list(selectors.voters(ballot, -1)) == [voter.pk]

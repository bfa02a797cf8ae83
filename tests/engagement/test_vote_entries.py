"""The entry of a vote: it waits in the delta, nobody alters it there, and it comes into the trail whoever deletes the delta."""

import contextlib
import json
from datetime import timedelta

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from rembuk.audit.models import AuditEntry
from rembuk.engagement import folding, selectors
from rembuk.engagement.actions.departure import release_votes
from rembuk.engagement.actions.votes import cast_vote
from rembuk.engagement.models import Ballot, Subject, VoteDelta
from rembuk.logbook import context
from tests import people, scenes
from tests.engagement import talks

pytestmark = pytest.mark.django_db


@pytest.fixture
def ballot() -> Ballot:
    return talks.ballot(talks.subject(scenes.regency().works, people.citizen("Pengusul")))


def _trail() -> list[tuple[object, ...]]:
    """The entries of votes that stand in the trail, in their order."""
    entries = AuditEntry.objects.filter(verb="ballot.voted").order_by("id")
    return list(entries.values_list("actor_person_id", "target_key", "at"))


def test_entry_waits_in_the_delta_and_comes_with_the_folding(ballot: Ballot) -> None:
    voter = people.citizen()
    cast_vote(ballot, voter=voter, value=1, at=talks.AT)
    assert _trail() == []
    assert json.loads(VoteDelta.objects.get().entry or "")["verb"] == "ballot.voted"
    folding.run_once()
    assert _trail() == [(voter.pk, ballot.subject.code, talks.AT)]
    assert (VoteDelta.objects.count(), selectors.tallies([ballot])[ballot.pk][1]) == (0, 1)


def test_entry_says_all_the_trail_has_but_not_the_value(ballot: Ballot) -> None:
    officer, subject = people.staff("unit-admin", ballot.subject.unit), ballot.subject
    with context.bound(request_id="0f3a"):
        cast_vote(ballot, voter=officer, value=-1, at=talks.AT)
    folding.run_once()
    entry = AuditEntry.objects.get(verb="ballot.voted")
    assert (entry.actor_person_id, entry.actor_roles, entry.request_id) == (
        officer.pk,
        ["unit-admin"],
        "0f3a",
    )
    assert (entry.actor_label, entry.on_behalf_of, entry.channel) == ("", "", "web")
    assert (entry.target_kind, entry.target_key) == ("proposal", subject.code)
    assert (entry.target_unit_id, entry.target_unit_path) == (subject.unit_id, subject.unit.path)
    assert (entry.before, entry.after, entry.reason, entry.bulk) == (None, None, "", "")


def test_change_of_mind_is_one_entry_of_two_deltas(ballot: Ballot, monkeypatch: pytest.MonkeyPatch) -> None:
    voter = people.citizen()
    for hours, value in enumerate((1, -1, -1, 0)):
        cast_vote(ballot, voter=voter, value=value, at=talks.AT + timedelta(hours=hours))
    monkeypatch.setattr(folding, "BATCH", 1)
    assert [folding.run_once() for _ in range(5)] == [1, 1, 1, 1, 0]
    assert [at for _person, _key, at in _trail()] == [talks.AT + timedelta(hours=n) for n in (0, 1, 3)]


def test_folding_that_breaks_off_leaves_the_entry_waiting(ballot: Ballot) -> None:
    cast_vote(ballot, voter=people.citizen(), value=1)
    with contextlib.suppress(ZeroDivisionError), transaction.atomic():
        folding.run_once()
        raise ZeroDivisionError
    assert (len(_trail()), VoteDelta.objects.count()) == (0, 1)
    folding.run_once()
    assert (len(_trail()), VoteDelta.objects.count()) == (1, 0)


def test_votes_of_a_deleted_thing_stay_in_the_trail(ballot: Ballot) -> None:
    cast_vote(ballot, voter=people.citizen(), value=1)
    code = ballot.subject.code
    Subject.objects.filter(pk=ballot.subject_id).delete()
    assert [key for _person, key, _at in _trail()] == [code]


def test_leaving_withdraws_a_vote_without_an_entry_of_its_own(ballot: Ballot) -> None:
    voter = people.citizen()
    cast_vote(ballot, voter=voter, value=1)
    release_votes(voter)
    folding.run_once()
    assert (len(_trail()), selectors.tallies([ballot])[ballot.pk][1]) == (1, 0)


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE engagement_votedelta SET entry = NULL",
        "UPDATE engagement_votedelta SET actor_person_id = 1",
        "ALTER TABLE engagement_votedelta DISABLE TRIGGER ALL",
        "DROP FUNCTION audit_take_over() CASCADE",
        "SET session_replication_role = replica",
    ],
)
def test_application_role_cannot_alter_a_waiting_entry(ballot: Ballot, attack: str) -> None:
    cast_vote(ballot, voter=people.citizen(), value=1)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(attack)


def test_owner_in_an_ordinary_session_cannot_alter_a_waiting_entry(owner: psycopg.Connection) -> None:
    # Its ballot is asked for at the end of the transaction, which never comes.
    owner.execute("INSERT INTO engagement_votedelta (ballot_id, choice, change) VALUES (1, 1, 1)")
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="append-only"):
        owner.execute("UPDATE engagement_votedelta SET change = 2")


def test_whoever_deletes_a_delta_leaves_its_entry(ballot: Ballot) -> None:
    voter = people.citizen()
    cast_vote(ballot, voter=voter, value=1)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM engagement_votedelta")
    assert [person for person, _key, _at in _trail()] == [voter.pk]


@pytest.mark.parametrize(
    "entry",
    [
        "{}",
        '{"verb": "ballot.voted", "channel": "fax"}',
        '{"verb": "ballot.voted", "request_id": "LONG"}',
        "",
        '{"verb": "ballot.voted"',
        r'{"verb": "\u0000"}',
        '["ballot.voted"]',
    ],
)
def test_entry_that_lacks_or_exceeds_something_or_is_no_json_is_taken_over_too(
    ballot: Ballot, entry: str
) -> None:
    """Refused, it would stop the folding of all ballots for ever."""
    cast_vote(ballot, voter=people.citizen(), value=1)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO engagement_votedelta (ballot_id, choice, change, entry) VALUES (%s, 1, 1, %s)",
            [ballot.pk, entry.replace("LONG", "9" * 100_000)],
        )
    assert folding.run_once() == 2
    before = AuditEntry.objects.count()
    assert (folding.run_once(), AuditEntry.objects.count()) == (0, before)
    assert selectors.tallies([ballot])[ballot.pk][1] == 2
    assert AuditEntry.objects.filter(channel="web", request_id__in=("", "9" * 200)).count() >= 2


def test_taking_over_lends_nobody_the_rights_of_the_owner() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT proname FROM pg_proc WHERE prosecdef AND pronamespace::regnamespace::text IN ('public', 'audit')"
        )
        assert cursor.fetchall() == [("audit_make_partitions",)]

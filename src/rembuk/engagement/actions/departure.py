"""What becomes of votes, follows and claims when a person leaves: called by the deletion of the account.

Comments and reports stay; their author is shown as a deleted account.
"""

from datetime import datetime

from django.db import connection

from rembuk.accounts.models import Person
from rembuk.engagement.models import Case, Follow, Vote

# Open ballots only, each under the lock that whoever closes it has to wait for; a vote and its delta go together.
_WITHDRAW = """
    WITH gate AS (
        SELECT id FROM engagement_ballot
        WHERE id IN (SELECT ballot_id FROM engagement_vote WHERE voter_id = %(voter)s) AND is_open
          AND (opens_at IS NULL OR opens_at <= coalesce(%(at)s::timestamptz, clock_timestamp()))
          AND (closes_at IS NULL OR closes_at > coalesce(%(at)s::timestamptz, clock_timestamp()))
        ORDER BY id FOR KEY SHARE
    ), gone AS (
        DELETE FROM engagement_vote AS vote USING gate
        WHERE vote.ballot_id = gate.id AND vote.voter_id = %(voter)s RETURNING vote.ballot_id, vote.value
    ), deltas AS (
        INSERT INTO engagement_votedelta (ballot_id, choice, change)
        SELECT ballot_id, value, -1 FROM gone WHERE value <> 0
    )
    SELECT count(*) FROM gone WHERE value <> 0
"""


def release_votes(voter: Person, *, at: datetime | None = None) -> tuple[int, int]:
    """Withdraw the person's votes on open ballots, and cut the tie of those on closed ones, which stay counted.

    Returns how many were withdrawn and how many stay. Call in the transaction that deletes the account, with the
    person's row locked, so that no vote comes in between.
    """
    with connection.cursor() as cursor:
        cursor.execute(_WITHDRAW, {"voter": voter.pk, "at": at})
        (withdrawn,) = cursor.fetchone()
    Vote.objects.filter(voter=voter, value=0).delete()
    return withdrawn, Vote.objects.filter(voter=voter).update(voter=None)


def release_the_rest(person: Person) -> None:
    """End the person's follows, and give back the cases she had taken on."""
    Follow.objects.filter(person=person).delete()
    Case.objects.filter(claimed_by=person, closed_at=None).update(claimed_by=None, claimed_at=None)

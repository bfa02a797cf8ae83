"""Voting: one statement does gate, upsert, deltas and audit entry (ARCHITECTURE section 4).

No count is updated here; ``folding`` does that. Closing a ballot is ``subjects.set_ballots_open``.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils.translation import gettext_lazy as _

from rembuk.access.rights import acting
from rembuk.accounts.models import Person
from rembuk.audit import statements
from rembuk.common.errors import Invalid, require
from rembuk.engagement import rules
from rembuk.engagement.errors import BallotClosed
from rembuk.engagement.models import Ballot
from rembuk.engagement.verbs import VOTED

WITHDRAWN = 0

# The gate's lock conflicts with the full row lock of whoever closes the ballot, not with other voters. The
# upsert remembers the value it replaced, so the deltas are exact whoever else votes as the same person.
_CAST = f"""
    WITH gate AS (
        SELECT id, coalesce(%(at)s::timestamptz, clock_timestamp()) AS moment
        FROM engagement_ballot
        WHERE id = %(ballot)s AND is_open
          AND (opens_at IS NULL OR opens_at <= coalesce(%(at)s::timestamptz, clock_timestamp()))
          AND (closes_at IS NULL OR closes_at > coalesce(%(at)s::timestamptz, clock_timestamp()))
        FOR KEY SHARE
    ), cast_vote AS (
        INSERT INTO engagement_vote AS vote
            (ballot_id, voter_id, value, previous, version, created_at, changed_at)
        SELECT id, %(voter)s, %(value)s, 0, %(version)s, moment, moment FROM gate
        ON CONFLICT (ballot_id, voter_id) DO UPDATE
            SET previous = vote.value, value = excluded.value, version = excluded.version,
                changed_at = excluded.changed_at
            WHERE vote.value IS DISTINCT FROM excluded.value
        RETURNING ballot_id, value, previous
    ), changed AS (
        SELECT ballot_id, value, previous FROM cast_vote WHERE value <> previous
    ), deltas AS (
        INSERT INTO engagement_votedelta (ballot_id, choice, change)
        SELECT ballot_id, delta.choice, delta.change
        FROM changed, LATERAL (VALUES (previous, -1), (value, 1)) AS delta (choice, change)
        WHERE delta.choice <> 0
    ), trail AS (
        INSERT INTO audit_entry ({statements.COLUMNS}) SELECT {statements.VALUES} FROM changed
    )
    SELECT EXISTS (SELECT FROM gate), (SELECT previous FROM changed)
"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class CastVote:
    """What happened: the value that stands now, the one before, and whether anything changed."""

    value: int
    previous: int
    is_changed: bool


def cast_vote(
    ballot: Ballot, *, voter: Person, value: int, version: int = 1, at: datetime | None = None
) -> CastVote:
    """Give, change or take back (``value`` 0) a vote; ``version`` is that of the text it is given to.

    Writes the vote, a delta for each choice that changed, and an audit entry without the value, in one
    statement that stands or falls as a whole. The same value again changes nothing.

    Raises:
        Invalid: for a value that is not among the ballot's choices.
        Denied: for the author, and without a confirmed address.
        BallotClosed: when the ballot is not open at this moment.
    """
    if value != WITHDRAWN and value not in ballot.choices:
        raise Invalid(_("This answer is not among the choices."))
    require(rules.may_vote(ballot, voter))
    statement, parameters = casting(ballot, voter=voter, value=value, version=version, at=at)
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        is_open, previous = cursor.fetchone()
    if not is_open:
        raise BallotClosed
    return CastVote(value, value if previous is None else previous, is_changed=previous is not None)


def casting(
    ballot: Ballot, *, voter: Person, value: int, version: int = 1, at: datetime | None = None
) -> tuple[str, dict[str, Any]]:
    """The one statement of a vote with its parameters; asks no rule, so whoever sends it has asked."""
    subject = ballot.subject
    target = statements.Target(subject.kind, subject.code, subject.unit_id, subject.unit.path)
    vote = {"ballot": ballot.pk, "voter": voter.pk, "value": value, "version": version, "at": at}
    return _CAST, {**vote, **statements.params(VOTED, acting(voter), target, statements.Change(), at)}

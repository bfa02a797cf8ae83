"""Voting: one statement does gate, upsert, deltas and audit entry (ARCHITECTURE section 4).

No count is updated here; ``folding`` does that, and the entry stands in its delta until then.
Closing a ballot is ``subjects.set_ballots_open``.
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

# Gate, upsert and deltas are a function of the database, whose plans are kept (``migrations/0001_note_vote.sql``). It answers
# with the value before, with the new one when nothing changed, and with nothing when the ballot is not open.
_CAST = "SELECT engagement_note_vote(%(ballot)s, %(voter)s, %(value)s, %(version)s, %(at)s, %(entry)s)"


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

    Writes the vote, a delta for each choice that changed, and with it an audit entry without the value, in one
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
        (previous,) = cursor.fetchone()
    if previous is None:
        raise BallotClosed
    return CastVote(value, previous, is_changed=previous != value)


def casting(
    ballot: Ballot, *, voter: Person, value: int, version: int = 1, at: datetime | None = None
) -> tuple[str, dict[str, Any]]:
    """The one statement of a vote with its parameters; asks no rule, so whoever sends it has asked."""
    subject = ballot.subject
    target = statements.Target(subject.kind, subject.code, subject.unit_id, subject.unit.path)
    vote = {"ballot": ballot.pk, "voter": voter.pk, "value": value, "version": version, "at": at}
    return _CAST, {**vote, "entry": statements.waiting(VOTED, acting(voter), target)}

"""What every official answer has in common: its row, the figure «dijelaskan», and what it brings to an end.

Not here: which answers there are (``answer`` for those of the responsible unit, ``adopt`` for programmes).
"""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from rembuk.accounts.models import Person
from rembuk.common.errors import Invalid
from rembuk.common.text import clean_text
from rembuk.engagement.actions.cases import close_cases
from rembuk.engagement.models import Case
from rembuk.proposals import selectors
from rembuk.proposals.models import OfficialAnswer, Proposal


def checked_reason(text: str, field: str = "explanation") -> str:
    """The cleaned reason of an answer or assessment.

    Raises:
        Invalid: shorter than ``OfficialAnswer.MIN_REASON`` characters (issue 2, point 8).
    """
    cleaned = clean_text(text)
    if len(cleaned) < OfficialAnswer.MIN_REASON:
        message = _("Explain it in at least %(least)s characters.") % {"least": OfficialAnswer.MIN_REASON}
        raise Invalid(message, fields={field: [message]})
    return cleaned


def explanation_of(proposal: Proposal, moment: datetime) -> dict[str, Any]:
    """The field that counts the proposal as explained, for the first answer that reaches its author's inbox.

    Authors who can't be reached (none, deleted, no address, refused mail) are counted apart: nothing is set.
    """
    if proposal.explained_at is None and selectors.is_author_reachable(proposal):
        return {"explained_at": moment}
    return {}


def keep_answer(answer: OfficialAnswer, *, step: str) -> OfficialAnswer:
    """Save an answer, and end what waited for it: open dispositions and the case of an objection."""
    answer.save()
    proposal, moment = answer.proposal, answer.at
    proposal.dispositions.filter(closed_at=None).update(closed_at=moment)
    if proposal.subject is not None:
        by = answer.by if isinstance(answer.by, Person) else None
        close_cases(proposal.subject, [Case.Kind.OBJECTION], outcome=step, by=by, at=moment)
    return answer

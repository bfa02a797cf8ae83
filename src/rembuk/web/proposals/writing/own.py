"""What an author may do with an own proposal now: the buttons of its page, and the sentence above them."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.engagement.models import Case
from rembuk.proposals import deadlines, states
from rembuk.proposals.models import Objection, OfficialAnswer, Proposal
from rembuk.proposals.states import State
from rembuk.web.proposals.public_rows import plain_day

type Button = dict[str, str]


def actions_for(proposal: Proposal, answers: Sequence[OfficialAnswer], at: datetime) -> list[Button]:
    """The author's buttons, the likeliest first."""
    used = set(proposal.objections.values_list("kind", flat=True))
    state = State(proposal.state)
    buttons = []
    if state == State.RETURNED:
        buttons.append(_button(proposal, "edit", _("Improve and send again")))
    elif state in states.EDITABLE_BY_AUTHOR:
        buttons.append(_button(proposal, "edit", _("Change the text")))
    if state in states.APPEAL.sources and Objection.Kind.APPEAL not in used:
        buttons.append(_button(proposal, "appeal", _("Appeal")))
    if may_object(proposal, answers, at) and Objection.Kind.OBJECTION not in used:
        buttons.append(_button(proposal, "object", _("Object to the answer")))
    if state in states.WITHDRAW.sources:
        buttons.append(_button(proposal, "withdraw", _("Withdraw the proposal")))
    return buttons


def may_object(proposal: Proposal, answers: Sequence[OfficialAnswer], at: datetime) -> bool:
    """Whether the time for an objection to the standing answer still runs."""
    if proposal.state not in states.OBJECT.sources or not answers:
        return False
    return at <= deadlines.objection_due(answers[0].at)


def note_for(proposal: Proposal) -> str:
    """What happens next, in one sentence to the author; empty where the page says it already."""
    if proposal.state == State.SUBMITTED:
        case = Case.objects.filter(subject=proposal.subject_id, closed_at=None).order_by("due_at").first()
        if case is not None:
            words = _("A moderator decides by %(day)s. Until then only you and the office can read it.")
            return words % {"day": plain_day(case.due_at)}
    if proposal.state == State.RETURNED:
        return _("A moderator asks for an improvement; the message stands in the history below.")
    return ""


def _button(proposal: Proposal, route: str, label: str) -> Button:
    return {"url": reverse(f"proposals:{route}", args=[proposal.code]), "label": label, "kind": route}

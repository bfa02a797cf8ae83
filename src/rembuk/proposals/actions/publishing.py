"""What becoming public means: the first version, the place in search, the talk, the ballot, the clock.

Shared by the author's sending (where the instansi moderates afterwards) and the moderator's publishing.
Not here: the step itself and the right to it.
"""

from datetime import datetime

from django.utils.translation import gettext as _

from rembuk.common import search
from rembuk.common.errors import WrongState
from rembuk.engagement.actions.subjects import open_ballot, show_subject
from rembuk.engagement.models import Ballot, Subject
from rembuk.proposals.deadlines import answer_due
from rembuk.proposals.models import Proposal, ProposalVersion


def make_public(proposal: Proposal, at: datetime) -> None:
    """Complete the step that made a locked proposal public, in its transaction; twice changes nothing more.

    Call after ``take_step`` to ``published``. Sets the instant of publication and the clock of the official
    answer, keeps the text as version 1, indexes it, shows its talk and opens its ballot.
    """
    if proposal.published_at is None:
        proposal.published_at = at
        proposal.answer_due_at = answer_due(proposal, at)
        proposal.save(update_fields=["published_at", "answer_due_at"])
        keep_version(proposal, at=at)
    refresh_search(proposal)
    show_subject(subject_of(proposal), visible=True, comments_open=True)
    open_support(proposal)


def subject_of(proposal: Proposal) -> Subject:
    """What its talk and cases hang on.

    Raises:
        WrongState: before it was sent.
    """
    if proposal.subject is None:
        raise WrongState(_("This proposal was not sent yet."))
    return proposal.subject


def open_support(proposal: Proposal) -> None:
    """Open the ballot of a proposal: support or against."""
    subject = subject_of(proposal)
    open_ballot(subject, kind=Ballot.Kind.SUPPORT, choices=[Ballot.SUPPORT, Ballot.AGAINST])


def keep_version(proposal: Proposal, *, at: datetime, reason: str = "") -> ProposalVersion:
    """Keep the text as it stands under the proposal's version number."""
    return ProposalVersion.objects.create(
        proposal=proposal,
        number=proposal.version,
        title=proposal.title,
        body=proposal.body,
        place=proposal.shown_place[:300],
        reason=reason,
        created_at=at,
    )


def refresh_search(proposal: Proposal) -> None:
    """Index title, place, region and text as they are now."""
    words = search.vector(title=proposal.title, names=proposal.shown_place, body=proposal.body)
    Proposal.objects.filter(pk=proposal.pk).update(search=words)

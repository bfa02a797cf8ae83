"""What authors, supporters and followers of a proposal are told. Offices and moderators: ``offices``.

Each function is called in the transaction of what it tells; the words themselves stand in ``author_words``.
"""

from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.utils import translation

from rembuk.engagement.models import Ballot, Follow, Vote
from rembuk.notifications import outbox
from rembuk.notifications.kinds import Kind
from rembuk.proposals.models import Assessment, OfficialAnswer, Proposal
from rembuk.proposals.notices import author_words as words
from rembuk.siteconfig.selectors import current
from rembuk.taxonomy.models import ReasonCode


def page_of(proposal: Proposal) -> str:
    """The path of a proposal's page, without the prefix of a language."""
    return f"/usulan/{proposal.code}/"


def supporters(proposal: Proposal) -> set[int]:
    """Everybody who supports the proposal, without its author."""
    ballots = Ballot.objects.filter(subject=proposal.subject_id, kind=Ballot.Kind.SUPPORT)
    voters = Vote.objects.filter(ballot__in=ballots, value=Ballot.SUPPORT).values_list("voter_id", flat=True)
    return set(voters) - {proposal.author_id or 0}


def followers(proposal: Proposal) -> set[int]:
    """Everybody who follows the proposal, without its author."""
    people = Follow.objects.filter(subject=proposal.subject_id).values_list("person_id", flat=True)
    return set(people) - {proposal.author_id or 0}


def proposal_submitted(proposal: Proposal, due: datetime, at: datetime) -> None:
    """The author's receipt, with the day by which moderation decides."""
    _tell_author(proposal, words.SUBMITTED, at, due=current().written_day(due))


def proposal_resubmitted(proposal: Proposal, due: datetime, at: datetime) -> None:
    """The author's receipt for the mended text."""
    _tell_author(proposal, words.RESUBMITTED, at, due=current().written_day(due))


def proposal_published(proposal: Proposal, at: datetime) -> None:
    """The author hears that everybody can read it."""
    _tell_author(proposal, words.PUBLISHED, at)


def proposal_returned(proposal: Proposal, message: str, at: datetime) -> None:
    """The author hears what to mend."""
    _tell_author(proposal, words.RETURNED, at, message=message)


def proposal_rejected(proposal: Proposal, reason: ReasonCode | None, message: str, at: datetime) -> None:
    """The author hears why it is not published, and of the one appeal."""
    _tell_author(proposal, words.REJECTED, at, reason=_label(reason), message=message)


def proposal_marked_duplicate(proposal: Proposal, at: datetime) -> None:
    """Author, supporters and followers hear which proposal is kept and are invited to it."""
    kept = proposal.duplicate_of
    names = {"kept": kept.code or "", "kept_title": kept.title} if kept else {}
    _tell_author(proposal, words.MARKED_DUPLICATE, at, **names)
    _tell_others(proposal, words.MARKED_DUPLICATE_FOLLOWED, at, **names)


def duplicate_undone(proposal: Proposal, at: datetime) -> None:
    """Author, supporters and followers hear that it stands by itself again."""
    _tell_author(proposal, words.DUPLICATE_UNDONE, at)
    _tell_others(proposal, words.DUPLICATE_UNDONE_FOLLOWED, at)


def proposal_hidden(proposal: Proposal, reason: ReasonCode | None, message: str, at: datetime) -> None:
    """Author and followers hear that it was hidden and why."""
    _tell_author(proposal, words.HIDDEN, at, reason=_label(reason), message=message)
    _tell_others(proposal, words.HIDDEN_FOLLOWED, at, reason=_label(reason), message=message)


def proposal_shown_again(proposal: Proposal, at: datetime) -> None:
    """Author and followers hear that it can be read again."""
    _tell_author(proposal, words.SHOWN_AGAIN, at)
    _tell_others(proposal, words.SHOWN_AGAIN_FOLLOWED, at)


def proposal_referred(proposal: Proposal, offices: str, at: datetime) -> None:
    """Author and followers hear which offices (a list in words) assess it."""
    _tell_author(proposal, words.REFERRED, at, offices=offices)
    _tell_others(proposal, words.REFERRED_FOLLOWED, at, offices=offices)


def proposal_assessed(proposal: Proposal, assessment: Assessment, at: datetime) -> None:
    """The author hears what a unit found."""
    with translation.override(settings.LANGUAGE_CODE):
        verdict = str(assessment.get_verdict_display())
    _tell_author(proposal, words.ASSESSED, at, office=assessment.unit.name, verdict=verdict)


def proposal_answered(proposal: Proposal, answer: OfficialAnswer, at: datetime) -> None:
    """Author, supporters and followers hear the official answer with its reason.

    Not for ``adopted``: ``programs`` tells everybody once, however many proposals join.
    """
    with translation.override(settings.LANGUAGE_CODE):
        decision = str(answer.get_kind_display())
    facts = {"office": answer.unit.name, "decision": decision, "reason": answer.reason}
    _tell_author(proposal, words.ANSWERED, at, **facts)
    _tell_others(proposal, words.ANSWERED_FOLLOWED, at, **facts)


def proposal_resumed(proposal: Proposal, at: datetime) -> None:
    """Author and followers hear that a deferred proposal is under review again."""
    _tell_author(proposal, words.RESUMED, at)
    _tell_others(proposal, words.RESUMED_FOLLOWED, at)


def proposal_edited(proposal: Proposal, reason: str, at: datetime) -> None:
    """Supporters and followers hear of a new version: their vote was given to an earlier one."""
    _tell_others(proposal, words.NEW_VERSION, at, version=str(proposal.version), reason=reason)


def proposal_withdrawn(proposal: Proposal, reason: str, at: datetime) -> None:
    """Supporters and followers hear that its author took it back; the author gets a confirmation."""
    _tell_author(proposal, words.WITHDRAWN, at)
    _tell_others(proposal, words.WITHDRAWN_FOLLOWED, at, message=reason)


def proposal_appealed(proposal: Proposal, due: datetime, at: datetime) -> None:
    """The author gets a confirmation of the appeal."""
    _tell_author(proposal, words.APPEALED, at, due=current().written_day(due))


def proposal_objected(proposal: Proposal, due: datetime, at: datetime) -> None:
    """The author gets a confirmation of the objection; followers hear that it is under review again."""
    _tell_author(proposal, words.OBJECTED, at, due=current().written_day(due))
    _tell_others(proposal, words.RESUMED_FOLLOWED, at)


def _tell_author(proposal: Proposal, kind: Kind, at: datetime, **params: str) -> None:
    if proposal.author_id is not None:
        _tell(proposal, kind, {proposal.author_id}, at, params)


def _tell_others(proposal: Proposal, kind: Kind, at: datetime, **params: str) -> None:
    _tell(proposal, kind, supporters(proposal) | followers(proposal), at, params)


def _tell(proposal: Proposal, kind: Kind, people: set[int], at: datetime, params: Mapping[str, str]) -> None:
    outbox.enqueue(
        f"{kind.key}:{proposal.code}:{at.isoformat()}",
        kind=kind.key,
        recipients=people,
        params={"code": proposal.code or "", "title": proposal.title, **params},
        url=page_of(proposal),
        at=at,
    )


def _label(reason: ReasonCode | None) -> str:
    return reason.label if reason else ""

"""Proposals in a programme: adding, rewording while it is a draft, removing. What follows for them is in
``outcomes``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from rembuk.access import permissions as izin
from rembuk.accounts.models import Person
from rembuk.common.clock import instant
from rembuk.common.errors import Invalid, WrongState, require
from rembuk.common.text import clean_text
from rembuk.programs import notices, rules, verbs
from rembuk.programs.actions.outcomes import settle
from rembuk.programs.actions.steps import Deed, add_event, checked_reason, deed, lock, record
from rembuk.programs.choices import Extent
from rembuk.programs.errors import NotLinkable
from rembuk.programs.models import Link, Program, ProgramEvent
from rembuk.programs.selectors import LINKABLE
from rembuk.programs.states import OPEN, State
from rembuk.proposals.actions.adopt import record_adoption
from rembuk.proposals.models import Proposal
from rembuk.proposals.states import State as ProposalState


@dataclass(frozen=True, slots=True)
class NewLink:
    """A proposal to take up, how far, and the sentence to its author."""

    proposal: Proposal
    extent: str
    sentence: str


@transaction.atomic
def link_proposals(
    program: Program, links: Sequence[NewLink], *, by: Person, at: datetime | None = None
) -> list[Link]:
    """Take proposals into a programme; into a published one it is their official answer and step to
    ``adopted``.

    Writes links and one audit entry; for a published programme also answers, decisions, a public event,
    notices.

    Raises:
        Denied: without the right, or for a proposal that lies elsewhere, is her own, or needs a second
        person. Invalid: for a sentence that is too short, or a proposal that is linked already.
        NotLinkable: for proposals in a state that can't be taken up.
        WrongState: unless the programme is a draft or published.
    """
    found = lock(program)
    require(rules.may_edit(found, by))
    act = deed(found, izin.PROGRAM_EDIT, by=by, moment=instant(at))
    made = add_links(found, links, act)
    if found.state == State.PUBLISHED and made:
        event = add_event(found, "link", act, codes=[link.proposal.code or "" for link in made])
        adopt(found, made, act, event)
    return made


def add_links(program: Program, links: Sequence[NewLink], act: Deed) -> list[Link]:
    """Write the links to a locked programme, checked one by one, with one audit entry; adopts nothing yet."""
    if program.state not in {State.DRAFT, State.PUBLISHED}:
        raise WrongState(_("Proposals can be added to drafts and running work programmes only."))
    refuse_unlinkable([new.proposal for new in links])
    made = [_add(program, new, act) for new in sorted(links, key=lambda new: new.proposal.pk)]
    record(program, verbs.LINKED, act, after={link.proposal.code or "": link.extent for link in made})
    return made


def refuse_unlinkable(proposals: Sequence[Proposal]) -> None:
    """Refuse proposals that moved on meanwhile, naming them.

    Raises:
        NotLinkable: when any is not published, under review or adopted.
    """
    blocked = [f"{p.code} ({ProposalState(p.state).label})" for p in proposals if p.state not in LINKABLE]
    if blocked:
        message = _("These proposals can't be taken up in their present state: %(codes)s. Remove them first.")
        raise NotLinkable(message % {"codes": ", ".join(blocked)})


def adopt(program: Program, links: Sequence[Link], act: Deed, event: ProgramEvent) -> None:
    """The official answer for each linked proposal, and one notice to each person whom it concerns."""
    for link in links:
        record_adoption(
            link.proposal,
            program_code=program.code,
            program_title=program.title,
            unit=program.unit,
            sentence=link.sentence,
            by=act.by,
            at=act.moment,
            standing=act.standing,
        )
    notices.adopted(program, links, event)


@transaction.atomic
def change_link(link: Link, *, extent: str, sentence: str, by: Person, at: datetime | None = None) -> Link:
    """Other words or another extent, while the programme is a draft; later it is an answer and stays.

    Raises:
        WrongState: for a programme that is published.
    """
    program = lock(link.program)
    require(rules.may_edit(program, by))
    if program.state != State.DRAFT:
        raise WrongState(_("This is an official answer already and stays as it was given."))
    act = deed(program, izin.PROGRAM_EDIT, by=by, moment=instant(at))
    before = {"extent": link.extent}
    link.extent, link.sentence = _checked(extent, sentence)
    link.save(update_fields=["extent", "sentence"])
    record(
        program,
        verbs.RELINKED,
        act,
        before=before,
        after={"proposal": link.proposal.code, "extent": link.extent},
    )
    return link


@transaction.atomic
def unlink_proposal(link: Link, *, reason: str = "", by: Person, at: datetime | None = None) -> Link:
    """Remove a proposal; without another programme it is ``published`` again (or completed, if one carried it
    out).

    From a public programme it needs a public reason, and author, supporters and followers are told.

    Raises:
        Invalid: for a missing reason.
        WrongState: when the programme has ended, or somebody removed it before.
    """
    program = lock(link.program)
    require(rules.may_edit(program, by))
    if program.state not in {State.DRAFT, *OPEN}:
        raise WrongState(_("The work programme has ended. Its proposals stay with it."))
    why = checked_reason(reason, needed=program.state != State.DRAFT)
    act = deed(program, izin.PROGRAM_EDIT, by=by, moment=instant(at), reason=why)
    found = Link.objects.select_for_update().select_related("proposal").get(pk=link.pk)
    if found.removed_at is not None:
        raise WrongState(_("This proposal was removed from the work programme already."))
    found.removed_at, found.removal_reason = act.moment, why
    found.save(update_fields=["removed_at", "removal_reason"])
    record(program, verbs.UNLINKED, act, before={"proposal": found.proposal.code})
    if program.state != State.DRAFT:
        event = add_event(program, "unlink", act, codes=[found.proposal.code or ""])
        settle([found.proposal_id], act)
        notices.removed(program, found, event)
    return found


def _add(program: Program, new: NewLink, act: Deed) -> Link:
    require(rules.may_link(program, new.proposal, act.by))
    extent, sentence = _checked(new.extent, new.sentence)
    if program.links.filter(proposal=new.proposal, removed_at=None).exists():
        message = _("%(code)s is part of this work programme already.") % {"code": new.proposal.code}
        raise Invalid(message, fields={"proposal": [message]})
    return Link.objects.create(
        program=program,
        proposal=new.proposal,
        extent=extent,
        sentence=sentence,
        added_by=act.by,
        added_at=act.moment,
    )


def _checked(extent: str, sentence: str) -> tuple[str, str]:
    cleaned = clean_text(sentence)
    if extent not in Extent.values:
        raise Invalid(_("Choose how the proposal is taken up."), fields={"extent": [_("Choose one.")]})
    if len(cleaned) < Link.MIN_SENTENCE:
        message = _("Write at least %(least)s characters to the author.") % {"least": Link.MIN_SENTENCE}
        raise Invalid(message, fields={"sentence": [message]})
    return extent, cleaned

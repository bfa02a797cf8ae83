"""Who may do what with a proposal: each rule answers Allowed or Denied with a reason a person can use."""

from django.utils.translation import gettext_lazy as _

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.access.permissions import Permission
from rembuk.accounts.models import Person
from rembuk.common.errors import ALLOWED, Denied, Verdict
from rembuk.proposals.models import Objection, Proposal
from rembuk.proposals.selectors import referring_offices
from rembuk.workunits.models import WorkUnit


def may_moderate(proposal: Proposal, by: Person) -> Verdict:
    """Publish, return, not publish, mark as duplicate: a moderator of the unit it lies with, never of own
    content.

    The own entries of a subdistrict or village are released by a grant in that very unit only; after an
    appeal the first decider is out.
    """
    if by.pk in {proposal.author_id, proposal.entered_by_id}:
        return Denied(_("Nobody decides on their own content. A colleague has to do it."))
    if proposal.origin_unit is not None and proposal.origin_unit.releases_own:
        verdict = _held(by, izin.PROPOSAL_RELEASE, proposal.origin_unit, exact=True)
    else:
        verdict = _held(by, izin.PROPOSAL_MODERATE, proposal.unit)
    if verdict is ALLOWED and _decided_first(proposal, by, Objection.Kind.APPEAL):
        return Denied(_("You decided on this proposal before. After an appeal a second person decides."))
    return verdict


def may_hide(proposal: Proposal, by: Person) -> Verdict:
    """Hide and show again: holders of the permission where it lies, not the author."""
    if proposal.author_id == by.pk:
        return Denied(_("Nobody decides on their own content. A colleague has to do it."))
    if proposal.origin_unit is not None and proposal.origin_unit.releases_own:
        return _held(by, izin.PROPOSAL_RELEASE, proposal.origin_unit, exact=True)
    return _held(by, izin.PROPOSAL_HIDE, proposal.unit)


def may_refer(proposal: Proposal, by: Person) -> Verdict:
    """Hand to work units: where it lies, and again for the office that handed it there."""
    verdict = _held(by, izin.PROPOSAL_REFER, proposal.unit)
    if verdict is ALLOWED:
        return verdict
    again = any(rights.can(by, izin.PROPOSAL_REFER, office) for office in referring_offices(proposal))
    return ALLOWED if again else verdict


def may_enter(unit: WorkUnit, by: Person) -> Verdict:
    """Enter a proposal on behalf of somebody, in a unit."""
    return _held(by, izin.PROPOSAL_ENTER, unit)


def may_import(unit: WorkUnit, by: Person) -> Verdict:
    """Import a sheet for a unit: holders of the permission there."""
    return _held(by, izin.PROPOSAL_IMPORT, unit)


def may_assess(proposal: Proposal, by: Person, unit: WorkUnit) -> Verdict:
    """Record the telaah of a unit it was handed to, never on one's own proposal."""
    if proposal.author_id == by.pk:
        return Denied(_("Nobody decides on their own content. A colleague has to do it."))
    if not proposal.dispositions.filter(unit=unit).exists():
        return Denied(_("This proposal was not handed to that work unit."))
    return _held(by, izin.PROPOSAL_ASSESS, unit)


def may_answer(proposal: Proposal, by: Person, responsible: WorkUnit | None) -> Verdict:
    """Give the official answer: the responsible unit, never on one's own proposal, after an objection a second person."""
    if proposal.author_id == by.pk:
        return Denied(_("Nobody decides on their own content. A colleague has to do it."))
    if responsible is None:
        return Denied(_("Hand the proposal to a responsible work unit first."))
    verdict = _held(by, izin.PROPOSAL_ANSWER, responsible)
    if verdict is ALLOWED and _decided_first(proposal, by, Objection.Kind.OBJECTION):
        return Denied(_("You gave the first answer. After an objection a second person decides."))
    return verdict


def may_adopt(proposal: Proposal, by: Person) -> Verdict:
    """Take it into a programme, which is an official answer: never one's own, and not by the first decider.

    The right to edit the programme itself is asked for by ``programs``.
    """
    if proposal.author_id == by.pk:
        return Denied(_("Nobody decides on their own content. A colleague has to do it."))
    if _decided_first(proposal, by, Objection.Kind.OBJECTION):
        return Denied(_("You gave the first answer. After an objection a second person decides."))
    return ALLOWED


def may_see_name(proposal: Proposal, by: Person) -> Verdict:
    """See a name hidden from the public (each view is recorded)."""
    return _held(by, izin.PROPOSAL_UNMASK, proposal.unit)


def is_author(proposal: Proposal, by: Person) -> Verdict:
    """Edit, withdraw, appeal, object: the author alone."""
    if proposal.author_id == by.pk:
        return ALLOWED
    return Denied(_("Only the author of the proposal can do this."))


def _held(by: Person, permission: Permission, unit: WorkUnit | None, *, exact: bool = False) -> Verdict:
    if unit is not None and rights.can(by, permission, unit, exact=exact):
        return ALLOWED
    return Denied(_("Your rights do not cover this work unit."))


def _decided_first(proposal: Proposal, by: Person, kind: Objection.Kind) -> bool:
    return proposal.objections.filter(kind=kind, first_decided_by=by).exists()

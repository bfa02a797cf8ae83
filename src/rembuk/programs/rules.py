"""Who may do what with a programme: rights count in the programme's unit, adopting follows the rules of
answers.
"""

from django.utils.translation import gettext_lazy as _

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.access.permissions import Permission
from rembuk.accounts.models import Person
from rembuk.common.errors import ALLOWED, Denied, Verdict
from rembuk.engagement import rules as engagement_rules
from rembuk.programs.models import Program, Witness
from rembuk.programs.states import State
from rembuk.proposals import rules as proposal_rules
from rembuk.proposals import selectors as proposals
from rembuk.proposals.models import Proposal
from rembuk.workunits.models import WorkUnit

# Whoever holds one of these in the programme's unit speaks for it and is not counted as a citizen.
CARRIES_OUT = (izin.PROGRAM_EDIT, izin.PROGRAM_STEER, izin.PROGRAM_REPORT, izin.PROGRAM_PUBLISH)


def may_create(unit: WorkUnit, by: Person) -> Verdict:
    """Make a programme of a unit, or move one there."""
    return _held(by, izin.PROGRAM_EDIT, unit)


def may_edit(program: Program, by: Person) -> Verdict:
    """Change words and, before publication, dates; add and remove proposals."""
    return _held(by, izin.PROGRAM_EDIT, program.unit)


def may_step(program: Program, permission: Permission, by: Person) -> Verdict:
    """Take a step of the table of states, which names the permission."""
    return _held(by, permission, program.unit)


def may_steer(program: Program, by: Person) -> Verdict:
    """Move phases, choose the leading one, revise the plan."""
    return _held(by, izin.PROGRAM_STEER, program.unit)


def may_plan(program: Program, by: Person) -> Verdict:
    """Change a layer of the plan: freely while it is a draft, afterwards by a public revision."""
    return may_edit(program, by) if program.state == State.DRAFT else may_steer(program, by)


def may_report(program: Program, by: Person) -> Verdict:
    """Post updates and documents; enter what was spent and measured."""
    return _held(by, izin.PROGRAM_REPORT, program.unit)


def may_run_rounds(program: Program, by: Person) -> Verdict:
    """Open and close rounds of rating."""
    return _held(by, izin.PROGRAM_STEER, program.unit)


def may_speak(program: Program, by: Person) -> Verdict:
    """Rate, and say whether a milestone is finished: members with a confirmed address.

    Not those who carry it out, whose word stands beside the citizens'. Other officers are citizens here, too.
    """
    if any(rights.can(by, permission, program.unit) for permission in CARRIES_OUT):
        return Denied(
            _(
                "You work on programmes of this office. What you say counts as the office's, so you do not answer as a "
                "citizen here."
            )
        )
    return engagement_rules.may_take_part(by)


def may_moderate_witness(witness: Witness, by: Person) -> Verdict:
    """Hide what somebody said of a milestone, or show it again: a moderator of the unit, never of her own."""
    if witness.person_id == by.pk:
        return Denied(_("Nobody decides on their own content. A colleague has to do it."))
    return _held(by, izin.COMMENT_MODERATE, witness.subject.unit)


def may_link(program: Program, proposal: Proposal, by: Person) -> Verdict:
    """Take a proposal into a programme: one that lies with, came from or was handed to her units.

    It becomes the official answer, so never one's own, and after an objection a second person decides.
    """
    verdict = may_edit(program, by)
    if isinstance(verdict, Denied):
        return verdict
    if not Proposal.objects.filter(proposals.readable_by_staff(by), pk=proposal.pk).exists():
        return Denied(_("This proposal lies with another work unit. Ask for it to be handed to yours."))
    return proposal_rules.may_adopt(proposal, by)


def may_judge_groups(by: Person) -> Verdict:
    """Drop from suggested groups and dismiss them: whoever makes programmes, of proposals she may take up."""
    if rights.can(by, izin.PROGRAM_EDIT):
        return ALLOWED
    return Denied(_("Your rights do not cover suggested groups."))


def _held(by: Person, permission: Permission, unit: WorkUnit) -> Verdict:
    if rights.can(by, permission, unit):
        return ALLOWED
    return Denied(_("Your rights do not cover this work unit."))

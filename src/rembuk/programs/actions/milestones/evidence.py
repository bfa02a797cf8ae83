"""Evidence that a milestone is reached: open pieces for everybody, excluded ones (UU 14/2008) for staff alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from rembuk.access import permissions as izin
from rembuk.accounts.models import Person
from rembuk.common.clock import instant
from rembuk.common.errors import Invalid, WrongState, require
from rembuk.common.text import clean_line
from rembuk.files.models import StoredFile
from rembuk.programs import rules, verbs
from rembuk.programs.actions.steps import Deed, checked_reason, deed, lock, record
from rembuk.programs.choices import DocumentClass
from rembuk.programs.models import Evidence, Milestone, Program
from rembuk.programs.states import MilestoneState

MAX_EVIDENCE = 5


@dataclass(frozen=True, slots=True)
class NewEvidence:
    """A stored picture or document, what it shows, and its class."""

    file: StoredFile
    title: str
    access_class: str = DocumentClass.OPEN


@transaction.atomic
def add_evidence(
    milestone: Milestone, evidence: Sequence[NewEvidence], *, by: Person, at: datetime | None = None
) -> list[Evidence]:
    """More evidence for a milestone that is called done; nobody is told.

    Raises:
        Denied: without the right.
        Invalid: for pieces without words, or too many.
        WrongState: unless it is done.
    """
    program = lock(milestone.program)
    require(rules.may_report(program, by))
    row = Milestone.objects.get(pk=milestone.pk)
    if row.state != MilestoneState.DONE:
        raise WrongState(_("Evidence belongs to a milestone that is called done."))
    _refuse_broken(evidence)
    return write_evidence(
        program, row, evidence, deed(program, izin.PROGRAM_REPORT, by=by, moment=instant(at))
    )


@transaction.atomic
def remove_evidence(evidence: Evidence, *, reason: str, by: Person, at: datetime | None = None) -> Evidence:
    """Take a piece from the page; the trail keeps that it was there and why it went.

    Raises:
        Denied: without the right.
        Invalid: without a reason.
        WrongState: when it was removed before, or is the last open piece of what is called done.
    """
    program = lock(evidence.milestone.program)
    require(rules.may_report(program, by))
    row = Evidence.objects.select_related("milestone").get(pk=evidence.pk)
    if row.removed_at is not None:
        raise WrongState(_("This evidence was removed already."))
    if _is_last(row):
        raise WrongState(
            _("A milestone that is called done keeps open evidence. Add other evidence first, or reopen it.")
        )
    why = checked_reason(reason)
    act = deed(program, izin.PROGRAM_REPORT, by=by, moment=instant(at), reason=why)
    row.removed_at = act.moment
    row.save(update_fields=["removed_at"])
    record(program, verbs.EVIDENCE_REMOVED, act, before=_facts(row))
    return row


def refuse_unproven(evidence: Sequence[NewEvidence]) -> None:
    """Refuse to call something done without open evidence.

    Raises:
        Invalid: without an open piece, for pieces without words, or too many.
    """
    if not any(piece.access_class == DocumentClass.OPEN for piece in evidence):
        message = _("Show it: at least one picture or document that everybody can see.")
        raise Invalid(message, fields={"file_1": [message]})
    _refuse_broken(evidence)


def write_evidence(
    program: Program, milestone: Milestone, evidence: Sequence[NewEvidence], act: Deed
) -> list[Evidence]:
    """Write checked pieces for the present claim, each with its audit entry."""
    rows = []
    for piece in evidence:
        row = Evidence.objects.create(
            milestone=milestone,
            claim=milestone.claims,
            file=piece.file,
            title=clean_line(piece.title),
            access_class=piece.access_class,
            by=act.by,
            at=act.moment,
        )
        record(program, verbs.EVIDENCE_ADDED, act, after=_facts(row))
        rows.append(row)
    return rows


def _refuse_broken(evidence: Sequence[NewEvidence]) -> None:
    if not 1 <= len(evidence) <= MAX_EVIDENCE:
        message = _("From one to %(most)s pieces of evidence fit at a time.") % {"most": MAX_EVIDENCE}
        raise Invalid(message, fields={"file_1": [message]})
    for number, piece in enumerate(evidence, 1):
        if not clean_line(piece.title) or piece.access_class not in DocumentClass.values:
            message = _("Say what the evidence shows.")
            raise Invalid(message, fields={f"title_{number}": [message]})


def _is_last(row: Evidence) -> bool:
    """Whether a milestone would be called done without open evidence of that claim."""
    milestone = row.milestone
    if milestone.state != MilestoneState.DONE or row.claim != milestone.claims:
        return False
    open_ones = milestone.evidence.filter(claim=row.claim, removed_at=None, access_class=DocumentClass.OPEN)
    return not open_ones.exclude(pk=row.pk).exists()


def _facts(row: Evidence) -> dict[str, object]:
    return {
        "milestone": str(row.milestone.public_id),
        "file": str(row.file.public_id),
        "class": row.access_class,
        "claim": row.claim,
    }

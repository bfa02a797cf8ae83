"""Who may do what with a consultation: rights count in its unit; rows also in the unit in charge of them.

State and clock are the actions' business.
"""

from django.utils.translation import gettext_lazy as _

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.access.permissions import Permission
from rembuk.accounts import selectors as accounts
from rembuk.accounts.models import Person
from rembuk.common.errors import ALLOWED, Denied, Verdict
from rembuk.consultations.choices import Audience
from rembuk.consultations.models import Consultation, MatrixRow, Objection, Submission
from rembuk.workunits.models import WorkUnit

OUTSIDE = _("Your rights do not cover this work unit.")
OWN_CONTENT = _("Nobody decides on their own content. A colleague has to do it.")


def may_read(consultation: Consultation, by: Person) -> Verdict:
    """Read everything staff read of it; a unit in charge of rows alone reads less (``selectors``)."""
    return _held(by, izin.CONSULTATION_READ, consultation.unit)


def may_create(unit: WorkUnit, by: Person) -> Verdict:
    """Make a consultation of a unit, or move one there."""
    return _held(by, izin.CONSULTATION_EDIT, unit)


def may_edit(consultation: Consultation, by: Person) -> Verdict:
    """Words, text, questions, settings, documents, programmes."""
    return _held(by, izin.CONSULTATION_EDIT, consultation.unit)


def may_step(consultation: Consultation, permission: Permission, by: Person) -> Verdict:
    """Take a step of the table of states, which names the permission."""
    return _held(by, permission, consultation.unit)


def may_publish(consultation: Consultation, by: Person) -> Verdict:
    """Announce, extend, publish versions and the result."""
    return _held(by, izin.CONSULTATION_PUBLISH, consultation.unit)


def may_announce(consultation: Consultation, by: Person, *, needs_second: bool) -> Verdict:
    """Announce; where the instansi wants a second pair of eyes, somebody else must have handed it over."""
    verdict = may_publish(consultation, by)
    if verdict is ALLOWED and needs_second:
        if consultation.ready_by_id is None:
            return Denied(_("A second person has to look at it first. Hand it over for that."))
        if consultation.ready_by_id == by.pk:
            return Denied(_("You handed this over yourself. A second person announces it."))
    return verdict


def may_take_part(consultation: Consultation, by: Person) -> Verdict:
    """Answer: members with a confirmed address; where only named organisations may, those invited by address."""
    if not by.is_active:
        return Denied(_("Your account is suspended."))
    if not accounts.is_confirmed(by):
        return Denied(_("Please confirm your email address first."))
    if consultation.audience == Audience.ORGANISATIONS and not is_invited(consultation, by):
        return Denied(_("Only the organisations that were named may answer here. Everybody may read."))
    return ALLOWED


def is_invited(consultation: Consultation, by: Person) -> bool:
    """Whether a named organisation answers with this person's address."""
    return consultation.invited.filter(email__iexact=by.email).exists()


def is_author(submission: Submission, by: Person) -> Verdict:
    """Change, withdraw, object: the author alone."""
    if submission.author_id == by.pk:
        return ALLOWED
    return Denied(_("Only the author of the submission can do this."))


def may_enter(consultation: Consultation, by: Person) -> Verdict:
    """Enter a submission on behalf of somebody."""
    return _held(by, izin.CONSULTATION_ENTER, consultation.unit)


def may_correct(submission: Submission, by: Person) -> Verdict:
    """Correct what was entered for somebody: who may enter there; behind a hidden name its enterer or who may see it."""
    if submission.is_name_masked and by.pk != submission.entered_by_id:
        verdict = may_see_name(submission, by)
        if verdict is not ALLOWED:
            return verdict
    return may_enter(submission.consultation, by)


def may_moderate(submission: Submission, by: Person) -> Verdict:
    """Show a held submission or not, hide a shown one and show it again: never one's own words or entry."""
    if by.pk in {submission.author_id, submission.entered_by_id, submission.corrected_by_id}:
        return Denied(OWN_CONTENT)
    return _held(by, izin.SUBMISSION_MODERATE, submission.consultation.unit)


def may_answer(row: MatrixRow, by: Person) -> Verdict:
    """Write and propose the answer of a row, cut it: where the consultation lies or in the unit in charge; never one's own."""
    if row.submission.author_id == by.pk:
        return Denied(OWN_CONTENT)
    verdict = _held(by, izin.CONSULTATION_ANSWER, row.unit)
    return verdict if verdict is ALLOWED else _held(by, izin.CONSULTATION_ANSWER, row.consultation.unit)


def may_assign(consultation: Consultation, by: Person) -> Verdict:
    """Give rows to units and people, put groups together: where the consultation lies."""
    return _held(by, izin.CONSULTATION_ANSWER, consultation.unit)


def may_approve(row: MatrixRow, by: Person) -> Verdict:
    """Approve a proposed answer or return it: a second person, never the author of the submission."""
    if row.submission.author_id == by.pk:
        return Denied(OWN_CONTENT)
    if row.proposed_by_id == by.pk:
        return Denied(_("You proposed this answer. A second person approves it."))
    return _held(by, izin.CONSULTATION_APPROVE, row.consultation.unit)


def may_publish_row(row: MatrixRow, by: Person) -> Verdict:
    """Publish an answer; never the one to one's own submission."""
    if row.submission.author_id == by.pk:
        return Denied(OWN_CONTENT)
    return may_publish(row.consultation, by)


def may_decide_objection(objection: Objection, by: Person) -> Verdict:
    """Confirm the answer or give a new one: nobody who proposed, approved or published it, nor the author."""
    row = objection.row
    if by.pk in {row.proposed_by_id, row.approved_by_id, row.published_by_id}:
        return Denied(_("You had a part in the first answer. After an objection a second person decides."))
    return may_answer(row, by)


def may_see_name(submission: Submission, by: Person) -> Verdict:
    """See a name hidden from the public (each view is recorded)."""
    return _held(by, izin.SUBMISSION_UNMASK, submission.consultation.unit)


def may_see_scan(submission: Submission, by: Person) -> Verdict:
    """Open the scan: who enters, moderates or answers where it lies; behind a hidden name who may see that too."""
    unit = submission.consultation.unit
    working = (izin.CONSULTATION_ENTER, izin.SUBMISSION_MODERATE, izin.CONSULTATION_ANSWER)
    if tells_hidden_name(submission):
        verdict = may_see_name(submission, by)
        if verdict is not ALLOWED:
            return verdict
    if any(rights.can(by, permission, unit) for permission in working):
        return ALLOWED
    return Denied(OUTSIDE)


def tells_hidden_name(submission: Submission) -> bool:
    """Whether its scan stands behind a hidden name: its own, or that of another entry from the same paper."""
    if submission.is_name_masked:
        return True
    same = Submission.objects.filter(scan=submission.scan_id, is_name_masked=True)
    return submission.scan_id is not None and same.exists()


def may_export(consultation: Consultation, by: Person) -> Verdict:
    """Take the whole matrix with names as a file: where she may read all of it and not only the rows of her unit."""
    read = _held(by, izin.CONSULTATION_READ, consultation.unit)
    return _held(by, izin.CONSULTATION_EXPORT, consultation.unit) if read.ok else read


def _held(by: Person, permission: Permission, unit: WorkUnit) -> Verdict:
    if rights.can(by, permission, unit):
        return ALLOWED
    return Denied(OUTSIDE)

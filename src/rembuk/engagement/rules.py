"""Who may do what in the talk around a subject, and who may decide a case. State (open, visible) is the actions'."""

from django.utils.translation import gettext_lazy as _

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.access.permissions import Permission
from rembuk.accounts import selectors as accounts
from rembuk.accounts.models import Person
from rembuk.common.errors import ALLOWED, Denied, Verdict
from rembuk.engagement.models import Ballot, Case, Comment, Subject
from rembuk.workunits.models import WorkUnit

COMMENT_KINDS = frozenset({Case.Kind.COMMENT_HELD, Case.Kind.REPORT})
# What decides a case of a kind, where no unit releases its own entries.
DECIDES: dict[str, Permission] = {
    Case.Kind.PROPOSAL: izin.PROPOSAL_MODERATE,
    Case.Kind.APPEAL: izin.PROPOSAL_MODERATE,
    Case.Kind.OBJECTION: izin.PROPOSAL_ANSWER,
    Case.Kind.COMMENT_HELD: izin.COMMENT_MODERATE,
    Case.Kind.REPORT: izin.COMMENT_MODERATE,
    Case.Kind.SUBMISSION: izin.SUBMISSION_MODERATE,
    Case.Kind.ANSWER_OBJECTION: izin.CONSULTATION_ANSWER,
}
# Reports of a submission itself are decided by those who decide on submissions.
OF_SUBMISSIONS = izin.SUBMISSION_MODERATE
NOTES = (izin.PROPOSAL_READ, izin.PROGRAM_READ, izin.CONSULTATION_READ, izin.COMMENT_MODERATE)


def may_take_part(by: Person) -> Verdict:
    """Comment, follow, report: members with a confirmed address."""
    if not by.is_active:
        return Denied(_("Your account is suspended."))
    if not accounts.is_confirmed(by):
        return Denied(_("Please confirm your email address first."))
    return ALLOWED


def may_vote(ballot: Ballot, by: Person) -> Verdict:
    """Members with a confirmed address; an author's own support is understood and not counted."""
    if ballot.kind == Ballot.Kind.SUPPORT and ballot.subject.author_id == by.pk:
        return Denied(_("You proposed this. Only the votes of others are counted."))
    return may_take_part(by)


def may_comment(subject: Subject, by: Person, office: WorkUnit | None = None) -> Verdict:
    """Any member as herself; with an office's badge, whoever may reply for that office on this subject."""
    if office is not None and not _speaks_for(by, office, subject.unit):
        return Denied(_("You may not reply with the badge of this office."))
    return may_take_part(by)


def may_delete(comment: Comment, by: Person) -> Verdict:
    """The author alone; moderators hide instead, with a reason."""
    if comment.author_id == by.pk:
        return ALLOWED
    return Denied(_("Only its author can delete a comment."))


def may_report(author_id: int | None, by: Person) -> Verdict:
    """Any member, but not her own content."""
    if author_id == by.pk:
        return Denied(_("This is your own. You can change or delete it yourself."))
    return may_take_part(by)


def may_see_case(case: Case, by: Person) -> Verdict:
    """Whose rights cover the case; a report about her own content is kept from its author."""
    if case.kind == Case.Kind.REPORT and by.pk == reported_author_id(case):
        return Denied(_("This is about your own content."))
    unit, permission, exact = case.unit, decided_with(case), False
    if case.released_by_unit is not None:
        unit, permission, exact = case.released_by_unit, izin.PROPOSAL_RELEASE, True
    if rights.can(by, permission, unit, exact=exact):
        return ALLOWED
    return Denied(_("Your rights do not cover this work unit."))


def may_decide_case(case: Case, by: Person) -> Verdict:
    """Who sees the case and is not barred: author, who reported, who decided before an appeal."""
    if case.barred.filter(pk=by.pk).exists():
        return Denied(_("You wrote, entered, reported or decided this before. A colleague has to decide."))
    return may_see_case(case, by)


def may_moderate_comment(comment: Comment, by: Person) -> Verdict:
    """Hide a comment or show it again without a case: a moderator of the subject's unit, never of her own."""
    if comment.author_id == by.pk:
        return Denied(_("Nobody decides on their own content. A colleague has to do it."))
    if rights.can(by, izin.COMMENT_MODERATE, comment.subject.unit):
        return ALLOWED
    return Denied(_("Your rights do not cover this work unit."))


def may_add_note(by: Person) -> Verdict:
    """Staff who read or moderate; which subjects she reaches, the door of the domain has settled."""
    if any(rights.can(by, permission) for permission in NOTES):
        return ALLOWED
    return Denied(_("Internal notes are for staff."))


def decided_with(case: Case) -> Permission:
    """The permission that decides a case."""
    is_of_subject = case.kind == Case.Kind.REPORT and case.comment_id is None
    is_of_submission = is_of_subject and case.subject.kind == Subject.Kind.SUBMISSION
    return OF_SUBMISSIONS if is_of_submission else DECIDES[case.kind]


def reported_author_id(case: Case) -> int | None:
    """Whose content a case is about."""
    return case.comment.author_id if case.comment is not None else case.subject.author_id


def _speaks_for(by: Person, office: WorkUnit, unit: WorkUnit) -> bool:
    """Whether a grant in that very office lets her reply on what lies with ``unit``."""
    return unit.path.startswith(office.path) and rights.can(by, izin.COMMENT_REPLY, office, exact=True)

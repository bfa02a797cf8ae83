"""A moderator's acts: taking a case, notes among staff, deciding on comments and reports.

Decisions on proposals themselves are the proposals domain's; it closes its cases with ``cases.close_cases`` and
calls ``settle_report`` for what people reported about a proposal.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from rembuk.access.rights import acting
from rembuk.accounts.models import Person
from rembuk.audit import actions as audit
from rembuk.audit.verbs import Verb
from rembuk.common.clock import instant
from rembuk.common.errors import Invalid, WrongState, require
from rembuk.common.text import clean_text
from rembuk.engagement import notices, rules, verbs
from rembuk.engagement.actions.reports import close_reports
from rembuk.engagement.actions.talk import case_target, comment_target, lock_comment, subject_target, touch
from rembuk.engagement.errors import AlreadyClaimed, AlreadyDecided, DecidedByOneself
from rembuk.engagement.models import Case, Comment, InternalNote, Subject
from rembuk.engagement.selectors import with_parts
from rembuk.taxonomy.models import ReasonCode

KEPT, HIDDEN = "kept", "hidden"
# A claim keeps colleagues from doing the same work twice; it must not hold up a case whose holder went home.
CLAIM_LASTS = timedelta(hours=8)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """Why: a reason code (needed to hide), and an explanation; of hidden content the author and everybody read both."""

    reason: ReasonCode | None = None
    explanation: str = ""


def claim_case(case: Case, *, by: Person, at: datetime | None = None) -> Case:
    """Take an open case; a claim ends by itself after eight hours. Deciding needs no claim.

    Raises:
        Denied: outside her units, or when she is barred.
        AlreadyDecided, AlreadyClaimed: when a colleague was faster; both say who and when.
    """
    moment = instant(at)
    with transaction.atomic():
        case = lock_open_case(case, by)
        require(rules.may_decide_case(case, by))
        taken = case.claimed_at is not None and case.claimed_at > moment - CLAIM_LASTS
        if taken and case.claimed_by is not None and case.claimed_by_id != by.pk and case.claimed_at:
            raise AlreadyClaimed(case.claimed_by.shown_name, case.claimed_at)
        _claim(case, by, moment)
        audit.record(verbs.CASE_CLAIMED, by=acting(by), target=case_target(case), at=at)
    return case


def release_claim(case: Case, *, by: Person, at: datetime | None = None) -> Case:
    """Give a case one has taken back to the queue; nothing happens when it is not one's own.

    Raises:
        AlreadyDecided: when it is closed.
    """
    with transaction.atomic():
        case = lock_open_case(case, by)
        if case.claimed_by_id == by.pk:
            _claim(case, None, None)
            audit.record(verbs.CASE_RELEASED, by=acting(by), target=case_target(case), at=at)
    return case


def add_note(subject: Subject, *, by: Person, body: str, at: datetime | None = None) -> InternalNote:
    """A note among staff about a subject, which the caller's door has found for her. The trail keeps no text.

    Raises:
        Denied: for people who are not staff.
        Invalid: for an empty note.
    """
    require(rules.may_add_note(by))
    if not (text := clean_text(body)):
        raise Invalid(_("Please write a note first."), fields={"body": [_("Please write a note first.")]})
    with transaction.atomic():
        note = InternalNote.objects.create(subject=subject, author=by, body=text, created_at=instant(at))
        audit.record(verbs.NOTE_ADDED, by=acting(by), target=subject_target(subject), at=at)
    return note


def decide_comment(
    case: Case, *, by: Person, keep: bool, grounds: Grounds = Grounds(), at: datetime | None = None
) -> Comment:
    """Decide a held or reported comment: show (or keep) it, or hide it with a reason that everybody can read.

    Writes the comment, closes the case and the reports on it, one audit entry; tells the author, who reported,
    and for a comment that is shown now those whom it answers.

    Raises:
        Denied: outside her units, or when she is barred.
        AlreadyDecided: a colleague (or the author, by deleting) was faster.
        Invalid: to hide without a reason.
    """
    moment = instant(at)
    with transaction.atomic():
        case = lock_open_case(case, by)
        if case.comment is None:
            raise WrongState(_("This case is not about a comment."))
        require(rules.may_decide_case(case, by))
        comment = lock_comment(case.comment)
        if not keep:
            _hide(comment, grounds, by=by, at=at, moment=moment)
            _close_cases_on(comment, by, HIDDEN, moment)
        elif case.kind == Case.Kind.COMMENT_HELD:
            _release(comment, grounds.explanation, by=by, at=at, moment=moment)
            _close(case, by, KEPT, moment)
        else:
            settle_report(case, by=by, explanation=grounds.explanation, at=at)
    return comment


def settle_report(
    case: Case, *, by: Person, is_hidden: bool = False, explanation: str = "", at: datetime | None = None
) -> Case:
    """Close a report: the content stays, or (``is_hidden``) the caller has hidden it. Tells who reported.

    Raises:
        Denied: outside her units, or when she is barred.
        AlreadyDecided: a colleague was faster.
    """
    moment = instant(at)
    with transaction.atomic():
        case = lock_open_case(case, by)
        require(rules.may_decide_case(case, by))
        outcome = HIDDEN if is_hidden else KEPT
        _close(case, by, outcome, moment)
        close_reports(case.subject, case.comment, at=moment, is_hidden=is_hidden)
        audit.record(
            verbs.REPORT_SETTLED,
            by=acting(by),
            target=comment_target(case.comment) if case.comment else subject_target(case.subject),
            after={"outcome": outcome},
            reason=explanation,
            at=at,
        )
    return case


def hide_comment(comment: Comment, *, by: Person, grounds: Grounds, at: datetime | None = None) -> Comment:
    """Hide a visible comment that a moderator came across; open cases on it are decided by this.

    Raises:
        Denied: outside her units, or for her own comment.
        WrongState: when it is not visible.
        Invalid: without a reason.
    """
    moment = instant(at)
    with transaction.atomic():
        comment = lock_comment(comment)
        require(rules.may_moderate_comment(comment, by))
        _expect(comment, Comment.State.VISIBLE)
        _hide(comment, grounds, by=by, at=at, moment=moment)
        _close_cases_on(comment, by, HIDDEN, moment)
    return comment


def show_again(comment: Comment, *, by: Person, explanation: str = "", at: datetime | None = None) -> Comment:
    """Show a hidden comment again and tell its author.

    Raises:
        Denied: outside her units, or for her own comment.
        WrongState: when it is not hidden, or its author has deleted the text.
    """
    moment = instant(at)
    with transaction.atomic():
        comment = lock_comment(comment)
        require(rules.may_moderate_comment(comment, by))
        _expect(comment, Comment.State.HIDDEN)
        if not comment.body:
            raise WrongState(_("Its author has deleted the text of this comment."))
        comment.decided_reason, comment.decided_note = None, ""
        _move(comment, Comment.State.VISIBLE)
        _record(verbs.COMMENT_SHOWN_AGAIN, comment, Comment.State.HIDDEN, by=by, reason=explanation, at=at)
        notices.comment_shown_again(comment, at=moment)
    return comment


def lock_open_case(case: Case, by: Person) -> Case:
    """The case as it is now, its row locked until the transaction ends.

    Raises:
        AlreadyDecided: when it is closed; the message says by whom and when.
        DecidedByOneself: it was she.
    """
    # Lock first, read afterwards: a joined row is not read again after waiting for the lock.
    Case.objects.select_for_update().only("pk").get(pk=case.pk)
    locked = with_parts(Case.objects.all()).get(pk=case.pk)
    if locked.closed_at is not None:
        if locked.closed_by_id == by.pk:
            raise DecidedByOneself(locked.closed_at)
        raise AlreadyDecided(locked.closed_by.shown_name if locked.closed_by else "", locked.closed_at)
    return locked


def _claim(case: Case, by: Person | None, at: datetime | None) -> None:
    case.claimed_by, case.claimed_at = by, at
    case.save(update_fields=["claimed_by", "claimed_at"])


def _hide(comment: Comment, grounds: Grounds, *, by: Person, at: datetime | None, moment: datetime) -> None:
    if grounds.reason is None or ReasonCode.Use.HIDE not in grounds.reason.uses:
        sentence = _("Choose a reason, so that everybody can see why.")
        raise Invalid(sentence, fields={"reason": [sentence]})
    before = comment.state
    comment.decided_reason, comment.decided_note = grounds.reason, clean_text(grounds.explanation)
    _move(comment, Comment.State.HIDDEN)
    _record(verbs.COMMENT_HIDDEN, comment, before, by=by, reason=comment.decided_note, at=at)
    notices.comment_hidden(comment, at=moment)


def _release(
    comment: Comment, explanation: str, *, by: Person, at: datetime | None, moment: datetime
) -> None:
    before = comment.state
    _move(comment, Comment.State.VISIBLE)
    _record(verbs.COMMENT_RELEASED, comment, before, by=by, reason=explanation, at=at)
    notices.comment_released(comment, at=moment)


def _move(comment: Comment, state: str) -> None:
    comment.state = state
    comment.save(update_fields=["state", "decided_reason", "decided_note"])
    touch(comment.subject)


def _record(
    verb: Verb, comment: Comment, before: str, *, by: Person, reason: str, at: datetime | None
) -> None:
    code = {"reason_code": comment.decided_reason.code} if comment.decided_reason else {}
    audit.record(
        verb,
        by=acting(by),
        target=comment_target(comment),
        before={"state": before},
        after={"state": comment.state, **code},
        reason=reason,
        at=at,
    )


def _close(case: Case, by: Person, outcome: str, moment: datetime) -> None:
    case.closed_at, case.closed_by, case.outcome = moment, by, outcome
    case.save(update_fields=["closed_at", "closed_by", "outcome"])


def _close_cases_on(comment: Comment, by: Person, outcome: str, moment: datetime) -> None:
    Case.objects.filter(comment=comment, closed_at=None).update(
        closed_at=moment, closed_by=by, outcome=outcome
    )
    close_reports(comment.subject, comment, at=moment, is_hidden=True)


def _expect(comment: Comment, state: Comment.State) -> None:
    if comment.state != state:
        words = {"state": Comment.State(comment.state).label}
        raise WrongState(_("This can't be done now: the comment is “%(state)s”.") % words)

"""A moderator's decisions on submissions: show, don't show, show again, one or many; and looking behind a mask.

Whatever is decided, the submission stays counted and gets its rows of the matrix. Not here: comments, and reports
that change nothing (``engagement.actions.moderation``).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from rembuk.access.actions import note_denial
from rembuk.access.rights import actor_of
from rembuk.accounts.models import Person
from rembuk.audit import actions as audit
from rembuk.audit import sendings
from rembuk.common.clock import instant
from rembuk.common.errors import Denied, DomainError, Invalid, require
from rembuk.consultations import rules, verbs
from rembuk.consultations.actions.steps import (
    Deed,
    checked_reason,
    lock_submission,
    submission_target,
    take_submission_step,
)
from rembuk.consultations.models import Submission
from rembuk.consultations.notices import moderation as notices
from rembuk.consultations.states import DONT_SHOW, SHOW, SHOW_AGAIN, Step, SubmissionState
from rembuk.engagement.actions.cases import close_cases
from rembuk.engagement.actions.reports import close_reports
from rembuk.engagement.errors import AlreadyDecided, DecidedByOneself
from rembuk.engagement.models import Case
from rembuk.taxonomy.models import ReasonCode

RECHECKED = "recheck"
# The same decision on the changed text of a submission that was not shown before; it moves no state.
_STILL_NOT_SHOWN = replace(DONT_SHOW, sources=frozenset({SubmissionState.NOT_SHOWN}))


@dataclass(slots=True)
class BulkResult:
    """What became of a bulk act: the submissions shown, and those refused with the sentence why."""

    done: list[Submission] = field(default_factory=list)
    refused: list[tuple[Submission, str]] = field(default_factory=list)


@transaction.atomic
def show_submission(submission: Submission, *, by: Person, at: datetime | None = None) -> Submission:
    """Show a held submission, or a changed one that waited to be read again; tells the author.

    Raises:
        Denied: to its author, to who entered it, and outside her units.
        AlreadyDecided, WrongState: when it does not wait.
    """
    moment = instant(at)
    found = lock_submission(submission)
    require(rules.may_moderate(found, by))
    if found.is_rechecking:
        _recheck(found, by, moment)
        outcome = RECHECKED
    else:
        _require_step(found, SHOW, by)
        take_submission_step(found, SHOW, Deed(by=by, moment=moment))
        outcome = SHOW.name
    _end(found, [Case.Kind.SUBMISSION], outcome, by, moment)
    notices.submission_shown(found, moment)
    return found


@transaction.atomic
def withhold_submission(
    submission: Submission, *, reason: ReasonCode, message: str, by: Person, at: datetime | None = None
) -> Submission:
    """Don't show a held submission, or hide a shown one; its page keeps reason and explanation, its count stays.

    One that its author changed while it was not shown stays so, with this reason from now on. Open reports on it end;
    who reported and the author are told.

    Raises:
        Denied: to its author, to who entered it, and outside her units.
        AlreadyDecided, WrongState: when it is neither held nor shown.
        Invalid: without a fitting reason, or without an explanation of 20 characters.
    """
    if not reason.is_active or ReasonCode.Use.HIDE not in reason.uses:
        wording = _("Choose a reason from the list.")
        raise Invalid(wording, fields={"reason": [wording]})
    text = checked_reason(message, field="message")
    moment = instant(at)
    found = lock_submission(submission)
    require(rules.may_moderate(found, by))
    step = _STILL_NOT_SHOWN if _waits_unshown(found) else DONT_SHOW
    _require_step(found, step, by)
    changes = {"decided_reason": reason, "decided_note": text, "is_rechecking": False}
    take_submission_step(found, step, Deed(by=by, moment=moment, reason=text), changes)
    _end(found, [Case.Kind.SUBMISSION, Case.Kind.REPORT], DONT_SHOW.name, by, moment)
    assert found.subject is not None
    close_reports(found.subject, None, at=moment, is_hidden=True)
    notices.submission_not_shown(found, reason, text, moment)
    return found


@transaction.atomic
def show_submission_again(
    submission: Submission, *, message: str, by: Person, at: datetime | None = None
) -> Submission:
    """Show a submission that was not shown; tells the author why.

    Raises:
        Denied: to its author, to who entered it, and outside her units.
        WrongState: when it is not withheld.
        Invalid: without an explanation of 20 characters.
    """
    text = checked_reason(message, field="message")
    moment = instant(at)
    found = lock_submission(submission)
    require(rules.may_moderate(found, by))
    changes = {"decided_reason": None, "decided_note": "", "is_rechecking": False}
    take_submission_step(found, SHOW_AGAIN, Deed(by=by, moment=moment, reason=text), changes)
    _end(found, [Case.Kind.SUBMISSION], SHOW_AGAIN.name, by, moment)
    notices.submission_shown_again(found, text, moment)
    return found


def show_many(submissions: Iterable[Submission], *, by: Person, at: datetime | None = None) -> BulkResult:
    """Show many in one transaction; one that is refused stops no other. Refusals of rights are recorded as denials."""
    result = BulkResult()
    denied: list[tuple[Submission, str]] = []
    with transaction.atomic():
        sendings.claim()
        for submission in sorted(submissions, key=lambda row: row.pk):
            try:
                result.done.append(show_submission(submission, by=by, at=at))
            except DomainError as refusal:
                result.refused.append((submission, str(refusal)))
                if isinstance(refusal, Denied):
                    denied.append((submission, str(refusal)))
    for submission, why in denied:
        note_denial(by=by, what=f"bulk {submission.code}", reason=why)
    return result


@transaction.atomic
def see_masked_name(submission: Submission, *, by: Person, at: datetime | None = None) -> str:
    """The name behind a mask; the look itself stands in the trail, where the author finds it too.

    Raises:
        Denied: without the right where the consultation lies.
    """
    require(rules.may_see_name(submission, by))
    audit.record(verbs.NAME_SEEN, by=actor_of(by), target=submission_target(submission), at=instant(at))
    return real_name(submission)


@transaction.atomic
def see_scan(submission: Submission, *, by: Person, at: datetime | None = None) -> None:
    """Open the scan; behind a hidden name the look itself stands in the trail, as with the name.

    Raises:
        Denied: to those who neither enter, moderate nor answer there, or may not see a hidden name.
    """
    require(rules.may_see_scan(submission, by))
    if rules.tells_hidden_name(submission):
        audit.record(verbs.NAME_SEEN, by=actor_of(by), target=submission_target(submission), at=instant(at))


def real_name(submission: Submission) -> str:
    """Under which name it arrived, masked or not: the group's or organisation's, else the person's."""
    account = submission.author.shown_name if submission.author else ""
    return submission.participant_name or submission.on_behalf_of or account


def _recheck(found: Submission, by: Person, moment: datetime) -> None:
    found.is_rechecking, found.changed_at = False, moment
    found.save(update_fields=["is_rechecking", "changed_at"])
    audit.record(
        verbs.SUBMISSION_RECHECKED,
        by=actor_of(by),
        target=submission_target(found),
        after={"version": found.version},
        at=moment,
    )


def _waits_unshown(found: Submission) -> bool:
    """Whether it is not shown and was changed since, so that it waits to be read again."""
    if found.state != SubmissionState.NOT_SHOWN:
        return False
    return Case.objects.filter(subject=found.subject_id, kind=Case.Kind.SUBMISSION, closed_at=None).exists()


def _require_step(found: Submission, step: Step, by: Person) -> None:
    """Refuse a decision that a colleague has taken a moment ago by her name; other states the table refuses."""
    if found.state in step.sources:
        return
    decided = Case.objects.filter(
        subject=found.subject_id, kind=Case.Kind.SUBMISSION, closed_by__isnull=False
    )
    last = decided.select_related("closed_by").order_by("-closed_at").first()
    if last is not None and last.closed_by is not None and last.closed_at is not None:
        if last.closed_by == by:
            raise DecidedByOneself(last.closed_at)
        raise AlreadyDecided(last.closed_by.shown_name, last.closed_at)


def _end(found: Submission, kinds: list[Case.Kind], outcome: str, by: Person, moment: datetime) -> None:
    assert found.subject is not None
    close_cases(found.subject, kinds, outcome=outcome, by=by, at=moment)

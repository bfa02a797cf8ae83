"""Sending a submission, sending its change, withdrawing it: only while the consultation is open by the database's clock.

The gate is passed first and holds the consultation until the end of the transaction; whoever closes it waits, and
then finds every submission that passed. The order is gate, then submission: the other way round two could wait for
each other. Not here: writing (``drafts``), what is stored on arrival (``arriving``).
"""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from rembuk.access.rights import actor_of
from rembuk.accounts.models import Person
from rembuk.audit import actions as audit
from rembuk.common.errors import Invalid, WrongState, require
from rembuk.consultations import rules, verbs
from rembuk.consultations.actions.steps import (
    Deed,
    lock_submission,
    pass_gate,
    submission_target,
    take_submission_step,
)
from rembuk.consultations.actions.taking import arriving
from rembuk.consultations.errors import TextChanged
from rembuk.consultations.models import Submission
from rembuk.consultations.notices import authors
from rembuk.consultations.states import COUNTED, SEND, SEND_FOR_REVIEW, WITHDRAW, SubmissionState
from rembuk.consultations.writing.sheet import Sheet, sent_content, sheet_of
from rembuk.engagement.actions.cases import close_cases
from rembuk.engagement.actions.subjects import set_ballots_open
from rembuk.engagement.models import Case


@transaction.atomic
def send_submission(
    draft: Submission, *, by: Person, seen_version: int | None = None, at: datetime | None = None
) -> Submission:
    """Send a draft: its words as rows, version 1, receipt number, subject with ballot; shown, or held for review.

    Sending the same draft twice returns what was sent the first time, also after closing. ``seen_version`` is the
    newest version of the text whose differences the author has seen.

    Raises:
        NotOpenYet, Closed: outside the schedule, naming the instant; the draft stays.
        Denied: to anybody but the author, without a confirmed address, and to organisations that were not named.
        Invalid: when something is missing, by page.
        TextChanged: when a clause she writes about changed in a version she has not seen.
    """
    if Submission.objects.filter(pk=draft.pk, author=by).exclude(state=SubmissionState.DRAFT).exists():
        return lock_submission(draft)
    moment = pass_gate(draft.consultation, at)
    found = lock_submission(draft)
    require(rules.is_author(found, by))
    if found.state != SubmissionState.DRAFT:
        return found
    require(rules.may_take_part(found.consultation, by))
    sheet = _complete_sheet(found, seen_version)
    arriving.keep_words(found, sheet.content, sheet.version, at=moment)
    is_held = arriving.moderates_first()
    step = SEND_FOR_REVIEW if is_held else SEND
    take_submission_step(
        found, step, Deed(by=by, moment=moment), changes=arriving.give_receipt(found, at=moment)
    )
    if is_held:
        authors.submission_held(found, arriving.await_review(found, at=moment).due_at, moment)
    else:
        authors.submission_received(found, moment)
    return found


@transaction.atomic
def change_submission(
    submission: Submission, *, by: Person, seen_version: int | None = None, at: datetime | None = None
) -> Submission:
    """Send what was changed since: the next version in the place of the one before, which stays readable to the author.

    Where the instansi reads first, or the submission is not shown, a moderator reads it again. Without a change, or
    pressed twice, nothing happens.

    Raises:
        As ``send_submission``; WrongState also for a withdrawn one.
    """
    if Submission.objects.filter(
        pk=submission.pk, author=by, working__isnull=True, state__in=COUNTED
    ).exists():
        return lock_submission(submission)
    moment = pass_gate(submission.consultation, at)
    found = lock_submission(submission)
    require(rules.is_author(found, by))
    if found.state not in COUNTED:
        raise WrongState(_("This submission was withdrawn. Write a new one."))
    if found.working is None:
        return found
    require(rules.may_take_part(found.consultation, by))
    sheet = _complete_sheet(found, seen_version)
    before = sent_content(found)
    arriving.keep_words(found, sheet.content, sheet.version, at=moment)
    due = read_again(found, moment)
    audit.record(
        verbs.SUBMISSION_CHANGED,
        by=actor_of(by),
        target=submission_target(found),
        before={"version": found.version - 1},
        after={"version": found.version, "fields": sheet.content.parts_other_than(before)},
        at=moment,
    )
    authors.submission_changed(found, due, moment)
    return found


@transaction.atomic
def withdraw_submission(submission: Submission, *, by: Person, at: datetime | None = None) -> Submission:
    """Take a submission back: it is not counted and not shown any more; its author may write a new one until closing.

    Raises:
        Closed: after closing, naming the instant.
        Denied: to anybody but the author.
        WrongState: while it is held for review or not shown.
    """
    moment = pass_gate(submission.consultation, at)
    found = lock_submission(submission)
    require(rules.is_author(found, by))
    changes = {"working": None, "is_rechecking": False}
    take_submission_step(found, WITHDRAW, Deed(by=by, moment=moment), changes=changes)
    assert found.subject is not None
    set_ballots_open(found.subject, is_open=False)
    kinds = [Case.Kind.SUBMISSION, Case.Kind.REPORT]
    close_cases(found.subject, kinds, outcome=WITHDRAW.name, by=by, at=moment)
    authors.submission_withdrawn(found, moment)
    return found


def _complete_sheet(found: Submission, seen_version: int | None) -> Sheet:
    """The sheet that is about to be sent, refused while something is missing or a difference was not seen."""
    sheet = sheet_of(found.consultation, found)
    if missing := sheet.problems:
        raise Invalid(_("Some answers are still missing."), fields=missing)
    unseen = sheet.version is not None and (seen_version or 0) < sheet.version.number
    if sheet.changes and unseen:
        raise TextChanged()
    return sheet


def read_again(found: Submission, moment: datetime, *, barred: Collection[Person] = ()) -> datetime | None:
    """Let a moderator read a change before it is shown, where that is the rule; by when. Not one of ``barred``."""
    is_shown = found.state == SubmissionState.SENT
    assert found.subject is not None
    if found.subject.hides_author != found.is_name_masked:
        found.subject.hides_author = found.is_name_masked
        found.subject.save(update_fields=["hides_author"])
    if is_shown and not arriving.moderates_first():
        return None
    if is_shown:
        found.is_rechecking = True
        found.save(update_fields=["is_rechecking"])
    return arriving.await_review(found, at=moment, barred=barred).due_at

"""Correcting what an office entered for somebody: a new version with a reason, and the rows of the matrix that follow.

From the opening on, until an answer to it is published. The words of a point that is being answered change under the
answer only where that can be looked at again: a proposed one goes back to who proposed it, an approved one stays as it is.
"""

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from rembuk.access.rights import actor_of
from rembuk.accounts.models import Person
from rembuk.audit import actions as audit
from rembuk.common.clock import instant
from rembuk.common.errors import Invalid, WrongState, require
from rembuk.common.text import clean_line
from rembuk.consultations import rules, verbs
from rembuk.consultations.actions import enter
from rembuk.consultations.actions.answering import acts
from rembuk.consultations.actions.enter import Entry
from rembuk.consultations.actions.steps import checked_reason, lock_submission, submission_target
from rembuk.consultations.actions.taking import arriving
from rembuk.consultations.actions.taking.following import follow_words, standing_rows
from rembuk.consultations.actions.taking.submit import read_again
from rembuk.consultations.content import Content
from rembuk.consultations.models import MatrixRow, Submission
from rembuk.consultations.selectors import wording
from rembuk.consultations.states import RowState
from rembuk.consultations.writing.sheet import sent_content


@transaction.atomic
def correct_entry(
    submission: Submission, entry: Entry, *, reason: str, by: Person, at: datetime | None = None
) -> Submission:
    """Put an entry right: the next version, with who, when and why, and one audit entry. A scan is replaced, never removed.

    Where the instansi reads first, or the entry is not shown, a moderator reads it again, and never who corrected it.
    Rows that stand already get the new words; a proposed answer to them goes back to its proposer.

    Raises:
        Denied: without the right to enter there, and behind a hidden name to who neither entered it nor may see it.
        NotOpenYet, WrongState: for what its author sent, after the conclusion, once an answer is published, and where
            an approved answer or a cut stands on words that change.
        Invalid: without a reason, without a change, and as on entering, by field.
    """
    moment = instant(at)
    held = enter.hold(submission.consultation)
    found = lock_submission(submission)
    require(rules.may_correct(found, by))
    _require_correctable(found)
    enter.require_stage(held, moment)
    why = checked_reason(reason, field="why")
    content = enter.content_of_entry(entry)
    if wrong := enter.entry_problems(held, entry, content, moment):
        raise Invalid(_("Some answers are still missing."), fields=wrong)
    fields = _write(found, entry, content, why, by, moment)
    audit.record(
        verbs.SUBMISSION_CORRECTED,
        by=actor_of(by),
        target=submission_target(found),
        before={"version": found.version - 1},
        after={"version": found.version, "fields": fields},
        reason=why,
        at=moment,
    )
    read_again(found, moment, barred=[by])
    return found


def is_correctable(submission: Submission) -> bool:
    """Whether an office entered it and no answer to it is published."""
    rows = MatrixRow.objects.filter(submission=submission, state=RowState.PUBLISHED)
    return submission.is_offline and not rows.exists()


def _require_correctable(found: Submission) -> None:
    if not found.is_offline:
        raise WrongState(_("Its author changes it. Only what an office entered is corrected here."))
    if not is_correctable(found):
        raise WrongState(_("An answer to this submission is published. It can't be corrected any more."))


def _write(
    found: Submission, entry: Entry, said: Content, why: str, by: Person, moment: datetime
) -> list[str]:
    """Write head and words, let the rows follow; the names of what changed."""
    old, head = sent_content(found), enter.head_of(found)
    content = _with_old_remarks(said, old)
    standing = standing_rows(found)
    found.on_behalf_of = clean_line(entry.on_behalf_of)
    found.channel, found.received_on = entry.channel, entry.received_on
    found.scan = entry.scan or found.scan
    changed = [name for name, value in enter.head_of(found).items() if value != head.get(name)]
    fields = [*changed, *content.parts_other_than(old)]
    if not fields:
        raise Invalid(_("Nothing was changed."))
    found.corrected_by, found.corrected_at = by, moment
    found.save(
        update_fields=["on_behalf_of", "channel", "received_on", "scan", "corrected_by", "corrected_at"]
    )
    arriving.keep_words(
        found,
        content,
        wording.published_version(found.consultation),
        at=moment,
        more={"head": enter.head_of(found), "reason": why, "by": by},
    )
    follow_words(found, standing, acts.RowAct(by=by, moment=moment, note=why))
    return fields


def _with_old_remarks(content: Content, old: Content) -> Content:
    """A remark that says the same keeps the version of the text it was written against, and its passage."""
    kept = dict(content.remarks)
    for number, remark in content.remarks.items():
        before = old.remarks.get(number)
        if before is not None and replace(remark, version=before.version, quote=before.quote) == before:
            kept[number] = before
    return replace(content, remarks=kept)

"""Entering a submission for somebody who wrote a letter or an email, called, came, or spoke at a meeting.

What came up to the closing day may be entered until the consultation is concluded; it is counted like every other
submission, and apart by its channel. Not here: what is stored on arrival (``taking.arriving``).
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from rembuk.access import permissions as izin
from rembuk.accounts.models import Person
from rembuk.common.clock import instant, local_date
from rembuk.common.errors import Invalid, WrongState, require
from rembuk.common.text import clean_line
from rembuk.consultations import rules, schedule, verbs
from rembuk.consultations.actions.rows import make_rows
from rembuk.consultations.actions.steps import deed, in_zone, take_submission_step
from rembuk.consultations.actions.taking import arriving
from rembuk.consultations.choices import Audience, Channel, ParticipantKind
from rembuk.consultations.content import Content
from rembuk.consultations.errors import NotOpenYet
from rembuk.consultations.models import Consultation, Submission
from rembuk.consultations.schedule import Stage
from rembuk.consultations.selectors import wording
from rembuk.consultations.states import SEND, SEND_FOR_REVIEW, State
from rembuk.consultations.writing.checks import Problems, answer_problems, cleaned, problems
from rembuk.files.models import StoredFile

# The same steps as the participant's own sending, under the name the trail has for it.
ENTER = replace(SEND, verb=verbs.SUBMISSION_ENTERED.key)
ENTER_FOR_REVIEW = replace(SEND_FOR_REVIEW, verb=verbs.SUBMISSION_ENTERED.key)
OFFLINE = tuple(channel for channel in Channel if channel != Channel.WEB)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What an officer enters: the words, for whom, how and when they came, perhaps the scanned paper.

    ``key`` was drawn with the form, so that pressing twice enters one.
    """

    key: UUID
    content: Content
    on_behalf_of: str
    channel: Channel
    received_on: date
    scan: StoredFile | None = None


@transaction.atomic
def enter_submission(
    consultation: Consultation, entry: Entry, *, by: Person, at: datetime | None = None
) -> Submission:
    """A submission without an account behind it, with number and receipt; held first where the instansi moderates.

    Entered after closing, its rows of the matrix are made at once. Whoever entered it may not decide whether it is
    shown. The same ``key`` again returns what was entered the first time.

    Raises:
        Denied: without the right to enter where the consultation lies.
        NotOpenYet, WrongState: before opening, after the conclusion, or when it was cancelled.
        Invalid: when something is missing or came too late, by field.
    """
    require(rules.may_enter(consultation, by))
    moment = instant(at)
    held = hold(consultation)
    again = Submission.objects.filter(consultation=held, public_id=entry.key).first()
    if again is not None:
        return again
    require_stage(held, moment)
    content = content_of_entry(entry)
    if found := entry_problems(held, entry, content, moment):
        raise Invalid(_("Some answers are still missing."), fields=found)
    submission = Submission.objects.create(
        public_id=entry.key,
        consultation=held,
        on_behalf_of=clean_line(entry.on_behalf_of),
        channel=entry.channel,
        received_on=entry.received_on,
        scan=entry.scan,
        entered_by=by,
        created_at=moment,
        changed_at=moment,
    )
    _arrive(submission, content, by, moment)
    return submission


def head_of(submission: Submission) -> dict[str, str]:
    """For whom an entry is, how and when it came, as its version keeps it."""
    return {
        "on_behalf_of": submission.on_behalf_of,
        "channel": submission.channel,
        "received_on": submission.received_on.isoformat() if submission.received_on else "",
        "scan": submission.scan.name if submission.scan else "",
    }


def closing_day(consultation: Consultation) -> date | None:
    """The last day on which something may have come to count, in the consultation's zone."""
    if consultation.closes_at is None:
        return None
    return (consultation.closes_at - timedelta(microseconds=1)).astimezone(consultation.tz).date()


def hold(consultation: Consultation) -> Consultation:
    """The consultation as it is now: whoever closes it waits, senders of submissions do not.

    A submission that is entered before the closing step has run gets its rows from that step, a later one here.
    """
    rows = Consultation.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("unit", "subject").get(pk=consultation.pk)


def require_stage(held: Consultation, moment: datetime) -> None:
    """Refuse outside the time in which an office enters and corrects.

    Raises:
        NotOpenYet, WrongState: then.
    """
    stage = schedule.stage(held, moment)
    if stage in {Stage.OPEN, Stage.CLOSED, Stage.ANSWERING}:
        return
    if stage is Stage.ANNOUNCED and held.opens_at is not None:
        words = {"moment": in_zone(held, held.opens_at)}
        raise NotOpenYet(_("This consultation opens on %(moment)s.") % words)
    if stage is Stage.CONCLUDED:
        raise WrongState(
            _("This consultation is concluded. Its report is published, so nothing can be added.")
        )
    raise WrongState(_("This consultation takes no submissions."))


def content_of_entry(entry: Entry) -> Content:
    """The words as they are kept; a group or organisation is named as such, a person only as whom it was entered for."""
    name = clean_line(entry.on_behalf_of)
    is_person = entry.content.participant_kind == ParticipantKind.PERSON
    return cleaned(replace(entry.content, participant_name="" if is_person else name))


def entry_problems(held: Consultation, entry: Entry, content: Content, moment: datetime) -> Problems:
    """What keeps it from being entered. A letter may leave questions open and give no reason for its stance."""
    questions = list(held.questions.all())
    found = problems(content, ())
    if not content.reason:
        found.pop("reason", None)
    for question in questions:
        if texts := answer_problems(question, content.answers.get(question.number)):
            found[f"question-{question.number}"] = texts
    found.pop("participant_name", None)
    name = clean_line(entry.on_behalf_of)
    if not name:
        found["on_behalf_of"] = [_("Write on whose behalf you enter this.")]
    elif not _is_named(held, name):
        found["on_behalf_of"] = [_("Only the organisations that were named may answer here.")]
    if entry.channel not in OFFLINE:
        found["channel"] = [_("Say how it came.")]
    if late := _problem_of_day(held, entry.received_on, moment):
        found["received_on"] = [late]
    return found


def _is_named(held: Consultation, name: str) -> bool:
    if held.audience != Audience.ORGANISATIONS:
        return True
    return held.invited.filter(name__iexact=name).exists()


def _problem_of_day(held: Consultation, day: date, moment: datetime) -> str:
    if day > local_date(moment, held.tz):
        return _("This day has not come yet.")
    last = closing_day(held)
    if last is not None and day > last:
        return _(
            "The consultation closed on %(day)s. What came later is not counted; tell the sender so, and where to go "
            "with it."
        ) % {"day": date_format(last, "j F Y")}
    if held.announced_at is not None and day < local_date(held.announced_at, held.tz):
        return _("On this day the consultation was not announced yet.")
    return ""


def _arrive(submission: Submission, content: Content, by: Person, moment: datetime) -> None:
    consultation = submission.consultation
    version = wording.published_version(consultation)
    arriving.keep_words(submission, content, version, at=moment, more={"head": head_of(submission)})
    is_held = arriving.moderates_first()
    step = ENTER_FOR_REVIEW if is_held else ENTER
    act = deed(consultation, izin.CONSULTATION_ENTER, by=by, moment=moment)
    take_submission_step(submission, step, act, changes=arriving.give_receipt(submission, at=moment))
    if is_held:
        arriving.await_review(submission, at=moment)
    if consultation.state == State.CLOSED:
        make_rows(consultation, at=moment, submission=submission)

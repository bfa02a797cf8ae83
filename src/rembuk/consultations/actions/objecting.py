"""An author's one objection to an answer, and the second person's decision; it reopens no row and blocks nothing."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.access.rights import actor_of
from rembuk.accounts.models import Person
from rembuk.audit import actions as audit
from rembuk.audit.verbs import Verb
from rembuk.common.clock import instant
from rembuk.common.errors import Invalid, WrongState, require
from rembuk.common.text import clean_text
from rembuk.consultations import rules, verbs
from rembuk.consultations.actions import steps
from rembuk.consultations.choices import Verdict
from rembuk.consultations.errors import AlreadyDecided, ObjectionTooLate, ObjectionUsed
from rembuk.consultations.models import MatrixRow, Objection, Submission
from rembuk.consultations.notices import answers
from rembuk.consultations.notices import matrix as notices
from rembuk.engagement.actions.cases import close_cases, open_case
from rembuk.engagement.errors import DecidedByOneself
from rembuk.engagement.models import Case
from rembuk.siteconfig.selectors import current
from rembuk.workdays.clock import add_working_days
from rembuk.workunits.models import WorkUnit

LONGEST_TEXT = 3_000


@transaction.atomic
def object_to_answer(row: MatrixRow, *, text: str, by: Person, at: datetime | None = None) -> Objection:
    """Object, once, to the answer of one row of one's own submission; a second person decides within working days.

    Raises:
        Denied: to anybody but the author.
        ObjectionUsed: the second time. ObjectionTooLate: after the days that follow the message.
        WrongState: before the message with all answers. Invalid: for fewer than 20 characters.
    """
    moment, found = instant(at), steps.lock_submission(row.submission)
    require(rules.is_author(found, by))
    if Objection.objects.filter(submission=found).exists():
        raise ObjectionUsed
    last_day = objection_until(found)
    if last_day is None:
        raise WrongState(_("You can object once you were told all answers to your submission."))
    if moment > last_day:
        raise ObjectionTooLate
    objection = Objection.objects.create(
        submission=found, row=steps.lock_row(row), text=_own_words(text), at=moment
    )
    _record(objection, verbs.OBJECTED, by, moment)
    case = _open_case(objection, moment)
    notices.objection_waits(objection, case, moment)
    answers.objection_received(objection, case.due_at, moment)
    return objection


@transaction.atomic
def decide_objection(
    objection: Objection, *, verdict: str = "", explanation: str, by: Person, at: datetime | None = None
) -> Objection:
    """Confirm the answer (no ``verdict``), or give a new one that stands beside the old, dated. The author is told.

    Raises:
        Denied: to the author and whoever had a part in the first answer, and outside her units.
        AlreadyDecided: a colleague was faster. DecidedByOneself: it was she.
        Invalid: for an unknown verdict or fewer than 20 characters.
    """
    moment = instant(at)
    Objection.objects.select_for_update().only("pk").get(pk=objection.pk)
    related = ("row__consultation__unit", "row__unit", "row__submission__author", "submission__subject")
    found = Objection.objects.select_related(*related, "decided_by", "office").get(pk=objection.pk)
    require(rules.may_decide_objection(found, by))
    if found.decided_at is not None:
        raise _already(found, by)
    if verdict and verdict not in Verdict.values:
        raise Invalid(_("Choose a verdict."), fields={"verdict": [_("Choose a verdict.")]})
    found.explanation = steps.checked_reason(explanation, field="explanation")
    kinds = Objection.Outcome
    found.outcome, found.verdict = (kinds.NEW_ANSWER if verdict else kinds.CONFIRMED), verdict
    found.decided_by, found.decided_at, found.office = by, moment, _office(found.row, by)
    found.standing = rights.standing_for(by, found.office, izin.CONSULTATION_ANSWER)
    found.save()
    subject = found.submission.subject
    assert subject is not None
    close_cases(subject, [Case.Kind.ANSWER_OBJECTION], outcome=found.outcome, by=by, at=moment)
    _record(found, verbs.OBJECTION_DECIDED, by, moment, reason=found.explanation)
    answers.objection_decided(found, moment)
    return found


def objection_until(submission: Submission) -> datetime | None:
    """Until when its author may object: so many days after the message with all answers; ``None`` before it."""
    if submission.told_at is None:
        return None
    return submission.told_at + timedelta(days=current().matrix_objection_days)


def may_object_now(submission: Submission, at: datetime | None = None) -> bool:
    """Whether the days for an objection are running: the answers were told and the last day is not over."""
    last_day = objection_until(submission)
    return last_day is not None and instant(at) <= last_day


def _open_case(objection: Objection, moment: datetime) -> Case:
    site, row = current(), objection.row
    subject = objection.submission.subject
    assert subject is not None
    barred = [objection.submission.author, row.proposed_by, row.approved_by, row.published_by]
    due = add_working_days(moment, site.objection_days, site.tz)
    unit = row.consultation.unit
    return open_case(Case.Kind.ANSWER_OBJECTION, subject, due_at=due, at=moment, unit=unit, barred=barred)


def _office(row: MatrixRow, by: Person) -> WorkUnit:
    covers = rights.can(by, izin.CONSULTATION_ANSWER, row.unit)
    return row.unit if covers else row.consultation.unit


def _already(objection: Objection, by: Person) -> WrongState:
    decided = objection.decided_at
    assert decided is not None
    words = {
        "name": objection.decided_by.shown_name if objection.decided_by else _("Deleted account"),
        "moment": date_format(localtime(decided), "SHORT_DATETIME_FORMAT"),
    }
    if objection.decided_by == by:
        return DecidedByOneself(decided)
    return AlreadyDecided(_("%(name)s decided this at %(moment)s. Nothing was changed by you.") % words)


def _own_words(text: str) -> str:
    words = clean_text(text)
    if len(words) < steps.MIN_REASON:
        wording = _("Say in at least %(least)s characters why you disagree.") % {"least": steps.MIN_REASON}
    elif len(words) > LONGEST_TEXT:
        wording = _("Use at most %(most)s characters.") % {"most": LONGEST_TEXT}
    else:
        return words
    raise Invalid(wording, fields={"text": [wording]})


def _record(objection: Objection, verb: Verb, by: Person, at: datetime, reason: str = "") -> None:
    after: dict[str, Any] = {"row": objection.row.number}
    if objection.outcome:
        after |= {"outcome": objection.outcome, "verdict": objection.verdict}
    if objection.standing:
        after["standing"] = objection.standing
    target = steps.submission_target(objection.submission)
    audit.record(verb, by=actor_of(by), target=target, after=after, reason=reason, at=at)

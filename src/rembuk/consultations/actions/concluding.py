"""The end of a consultation: its result in the office's words, and the conclusion when every answer is published."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rembuk.access import permissions as izin
from rembuk.accounts.models import Person
from rembuk.common.clock import instant
from rembuk.common.errors import Invalid, WrongState, require
from rembuk.common.text import clean_text, render_staff
from rembuk.consultations import rules, verbs
from rembuk.consultations.actions import steps
from rembuk.consultations.errors import RowsOpen
from rembuk.consultations.matrix.progress import unfinished
from rembuk.consultations.models import Consultation, ConsultationEvent
from rembuk.consultations.notices import followers
from rembuk.consultations.states import ANSWERING, CONCLUDE, State

LONGEST_RESULT = 50_000
LEAST_RESULT = 50


@transaction.atomic
def save_result(
    consultation: Consultation, *, body: str, by: Person, at: datetime | None = None
) -> Consultation:
    """Keep the words of the result. What was published of it stays as it is until it is published anew.

    Raises:
        Denied: outside her units. WrongState: unless the matrix is being filled. Invalid: when it is too long.
    """
    found = _locked(consultation)
    require(rules.may_edit(found, by))
    _keep(found, body, instant(at), by)
    return found


@transaction.atomic
def publish_result(
    consultation: Consultation, *, body: str, by: Person, at: datetime | None = None
) -> ConsultationEvent:
    """Publish the result, or its corrected words; followers hear of it with the conclusion.

    Raises:
        Denied: outside her units. WrongState: unless the matrix is being filled. Invalid: for too few or many words.
    """
    moment, found = instant(at), _locked(consultation)
    require(rules.may_publish(found, by))
    if len(clean_text(body)) < LEAST_RESULT:
        wording = _("Say in at least %(least)s characters what came of it.") % {"least": LEAST_RESULT}
        raise Invalid(wording, fields={"body": [wording]})
    _keep(found, body, moment, by)
    found.result_html, found.result_published_at = render_staff(found.result_body), moment
    found.save(update_fields=["result_html", "result_published_at"])
    act = steps.deed(found, izin.CONSULTATION_PUBLISH, by=by, moment=moment)
    steps.record(found, verbs.RESULT_PUBLISHED, act)
    return steps.add_event(found, "result", act)


@transaction.atomic
def conclude_consultation(
    consultation: Consultation, *, by: Person, at: datetime | None = None
) -> ConsultationEvent:
    """Conclude it. Followers get one digest; objections that run go on.

    Raises:
        Denied: outside her units.
        RowsOpen: while a row is not published or the result is not; the message has the counts.
        AlreadyDecided, WrongState: unless it is closed.
    """
    moment, found = instant(at), steps.lock(consultation)
    require(rules.may_publish(found, by))
    steps.check_step(found, CONCLUDE)
    missing = missing_for_conclusion(found)
    if missing:
        raise RowsOpen(" ".join(missing))
    act = steps.deed(found, izin.CONSULTATION_PUBLISH, by=by, moment=moment)
    event = steps.take_step(found, CONCLUDE, act, {"ended_at": moment})
    followers.moved(found, event)
    return event


def missing_for_conclusion(consultation: Consultation) -> list[str]:
    """What keeps it from being concluded, as sentences with the counts; empty when nothing does."""
    rows, without = unfinished(consultation)
    sentences = []
    if rows:
        words = ngettext("%(n)d row is not published yet.", "%(n)d rows are not published yet.", rows)
        sentences.append(words % {"n": rows})
    if without:
        words = ngettext("%(n)d submission has no row yet.", "%(n)d submissions have no row yet.", without)
        sentences.append(words % {"n": without})
    if consultation.result_published_at is None:
        sentences.append(_("The result is not published yet."))
    elif (
        clean_text(consultation.result_body)
        and render_staff(consultation.result_body) != consultation.result_html
    ):
        sentences.append(_("The result was changed and is not published anew."))
    return sentences


def _locked(consultation: Consultation) -> Consultation:
    found = steps.lock(consultation)
    if found.state not in ANSWERING:
        label = State(found.state).label
        raise WrongState(_("This can't be done now: the consultation is “%(state)s”.") % {"state": label})
    return found


def _keep(consultation: Consultation, body: str, moment: datetime, by: Person) -> None:
    text = clean_text(body)
    if len(text) > LONGEST_RESULT:
        wording = _("Use at most %(most)s characters.") % {"most": LONGEST_RESULT}
        raise Invalid(wording, fields={"body": [wording]})
    if text == consultation.result_body:
        return
    consultation.result_body, consultation.changed_at = text, moment
    consultation.save(update_fields=["result_body", "changed_at"])
    steps.record(consultation, verbs.RESULT_SAVED, steps.Deed(by=by, moment=moment))

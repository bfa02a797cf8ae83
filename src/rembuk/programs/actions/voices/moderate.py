"""A moderator hides what somebody said of a milestone, or shows it again. It stays counted either way.

A report that changes nothing is settled by ``engagement.actions.moderation``.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from rembuk.access.rights import acting
from rembuk.accounts.models import Person
from rembuk.audit import actions as audit
from rembuk.audit.verbs import Verb
from rembuk.common.clock import instant
from rembuk.common.errors import Invalid, WrongState, require
from rembuk.engagement.actions.cases import close_cases
from rembuk.engagement.actions.reports import close_reports
from rembuk.engagement.actions.subjects import show_subject
from rembuk.engagement.models import Case
from rembuk.programs import rules, verbs
from rembuk.programs.actions.steps import checked_reason
from rembuk.programs.models import Witness
from rembuk.programs.notices import voices as notices
from rembuk.taxonomy.models import ReasonCode


@transaction.atomic
def hide_witness(
    witness: Witness, *, reason: ReasonCode, explanation: str, by: Person, at: datetime | None = None
) -> Witness:
    """Hide remark and picture, with a reason everybody reads; reports on it end, who reported and the author are told.

    Raises:
        Denied: to its author, and outside her units.
        WrongState: when it is hidden already.
        Invalid: without a fitting reason, or without an explanation of 20 characters.
    """
    if not reason.is_active or ReasonCode.Use.HIDE not in reason.uses:
        wording = _("Choose a reason from the list.")
        raise Invalid(wording, fields={"reason": [wording]})
    text = _explained(explanation)
    moment = instant(at)
    found = _lock(witness)
    require(rules.may_moderate_witness(found, by))
    if found.hidden_at is not None:
        raise WrongState(_("This is hidden already."))
    found.hidden_at, found.hidden_reason, found.hidden_note = moment, reason, text
    found.save(update_fields=["hidden_at", "hidden_reason", "hidden_note"])
    show_subject(found.subject, visible=False)
    close_cases(found.subject, [Case.Kind.REPORT], outcome="hidden", by=by, at=moment)
    close_reports(found.subject, None, at=moment, is_hidden=True)
    _record(verbs.WITNESS_HIDDEN, found, by, reason=text, after={"reason_code": reason.code}, at=at)
    notices.witness_hidden(found, reason, text, moment)
    return found


@transaction.atomic
def show_witness_again(
    witness: Witness, *, explanation: str, by: Person, at: datetime | None = None
) -> Witness:
    """Show again what was hidden; its author is told why.

    Raises:
        Denied: to its author, and outside her units.
        WrongState: when it is not hidden.
        Invalid: without an explanation of 20 characters.
    """
    text = _explained(explanation)
    moment = instant(at)
    found = _lock(witness)
    require(rules.may_moderate_witness(found, by))
    if found.hidden_at is None:
        raise WrongState(_("This is shown already."))
    found.hidden_at, found.hidden_reason, found.hidden_note = None, None, ""
    found.save(update_fields=["hidden_at", "hidden_reason", "hidden_note"])
    show_subject(found.subject, visible=True)
    _record(verbs.WITNESS_SHOWN, found, by, reason=text, at=at)
    notices.witness_shown_again(found, text, moment)
    return found


def _explained(text: str) -> str:
    try:
        return checked_reason(text)
    except Invalid as refusal:
        raise Invalid(refusal.message, fields={"explanation": refusal.fields["reason"]}) from None


def _lock(witness: Witness) -> Witness:
    # Lock first, read afterwards: a joined row is not read again after waiting for the lock.
    Witness.objects.select_for_update().only("pk").get(pk=witness.pk)
    return Witness.objects.select_related("subject__unit", "milestone__program", "person").get(pk=witness.pk)


def _record(
    verb: Verb,
    found: Witness,
    by: Person,
    *,
    reason: str,
    after: dict[str, str] | None = None,
    at: datetime | None,
) -> None:
    subject = found.subject
    target = audit.Target(subject.kind, subject.code, subject.unit_id, subject.unit.path, subject.shown_by)
    audit.record(verb, by=acting(by), target=target, after=after, reason=reason, at=at)

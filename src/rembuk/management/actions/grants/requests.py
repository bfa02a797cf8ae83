"""The grant that makes an administrator: one person asks, another approves or refuses; who asked can take it back."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from rembuk.access.holders import lock_administrators, makes_administrator
from rembuk.access.models import Grant, GrantRequest
from rembuk.access.rights import actor_of
from rembuk.accounts.models import Person
from rembuk.audit import actions as audit
from rembuk.audit.verbs import Verb
from rembuk.common.clock import instant
from rembuk.common.errors import Denied, WrongState, require
from rembuk.common.text import clean_line
from rembuk.management import rules as giving_rules
from rembuk.management import verbs
from rembuk.management.actions.grants.giving import check, give_grant, locked, place, row_of, told
from rembuk.management.actions.rows import wrong
from rembuk.management.facts import GrantFacts
from rembuk.management.granting import notices, rules

State = GrantRequest.State


def give_or_request(
    person: Person, facts: GrantFacts, *, by: Person, at: datetime | None = None
) -> Grant | GrantRequest:
    """Give a role at once, or where it makes an administrator ask a second person for it.

    Raises:
        Denied, Invalid: as ``give_grant`` and ``ask_grant``.
    """
    if makes_administrator(facts.role, facts.unit, person, at):
        return ask_grant(person, facts, by=by, at=at)
    return give_grant(person, facts, by=by, at=at)


def ask_grant(person: Person, facts: GrantFacts, *, by: Person, at: datetime | None = None) -> GrantRequest:
    """Ask for a grant; it gives nothing until another person approves it. Those who can are told.

    Raises:
        Denied: as for giving: to oneself, outside of one's units, with permissions one lacks.
        Invalid: for terms that don't fit, a suspended person, a role held or asked for already.
    """
    moment = instant(at)
    with transaction.atomic():
        facts, person = locked(facts, person)
        require(giving_rules.may_give_grant(by, person, facts.role, facts.unit))
        check(person, facts, moment)
        row = row_of(person, facts, by=by, moment=moment)
        try:
            with transaction.atomic():
                request = GrantRequest.objects.create(
                    person=person,
                    role=facts.role,
                    unit=facts.unit,
                    starts_at=facts.starts_at,
                    ends_at=row.ends_at,
                    reason=row.reason,
                    standing=row.standing,
                    standing_title=row.standing_title,
                    letter=row.letter,
                    asked_by=by,
                    asked_at=moment,
                )
        except IntegrityError:
            raise wrong("role", _("This is asked for already and waits for a second person.")) from None
        _note(verbs.GRANT_ASKED, request, by, at, reason=request.reason, after=told(row))
        notices.asked(request, by=by, at=moment)
    return request


def approve_request(
    request: GrantRequest, *, by: Person, reason: str = "", at: datetime | None = None
) -> Grant:
    """Give what was asked for. Everything is checked again at this moment, for both people.

    Raises:
        Denied: for who asked and whom it is for, or where one of the two may not give this role now.
        Invalid: when its dates are over, the person is suspended or has the role by now.
        WrongState: when it is decided already.
    """
    moment = instant(at)
    with transaction.atomic():
        found = _locked(request)
        approver, asker = _now(by.pk), _now(found.asked_by_id)
        require(rules.may_decide(approver or by, found))
        facts, person = locked(facts_of(found, moment), found.person)
        if asker is None or not giving_rules.may_give_grant(asker, person, facts.role, facts.unit).ok:
            raise Denied(
                _("Who asked for it can't give this role any more. Refuse it; somebody else can ask anew.")
            )
        require(giving_rules.may_give_grant(approver or by, person, facts.role, facts.unit))
        check(person, facts, moment)
        _decide(found, State.APPROVED, by, reason, moment)
        _note(verbs.GRANT_APPROVED, found, by, at, reason=found.decision_reason)
        more: dict[str, object] = {"request": str(found.public_id), "asked_by": found.asked_by_id}
        grant = place(person, facts, by=by, at=at, more=more)
        notices.decided(found, by=by, at=moment)
    return grant


def refuse_request(request: GrantRequest, *, by: Person, reason: str, at: datetime | None = None) -> None:
    """Refuse what was asked for, with a reason that who asked reads.

    Raises:
        Denied: for who asked, whom it is for, and those who could not give the role. Invalid: without a reason.
        WrongState: when it is decided already.
    """
    if not clean_line(reason):
        raise wrong("reason", _("Say why, so that an auditor understands it later."))
    with transaction.atomic():
        found = _locked(request)
        require(rules.may_decide(_now(by.pk) or by, found))
        _decide(found, State.REFUSED, by, reason, instant(at))
        _note(verbs.GRANT_REFUSED, found, by, at, reason=found.decision_reason)
        notices.decided(found, by=by, at=instant(at))


def withdraw_request(
    request: GrantRequest, *, by: Person, reason: str = "", at: datetime | None = None
) -> None:
    """Take back what one asked for.

    Raises:
        Denied: for everybody else. WrongState: when it is decided already.
    """
    with transaction.atomic():
        found = _locked(request)
        require(rules.may_withdraw(by, found))
        _decide(found, State.WITHDRAWN, by, reason, instant(at))
        _note(verbs.GRANT_WITHDRAWN, found, by, at, reason=found.decision_reason)


def facts_of(request: GrantRequest, moment: datetime) -> GrantFacts:
    """What was asked for, as terms; a first day that has passed meanwhile means now."""
    later = request.starts_at is not None and request.starts_at > moment
    return GrantFacts(
        role=request.role,
        unit=request.unit,
        reason=request.reason,
        starts_at=request.starts_at if later else None,
        ends_at=request.ends_at,
        standing=request.standing,
        standing_title=request.standing_title,
        letter=request.letter,
    )


def _locked(request: GrantRequest) -> GrantRequest:
    """The request as it is now. Roles are locked before it, as everything that makes or takes administrators does."""
    lock_administrators()
    rows = GrantRequest.objects.select_for_update(of=("self",)).select_related("person", "role", "unit")
    found = rows.get(pk=request.pk)
    if found.state != State.WAITING:
        refusal = WrongState(_("This request is decided already."))
        refusal.is_overtaken = True
        raise refusal
    return found


def _now(number: int | None) -> Person | None:
    """A person with the rights of this moment, not of the beginning of the request."""
    return None if number is None else Person.objects.filter(pk=number).first()


def _decide(request: GrantRequest, state: State, by: Person, reason: str, moment: datetime) -> None:
    request.state, request.decided_by, request.decided_at = state, by, moment
    request.decision_reason = clean_line(reason)[:300]
    request.save(update_fields=["state", "decided_by", "decided_at", "decision_reason"])


def _note(
    verb: Verb,
    request: GrantRequest,
    by: Person,
    at: datetime | None,
    *,
    reason: str,
    after: dict[str, object] | None = None,
) -> None:
    target = audit.Target("person", str(request.person_id), request.unit_id, request.unit.path)
    facts = {"request": str(request.public_id), "role": request.role.slug, "unit": request.unit.code}
    audit.record(verb, by=actor_of(by), target=target, after={**(after or {}), **facts}, reason=reason, at=at)

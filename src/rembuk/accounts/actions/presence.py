"""Coming and going: records of sign-in and sign-out, ending sessions, suspensions that are over."""

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction

from rembuk.accounts import selectors, verbs
from rembuk.accounts.models import Person
from rembuk.audit import actions as audit
from rembuk.audit.actors import SYSTEM, Actor
from rembuk.common.clock import instant, local_date
from rembuk.logbook import events
from rembuk.siteconfig.selectors import current


def note_sign_in(person: Person, *, by: Actor, at: datetime | None = None) -> None:
    """Record that the person signed in, in the trail and in the log."""
    with transaction.atomic():
        audit.record(verbs.SIGNED_IN, by=by, target=_target(person), at=at)
    events.security("sign_in.succeeded", person_id=person.pk)


def note_sign_out(person: Person, *, by: Actor, at: datetime | None = None) -> None:
    """Record that the person signed out, in the trail and in the log."""
    with transaction.atomic():
        audit.record(verbs.SIGNED_OUT, by=by, target=_target(person), at=at)
    events.security("sign_out", person_id=person.pk)


def note_active(person: Person, *, at: datetime | None = None) -> None:
    """Keep the day on which the person was here last, in the zone of the office: at most one write a day.

    No audit: nothing changes but a mark by which people are searched and unused accounts found.
    """
    today = local_date(at, current().tz)
    if person.last_active_on == today:
        return
    Person.objects.filter(pk=person.pk).exclude(last_active_on__gte=today).update(last_active_on=today)
    person.last_active_on = today


def end_sessions(
    person: Person, *, by: Actor, only: str = "", keep: str = "", reason: str = "", at: datetime | None = None
) -> int:
    """End the person's sessions at once; returns how many ended.

    ``only`` is the handle of one session (see ``selectors.open_sessions``); ``keep`` the key of one that stays.
    """
    mine = [session for session in selectors.open_sessions(person) if session.key != keep]
    keys = [session.key for session in mine if not only or session.handle == only]
    if not keys:
        return 0
    with transaction.atomic():
        Session.objects.filter(session_key__in=keys).delete()
        UserSession.objects.filter(session_key__in=keys).delete()
        audit.record(
            verbs.SESSIONS_ENDED,
            by=by,
            target=_target(person),
            after={"ended": len(keys)},
            reason=reason,
            at=at,
        )
    events.security("sessions.ended", person_id=person.pk, ended=len(keys))
    return len(keys)


def lift_lapsed_suspension(person: Person, *, at: datetime | None = None) -> Person:
    """Open an account again whose suspension had an end that has come; any other stays as it is."""
    moment = instant(at)
    if not _is_lapsed(person, moment):
        return person
    with transaction.atomic():
        locked = Person.objects.select_for_update().get(pk=person.pk)
        if not _is_lapsed(locked, moment):
            return locked
        before = {"suspended_until": locked.suspended_until}
        locked.is_active, locked.suspended_at, locked.suspended_until = True, None, None
        locked.suspension_reason = ""
        locked.save(update_fields=["is_active", "suspended_at", "suspended_until", "suspension_reason"])
        audit.record(verbs.SUSPENSION_OVER, by=SYSTEM, target=_target(person), before=before, at=at)
    return locked


def _is_lapsed(person: Person, moment: datetime) -> bool:
    until = person.suspended_until
    return not person.is_active and person.deleted_at is None and until is not None and until <= moment


def _target(person: Person) -> audit.Target:
    return audit.Target("person", str(person.pk))

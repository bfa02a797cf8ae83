"""Account actions at their edges: nothing to change, lost races, what has ended."""

from datetime import UTC, datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session

from rembuk.access.rights import acting
from rembuk.accounts import selectors
from rembuk.accounts.actions import presence, profile, registration, upkeep
from rembuk.accounts.models import Limit, Person
from rembuk.audit.actors import Actor
from rembuk.audit.models import AuditEntry
from rembuk.common.errors import Invalid
from rembuk.management.actions import erasure
from rembuk.notifications import actions as notifications
from rembuk.notifications import kinds
from tests import people

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 24, 2, tzinfo=UTC)


def application(email: str) -> registration.Application:
    """A complete registration."""
    return registration.Application(
        name="Wati", email=email, password="bunga-sedap-malam-7", language="id", privacy_version=1
    )


def entries_of_people() -> int:
    """Entries about accounts; the reference rows of the suite have entries of their own."""
    return AuditEntry.objects.filter(target_kind="person").count()


def nobody() -> Actor:
    """A visitor."""
    return Actor()


def test_profile_saved_unchanged_leaves_no_entry() -> None:
    person = people.citizen("Sari")
    assert not profile.change_profile(person, name="Sari", language="id", by=acting(person))
    assert entries_of_people() == 0


def test_consents_saved_unchanged_leave_no_entry() -> None:
    person = people.citizen()
    assert profile.change_consents(person, set(), by=acting(person)) == frozenset()
    assert entries_of_people() == 0


def test_address_of_an_unconfirmed_account_is_told_to_nobody(mailoutbox: list[object]) -> None:
    other = people.citizen()
    EmailAddress.objects.filter(user=other).update(verified=False)
    profile.ask_for_address(people.citizen(), other.email or "")
    assert mailoutbox == []


def test_address_taken_in_the_last_moment_is_refused_and_nothing_changes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    person, other = people.citizen(), people.citizen()
    monkeypatch.setattr(selectors, "holder_of", lambda email: None)
    with pytest.raises(Invalid):
        profile.change_address(person, other.email or "", by=acting(person))
    before = person.email
    person.refresh_from_db()
    assert person.email == before


def test_registration_that_loses_the_race_to_a_vanished_holder_answers_as_always(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    other = people.citizen()
    monkeypatch.setattr(selectors, "holder_of", lambda email: None)
    assert registration.register(application(other.email or ""), address="") is None
    assert Person.objects.count() == 1


def test_registration_with_an_invited_address_sends_the_invitation_again() -> None:
    invited = people.citizen()
    EmailAddress.objects.filter(user=invited).update(verified=False)
    Person.objects.filter(pk=invited.pk).update(password="!unusable")
    assert registration.register(application(invited.email or ""), address="") is None
    assert Person.objects.count() == 1


def test_confirming_twice_changes_nothing_the_second_time() -> None:
    person = people.citizen()
    registration.confirm_address(EmailAddress.objects.get(user=person), by=nobody())
    assert entries_of_people() == 0


def test_confirming_an_address_somebody_else_confirmed_is_refused() -> None:
    first, second = people.citizen(), people.citizen()
    late = EmailAddress.objects.get(user=second)
    EmailAddress.objects.filter(pk=late.pk).update(email=first.email, verified=False)
    with pytest.raises(Invalid):
        registration.confirm_address(late, by=nobody())


def test_suspension_lifted_meanwhile_is_left_alone() -> None:
    person = people.citizen()
    stale = Person.objects.get(pk=person.pk)
    stale.is_active, stale.suspended_until = False, AT - timedelta(days=1)
    assert presence.lift_lapsed_suspension(stale, at=AT).is_active
    assert entries_of_people() == 0


def test_suspension_that_was_made_longer_meanwhile_holds() -> None:
    person = people.citizen()
    Person.objects.filter(pk=person.pk).update(
        is_active=False, suspended_at=AT - timedelta(days=3), suspended_until=AT - timedelta(minutes=1)
    )
    stale = Person.objects.get(pk=person.pk)
    Person.objects.filter(pk=person.pk).update(suspended_until=AT + timedelta(days=30))
    assert not presence.lift_lapsed_suspension(stale, at=AT).is_active
    assert not Person.objects.get(pk=person.pk).is_active
    assert not AuditEntry.objects.filter(verb="person.suspension_over").exists()


@pytest.mark.parametrize("deleted", ["before", "meanwhile"])
def test_suspension_of_a_deleted_account_is_never_over(deleted: str) -> None:
    person = people.citizen()
    ended = {"is_active": False, "suspended_until": AT - timedelta(minutes=1)}
    Person.objects.filter(pk=person.pk).update(**ended, deleted_at=AT if deleted == "before" else None)
    stale = Person.objects.get(pk=person.pk)
    Person.objects.filter(pk=person.pk).update(deleted_at=AT)
    assert not presence.lift_lapsed_suspension(stale, at=AT).is_active


def test_ended_sessions_and_old_limits_are_forgotten() -> None:
    Session.objects.create(session_key="lama", session_data="", expire_date=AT - timedelta(hours=1))
    Session.objects.create(session_key="baru", session_data="", expire_date=AT + timedelta(hours=1))
    Limit.objects.create(key="x", window_start=AT - timedelta(days=3), count=1)
    assert (upkeep.forget_ended_sessions(at=AT), upkeep.forget_old_limits(at=AT)) == (1, 1)
    assert list(Session.objects.values_list("session_key", flat=True)) == ["baru"]


def test_no_unconfirmed_account_leaves_no_entry() -> None:
    people.citizen()
    assert erasure.remove_unconfirmed(before=AT, at=AT) == 0
    assert entries_of_people() == 0


def test_preferences_saved_unchanged_leave_no_entry() -> None:
    person = people.citizen()
    kind = kinds.optional()[0]
    chosen = notifications.choose(person.pk, {kind.key: kind.default}, by=acting(person))
    assert chosen == {}
    assert entries_of_people() == 0

"""Accounts in the hands of staff: invited without a password, suspended with their sessions, seen on record."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.access.models import Role
from rembuk.accounts.actions.presence import lift_lapsed_suspension
from rembuk.accounts.models import Person
from rembuk.accounts.selectors import open_sessions
from rembuk.audit.models import AuditEntry
from rembuk.common.errors import Denied, Invalid, WrongState
from rembuk.management.actions import people as actions
from rembuk.management.facts import GrantFacts, Newcomer
from rembuk.workunits.models import WorkUnit
from tests import people, scenes
from tests.accounts import post

pytestmark = pytest.mark.django_db
WHY = "Melanggar pedoman komunitas berulang kali"
NOW = datetime.now(UTC)
NEW = Newcomer(name="Dewi Lestari", email="Dewi@Contoh.id")


def terms(unit: WorkUnit, role: str = "moderator") -> GrantFacts:
    """A role with a reason."""
    return GrantFacts(role=Role.objects.get(slug=role), unit=unit, reason="SK 12/2026")


def signed_in(person: Person) -> Client:
    """A browser in which the person is signed in through the page."""
    client = Client()
    client.post("/akun/masuk/", {"email": person.email, "password": people.PASSWORD})
    return client


def test_invite_makes_an_account_without_password_and_a_letter_with_a_link_that_lets_her_choose_one() -> None:
    place = scenes.regency()
    person = actions.invite_person(NEW, terms(place.works), by=people.staff("unit-admin", place.works))
    assert (person.email, person.has_usable_password()) == ("dewi@contoh.id", False)
    (letter,) = post.letters()
    answer = Client().post(
        post.link_in(letter), {"password": "sandi-baru-2026", "adult": "on", "privacy": "on"}
    )
    assert (answer.status_code, letter.to) == (303, ["dewi@contoh.id"])
    assert rights.can(Person.objects.get(pk=person.pk), izin.PROPOSAL_MODERATE, place.roads)
    verbs = AuditEntry.objects.filter(target_key=str(person.pk)).order_by("id").values_list("verb", flat=True)
    assert list(verbs)[:2] == ["person.invited", "grant.given"]


@pytest.mark.parametrize("verified", [True, False])
def test_invite_of_a_known_address_is_refused_at_the_field(verified: bool) -> None:
    place = scenes.regency()
    known = people.citizen(email="dewi@contoh.id")
    if verified:
        Person.objects.filter(pk=known.pk).update(email="lain@contoh.id")
    with pytest.raises(Invalid) as refusal:
        actions.invite_person(NEW, terms(place.works), by=people.staff("administrator", place.root))
    assert list(refusal.value.fields) == ["email"]
    assert post.waiting() == []


@pytest.mark.parametrize(("role", "unit"), [("administrator", "works"), ("moderator", "health")])
def test_invite_with_more_than_one_has_is_denied_and_makes_nobody(role: str, unit: str) -> None:
    place = scenes.regency()
    by = people.staff("unit-admin", place.works)
    with pytest.raises(Denied):
        actions.invite_person(NEW, terms(getattr(place, unit), role), by=by)
    assert not Person.objects.filter(email="dewi@contoh.id").exists()


def test_invite_again_sends_a_second_letter_until_a_password_is_chosen() -> None:
    place = scenes.regency()
    admin = people.staff("administrator", place.root)
    person = actions.invite_person(NEW, terms(place.works), by=admin)
    actions.invite_again(person, by=admin)
    assert post.waiting() == [("invitation", "dewi@contoh.id")] * 2
    person.set_password("x")
    person.save()
    with pytest.raises(WrongState):
        actions.invite_again(person, by=admin)


def test_suspend_ends_all_sessions_at_once_and_takes_the_rights() -> None:
    place = scenes.regency()
    moderator = people.staff("moderator", place.works)
    browsers = [signed_in(moderator), signed_in(moderator)]
    ended = actions.suspend_person(moderator, by=people.staff("unit-admin", place.works), reason=WHY)
    assert (ended, open_sessions(moderator)) == (2, [])
    assert [browser.get("/akun/").status_code for browser in browsers] == [302, 302]
    assert not rights.is_staff(Person.objects.get(pk=moderator.pk))
    entry = AuditEntry.objects.get(verb="person.suspended")
    assert (entry.reason, entry.after["sessions"]) == (WHY, 2)


def test_suspend_with_an_end_lets_her_in_again_after_it() -> None:
    place, person = scenes.regency(), people.citizen()
    admin = people.staff("administrator", place.root)
    actions.suspend_person(person, by=admin, reason=WHY, until=NOW + timedelta(days=3))
    assert not lift_lapsed_suspension(Person.objects.get(pk=person.pk), at=NOW + timedelta(days=2)).is_active
    assert lift_lapsed_suspension(Person.objects.get(pk=person.pk), at=NOW + timedelta(days=4)).is_active


@pytest.mark.parametrize(("reason", "days", "field"), [(" ", None, "reason"), (WHY, -1, "until")])
def test_suspend_without_reason_or_with_a_past_end_is_refused(
    reason: str, days: int | None, field: str
) -> None:
    place, person = scenes.regency(), people.citizen()
    until = None if days is None else NOW + timedelta(days=days)
    with pytest.raises(Invalid) as refusal:
        actions.suspend_person(
            person, by=people.staff("administrator", place.root), reason=reason, until=until
        )
    assert list(refusal.value.fields) == [field]
    assert Person.objects.get(pk=person.pk).is_active


def test_suspend_twice_and_reinstate_of_an_open_account_are_refused() -> None:
    place, person = scenes.regency(), people.citizen()
    admin = people.staff("administrator", place.root)
    with pytest.raises(WrongState):
        actions.reinstate_person(person, by=admin, reason=WHY)
    actions.suspend_person(person, by=admin, reason=WHY)
    with pytest.raises(WrongState):
        actions.suspend_person(person, by=admin, reason=WHY)


def test_reinstate_opens_the_account_and_removes_the_reason() -> None:
    place, person = scenes.regency(), people.citizen()
    admin = people.staff("administrator", place.root)
    actions.suspend_person(person, by=admin, reason=WHY)
    actions.reinstate_person(person, by=admin, reason="Keberatan diterima")
    person.refresh_from_db()
    assert (person.is_active, person.suspended_at, person.suspension_reason) == (True, None, "")
    assert signed_in(person).get("/akun/").status_code == 200
    assert AuditEntry.objects.get(verb="person.reinstated").reason == "Keberatan diterima"


def test_suspend_oneself_the_last_administrator_or_people_outside_is_denied() -> None:
    place = scenes.regency()
    admin, unit_admin = people.staff("administrator", place.root), people.staff("unit-admin", place.works)
    both = people.staff("moderator", place.works)
    people.grant(both, "moderator", place.health)
    refused = [
        (admin, admin),
        (unit_admin, admin),
        (unit_admin, both),
        (unit_admin, people.citizen()),
        (unit_admin, people.staff("moderator", place.health)),
    ]
    for by, person in refused:
        with pytest.raises(Denied):
            actions.suspend_person(person, by=by, reason=WHY)
    assert not Person.objects.filter(is_active=False).exists()


def test_suspend_of_the_last_administrator_by_one_with_the_same_reach_is_denied() -> None:
    place = scenes.regency()
    admin, manager = people.staff("administrator", place.root), people.staff("unit-admin", place.root)
    with pytest.raises(Denied):
        actions.suspend_person(admin, by=manager, reason=WHY)
    people.staff("administrator", place.root)
    assert actions.suspend_person(admin, by=manager, reason=WHY) == 0


def test_end_sessions_signs_somebody_out_everywhere_the_last_administrator_too() -> None:
    place = scenes.regency()
    admin, manager = people.staff("administrator", place.root), people.staff("unit-admin", place.root)
    signed_in(admin)
    assert actions.end_person_sessions(admin, by=manager, reason="Perangkat hilang") == 1
    assert AuditEntry.objects.get(verb="person.sessions_ended").reason == "Perangkat hilang"
    with pytest.raises(Denied):
        actions.end_person_sessions(manager, by=manager, reason="")
    with pytest.raises(Denied):
        actions.end_person_sessions(people.citizen(), by=people.staff("unit-admin", place.works), reason="")


def test_see_records_the_reading_of_others_and_not_of_oneself() -> None:
    place, person = scenes.regency(), people.citizen()
    admin = people.staff("administrator", place.root)
    actions.see_person(person, by=admin)
    actions.see_person(admin, by=admin)
    entry = AuditEntry.objects.get(verb="person.data_seen")
    assert (entry.target_key, entry.actor_person_id) == (str(person.pk), admin.pk)
    with pytest.raises(Denied):
        actions.see_person(person, by=people.staff("unit-admin", place.works))


def test_suspension_and_its_end_are_told_by_letter_without_the_reason() -> None:
    place, person = scenes.regency(), people.citizen(email="sari@contoh.id")
    admin = people.staff("administrator", place.root)
    actions.suspend_person(person, by=admin, reason=WHY)
    actions.reinstate_person(person, by=admin, reason="Keberatan diterima")
    suspended, reinstated = post.letters()
    assert [letter.to for letter in (suspended, reinstated)] == [["sari@contoh.id"]] * 2
    assert WHY not in suspended.body
    assert suspended.subject != reinstated.subject


def test_see_names_what_was_shown() -> None:
    place, person = scenes.regency(), people.citizen()
    actions.see_person(person, by=people.staff("administrator", place.root), fields=("name", "trail"))
    assert AuditEntry.objects.get(verb="person.data_seen").after == {"fields": ["name", "trail"]}


def test_bulk_mark_of_an_act_stands_in_its_entry() -> None:
    place, person = scenes.regency(), people.citizen()
    actions.suspend_person(person, by=people.staff("administrator", place.root), reason=WHY, bulk="m1")
    assert AuditEntry.objects.get(verb="person.suspended").bulk == "m1"

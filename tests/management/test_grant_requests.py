"""Two people make an administrator: one asks, another approves or refuses, and all is checked again at that moment."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.access.models import Grant, GrantRequest, Role
from rembuk.accounts.models import Person
from rembuk.audit.models import AuditEntry
from rembuk.common.errors import Denied, DomainError, Invalid, NotVisible, WrongState
from rembuk.management.actions import grants as actions
from rembuk.management.actions.people import invite_person, suspend_person
from rembuk.management.facts import GrantFacts, Newcomer
from rembuk.management.granting import selectors
from rembuk.management.granting.doors import request_for
from rembuk.notifications.models import Notice
from rembuk.workunits.models import WorkUnit
from tests import people, scenes

pytestmark = pytest.mark.django_db
WHY = "SK Bupati Nomor 12 Tahun 2026"
NOW = datetime.now(UTC)
DAY = timedelta(days=1)


def terms(role: str, unit: WorkUnit, **fields: object) -> GrantFacts:
    """A role in a unit, with a reason."""
    return GrantFacts(role=Role.objects.get(slug=role), unit=unit, **{"reason": WHY, **fields})  # type: ignore[arg-type]


def two_administrators() -> tuple[scenes.Regency, Person, Person]:
    """A regency, who asks, and who decides."""
    place = scenes.regency()
    return (
        place,
        people.staff("administrator", place.root, "Ani"),
        people.staff("administrator", place.root, "Beni"),
    )


def asked(place: scenes.Regency, by: Person, person: Person | None = None, **fields: object) -> GrantRequest:
    """A request for an administrator's grant."""
    request = actions.give_or_request(
        person or people.citizen("Cici"), terms("administrator", place.root, **fields), by=by
    )
    assert isinstance(request, GrantRequest)
    return request


def verbs() -> list[str]:
    """What the trail tells of grants, oldest first."""
    return list(
        AuditEntry.objects.filter(verb__startswith="grant.").order_by("pk").values_list("verb", flat=True)
    )


def told(kind: str) -> set[int]:
    """Who got a notice of a kind."""
    return set(Notice.objects.filter(event__kind=kind).values_list("person_id", flat=True))


def test_ask_gives_nothing_yet_and_tells_those_who_can_approve() -> None:
    place, ani, beni = two_administrators()
    people.staff("unit-admin", place.root)
    request = asked(place, ani)
    assert not rights.is_staff(Person.objects.get(pk=request.person_id))
    assert (request.state, request.asked_by, request.reason) == ("waiting", ani, WHY)
    assert told("grant.asked") == {beni.pk}
    entry = AuditEntry.objects.get(verb="grant.asked")
    assert (entry.target_key, entry.after["role"], entry.reason) == (
        str(request.person_id),
        "administrator",
        WHY,
    )


def test_give_of_an_administrator_by_one_person_is_denied() -> None:
    place, ani, _beni = two_administrators()
    with pytest.raises(Denied):
        actions.give_grant(people.citizen(), terms("administrator", place.root), by=ani)


def test_two_roles_that_together_make_an_administrator_take_two_people_as_well() -> None:
    place, ani, _beni = two_administrators()
    person = people.citizen()
    Role.objects.create(slug="setelan", name="s", name_en="s", permissions=[izin.SETTING_CHANGE.key])
    assert isinstance(actions.give_or_request(person, terms("unit-admin", place.root), by=ani), Grant)
    with pytest.raises(Denied):
        actions.give_grant(person, terms("setelan", place.root), by=ani)
    assert isinstance(actions.give_or_request(person, terms("setelan", place.root), by=ani), GrantRequest)
    assert isinstance(actions.give_or_request(people.citizen(), terms("setelan", place.root), by=ani), Grant)


def test_administrator_of_a_part_is_given_by_one_person() -> None:
    place, ani, _beni = two_administrators()
    grant = actions.give_or_request(people.citizen(), terms("administrator", place.works), by=ani)
    assert isinstance(grant, Grant)


def test_half_of_what_a_known_administrator_has_takes_two_people_all_the_same() -> None:
    place, ani, beni = two_administrators()
    assert isinstance(actions.give_or_request(beni, terms("moderator", place.root), by=ani), Grant)
    half = actions.give_or_request(beni, terms("unit-admin", place.root), by=ani)
    assert isinstance(half, GrantRequest)


def test_approve_gives_the_role_and_tells_who_asked() -> None:
    place, ani, beni = two_administrators()
    request = asked(place, ani, letter="800/12")
    grant = actions.approve_request(request, by=beni, reason="Sesuai SK")
    assert rights.can_everywhere(Person.objects.get(pk=request.person_id), izin.SETTING_CHANGE)
    request.refresh_from_db()
    assert (request.state, request.decided_by, request.decision_reason) == ("approved", beni, "Sesuai SK")
    assert (grant.given_by, grant.letter, grant.reason) == (beni, "800/12", WHY)
    assert told("grant.decided") == {ani.pk}
    assert verbs() == ["grant.asked", "grant.approved", "grant.given"]
    assert AuditEntry.objects.get(verb="grant.given").after["asked_by"] == ani.pk


def test_refuse_needs_a_reason_and_gives_nothing() -> None:
    place, ani, beni = two_administrators()
    request = asked(place, ani)
    with pytest.raises(Invalid):
        actions.refuse_request(request, by=beni, reason="  ")
    actions.refuse_request(request, by=beni, reason="Belum ada SK")
    request.refresh_from_db()
    assert (request.state, request.decision_reason) == ("refused", "Belum ada SK")
    assert not request.person.grants.exists()
    assert verbs() == ["grant.asked", "grant.refused"]
    assert told("grant.decided") == {ani.pk}


def test_withdraw_is_for_who_asked_only() -> None:
    place, ani, beni = two_administrators()
    request = asked(place, ani)
    with pytest.raises(Denied):
        actions.withdraw_request(request, by=beni)
    actions.withdraw_request(request, by=ani, reason="Salah orang")
    with pytest.raises(WrongState):
        actions.approve_request(request, by=beni)
    assert verbs() == ["grant.asked", "grant.withdrawn"]


def test_decision_by_who_asked_by_whom_it_is_for_or_by_one_who_lacks_the_role_is_denied() -> None:
    place, ani, _beni = two_administrators()
    request = asked(place, ani, person=people.staff("unit-admin", place.root, "Cici"))
    for person in (ani, request.person, people.staff("unit-admin", place.root)):
        with pytest.raises(Denied):
            actions.approve_request(request, by=person)
        with pytest.raises(Denied):
            actions.refuse_request(request, by=person, reason=WHY)
    assert GrantRequest.objects.get().state == "waiting"


def test_decided_request_can_not_be_decided_again() -> None:
    place, ani, beni = two_administrators()
    request = asked(place, ani)
    actions.approve_request(request, by=beni)
    third = people.staff("administrator", place.root)
    for act in (actions.approve_request, actions.refuse_request):
        with pytest.raises(WrongState) as refusal:
            act(request, by=third, reason=WHY)
        assert refusal.value.is_overtaken
    assert Grant.objects.filter(person=request.person).count() == 1


def test_ask_twice_or_for_a_role_held_is_refused() -> None:
    place, ani, beni = two_administrators()
    request = asked(place, ani)
    with pytest.raises(Invalid):
        asked(place, beni, request.person)
    with pytest.raises(Invalid):
        asked(place, ani, beni)
    with pytest.raises(Denied):
        asked(place, ani, ani)


def test_approve_checks_the_person_who_asked_again() -> None:
    place, ani, beni = two_administrators()
    third = people.staff("administrator", place.root)
    request = asked(place, ani)
    actions.end_grant(ani.grants.get(), by=third, reason=WHY)
    with pytest.raises(Denied):
        actions.approve_request(request, by=beni)
    GrantRequest.objects.update(asked_by=None)
    with pytest.raises(Denied):
        actions.approve_request(request, by=beni)
    actions.refuse_request(request, by=beni, reason=WHY)
    assert told("grant.decided") == set()


def test_approve_checks_whom_it_is_for_again() -> None:
    place, ani, beni = two_administrators()
    request = asked(place, ani)
    suspend_person(request.person, by=beni, reason=WHY)
    with pytest.raises(Invalid):
        actions.approve_request(request, by=beni)


def test_approve_checks_the_one_who_approves_at_that_moment_not_of_her_page() -> None:
    place, ani, beni = two_administrators()
    people.staff("administrator", place.root)
    request = asked(place, ani)
    assert rights.can_everywhere(beni, izin.GRANT_MANAGE)
    Grant.objects.filter(person=beni).update(ends_at=NOW - DAY)
    with pytest.raises(Denied):
        actions.approve_request(request, by=beni)


def test_approve_when_the_last_day_is_over_is_refused() -> None:
    place, ani, beni = two_administrators()
    request = asked(place, ani, starts_at=NOW + DAY, ends_at=NOW + 2 * DAY)
    with pytest.raises(Invalid):
        actions.approve_request(request, by=beni, at=NOW + 3 * DAY)


def test_approve_late_begins_then_and_early_on_the_day_asked_for() -> None:
    place, ani, beni = two_administrators()
    early = actions.approve_request(asked(place, ani, starts_at=NOW + 5 * DAY), by=beni, at=NOW + DAY)
    late = actions.approve_request(asked(place, ani, starts_at=NOW + DAY), by=beni, at=NOW + 2 * DAY)
    assert (early.starts_at, late.starts_at) == (NOW + 5 * DAY, NOW + 2 * DAY)


def test_invitation_with_that_role_makes_the_account_and_asks() -> None:
    place, ani, beni = two_administrators()
    newcomer = Newcomer(name="Dodi", email="dodi@contoh.id")
    person = invite_person(newcomer, terms("administrator", place.root), by=ani)
    assert not person.grants.exists()
    assert GrantRequest.objects.get(person=person).asked_by == ani
    assert selectors.waiting_for(beni) == 1
    assert selectors.waiting_for(ani) == 0


def test_request_outside_of_ones_units_is_not_visible() -> None:
    place, ani, beni = two_administrators()
    request = asked(place, ani)
    assert request_for(request.public_id, beni) == request
    with pytest.raises(NotVisible):
        request_for(request.public_id, people.staff("unit-admin", place.works))


@pytest.mark.django_db(transaction=True)
def test_two_approvals_at_once_give_the_role_once() -> None:
    place, ani, beni = two_administrators()
    third = people.staff("administrator", place.root)
    request, outcomes, gate = asked(place, ani), [], threading.Barrier(2)

    def approve(person: Person) -> None:
        try:
            gate.wait(20)
            actions.approve_request(request, by=person)
            outcomes.append("given")
        except DomainError as error:
            outcomes.append(error.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=approve, args=(person,)) for person in (beni, third)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(outcomes) == ["given", "wrong_state"]
    assert Grant.objects.filter(person=request.person).count() == 1
    assert verbs().count("grant.approved") == 1

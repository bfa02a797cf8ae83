"""Giving a role: beside a change of another one, to an account that a printed code opens; and ending one of old."""

from dataclasses import replace
from datetime import datetime
from threading import Thread

import pytest
from django.db import connections, transaction

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.access.models import Grant, GrantRequest, Role
from rembuk.accounts.actions.codes import choose_first_password
from rembuk.accounts.entering import open_code, recognise
from rembuk.accounts.models import Person
from rembuk.common.errors import Denied, Invalid
from rembuk.management import rules
from rembuk.management.actions import grants as actions
from rembuk.management.actions import people as invitations
from rembuk.management.actions import people_sheet
from rembuk.management.actions.desk_accounts import Visitor, make_new_code, open_account
from rembuk.management.actions.grants import many
from rembuk.management.actions.grants.giving import NOT_OPENED
from rembuk.management.facts import GrantFacts, Newcomer
from rembuk.management.roles.actions import change_role
from rembuk.management.roles.states import state_of
from rembuk.proposals.imports.sheets import SheetRow
from rembuk.workunits.models import WorkUnit
from tests import people, scenes
from tests.management.roles import WHY, made, now


def terms(slug: str, unit: WorkUnit, **fields: datetime) -> GrantFacts:
    """A role in a unit, with a reason."""
    return GrantFacts(role=Role.objects.get(slug=slug), unit=unit, reason=WHY, **fields)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_many", [False, True])
def test_two_halves_of_an_administrator_do_not_meet_in_a_race(is_many: bool) -> None:
    """While one adds «manage grants» to a role of somebody, another gives the same person «change settings»."""
    place, person = scenes.regency(), people.citizen()
    admin = people.staff("administrator", place.root)
    role = made("penata", "desk.enter")
    made("penyetel", "setting.change")
    actions.give_grant(person, terms("penata", place.root), by=admin)
    done: list[str] = []

    def beside() -> None:
        by, who = Person.objects.get(pk=admin.pk), Person.objects.get(pk=person.pk)
        try:
            if is_many:
                actions.give_many([who], terms("penyetel", place.root), by=by)
            else:
                actions.give_grant(who, terms("penyetel", place.root), by=by)
            done.append("given")
        except Denied:
            done.append("denied")
        finally:
            connections.close_all()

    other = Thread(target=beside)
    with transaction.atomic():
        wanted = replace(state_of(role), permissions=("desk.enter", "grant.manage"))
        change_role(role, wanted, seen=now("penata"), reason=WHY, by=Person.objects.get(pk=admin.pk))
        other.start()
        other.join(1.5)
        assert done == []
    other.join()
    assert done == ["denied"]
    assert not rights.can_everywhere(Person.objects.get(pk=person.pk), izin.SETTING_CHANGE)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_sheet", [False, True])
def test_an_invitation_to_the_whole_instansi_waits_for_a_change_of_roles(is_sheet: bool) -> None:
    place = scenes.regency()
    admin, role = people.staff("administrator", place.root), made("penata", "desk.enter")
    cells = {
        "nama": "Baru",
        "email": "baru@contoh.id",
        "peran": "moderator",
        "satuan_kerja": place.root.code,
        "alasan": WHY,
    }
    done: list[str] = []

    def beside() -> None:
        by = Person.objects.get(pk=admin.pk)
        try:
            if is_sheet:
                people_sheet.invite_many([SheetRow(2, cells)], by=by)
            else:
                newcomer = Newcomer(name="Baru", email="baru@contoh.id", language="id")
                invitations.invite_person(newcomer, terms("moderator", place.root), by=by)
            done.append("invited")
        finally:
            connections.close_all()

    other = Thread(target=beside)
    with transaction.atomic():
        wanted = replace(state_of(role), permissions=("desk.enter", "grant.manage"))
        change_role(role, wanted, seen=now("penata"), reason=WHY, by=Person.objects.get(pk=admin.pk))
        other.start()
        other.join(1.5)
        assert done == []
    other.join()
    assert done == ["invited"]


@pytest.mark.django_db
def test_no_role_for_an_account_that_a_printed_code_opens() -> None:
    place = scenes.regency()
    officer, admin = people.staff("unit-admin", place.works), people.staff("administrator", place.root)
    account, code = open_account(Visitor(name="Sari Dewi", unit=place.works, privacy_version=1), by=officer)
    person, facts = account.person, terms("moderator", place.health)
    for act in (
        lambda: actions.give_grant(person, facts, by=admin),
        lambda: actions.ask_grant(person, terms("administrator", place.root), by=admin),
        lambda: actions.give_many([person], facts, by=admin),
    ):
        with pytest.raises(Invalid):
            act()
    assert many.refusals([Person.objects.get(pk=person.pk)], facts, by=admin)[person.pk] == NOT_OPENED
    assert not Grant.objects.filter(person=person).exists()
    assert recognise(person.sign_in_name, code) == person
    opened = open_code(Person.objects.get(pk=person.pk))
    assert opened is not None
    choose_first_password(opened, people.PASSWORD, by=rights.acting(person))
    actions.give_grant(person, facts, by=admin)
    assert recognise(person.sign_in_name, code) is None


@pytest.mark.django_db
def test_a_request_is_not_approved_once_a_new_code_was_printed() -> None:
    place = scenes.regency()
    officer = people.staff("unit-admin", place.works)
    ani, beni = (people.staff("administrator", place.root) for _ in range(2))
    account, _code = open_account(Visitor(name="Sari Dewi", unit=place.works, privacy_version=1), by=officer)
    opened = open_code(account.person)
    assert opened is not None
    choose_first_password(opened, people.PASSWORD, by=rights.acting(account.person))
    request = actions.ask_grant(account.person, terms("administrator", place.root), by=ani)
    make_new_code(account, by=officer, reason="Lupa kata sandi")
    with pytest.raises(Invalid):
        actions.approve_request(request, by=beni)
    request.refresh_from_db()
    assert (request.state, Grant.objects.filter(person=account.person).count()) == (
        GrantRequest.State.WAITING,
        0,
    )


@pytest.mark.django_db
def test_a_permission_that_is_no_more_keeps_nobody_from_ending_a_grant_of_it() -> None:
    place = scenes.regency()
    admin, boss = people.staff("administrator", place.root), people.staff("unit-admin", place.works)
    made("lama", "desk.enter", "fitur.lama")
    grant = people.grant(people.citizen(), "lama", place.works)
    made("lebih", "audit.read", "fitur.lama")
    above = people.grant(people.citizen(), "lebih", place.works)
    assert not rules.may_give_grant(admin, None, grant.role, place.works).ok
    assert not rules.may_change_grant(admin, grant).ok
    assert not rules.may_end_grant(boss, above).ok
    own = people.grant(boss, "lama", place.works)
    assert not rules.may_end_grant(boss, own).ok
    assert actions.end_grants([grant.pk], by=boss, reason=WHY) == 1
    actions.end_grant(above, by=admin, reason=WHY)
    assert not Grant.objects.filter(pk__in=[grant.pk, above.pk], ends_at=None).exists()

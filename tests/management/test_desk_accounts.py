"""Accounts opened at a desk: by whom and where, what is written down, and that no officer acts as somebody in silence."""

from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.test import Client

from rembuk.access.rights import acting
from rembuk.accounts import entering, slips
from rembuk.accounts.models import OneTimeCode, Person
from rembuk.accounts.selectors import open_sessions
from rembuk.audit.models import AuditEntry
from rembuk.common import clock
from rembuk.common.errors import Denied, Invalid, NotVisible
from rembuk.consultations.models import Submission
from rembuk.consultations.selectors.heard import reachable_authors
from rembuk.engagement.rules import may_take_part
from rembuk.management.actions import desk_accounts
from rembuk.management.actions.desk_accounts import Visitor
from rembuk.management.actions.erasure import delete_account, remove_unconfirmed
from rembuk.management.actions.own_data import export_own_data
from rembuk.management.desk import doors, rules, selectors
from rembuk.management.models import DeskAccount
from rembuk.notifications.models import Delivery, Notice
from rembuk.notifications.sending.delivery import send_waiting
from rembuk.notifications.texts import words_of
from rembuk.proposals.selectors import is_author_reachable
from rembuk.workunits.models import WorkUnit
from tests import people, scenes
from tests.accounts import post

pytestmark = pytest.mark.django_db
NAME = "Mbah Sarinah"


@pytest.fixture
def place() -> scenes.Regency:
    return scenes.regency()


def opened(unit: WorkUnit, by: Person, **more: object) -> tuple[DeskAccount, str]:
    """An account opened in a unit."""
    visitor = Visitor(name=str(more.pop("name", NAME)), unit=unit, privacy_version=1, **more)  # type: ignore[arg-type]
    return desk_accounts.open_account(visitor, by=by)


def signed_in(name: str) -> Client:
    """A browser in which somebody signed in with ``people.PASSWORD``."""
    client = Client()
    assert client.post("/akun/masuk/", {"email": name, "password": people.PASSWORD}).status_code == 303
    return client


def start_using(account: DeskAccount) -> Person:
    """The person has chosen a password."""
    person = account.person
    person.one_time_codes.update(used_at=clock.now())
    person.set_password(people.PASSWORD)
    person.save(update_fields=["password"])
    return person


def test_open_makes_a_person_without_email_and_a_code_that_is_kept_as_a_hash(place: scenes.Regency) -> None:
    officer = people.staff("moderator", place.village)
    account, code = opened(place.village, officer)
    person, row = account.person, OneTimeCode.objects.get()
    assert (person.email, person.name, person.privacy_version) == (None, NAME, 1)
    assert person.adult_confirmed_at is not None
    assert not person.has_usable_password()
    assert (row.person, row.made_by) == (person, officer)
    assert row.expires_at - row.made_at == slips.CODE_LASTS == timedelta(days=14)
    assert entering.recognise(person.sign_in_name or "", code) == person
    assert not person.emailaddress_set.exists()


def test_open_is_in_the_trail_without_name_or_code_and_told_to_the_person(place: scenes.Regency) -> None:
    officer = people.staff("moderator", place.village, "Wulan Septiani")
    account, code = opened(place.village, officer)
    entry = AuditEntry.objects.get(verb="person.desk_account_opened")
    notice = Notice.objects.get(person_id=account.person_id)
    words = words_of(notice.event)
    assert (entry.actor_person_id, entry.target_key) == (officer.pk, str(account.person_id))
    assert entry.after == {"privacy_version": 1, "unit": place.village.code, "identity_seen": True}
    assert entry.target_unit_path == place.village.path
    told = f"{entry.after} {entry.before} {entry.reason} {notice.event.params}"
    assert code not in told
    assert slips.shown_code(code) not in told
    assert place.village.name in words.subject
    assert "Wulan Septiani" in words.body


def test_open_for_another_village_is_refused(place: scenes.Regency) -> None:
    officer = people.staff("moderator", place.village)
    with pytest.raises(Denied):
        opened(place.works, officer)
    assert not Person.objects.filter(name=NAME).exists()
    assert not DeskAccount.objects.exists()


@pytest.mark.parametrize("role", ["assessor", "auditor", "program-manager", "consultation-manager"])
def test_open_needs_the_permission(place: scenes.Regency, role: str) -> None:
    with pytest.raises(Denied):
        opened(place.village, people.staff(role, place.root))


def test_open_in_a_retired_unit_is_refused(place: scenes.Regency) -> None:
    officer = people.staff("moderator", place.root)
    WorkUnit.objects.filter(pk=place.village.pk).update(is_active=False)
    with pytest.raises(Denied):
        opened(place.village, officer)


def test_open_again_for_the_same_name_asks_whether_it_is_another_person(place: scenes.Regency) -> None:
    officer = people.staff("moderator", place.village)
    opened(place.village, officer)
    with pytest.raises(Invalid) as refusal:
        opened(place.village, officer, name=NAME.upper())
    assert list(refusal.value.fields) == ["is_namesake"]
    other, _code = opened(place.village, officer, is_namesake=True)
    assert Person.objects.filter(name=NAME).count() == 2
    assert other.person.sign_in_name not in {None, ""}


def test_open_tries_another_name_where_one_is_taken(
    place: scenes.Regency, monkeypatch: pytest.MonkeyPatch
) -> None:
    officer = people.staff("moderator", place.village)
    names = iter(["sarinah-22222", "sarinah-22222", "sarinah-33333"])
    monkeypatch.setattr(slips, "new_name", lambda name: next(names))
    opened(place.village, officer)
    account, _code = opened(place.village, officer, is_namesake=True)
    assert account.person.sign_in_name == "sarinah-33333"


def test_open_gives_up_where_no_name_is_free(place: scenes.Regency, monkeypatch: pytest.MonkeyPatch) -> None:
    officer = people.staff("moderator", place.village)
    monkeypatch.setattr(slips, "new_name", lambda name: "sarinah-22222")
    opened(place.village, officer)
    with pytest.raises(Invalid):
        opened(place.village, officer, is_namesake=True)
    assert DeskAccount.objects.count() == 1


def test_sign_in_name_belongs_to_one_person_only() -> None:
    Person.objects.create(email=None, sign_in_name="sarinah-22222", name="A")
    with pytest.raises(IntegrityError):
        Person.objects.create(email=None, sign_in_name="sarinah-22222", name="B")


def test_new_code_stops_the_old_ones_and_every_session_and_is_told(place: scenes.Regency) -> None:
    officer = people.staff("moderator", place.village)
    account, first = opened(place.village, officer)
    person = start_using(account)
    name = person.sign_in_name or ""
    client = signed_in(name)
    code = desk_accounts.make_new_code(account, by=officer, reason="Lupa kata sandi")
    entry = AuditEntry.objects.get(verb="person.desk_code_made")
    subjects = [words_of(notice.event).subject for notice in Notice.objects.filter(person_id=person.pk)]
    assert client.get("/akun/").status_code == 302
    assert open_sessions(person) == []
    assert entering.recognise(name, people.PASSWORD) is None
    assert entering.recognise(name, first) is None
    assert entering.recognise(name, code) == person
    assert (entry.reason, entry.after["sessions"], entry.actor_person_id) == (
        "Lupa kata sandi",
        1,
        officer.pk,
    )
    assert len(subjects) == 2


def test_new_code_takes_the_place_of_one_that_was_not_used(place: scenes.Regency) -> None:
    officer = people.staff("moderator", place.village)
    account, _first = opened(place.village, officer)
    for _turn in range(2):
        desk_accounts.make_new_code(account, by=officer, reason="Kertas hilang")
    assert OneTimeCode.objects.filter(person=account.person, used_at=None).count() == 1
    assert Notice.objects.filter(person_id=account.person_id).count() == 3


def test_new_code_needs_a_reason(place: scenes.Regency) -> None:
    officer = people.staff("moderator", place.village)
    account, code = opened(place.village, officer)
    with pytest.raises(Invalid):
        desk_accounts.make_new_code(account, by=officer, reason="  ")
    assert entering.recognise(account.person.sign_in_name or "", code) == account.person


def test_new_code_by_any_officer_of_the_unit_or_above_and_by_nobody_else(place: scenes.Regency) -> None:
    account, _code = opened(place.village, people.staff("moderator", place.village))
    for colleague in (people.staff("unit-admin", place.village), people.staff("moderator", place.root)):
        assert desk_accounts.make_new_code(account, by=colleague, reason="Lupa")
    for stranger in (people.staff("moderator", place.works), people.staff("assessor", place.root)):
        with pytest.raises(Denied):
            desk_accounts.make_new_code(account, by=stranger, reason="Lupa")
        with pytest.raises(NotVisible):
            doors.account_for(account.person.public_id, stranger)


def test_new_code_for_oneself_is_refused(place: scenes.Regency) -> None:
    account, _code = opened(place.village, people.staff("moderator", place.village))
    person = start_using(account)
    people.grant(person, "moderator", place.village)
    assert not rules.may_make_code(person, account).ok


def test_new_code_for_somebody_with_a_role_is_refused(place: scenes.Regency) -> None:
    officer = people.staff("moderator", place.village)
    account, _code = opened(place.village, officer)
    people.grant(account.person, "member", place.village)
    assert rules.may_make_code(officer, account).ok
    people.grant(account.person, "assessor", place.root)
    with pytest.raises(Denied):
        desk_accounts.make_new_code(account, by=officer, reason="Lupa")


def test_new_code_for_somebody_with_an_email_address_is_refused(place: scenes.Regency) -> None:
    officer = people.staff("moderator", place.village)
    account, _code = opened(place.village, officer)
    Person.objects.filter(pk=account.person_id).update(email="sarinah@contoh.id")
    with pytest.raises(Denied):
        desk_accounts.make_new_code(account, by=officer, reason="Lupa")


def test_new_code_for_a_suspended_person_is_refused(place: scenes.Regency) -> None:
    officer = people.staff("moderator", place.village)
    account, _code = opened(place.village, officer)
    Person.objects.filter(pk=account.person_id).update(is_active=False)
    with pytest.raises(Denied):
        desk_accounts.make_new_code(account, by=officer, reason="Lupa")


def test_list_is_the_twin_of_the_rule(place: scenes.Regency) -> None:
    root = people.staff("moderator", place.root)
    accounts = [opened(unit, root)[0] for unit in (place.root, place.works, place.village)]
    for officer in (root, people.staff("unit-admin", place.works), people.staff("moderator", place.village)):
        seen = set(selectors.accounts(officer).values_list("pk", flat=True))
        assert seen == {one.pk for one in accounts if rules.may_see_account(officer, one).ok}
    assert not selectors.accounts(people.citizen()).exists()


def test_list_is_searched_by_parts_of_the_name_and_by_sign_in_name(place: scenes.Regency) -> None:
    officer = people.staff("moderator", place.village)
    account, _code = opened(place.village, officer)
    opened(place.village, officer, name="Pak Tukijo")
    name = account.person.sign_in_name or ""
    found = selectors.accounts(officer)
    for text in ("sarin", "nah mbah", name, name.upper().replace("-", " "), name[:6]):
        assert [one.pk for one in selectors.named(found, text)] == [account.pk], text
    assert selectors.named(found, " ").count() == 2
    assert not selectors.named(found, "tidak ada").exists()


def test_states_of_the_list_are_those_of_each_account(place: scenes.Regency) -> None:
    officer = people.staff("moderator", place.village)
    names = ["waiting", "ended", "used", "never", "mailed", "closed"]
    made = {name: opened(place.village, officer, name=f"Warga {name}")[0] for name in names}
    OneTimeCode.objects.filter(person=made["ended"].person).update(expires_at=clock.now())
    OneTimeCode.objects.filter(person=made["never"].person).delete()
    start_using(made["used"])
    start_using(made["mailed"])
    Person.objects.filter(pk=made["mailed"].person_id).update(email="a@contoh.id")
    Person.objects.filter(pk=made["closed"].person_id).update(is_active=False)
    found = {one.person.name.removeprefix("Warga "): one for one in selectors.accounts(officer)}
    states = {name: selectors.state_of(one) for name, one in found.items()}
    assert states == {
        "waiting": selectors.WAITING,
        "ended": selectors.ENDED,
        "never": selectors.ENDED,
        "used": selectors.IN_USE,
        "mailed": selectors.WITH_EMAIL,
        "closed": selectors.SUSPENDED,
    }
    shown = {
        state: sorted(
            one.person.name.removeprefix("Warga ")
            for one in selectors.in_state(selectors.accounts(officer), state)
        )
        for state in (selectors.WAITING, selectors.ENDED, selectors.IN_USE)
    }
    assert shown == {"menunggu": ["waiting"], "berakhir": ["ended", "never"], "dipakai": ["mailed", "used"]}
    assert selectors.in_state(selectors.accounts(officer), "lain").count() == 6


def test_person_of_a_desk_takes_part_and_hears_on_the_site_only(
    place: scenes.Regency, mailoutbox: list[object]
) -> None:
    account, _code = opened(place.village, people.staff("moderator", place.village))
    person = start_using(account)
    assert may_take_part(person).ok
    send_waiting(at=clock.now() + timedelta(days=2))
    assert mailoutbox == []
    assert post.waiting() == []
    assert {row.problem for row in Delivery.objects.filter(person_id=person.pk)} <= {"no address", ""}
    assert Notice.objects.filter(person_id=person.pk).count() == 1


def test_answer_reaches_the_person_of_a_desk_on_the_site(place: scenes.Regency) -> None:
    account, _code = opened(place.village, people.staff("moderator", place.village))
    proposal = scenes.published(place, start_using(account))
    assert is_author_reachable(proposal)
    assert reachable_authors([Submission(author=account.person)]) == {account.person_id}


def test_copy_of_own_data_tells_of_the_desk_and_of_each_code(place: scenes.Regency) -> None:
    officer = people.staff("moderator", place.village, "Wulan Septiani")
    account, code = opened(place.village, officer)
    copy = export_own_data(account.person, by=acting(account.person))
    assert copy["account"]["sign_in_name"] == account.person.sign_in_name
    assert [row["unit__name"] for row in copy["opened_at_a_desk"]] == [place.village.name]
    assert [row["made_by__name"] for row in copy["printed_codes"]] == ["Wulan Septiani"]
    assert "code_hash" not in str(copy)
    assert code not in str(copy)


def test_deleted_account_of_a_desk_leaves_no_name_and_no_way_in(place: scenes.Regency) -> None:
    officer = people.staff("moderator", place.village)
    account, code = opened(place.village, officer)
    name = account.person.sign_in_name or ""
    delete_account(account.person, by=acting(account.person))
    person = Person.objects.get(pk=account.person_id)
    assert (person.name, person.email, person.sign_in_name) == ("", None, None)
    assert entering.recognise(name, code) is None
    assert not OneTimeCode.objects.exists()
    assert not DeskAccount.objects.exists()
    assert post.waiting() == []
    with pytest.raises(NotVisible):
        doors.account_for(person.public_id, officer)


def test_account_of_a_desk_is_never_removed_as_unconfirmed(place: scenes.Regency) -> None:
    account, _code = opened(place.village, people.staff("moderator", place.village))
    assert remove_unconfirmed(before=clock.now() + timedelta(days=400)) == 0
    assert Person.objects.filter(pk=account.person_id).exists()


def test_own_desk_is_none_for_those_who_registered_themselves(place: scenes.Regency) -> None:
    account, _code = opened(place.village, people.staff("moderator", place.village))
    assert selectors.own(people.citizen()) is None
    assert selectors.own(account.person) == account

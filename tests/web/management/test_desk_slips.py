"""What is left of a slip in the officer's session, and of reading an account in the trail."""

from datetime import timedelta

import pytest
import time_machine

from rembuk.access.models import Grant
from rembuk.accounts import slips
from rembuk.audit.models import AuditEntry
from rembuk.common import clock
from rembuk.common.errors import Denied
from rembuk.management.actions import desk_accounts
from tests import people, scenes
from tests.web.management.test_desk_accounts import URL, form, made, officer_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> scenes.Regency:
    return scenes.regency()


def test_code_of_a_slip_lies_sealed_in_the_session_until_it_is_shown(place: scenes.Regency) -> None:
    client, _officer = officer_in(place.village)
    path = client.post(f"{URL}baru/", form(place.village))["Location"]
    kept = str(dict(client.session))
    shown = client.get(path).context["slip"]["code"]
    assert "desk_slip" in kept
    assert shown not in kept
    assert slips.read_code(shown) not in kept


@pytest.mark.parametrize("where", ["list", "account", "slip", "slip of another"])
def test_code_that_nobody_opened_in_time_is_dropped_by_the_next_page(
    place: scenes.Regency, where: str
) -> None:
    client, officer = officer_in(place.village)
    path = client.post(f"{URL}baru/", form(place.village))["Location"]
    other = made(place.village, officer, "Bu Kartini").person.public_id
    pages = {
        "list": URL,
        "account": path.replace("cetak/", ""),
        "slip": path,
        "slip of another": f"{URL}{other}/cetak/",
    }
    with time_machine.travel(clock.now() + timedelta(minutes=9)):
        client.get(URL)
        assert "desk_slip" in client.session
    with time_machine.travel(clock.now() + timedelta(minutes=11)):
        client.get(pages[where])
        assert "desk_slip" not in client.session


def test_opening_the_page_of_an_account_is_recorded_as_reading(place: scenes.Regency) -> None:
    client, officer = officer_in(place.village)
    account = made(place.village, officer)
    path = f"{URL}{account.person.public_id}/"
    client.get(path)
    entry = AuditEntry.objects.get(verb="person.data_seen")
    assert (entry.actor_person_id, entry.target_key) == (officer.pk, str(account.person_id))
    assert (entry.after, entry.target_unit_path) == ({"fields": ["name", "sign_in_name"]}, place.village.path)
    stranger, _person = officer_in(place.works)
    assert stranger.get(path).status_code == 404
    assert AuditEntry.objects.filter(verb="person.data_seen").count() == 1


def test_seeing_an_account_is_recorded_for_others_only_and_refused_outside(place: scenes.Regency) -> None:
    officer = people.staff("moderator", place.village)
    account = made(place.village, officer)
    desk_accounts.see_account(account, by=officer)
    Grant.objects.filter(person=officer).update(person=account.person)
    desk_accounts.see_account(account, by=account.person)
    with pytest.raises(Denied):
        desk_accounts.see_account(account, by=people.staff("moderator", place.works))
    entries = AuditEntry.objects.filter(verb="person.data_seen")
    assert [(entry.actor_person_id, entry.target_key) for entry in entries] == [
        (officer.pk, str(account.person_id))
    ]

"""What is left of a slip in the officer's session."""

from datetime import timedelta

import pytest
import time_machine

from rembuk.accounts import slips
from rembuk.common import clock
from tests import scenes
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

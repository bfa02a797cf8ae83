"""Who answers for a whole account: sessions, suspension, second factor and trail, each refused outside of it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from rembuk.accounts.models import Person
from rembuk.audit.models import AuditEntry
from rembuk.common.errors import Denied
from rembuk.management import rules
from rembuk.management.actions import people as actions
from rembuk.management.actions.desk_accounts import Visitor, open_account
from rembuk.management.people.second_factor import may_reset_second_factor
from rembuk.management.people.together import Step, is_answerable, refusals
from tests import people, scenes

pytestmark = pytest.mark.django_db
WHY = "Perangkat hilang di jalan"


def sign_in(person: Person) -> None:
    """A browser of theirs."""
    browser = Client()
    sent = {"email": person.email, "password": people.PASSWORD}
    assert browser.post("/akun/masuk/", sent).status_code == 303


def refused_everywhere(by: Person, person: Person) -> None:
    """Neither one by one nor among many can anything be done to the account."""
    for act in (actions.end_person_sessions, actions.suspend_person, actions.reinstate_person):
        with pytest.raises(Denied):
            act(person, by=by, reason=WHY)
    assert not may_reset_second_factor(by, person).ok
    assert not is_answerable(by, person)
    for step in (Step.SUSPEND, Step.SESSIONS):
        assert refusals(step, [person], by)[person.pk]
    assert Person.objects.get(pk=person.pk).is_active


def test_sessions_of_the_last_administrator_are_not_open_to_anybody() -> None:
    place = scenes.regency()
    last = people.staff("administrator", place.root)
    people.grant(last, "moderator", place.works, ends_at=datetime.now(UTC) - timedelta(days=300))
    sign_in(last)
    refused_everywhere(people.citizen(), last)
    refused_everywhere(people.staff("unit-admin", place.works), last)
    assert not AuditEntry.objects.filter(verb="person.sessions_ended").exists()
    chief = people.staff("unit-admin", place.root)
    assert may_reset_second_factor(chief, last).ok
    assert actions.end_person_sessions(last, by=chief, reason=WHY) == 1
    with pytest.raises(Denied):
        actions.suspend_person(last, by=chief, reason=WHY)


def test_a_role_in_ones_unit_gives_no_power_over_an_account_that_nobody_invited() -> None:
    place = scenes.regency()
    boss, officer = (people.staff("unit-admin", place.works) for _ in range(2))
    critic = people.citizen("Kritikus")
    visitor = open_account(Visitor(name="Sari Dewi", unit=place.works, privacy_version=1), by=officer)[
        0
    ].person
    invited = people.staff("moderator", place.works)
    for person in (critic, visitor):
        people.grant(person, "moderator", place.works)
        refused_everywhere(boss, person)
        assert "instansi" in str(rules.may_answer_for(boss, person))
        assert rules.may_suspend(people.staff("unit-admin", place.root), person).ok
    assert rules.may_suspend(boss, invited).ok
    assert is_answerable(boss, invited)
    assert not refusals(Step.SUSPEND, [invited], boss)


def test_nobody_answers_for_themselves() -> None:
    chief = people.staff("administrator", scenes.regency().root)
    assert not rules.may_answer_for(chief, chief).ok
    assert not rules.may_suspend(chief, chief).ok
    assert is_answerable(chief, chief)

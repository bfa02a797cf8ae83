"""The day of the last visit: written at sign-in and once a day while somebody stays signed in."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from rembuk.accounts.actions.presence import note_active
from rembuk.accounts.models import Person
from rembuk.common.clock import local_date, now
from rembuk.siteconfig.selectors import current
from tests import people

pytestmark = pytest.mark.django_db
NIGHT = datetime(2026, 7, 1, 17, 30, tzinfo=UTC)


def day_of(person: Person) -> object:
    """What the database keeps."""
    return Person.objects.values_list("last_active_on", flat=True).get(pk=person.pk)


def signed_in(person: Person) -> Client:
    """A browser in which the person is signed in through the page."""
    client = Client()
    client.post("/akun/masuk/", {"email": person.email, "password": people.PASSWORD})
    return client


def seen_an_hour_ago(client: Client) -> None:
    """As if the browser had been used an hour ago for the last time."""
    session = client.session
    session["seen_at"] = int((now() - timedelta(hours=1)).timestamp())
    session.save()


def test_note_takes_the_day_of_the_office_and_writes_once_a_day() -> None:
    sari = people.citizen()
    note_active(sari, at=NIGHT)
    assert day_of(sari) == NIGHT.date() + timedelta(days=1)
    with CaptureQueriesContext(connection) as queries:
        note_active(sari, at=NIGHT + timedelta(hours=20))
    assert len(queries) == 0


def test_note_of_an_older_day_changes_nothing() -> None:
    sari = people.citizen()
    stale = Person.objects.get(pk=sari.pk)
    note_active(sari, at=NIGHT)
    note_active(stale, at=NIGHT - timedelta(days=3))
    assert day_of(sari) == NIGHT.date() + timedelta(days=1)


def test_sign_in_keeps_the_day() -> None:
    sari = people.citizen()
    assert day_of(sari) is None
    signed_in(sari)
    assert day_of(sari) == local_date(zone=current().tz)


def test_a_visit_of_a_later_day_is_kept_without_a_new_sign_in_and_once_only() -> None:
    sari = people.citizen()
    client = signed_in(sari)
    Person.objects.filter(pk=sari.pk).update(last_active_on="2026-01-01")
    client.get("/akun/")
    assert str(day_of(sari)) == "2026-01-01"
    seen_an_hour_ago(client)
    client.get("/akun/")
    assert day_of(sari) == local_date(zone=current().tz)
    seen_an_hour_ago(client)
    with CaptureQueriesContext(connection) as queries:
        client.get("/akun/")
    assert not [query["sql"] for query in queries if 'UPDATE "accounts_person"' in query["sql"]]

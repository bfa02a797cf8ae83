"""The inbox, the choices, and ending mails by a link without signing in."""

from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from rembuk.accounts.models import Person
from rembuk.audit.models import AuditEntry
from rembuk.notifications import kinds, outbox, unsubscribe
from rembuk.notifications.models import Frequency, Notice, Preference
from rembuk.notifications.selectors import frequencies
from tests import people, scenes

pytestmark = pytest.mark.django_db


def some_kind(category: str = kinds.OWN) -> kinds.Kind:
    return next(
        kind for kind in kinds.optional() if kind.category == category and "title" in str(kind.subject)
    )


def tell(person: Person, title: str = "Jalan desa", url: str = "/usulan/USL-2026-000001/") -> None:
    params = {"title": title, "code": "USL-2026-000001"}
    with transaction.atomic():
        outbox.enqueue(f"t:{title}", kind=some_kind().key, recipients=[person.pk], params=params, url=url)


def test_inbox_shows_new_notices_once_as_new(client: Client) -> None:
    person = people.citizen()
    tell(person)
    client.force_login(person)
    first, second = (client.get("/akun/pemberitahuan/").context["rows"] for _ in range(2))
    assert [row["is_new"] for row in first] == [True]
    assert [row["is_new"] for row in second] == [False]


def test_inbox_marks_nobody_elses_as_read(client: Client) -> None:
    person = people.citizen()
    tell(person)
    client.force_login(people.citizen())
    assert client.get("/akun/pemberitahuan/").context["rows"] == []
    assert Notice.objects.get().read_at is None


def test_inbox_of_staff_leads_to_the_desk_without_a_language(client: Client) -> None:
    person = people.citizen()
    tell(person, url="/kelola/moderasi/")
    client.force_login(person)
    (row,) = client.get("/en/akun/pemberitahuan/").context["rows"]
    assert row["url"] == "/kelola/moderasi/"


def test_choices_are_saved_and_hold(client: Client) -> None:
    person = people.citizen()
    client.force_login(person)
    form = client.get("/akun/notifikasi/").context["form"]
    sent = {name: "" if name.startswith("all_") else Frequency.NEVER for name in form.fields}
    answer = client.post("/akun/notifikasi/", sent)
    assert (answer.status_code, answer["Location"]) == (303, "/akun/notifikasi/")
    chosen = {kind.key for kind in form.kinds.values()}
    assert {frequencies(person.pk)[key] for key in chosen} == {Frequency.NEVER}
    assert AuditEntry.objects.filter(verb="notification.preferences_changed").exists()


def test_choices_one_answer_for_a_whole_group_stands_over_the_single_ones(client: Client) -> None:
    person = people.citizen()
    client.force_login(person)
    form = client.get("/akun/notifikasi/").context["form"]
    sent = {name: field.initial or "" for name, field in form.fields.items()} | {"all_own": Frequency.DAILY}
    client.post("/akun/notifikasi/", sent)
    own = {kind.key for kind in kinds.optional() if kind.category == kinds.OWN}
    now = frequencies(person.pk)
    assert {now[key] for key in own} == {Frequency.DAILY}
    assert all(now[kind.key] == kind.default for kind in kinds.optional() if kind.key not in own)


def test_choices_about_office_work_are_for_staff(client: Client) -> None:
    place = scenes.regency()
    offered = []
    for person in (people.citizen(), people.staff("moderator", place.root)):
        client.force_login(person)
        form = client.get("/akun/notifikasi/").context["form"]
        offered.append(kinds.DUTY in {kind.category for kind in form.kinds.values()})
    assert offered == [False, True]


def test_choices_unknown_frequency_is_refused(client: Client) -> None:
    person = people.citizen()
    client.force_login(person)
    assert client.post("/akun/notifikasi/", {"kind_0": "hourly"}).status_code == 422
    assert not Preference.objects.exists()


def stop(person: Person, kind: str) -> str:
    return unsubscribe.path(person.pk, kind)


def test_end_mails_link_asks_first_and_changes_nothing(client: Client) -> None:
    person, kind = people.citizen(), some_kind()
    page = client.get(stop(person, kind.key))
    assert page.status_code == 200
    assert page["Cache-Control"] == "private, no-store"
    assert frequencies(person.pk)[kind.key] == kind.default


@pytest.mark.parametrize("body", [{"List-Unsubscribe": "One-Click"}, {}])
def test_end_mails_one_post_ends_them_signed_out_and_without_a_token(body: dict[str, Any]) -> None:
    client = Client(enforce_csrf_checks=True)
    person, kind = people.citizen(), some_kind()
    answer = client.post(stop(person, kind.key), body)
    assert answer.status_code == 200
    assert frequencies(person.pk)[kind.key] == Frequency.NEVER
    assert AuditEntry.objects.get(verb="notification.unsubscribed").actor_person_id == person.pk


def test_end_mails_may_be_repeated(client: Client) -> None:
    person, kind = people.citizen(), some_kind()
    statuses = [client.post(stop(person, kind.key)).status_code for _ in range(2)]
    assert statuses == [200, 200]
    assert AuditEntry.objects.filter(verb="notification.unsubscribed").count() == 1


def test_end_mails_of_the_daily_letter_ends_all_daily_kinds(client: Client) -> None:
    person = people.citizen()
    client.post(stop(person, unsubscribe.EVERYTHING_DAILY))
    assert Frequency.DAILY not in frequencies(person.pk).values()


def test_end_mails_forged_link_is_not_found(client: Client) -> None:
    assert client.post("/notifikasi/berhenti/abc:def:ghi/").status_code == 404
    assert not Preference.objects.exists()


def test_end_mails_works_in_english_too(client: Client) -> None:
    person, kind = people.citizen(), some_kind()
    answer = client.post("/en" + stop(person, kind.key))
    assert answer.status_code == 200
    assert 'lang="en"' in answer.content.decode()

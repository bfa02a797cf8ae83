"""What a look at grants and at those who may get one leaves in the trail, and how often one may look."""

import pytest
from django.test import Client

from rembuk.accounts.models import Person
from rembuk.accounts.quotas import LOOK_UPS
from rembuk.audit.models import AuditEntry
from tests import people, scenes
from tests.web.management.pages import K, signed_in

pytestmark = pytest.mark.django_db
LIST = f"{K}hak-akses/"
WHY = {"reason": "Masa tugas selesai"}


def as_person(person: Person) -> Client:
    """A browser of this person."""
    client = Client()
    client.force_login(person)
    return client


def test_give_to_many_names_nobody_out_of_reach_and_leaves_a_trace() -> None:
    place = scenes.regency()
    me = people.staff("unit-admin", place.works)
    far = people.citizen("Rahasia Sekali", email="jauh@contoh.id")
    near = people.staff("assessor", place.roads, "Dekat Sekali")
    words = [far.email, near.email, "tiada@contoh.id"]
    sent = {"people": " ".join(words), "role": "moderator", "unit": place.works.code, **WHY}
    shown = as_person(me).post(f"{LIST}beri-banyak/", sent).content.decode()
    assert all(word in shown for word in (*words, "Dekat Sekali"))
    assert "Rahasia" not in shown
    entry = AuditEntry.objects.get(verb="person.data_seen")
    assert (entry.actor_person_id, entry.target_kind) == (me.pk, "list")
    assert entry.after["people"] == sorted([far.pk, near.pk])
    assert (entry.after["asked"], entry.after["named"]) == (3, 1)
    assert "contoh.id" not in str(entry.after)
    chief = signed_in("administrator", place)
    assert "Rahasia Sekali" in chief.post(f"{LIST}beri-banyak/", sent).content.decode()


def test_lists_of_addresses_are_looked_up_so_many_times_an_hour() -> None:
    place = scenes.regency()
    client = as_person(people.staff("unit-admin", place.works))
    sent = {"people": "tiada@contoh.id", "role": "moderator", "unit": place.works.code, **WHY}
    for _turn in range(LOOK_UPS.allowed):
        assert client.post(f"{LIST}beri-banyak/", sent).status_code == 422
    assert client.post(f"{LIST}beri-banyak/", sent).status_code == 429


def test_export_keeps_no_words_that_were_searched_for() -> None:
    place = scenes.regency()
    client = signed_in("administrator", place)
    client.post(f"{LIST}ekspor/?q=Budi+Santoso&oleh=Ani&peran=moderator", {"bentuk": "csv"})
    kept = AuditEntry.objects.get(verb="grant.exported").after["filters"]
    assert kept == {"q": True, "oleh": True, "peran": "moderator"}

"""Confirming the address: in the browser that registered, in another one, and what becomes of drafts."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from rembuk.accounts.models import Person
from rembuk.common.clock import now
from rembuk.proposals.models import Proposal
from tests import people
from tests.accounts import post
from tests.web.accounts.test_register import form

pytestmark = pytest.mark.django_db


def register(client: Client, **changes: Any) -> str:
    """Register; returns the path of the link in the letter."""
    client.post("/akun/daftar/", form(**changes))
    return post.link_in(post.letters()[-1])


def begin_draft(client: Client) -> Proposal:
    """A draft that this browser began before signing in."""
    draft = Proposal.objects.create(title="Perbaikan jembatan", created_at=now(), changed_at=now())
    session = client.session
    session["drafts"] = [str(draft.public_id)]
    session.save()
    client.cookies["rembuk_session"] = session.session_key
    return draft


def user_of(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


def test_confirm_in_the_same_browser_signs_in_and_leads_back(client: Client) -> None:
    link = register(client, next="/usulan/draf/kirim/")
    page = client.get(link)
    person = Person.objects.get()
    assert person.emailaddress_set.filter(verified=True).count() == 0
    done = client.post(link)
    assert "password" not in page.content.decode().split("</header>")[1]
    assert (done.status_code, done["Location"]) == (303, "/usulan/draf/kirim/")
    assert user_of(client) == str(person.pk)
    assert person.emailaddress_set.get().verified


def test_confirm_in_another_browser_asks_the_password_and_leads_back(client: Client) -> None:
    link = register(client, next="/usulan/draf/kirim/")
    other = Client()
    page = other.get(link)
    back = page.context["next"]
    wrong = other.post(link, {"password": "salah-sekali-2026", "next": back})
    right = other.post(link, {"password": people.PASSWORD, "next": back})
    assert "password" in page.content.decode()
    assert wrong.status_code == 422
    assert (right.status_code, right["Location"]) == (303, "/usulan/draf/kirim/")
    assert user_of(other) == str(Person.objects.get().pk)


def test_confirm_by_the_owner_of_a_mailbox_that_somebody_else_registered_gives_nothing_away(
    client: Client,
) -> None:
    link = register(client, password="kata-sandi-penyerang")
    owner = Client()
    answer = owner.post(link, {"password": "kata-sandi-pemilik"})
    assert answer.status_code == 422
    assert not Person.objects.get().emailaddress_set.get().verified


def test_confirm_used_or_broken_or_old_link_says_so(client: Client) -> None:
    link = register(client)
    with time_machine.travel(now() + timedelta(days=4)):
        assert client.get(link).status_code == 404
    client.post(link)
    assert client.get(link).status_code == 404
    assert client.get("/akun/konfirmasi/abc:def/").status_code == 404


def test_confirm_link_alone_changes_nothing(client: Client) -> None:
    link = register(client)
    Client().get(link)
    assert not Person.objects.get().emailaddress_set.get().verified


def test_draft_begun_before_registering_is_the_persons_after_confirming_here(client: Client) -> None:
    draft = begin_draft(client)
    link = register(client)
    draft.refresh_from_db()
    assert draft.author is None
    client.post(link)
    draft.refresh_from_db()
    assert draft.author == Person.objects.get()
    assert "drafts" not in client.session


def test_draft_begun_before_registering_reaches_the_person_in_another_browser(client: Client) -> None:
    draft = begin_draft(client)
    link = register(client)
    Client().post(link, {"password": people.PASSWORD})
    draft.refresh_from_db()
    person = Person.objects.get()
    assert (draft.author, person.begun_drafts) == (person, [])


def test_draft_survives_an_address_that_was_mistyped(client: Client) -> None:
    draft = begin_draft(client)
    register(client, email="slah@contoh.id")
    link = register(client, email="salah@contoh.id")
    client.post(link)
    draft.refresh_from_db()
    assert draft.author == Person.objects.get(email="salah@contoh.id")


def test_draft_begun_before_signing_in_is_the_persons(client: Client) -> None:
    draft = begin_draft(client)
    person = people.citizen()
    client.post("/akun/masuk/", {"email": person.email, "password": people.PASSWORD})
    draft.refresh_from_db()
    assert draft.author == person


def test_draft_of_somebody_else_is_never_taken_over(client: Client) -> None:
    draft = begin_draft(client)
    owner, person = people.citizen(), people.citizen()
    Proposal.objects.filter(pk=draft.pk).update(author=owner)
    client.post("/akun/masuk/", {"email": person.email, "password": people.PASSWORD})
    draft.refresh_from_db()
    assert draft.author == owner


def test_draft_ids_in_the_account_that_no_longer_exist_do_no_harm(client: Client) -> None:
    person = people.citizen()
    Person.objects.filter(pk=person.pk).update(begun_drafts=[uuid.uuid4()])
    answer = client.post("/akun/masuk/", {"email": person.email, "password": people.PASSWORD})
    assert answer.status_code == 303

"""Clients and addresses for the pages around a subject."""

from django.test import Client

from rembuk.accounts.models import Person
from rembuk.engagement.models import Subject

HTMX = {"HX-Request": "true"}


def client_of(person: Person | None = None) -> Client:
    """A browser, signed in as a person or a visitor's."""
    client = Client()
    if person is not None:
        client.force_login(person)
    return client


def act(subject: Subject, name: str) -> str:
    """The address of one of a proposal's acts."""
    return f"/diskusi/usulan/{subject.code}/{name}/"

"""Forms as a browser sends them, from the page they stand on, and the same form several times at once."""

import uuid
from collections.abc import Mapping
from functools import partial
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from rembuk.accounts.models import Person
from tests.engagement import races

AT_ONCE = 4


def with_key(fields: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The fields of one rendering of a form: what else they are, its key is its own."""
    return {"kiriman": uuid.uuid4().hex, **(fields or {})}


def browser(person: Person | None) -> Client:
    """A browser of one person, or a visitor's."""
    client = Client()
    if person is not None:
        client.force_login(person)
    return client


def sent_at_once(person: Person | None, path: str, form: Mapping[str, Any], **extra: Any) -> list[Any]:
    """The answers to the same form, sent four times at the same moment by one browser."""
    client = browser(person)
    outcomes = races.at_once(
        *(partial(_twin(client).post, path, _copy(form), **extra) for _ in range(AT_ONCE))
    )
    assert not [outcome for outcome in outcomes if isinstance(outcome, Exception)], outcomes
    return outcomes


def _twin(client: Client) -> Client:
    """The same browser: Django's client can't send two requests at once."""
    twin = Client()
    twin.cookies = client.cookies
    return twin


def _copy(form: Mapping[str, Any]) -> dict[str, Any]:
    """The same content, with each file opened anew: one that is being sent can't be sent by somebody else."""
    return {
        name: SimpleUploadedFile(str(value.name), _content(value)) if hasattr(value, "read") else value
        for name, value in form.items()
    }


def _content(file: Any) -> bytes:
    file.seek(0)
    return bytes(file.read())

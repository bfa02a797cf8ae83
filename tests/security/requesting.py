"""Pages without their text, and requests without consequences: for tests that ask thousands of times."""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from unittest import mock

from django.db import transaction
from django.template.backends.django import Template
from django.test import Client
from django.utils.safestring import SafeString

_render = Template.render


@contextmanager
def unrendered() -> Iterator[None]:
    """Templates of pages give nothing: the view, its rules and the status are those of the site. Mails are written."""

    def render(self: Template, *given: object, **named: object) -> SafeString:
        is_page = str(self.template.name).endswith(".html")
        return SafeString("") if is_page else _render(self, *given, **named)

    with mock.patch.object(Template, "render", render):
        yield


@contextmanager
def taken_back(client: Client) -> Iterator[None]:
    """Whatever a request changes, in the database and in the cookies of its browser, is as before afterwards."""
    mark, cookies = transaction.savepoint_create(), deepcopy(client.cookies)
    yield
    transaction.savepoint_rollback(mark)
    client.cookies = cookies

"""Pages without their text, for tests that ask thousands of times who gets in and what a form changes."""

from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock

from django.template.backends.django import Template
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

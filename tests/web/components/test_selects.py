"""The select of our own is Django's, option for option."""

from typing import Any

from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

_CHOICES: list[Any] = [
    ("", gettext_lazy("All kinds")),
    ("a<b", "Jalan & <jembatan>"),
    (3, 12345),
    (gettext_lazy("Category"), [("x", mark_safe("a &amp; b")), ("y", "Pasar")]),
]


def _same(widget: forms.Widget, value: object, **attrs: object) -> None:
    ours = widget.render("pilih", value, attrs)
    theirs = widget.render("pilih", value, attrs, DjangoTemplates())
    assert "".join(ours.split()) == "".join(theirs.split())


def test_a_select_is_written_as_django_writes_it() -> None:
    """Texts are escaped, the chosen one is marked, groups and attributes stay."""
    _same(forms.Select(choices=_CHOICES), "a<b", id='id_"x"', required=True, disabled=False)
    _same(forms.Select({"data-x": 5}, choices=_CHOICES), 3)
    _same(forms.Select(choices=_CHOICES), None)


def test_a_select_of_several_is_written_as_django_writes_it() -> None:
    """Every chosen one is marked."""
    _same(forms.SelectMultiple(choices=_CHOICES), ["x", "y"], id="id_x")
    _same(forms.NullBooleanSelect(), True)

"""What may be entered for each setting. Pure; refusals are sentences for the person who typed."""

import re
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from rembuk.common.errors import Invalid, Words
from rembuk.common.text import clean_line

from .keys import ENTRIES, Entry, SiteSettings

_COLOUR = re.compile(r"#[0-9a-f]{6}")
_REQUIRED = {"site_name", "office_name", "work_unit_term"}


def changed(old: SiteSettings, changes: Mapping[str, Any]) -> dict[str, Any]:
    """The checked and cleaned values of ``changes`` that differ from ``old``.

    Raises:
        Invalid: with a message by setting, for unknown names, wrong types and values out of bounds.
    """
    problems: dict[str, list[Words]] = {}
    result: dict[str, Any] = {}
    for key, value in changes.items():
        try:
            clean = checked(key, value)
        except Invalid as problem:
            problems[key] = [problem.message]
            continue
        if getattr(old, key) != clean:
            result[key] = clean
    if problems:
        raise Invalid(_("Some settings can't be saved like this."), fields=problems)
    return result


def checked(key: str, value: object) -> str | int | bool:
    """The value as it is stored.

    Raises:
        Invalid: with one sentence.
    """
    entry = ENTRIES.get(key)
    if entry is None:
        raise Invalid(_("There is no such setting."))
    default = getattr(SiteSettings(), key)
    if isinstance(default, bool):
        return _flag(value)
    if isinstance(default, int):
        return _number(entry, value)
    return _text(key, entry, value)


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise Invalid(_("Answer yes or no."))
    return value


def _number(entry: Entry, value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not entry.least <= value <= entry.most:
        sentence = _("Enter a whole number from %(least)d to %(most)d.")
        raise Invalid(sentence % {"least": entry.least, "most": entry.most})
    return value


def _text(key: str, entry: Entry, value: object) -> str:
    text = clean_line(value) if isinstance(value, str) else ""
    if entry.options and text not in {option for option, _label in entry.options}:
        raise Invalid(_("Choose one of the offered answers."))
    if key in _REQUIRED and not text:
        raise Invalid(_("This can't be empty."))
    if len(text) > entry.length:
        raise Invalid(_("This is too long: at most %(length)d characters.") % {"length": entry.length})
    if key == "accent":
        return _colour(text)
    if key.endswith("_email") and text:
        _email(text)
    return text


def _email(text: str) -> None:
    try:
        validate_email(text)
    except ValidationError:
        raise Invalid(_("This is not an email address.")) from None


def _colour(text: str) -> str:
    colour = text.lower()
    if not _COLOUR.fullmatch(colour):
        raise Invalid(_("Enter a colour as #rrggbb, for example #0b5a5e."))
    if contrast_with_white(colour) < 4.5:
        raise Invalid(_("This colour is too light: white text on it could not be read."))
    return colour


def contrast_with_white(colour: str) -> float:
    """The contrast ratio of ``#rrggbb`` against white (WCAG 2.2, 1 to 21)."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return 1.05 / (luminance + 0.05)

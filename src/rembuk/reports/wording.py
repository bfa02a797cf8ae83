"""Small parts of sentences in the official language: what a report is drafted in, whoever drafts it."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.text import capfirst

OFFICIAL = "id"


def count(value: int) -> str:
    """A whole number with grouped digits: 1.234."""
    return f"{value:,}".replace(",", ".")


def decimal(value: Decimal | str) -> str:
    """A figure without needless places: 12,5."""
    exact = Decimal(value)
    places = max(0, -int(exact.normalize().as_tuple().exponent))
    return f"{exact:,.{places}f}".translate(str.maketrans(",.", ".,"))


def percent(value: Decimal | str) -> str:
    """A share that is in percent: 12,5%."""
    return f"{decimal(value)}%"


def day(iso: str) -> str:
    """A day of the snapshot as text: 24 November 2026."""
    return date_format(date.fromisoformat(iso), "DATE_FORMAT")


def sentences(parts: Iterable[str]) -> str:
    """Sentences as one paragraph; empty ones are left out."""
    return " ".join(capfirst(part) for part in parts if part)


def bullets(parts: Iterable[str]) -> str:
    """Sentences as a Markdown list."""
    return "\n".join(f"- {capfirst(part)}" for part in parts if part)


def plain(text: str) -> str:
    """A name or reason as Markdown takes it literally, on one line."""
    line = " ".join(text.split())
    return "".join(f"\\{letter}" if letter in _MARKS else letter for letter in line)


_MARKS = frozenset("\\`*_[]<>#|~")

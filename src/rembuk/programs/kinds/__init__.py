"""Kinds of phases as the administrator keeps them: their words, their question, what citizens can do in one.

Looked up by the code that a phase bears; kept in the process for ``KEEP_SECONDS``.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from time import monotonic

from django.utils.translation import get_language

from rembuk.common import reading
from rembuk.programs.models import KindOfPhase, PhaseTemplate

KEEP_SECONDS = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of phase in both languages. ``nature`` tells the system what the phase is for."""

    code: str
    nature: str
    name: str
    name_en: str
    question: str
    question_en: str
    takes_comments: bool = True
    takes_answers: bool = True
    takes_ratings: bool = False
    is_active: bool = True

    @property
    def label(self) -> str:
        """The name in the reader's language."""
        return self.name_en if get_language() == "en" else self.name

    @property
    def asks(self) -> str:
        """The question (ya / ragu-ragu / tidak) in the reader's language."""
        return self.question_en if get_language() == "en" else self.question


class _Kept:
    at: float = float("-inf")
    kinds: dict[str, Kind] = {}


def all_kinds() -> dict[str, Kind]:
    """All kinds by code, in their order, retired ones too; at most ``KEEP_SECONDS`` old in other processes."""
    if monotonic() - _Kept.at >= KEEP_SECONDS:
        with reading.outside():
            keep(_of_row(row) for row in KindOfPhase.objects.all())
    return _Kept.kinds


def keep(kinds: Iterable[Kind]) -> None:
    """Take these as the kinds of now."""
    _Kept.kinds = {kind.code: kind for kind in kinds}
    _Kept.at = monotonic()


def forget() -> None:
    """Drop what this process keeps; called after a change."""
    _Kept.at = float("-inf")


def kind_of(code: str) -> Kind:
    """A kind by its code. A used kind is never deleted, so every phase has one."""
    return all_kinds()[code]


def name_of(code: str) -> str:
    """What a kind of phase is called, in the reader's language."""
    return kind_of(code).label


def official_name(code: str) -> str:
    """What it is called in the official language, for what is stored or sent to many."""
    return kind_of(code).name


def choices() -> list[tuple[str, str]]:
    """Code and name of every kind, for filters; retired ones too, as programmes still bear them."""
    return [(kind.code, kind.label) for kind in all_kinds().values()]


def template_of(code: str) -> PhaseTemplate | None:
    """The template with this code that a new programme may begin with; the default one without a code."""
    which = {"code": code} if code else {"is_default": True}
    return PhaseTemplate.objects.filter(is_active=True, **which).first()


def kinds_in(template: PhaseTemplate | None) -> list[str]:
    """The codes of the kinds of a template, in order; without one those that come with the site."""
    codes = template.phases.values_list("kind__code", flat=True) if template else ()
    return list(codes) or [kind.code for kind in all_kinds().values() if kind.is_active]


def templates() -> list[PhaseTemplate]:
    """The templates a new programme may begin with, the default first, with their phases in two queries."""
    rows = PhaseTemplate.objects.filter(is_active=True).prefetch_related("phases__kind")
    return sorted(rows, key=lambda row: not row.is_default)


def _of_row(row: KindOfPhase) -> Kind:
    return Kind(**{name: getattr(row, name) for name in Kind.__slots__})

"""What staff enter about managed things, as values that forms make and actions take. No checks, no database."""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from rembuk.access.models import Role
from rembuk.accounts.models import Person
from rembuk.regions.models import Region
from rembuk.taxonomy.models import Category
from rembuk.workunits.models import WorkUnit


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryFacts:
    """What is said of a category. ``answer_days`` are working days; ``None`` takes the site's."""

    name: str
    name_en: str
    slug: str
    description: str = ""
    icon: str = "tag"
    parent: Category | None = None
    is_open: bool = True
    default_unit: WorkUnit | None = None
    answer_days: int | None = None

    def values(self) -> dict[str, Any]:
        """By field of the model, without the place in the tree."""
        return {field.name: getattr(self, field.name) for field in fields(self) if field.name != "parent"}


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitFacts:
    """What is said of a work unit: its name in full and short, kind, region, how to reach it, and who leads it."""

    code: str
    name: str
    kind: str
    short_name: str = ""
    region: Region | None = None
    email: str = ""
    phone: str = ""
    address: str = ""
    head_name: str = ""
    head_title: str = ""

    def values(self) -> dict[str, Any]:
        """By field of the model."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Succession:
    """Who carries on the work of a retired unit; whether the units below go along, and which grants are given on."""

    successor: WorkUnit | None = None
    takes_children: bool = False
    give_on: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantFacts:
    """Which role in which unit, from when, until when (``None``: until it is ended), and why.

    With a ``standing`` it is a delegation for a time: ``standing_title`` is the post, ``letter`` the number of the letter.
    """

    role: Role
    unit: WorkUnit
    reason: str
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    standing: str = ""
    standing_title: str = ""
    letter: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Newcomer:
    """Somebody to be invited: name in full, email address, language of the letter."""

    name: str
    email: str
    language: str = Person.Language.INDONESIAN


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonFacts:
    """What is said of a reason: its words in both languages, an explanation, and where it may be used."""

    label: str
    label_en: str
    uses: list[str]
    explanation: str = ""
    is_active: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateFacts:
    """A text to start from: its title, where it is offered, and its words."""

    title: str
    use: str
    body: str
    is_active: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class PageWords:
    """Title and text (Markdown) of a page, and the version they were written upon (0: none)."""

    title: str
    body: str
    upon: int


@dataclass(frozen=True, slots=True, kw_only=True)
class KindFacts:
    """What is said of a kind of phase: its words in both languages, its purpose, what citizens can do in it."""

    name: str
    name_en: str
    nature: str
    question: str
    question_en: str
    takes_comments: bool = True
    takes_answers: bool = True
    takes_ratings: bool = False
    is_active: bool = True

    def values(self) -> dict[str, Any]:
        """By field of the model."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseTemplateFacts:
    """What is said of a template of phases: its name in both languages, and the codes of its kinds in order."""

    name: str
    name_en: str
    kinds: tuple[str, ...]
    is_default: bool = False
    is_active: bool = True

    def values(self) -> dict[str, Any]:
        """By field of the model; the kinds are rows of their own."""
        return {field.name: getattr(self, field.name) for field in fields(self) if field.name != "kinds"}

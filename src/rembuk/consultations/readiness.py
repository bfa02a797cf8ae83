"""What a draft still lacks before it can be announced: one list for the page and for the act. Nothing is written here."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rembuk.consultations.choices import Audience, Kind, Tie
from rembuk.consultations.models import Consultation


@dataclass(frozen=True, slots=True)
class Need:
    """One line of the checklist. ``place`` names the part of the desk that mends it; one that is not ``is_must`` is advice."""

    key: str
    text: Promise
    place: str
    is_met: bool
    is_must: bool = True


def needs(consultation: Consultation, at: datetime) -> list[Need]:
    """The whole checklist, met lines too, in the order in which people fill a consultation. Five small queries at most.

    Summary: UU 23/2014 art. 354. Something to read, and the announcement before the opening: UU 12/2011 art. 96.
    """
    return [
        Need("summary", _("A summary in plain language"), "edit", bool(consultation.summary.strip())),
        Need("contact", _("Whom people can ask"), "edit", bool(consultation.contact.strip())),
        Need(
            "reading",
            _("Something to read: a description, a document or a text"),
            "edit",
            _reads(consultation),
        ),
        *_audience(consultation),
        *_schedule(consultation, at),
        *_advice(consultation),
    ]


def missing(consultation: Consultation, at: datetime) -> list[Need]:
    """What must still be done before announcing; empty when it can be announced."""
    return [need for need in needs(consultation, at) if need.is_must and not need.is_met]


def _reads(consultation: Consultation) -> bool:
    return bool(
        consultation.body.strip()
        or consultation.files.exists()
        or consultation.versions.filter(published_at__isnull=False).exists()
    )


def _audience(consultation: Consultation) -> list[Need]:
    if consultation.audience == Audience.MEMBERS:
        return []
    return [
        Need("invited", _("The organisations that may answer"), "edit", consultation.invited.exists()),
    ]


def _schedule(consultation: Consultation, at: datetime) -> list[Need]:
    opens, closes = consultation.opens_at, consultation.closes_at
    has_both = opens is not None and closes is not None
    return [
        Need("schedule", _("Opening and closing"), "edit", has_both),
        Need("future", _("An opening that lies ahead"), "edit", opens is not None and opens > at),
    ]


def _advice(consultation: Consultation) -> list[Need]:
    found = []
    if consultation.versions.filter(published_at=None).exists():
        found.append(
            Need("version", _("The text in work is published"), "text", is_met=False, is_must=False),
        )
    if consultation.kind == Kind.EVALUATION:
        is_tied = consultation.ties.filter(kind=Tie.ABOUT).exists()
        found.append(Need("program", _("The programme it evaluates"), "ties", is_tied, is_must=False))
    return found

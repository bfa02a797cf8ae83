"""Figures as the table and bar components take them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.consultations.figures import days_left
from rembuk.consultations.models import Consultation
from rembuk.insights.consultations import UnitConsultations
from rembuk.insights.statistics import Moderation, Month, UnitRow
from rembuk.siteconfig.keys import SiteSettings
from rembuk.web.components.formats import month, number, short_day


def bars(title: str, rows: Sequence[tuple[str, int]]) -> dict[str, Any]:
    """Bars with their share of the whole."""
    whole = sum(count for _label, count in rows) or 1
    shown = [{"label": label, "value": count, "percent": round(count * 100 / whole)} for label, count in rows]
    return {"title": title, "rows": shown}


def months(rows: Sequence[Month]) -> dict[str, Any]:
    """A table of the last months."""
    return {
        "caption": _("Proposals sent in the last twelve months"),
        "columns": [
            {"label": _("Month")},
            {"label": _("Heard"), "kind": "num"},
            {"label": _("Considered"), "kind": "num"},
            {"label": _("Explained"), "kind": "num"},
        ],
        "rows": [
            [month(r.first_day), number(r.heard), number(r.considered), number(r.explained)] for r in rows
        ],
    }


def units(rows: Sequence[UnitRow], caption: str) -> dict[str, Any]:
    """A table of work units with their figures and response times."""
    return {
        "caption": caption,
        "columns": [
            {"label": _("Work unit")},
            {"label": _("Heard"), "kind": "num"},
            {"label": _("Considered"), "kind": "num"},
            {"label": _("Explained"), "kind": "num"},
            {"label": _("Overdue"), "kind": "num"},
            {"label": _("Median days to the answer"), "kind": "num"},
        ],
        "rows": [
            [
                {"value": r.name, "url": reverse("workunits:detail", args=[r.code])},
                number(r.heard),
                number(r.considered),
                number(r.explained),
                number(r.overdue),
                "–" if r.days is None else number(r.days),
            ]
            for r in rows
        ],
    }


def consultations(rows: Sequence[UnitConsultations], caption: str) -> dict[str, Any]:
    """A table of work units with their consultations, the three figures and what is overdue."""
    return {
        "caption": caption,
        "columns": [
            {"label": _("Work unit")},
            {"label": _("Consultations"), "kind": "num"},
            {"label": _("Heard"), "kind": "num"},
            {"label": _("Considered"), "kind": "num"},
            {"label": _("Explained"), "kind": "num"},
            {"label": _("Can't be reached"), "kind": "num"},
            {"label": _("Overdue"), "kind": "num"},
        ],
        "rows": [
            [
                {"value": row.name, "url": reverse("workunits:detail", args=[row.code])},
                number(row.figures.consultations),
                number(row.figures.heard),
                number(row.figures.considered),
                number(row.figures.explained),
                number(row.figures.unreachable + row.figures.offline_answered),
                number(row.figures.overdue),
            ]
            for row in rows
        ],
    }


def overdue_consultations(rows: Sequence[Consultation], at: datetime) -> dict[str, Any]:
    """A table of consultations whose answers are overdue, the longest first."""
    return {
        "caption": _("Consultations whose answers are overdue"),
        "columns": [
            {"label": _("Consultation")},
            {"label": _("Work unit")},
            {"label": _("Answers due")},
            {"label": _("Working days overdue"), "kind": "num"},
        ],
        "rows": [
            [
                {"value": row.title, "url": reverse("consultations:detail", args=[row.code])},
                {"value": row.unit.name, "url": reverse("workunits:detail", args=[row.unit.code])},
                short_day(row.answer_due_at),
                number(-(days_left(row, at) or 0)),
            ]
            for row in rows
        ],
    }


def moderation(counts: Moderation) -> list[dict[str, Any]]:
    """Decisions of the last 90 days as facts."""
    return [
        {"term": _("Published"), "value": number(counts.published)},
        {"term": _("of these decided in bulk"), "value": number(counts.in_bulk)},
        {"term": _("Returned for improvement"), "value": number(counts.returned)},
        {"term": _("Not published"), "value": number(counts.rejected)},
        {"term": _("Marked as duplicate"), "value": number(counts.duplicates)},
        {"term": _("Hidden later"), "value": number(counts.hidden)},
        {"term": _("Appeals"), "value": number(counts.appeals)},
    ]


def deadlines(site: SiteSettings) -> list[dict[str, Any]]:
    """The working days this instansi has set itself."""
    return [
        {"term": _("Moderation"), "value": _("%(days)s working days") % {"days": site.moderation_days}},
        {
            "term": _("Official answer"),
            "value": _("%(days)s working days, unless the category says otherwise")
            % {"days": site.answer_days},
        },
        {
            "term": _("Objection to an answer"),
            "value": _("%(days)s working days") % {"days": site.objection_days},
        },
    ]

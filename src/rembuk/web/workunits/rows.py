"""What the public page of a unit shows: its facts, how quickly it answers, the newest with it."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.consultations.selectors import listing as consultations
from rembuk.insights.responses import Responses
from rembuk.programs import selectors as programs
from rembuk.proposals import selectors as proposals
from rembuk.proposals.models import Proposal
from rembuk.web.components.formats import number
from rembuk.web.consultations.reading.cards import newest_cards
from rembuk.web.programs.cards import program_cards
from rembuk.web.proposals.cards import proposal_cards
from rembuk.web.reports.public import newest_reports
from rembuk.workunits.models import WorkUnit

PROPOSALS, PROGRAMS = 6, 4


def facts(unit: WorkUnit) -> list[dict[str, str]]:
    """Who leads it, how to reach it, where it belongs. Of its staff nobody but the head is named."""
    parent = unit.parent
    phone = "".join(sign for sign in unit.phone if sign.isdigit() or sign == "+")
    return [
        {
            "term": unit.head_title or _("Head"),
            "value": unit.head_name or (_("not named") if unit.head_title else ""),
        },
        {"term": _("Kind"), "value": str(WorkUnit.Kind(unit.kind).label)},
        {
            "term": _("Part of"),
            "value": parent.name if parent else "",
            "url": reverse("workunits:detail", args=[parent.code]) if parent else "",
        },
        {"term": _("Region"), "value": unit.region.full_name if unit.region else ""},
        {"term": _("Address"), "value": unit.address},
        {"term": _("Phone"), "value": unit.phone, "url": f"tel:{phone}" if phone else ""},
        {"term": _("Email"), "value": unit.email, "url": f"mailto:{unit.email}" if unit.email else ""},
        {"term": _("Code"), "value": unit.code},
    ]


def response_stats(answers: Responses) -> list[dict[str, object]]:
    """How quickly it answers; nothing before the first answer was due."""
    if not answers.due and not answers.answered:
        return []
    of = _("%(n)s of %(total)s that were due") % {"n": number(answers.in_time), "total": number(answers.due)}
    found: list[dict[str, object]] = []
    if answers.days is not None:
        found.append({"value": answers.days, "label": _("Median days to the official answer")})
    if answers.due:
        found.append({"value": answers.in_time_percent, "label": _("Percent answered in time"), "note": of})
    tone = "bad" if answers.overdue else ""
    return [*found, {"value": answers.overdue, "label": _("Overdue now"), "tone": tone}]


def newest(unit: WorkUnit, answers: Responses) -> dict[str, Any]:
    """The newest proposals, programmes, consultations and reports of the unit and all below, and ways to all of them."""
    mine = {"unit__path__startswith": unit.path}
    order = ("-published_at", "-id")
    # Chosen by an index alone, since those of a small unit lie far apart among all; then read with what a card shows.
    chosen = proposals.listed().filter(**mine).order_by(*order)[:PROPOSALS].values("pk")
    rows = proposals.for_cards(Proposal.objects.filter(pk__in=chosen)).order_by(*order)
    running = programs.listed().filter(**mine).select_related("unit").prefetch_related("phases")
    query = urlencode({"satuan": unit.code})
    lists = {
        name: f"{reverse(f'{name}:list')}?{query}"
        for name in ("proposals", "programs", "consultations", "reports")
    }
    return {
        "cards": proposal_cards(rows),
        "programs": program_cards(running.order_by(*order)[:PROGRAMS]),
        "consultations": newest_cards(consultations.listed().filter(**mine)),
        "reports": newest_reports(unit),
        "lists": {**lists, "overdue": f"{lists['proposals']}&tenggat=lewat"},
        "counts": answers,
    }

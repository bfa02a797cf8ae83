"""Rows of the lists of kinds and templates, as ``management/_tree.html`` takes them."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.programs.choices import Nature
from rembuk.programs.models import KindOfPhase, PhaseTemplate

type Row = dict[str, Any]


def kind_rows() -> list[Row]:
    """All kinds in their order, with purpose and question."""
    return [
        _row("phase_kind", row, f"{Nature(row.nature).label} · {row.asks}")
        for row in KindOfPhase.objects.all()
    ]


def template_rows() -> list[Row]:
    """All templates in their order, with their phases, in two queries."""
    rows = PhaseTemplate.objects.prefetch_related("phases__kind")
    return [_row("phase_template", row, _template_note(row)) for row in rows]


def _template_note(row: PhaseTemplate) -> str:
    names = ", ".join(phase.kind.label for phase in row.phases.all())
    return f"{_('Default')} · {names}" if row.is_default else names


def _row(route: str, row: KindOfPhase | PhaseTemplate, note: str) -> Row:
    return {
        "anchor": f"{route}-{row.code}",
        "url": reverse(f"desk_management:{route}", args=[row.code]),
        "shift_url": reverse(f"desk_management:{route}_shift", args=[row.code]),
        "label": row.label,
        "code": row.code,
        "note": note,
        "depth": 1,
        "is_active": row.is_active,
    }

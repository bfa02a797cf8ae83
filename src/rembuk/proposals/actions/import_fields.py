"""What a record of a sheet fills in a proposal: its fields, looked up; what was not found becomes a remark.

Not here: writing them (``importing``) and reading the sheet (``proposals.imports``).
"""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from rembuk.common.text import excerpt, render_plain
from rembuk.proposals.choices import Source
from rembuk.proposals.imports.categories import CategoryFinder
from rembuk.proposals.imports.layouts import PLACE_MAX
from rembuk.proposals.imports.places import PlaceFinder
from rembuk.proposals.imports.records import Record
from rembuk.proposals.imports.units import UnitFinder
from rembuk.workunits.models import WorkUnit

# Where the entries of an office's own sheet come from; those of an agency are as the layout says.
_OWN_SOURCE: dict[str, str] = {
    WorkUnit.Kind.SUBDISTRICT: Source.SUBDISTRICT_MEETING,
    WorkUnit.Kind.URBAN_VILLAGE: Source.VILLAGE_MEETING,
    WorkUnit.Kind.VILLAGE: Source.VILLAGE_MEETING,
}
_TEXTS = ("title", "body", "html", "excerpt", "category_id", "region_id", "place", "executing_unit_id")
# Dots in the code of a village (``32.02.01.2001``).
_VILLAGE_DOTS = 3
# What a sheet changes in a proposal that still waits.
SHEET_FIELDS = (*_TEXTS, "source", "planning_year", "received_on", "on_behalf_of", "import_digest")


@dataclass(frozen=True, slots=True, kw_only=True)
class Into:
    """Where an import goes: the layout's name, the unit its proposals lie with, and the office that entered them.

    With ``origin`` a village or subdistrict, the proposals wait for an approver of that very unit.
    """

    layout: str
    unit: WorkUnit
    origin: WorkUnit | None = None
    places: PlaceFinder
    units: UnitFinder
    categories: CategoryFinder


@dataclass(slots=True)
class Outcome:
    """Counts and remarks of an import; remarks are (row, sentence)."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: list[tuple[Record, str]] = field(default_factory=list)
    remarks: list[tuple[Record, str]] = field(default_factory=list)


def sheet_fields(record: Record, into: Into, outcome: Outcome) -> dict[str, object]:
    """The fields a sheet fills, with the remark where the executing unit's name is ambiguous or unknown."""
    executor = executor_of(record, into, outcome)
    category = into.categories.id_for(record.activity)
    if category is None and record.activity:
        words = _("No category is called “%(name)s”: kept without a category.")
        outcome.remarks.append((record, words % {"name": record.activity}))
    region = _region(record, into, outcome)
    return {
        "title": record.title,
        "body": record.body,
        "html": render_plain(record.body),
        "excerpt": excerpt(record.body),
        "category_id": category,
        "region_id": region,
        "place": excerpt(_place(record, region), PLACE_MAX),
        "executing_unit_id": executor.pk if executor else None,
        "source": _OWN_SOURCE.get(into.origin.kind, record.source) if into.origin else record.source,
        "planning_year": record.planning_year,
        "received_on": record.happened_at.date() if record.happened_at else None,
        "on_behalf_of": record.on_behalf_of,
        "import_digest": record.digest,
    }


def executor_of(record: Record, into: Into, outcome: Outcome) -> WorkUnit | None:
    """The executing unit, or none with a remark where its name is ambiguous or unknown; never a guess."""
    executor, is_ambiguous = into.units.find(record.executor, record.district)
    if is_ambiguous:
        words = _("Several units are called “%(name)s”: kept without an executing unit.")
        outcome.remarks.append((record, words % {"name": record.executor}))
    elif executor is None and record.executor:
        words = _("No unit is called “%(name)s”: kept without an executing unit.")
        outcome.remarks.append((record, words % {"name": record.executor}))
    return executor


def _place(record: Record, region: str | None) -> str:
    """The place in words; of the names around it only those that the region found doesn't hold already."""
    known = region.count(".") if region else 0
    around = (record.village if known < _VILLAGE_DOTS else "", record.district if not known else "")
    return ", ".join(part for part in (record.place, *around) if part)


def _region(record: Record, into: Into, outcome: Outcome) -> str | None:
    """The place a row names; an office that names none means its own."""
    if into.origin is None:
        return into.places.find(record.district, record.village)
    if not record.district and not record.village:
        return into.origin.region_id
    found = into.places.find(record.district, record.village)
    if found is None:
        words = _("“%(name)s” was not found among the subdistricts: kept without a region.")
        outcome.remarks.append((record, words % {"name": record.district or record.village}))
    return found

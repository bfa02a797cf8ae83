"""The invented regency: its name, contacts, units and categories.

Codes and names of subdistricts and villages are those of one real regency of Jawa Tengah, so that the choice of
places works as it will; the regency itself gets an invented name, because the offices and what they say are
invented too.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import F, Value
from django.db.models.functions import Replace

from rembuk.accounts.models import Person
from rembuk.management.actions.categories import create_category
from rembuk.management.actions.site import change_site
from rembuk.management.actions.units import change_unit, create_unit, retire_unit
from rembuk.management.facts import CategoryFacts, Succession, UnitFacts
from rembuk.ops.demo.content import Entry
from rembuk.regions import loading
from rembuk.regions.models import Region
from rembuk.taxonomy.models import Category
from rembuk.workunits.models import WorkUnit

PROVINCE, REGENCY = "33", "33.23"
NAME = "Kabupaten Lembayung"
ROOT = "LEMBAYUNG"
MERGED = "Penggabungan pengelola pasar, Perda 3/2025 tentang susunan perangkat daerah"

SETTINGS = {
    "site_name": "Rembuk Lembayung",
    "office_name": f"Pemerintah {NAME}",
    "contact_email": "rembuk@lembayung.example",
    "contact_phone": "(0293) 555-0100",
    "contact_address": "Jalan Pahlawan 1, Lembayung",
    "ppid_name": "Kepala Dinas Komunikasi dan Informatika",
    "ppid_email": "ppid@lembayung.example",
    "ppid_phone": "(0293) 555-0101",
    "privacy_contact": "Pejabat Pelindungan Data Pribadi, pdp@lembayung.example",
    "work_unit_term": "Satuan Kerja",
}


def load_regions() -> None:
    """All regions of the province; the regency under its invented name."""
    loading.load({PROVINCE})
    real = Region.objects.get(code=REGENCY)
    short = real.full_name.partition(",")[0]
    Region.objects.filter(code=REGENCY).update(name=NAME)
    Region.objects.filter(code__startswith=REGENCY).update(
        full_name=Replace(F("full_name"), Value(short), Value(NAME.replace("Kabupaten", "Kab.")))
    )


def introduce(*, by: Person, at: datetime) -> None:
    """The settings of the regency."""
    change_site(SETTINGS, by=by, reason="Pengaturan awal situs", at=at)


def make_units(rows: Sequence[Entry], root: WorkUnit, *, by: Person, at: datetime) -> dict[str, WorkUnit]:
    """The tree of work units by code; a row's parent stands before it, the first one is the root that is there.

    One with a successor is retired into it and can be used for nothing more.
    """
    first, *others = rows
    units = {root.code: change_unit(root, _unit_facts(first), by=by, at=at)}
    for row in others:
        parent = units[row["parent"]]
        units[row["code"]] = create_unit(_unit_facts(row), parent=parent, by=by, at=at)
    for row in others:
        if "successor" in row:
            into = Succession(successor=units[row["successor"]])
            retire_unit(units.pop(row["code"]), into, by=by, reason=MERGED, at=at + timedelta(hours=1))
    return units


def make_categories(
    rows: Sequence[Entry], units: dict[str, WorkUnit], *, by: Person, at: datetime
) -> dict[str, Category]:
    """The tree of categories by slug; a row's parent stands before it."""
    found: dict[str, Category] = {}
    for row in rows:
        given = {name: value for name, value in row.items() if name not in {"parent", "unit"}}
        facts = CategoryFacts(
            parent=found[row["parent"]] if "parent" in row else None,
            default_unit=units[row["unit"]] if "unit" in row else None,
            **given,
        )
        found[row["slug"]] = create_category(facts, by=by, at=at)
    return found


def _unit_facts(row: Entry) -> UnitFacts:
    given = {name: value for name, value in row.items() if name not in {"parent", "region", "successor"}}
    given.setdefault("email", f"{row['code'].lower()}@lembayung.example")
    region = Region.objects.get(code=row["region"]) if "region" in row else None
    return UnitFacts(region=region, **given)

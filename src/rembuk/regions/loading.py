"""From the shipped list to the table. Safe to run again: only what differs is written, nothing is removed."""

import csv
import lzma
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from .models import Kind, Level, Region

DATA = Path(__file__).parent / "data" / "wilayah.csv.xz"
BATCH = 2000
_LEVEL_NAMES = {Level.DISTRICT: "Kec. ", Level.REGENCY: "", Level.PROVINCE: ""}
_VILLAGE_KINDS = {"1": Kind.URBAN_VILLAGE, "2": Kind.VILLAGE}
_VILLAGE_NAMES = {Kind.URBAN_VILLAGE: "Kel. ", Kind.VILLAGE: "Desa ", Kind.CUSTOMARY_VILLAGE: ""}


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many regions the list gave, and how many of them were new or different."""

    listed: int
    written: int


def load(provinces: Collection[str] | None = None) -> Loaded:
    """Load all regions, or those of some provinces by their codes, in one transaction."""
    wanted = list(read(provinces))
    stored = dict(Region.objects.values_list("code", "full_name"))
    fresh = [region for region in wanted if stored.get(region.code) != region.full_name]
    with transaction.atomic():
        Region.objects.bulk_create(
            fresh,
            batch_size=BATCH,
            update_conflicts=True,
            unique_fields=["code"],
            update_fields=["name", "full_name", "level", "kind", "parent"],
        )
    return Loaded(listed=len(wanted), written=len(fresh))


def read(provinces: Collection[str] | None = None) -> Iterator[Region]:
    """The regions of the shipped list by code, unsaved; a region follows the one it lies in."""
    written_out: dict[str, str] = {}
    with lzma.open(DATA, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if provinces is not None and row["code"][:2] not in provinces:
                continue
            region = _region(row["code"], row["name"], written_out)
            if region.level < Level.VILLAGE:
                written_out[region.code] = region.full_name
            yield region


def _region(code: str, name: str, written_out: dict[str, str]) -> Region:
    parent, _, last = code.rpartition(".")
    level = Level(code.count(".") + 1)
    kind = _kind(level, name, last)
    own = (_VILLAGE_NAMES[kind] if level == Level.VILLAGE else _LEVEL_NAMES[level]) + name
    own = own.replace("Kabupaten ", "Kab. ", 1)
    return Region(
        code=code,
        name=name,
        full_name=f"{own}, {written_out[parent]}" if parent else own,
        level=level,
        kind=kind,
        parent_id=parent or None,
    )


def _kind(level: Level, name: str, last: str) -> Kind:
    match level:
        case Level.PROVINCE:
            return Kind.PROVINCE
        case Level.REGENCY:
            return Kind.CITY if name.startswith("Kota ") else Kind.REGENCY
        case Level.DISTRICT:
            return Kind.DISTRICT
        case Level.VILLAGE:
            return _VILLAGE_KINDS.get(last[0], Kind.CUSTOMARY_VILLAGE)

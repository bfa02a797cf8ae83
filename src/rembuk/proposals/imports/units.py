"""Units of a sheet: reading the list, and finding the one a row names without guessing."""

import re
from collections import defaultdict
from dataclasses import dataclass

from rembuk.proposals.imports.sheets import SheetRow
from rembuk.workunits.models import WorkUnit

_K = WorkUnit.Kind
# Kinds in the regency's own list (column jenis_opd_id).
KIND_CODES = {"1": _K.AGENCY, "2": _K.SUBDISTRICT, "3": _K.URBAN_VILLAGE, "4": _K.VILLAGE}
_PREFIXES = (
    ("KECAMATAN ", {_K.SUBDISTRICT}),
    ("KEC. ", {_K.SUBDISTRICT}),
    ("KELURAHAN ", {_K.URBAN_VILLAGE}),
    ("KEL. ", {_K.URBAN_VILLAGE}),
    ("DESA ", {_K.VILLAGE}),
)
_UPT = re.compile(r"^(UPTD?|UPT\.|PUSKESMAS|RSUD)\b")


@dataclass(frozen=True, slots=True)
class UnitRecord:
    """A unit as the sheet gives it: it names no parent."""

    code: str
    name: str
    kind: str


def read_unit(row: SheetRow) -> UnitRecord | None:
    """The unit of a row with ``kode``, ``nama``, ``jenis_opd_id`` (or ``jenis``); ``None`` without code or name."""
    code, name = row.get("kode"), row.get("nama")
    if not code or not name:
        return None
    given = row.get("jenis_opd_id") or row.get("jenis")
    kind = KIND_CODES.get(given) or (given if given in _K.values else _K.AGENCY)
    if kind == _K.AGENCY and _UPT.match(name.upper()):
        kind = _K.UPT
    return UnitRecord(code[:40], name[:200], kind)


def plain(name: str) -> str:
    """A name for comparing: capitals, single blanks."""
    return " ".join(name.upper().split())


class UnitFinder:
    """Finds the unit a row means: by name, narrowed by a kind in the name or by the row's subdistrict; never a guess."""

    def __init__(self, units: list[WorkUnit]) -> None:
        self._by_name: dict[str, list[WorkUnit]] = defaultdict(list)
        for unit in units:
            self._by_name[plain(unit.name)].append(unit)

    def find(self, name: str, district: str) -> tuple[WorkUnit | None, bool]:
        """The unit and whether the name was ambiguous; (None, False) for an unknown or empty name."""
        wanted, kinds = self._without_prefix(plain(name))
        candidates = [u for u in self._by_name.get(wanted, []) if not kinds or u.kind in kinds]
        if len(candidates) > 1:
            candidates = self._in_district(candidates, district) or candidates
        if len(candidates) == 1:
            return candidates[0], False
        return None, len(candidates) > 1

    def _without_prefix(self, name: str) -> tuple[str, set[str]]:
        if name in self._by_name:
            return name, set()
        for prefix, kinds in _PREFIXES:
            if name.startswith(prefix):
                return name.removeprefix(prefix), {str(kind) for kind in kinds}
        return name, set()

    def _in_district(self, candidates: list[WorkUnit], district: str) -> list[WorkUnit]:
        """Those of the row's subdistrict: official codes of villages begin with the code of their subdistrict."""
        heads = [u.code for u in self._by_name.get(plain(district), []) if u.kind == _K.SUBDISTRICT]
        return [u for u in candidates if any(u.code.startswith(head) for head in heads)]

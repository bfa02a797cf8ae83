"""Loading work units from a sheet: created below the parent, renamed by code, bad rows told, again unchanged."""

from pathlib import Path

import pytest

from rembuk.audit.actors import command_actor
from rembuk.audit.models import AuditEntry
from rembuk.management.actions.units.listing import UnitOutcome, load_units
from rembuk.workunits.models import WorkUnit
from tests import scenes

pytestmark = pytest.mark.django_db
HEAD = "id,kode,nama,jenis_opd_id"


def load(path: Path, place: scenes.Regency, *lines: str) -> UnitOutcome:
    """Load a sheet of these lines below the regency."""
    sheet = path / "units.csv"
    sheet.write_text("\n".join([HEAD, *lines]), encoding="utf-8")
    return load_units(sheet, parent=place.root, by=command_actor("test"))


def test_units_are_created_below_the_parent_with_their_kind(tmp_path: Path) -> None:
    place = scenes.regency()
    outcome = load(
        tmp_path,
        place,
        "1,77,DINAS SOSIAL,1",
        "2,3301010,KEC A,2",
        "3,3301010001,DESA A,4",
        "4,78,UPT PASAR,1",
    )
    assert (outcome.created, outcome.rejected) == (4, [])
    kinds = dict(
        WorkUnit.objects.filter(parent=place.root, code__in=["77", "78", "3301010"]).values_list(
            "code", "kind"
        )
    )
    assert kinds == {"77": "agency", "78": "upt", "3301010": "subdistrict"}
    assert AuditEntry.objects.filter(verb="unit.created").count() == 4


def test_units_again_change_only_what_was_renamed(tmp_path: Path) -> None:
    place = scenes.regency()
    load(tmp_path, place, "1,77,DINAS SOSIAL,1", "2,78,DINAS LAMA,1")
    outcome = load(tmp_path, place, "1,77,DINAS SOSIAL,1", "2,78,DINAS BARU,1")
    assert (outcome.created, outcome.updated, outcome.unchanged) == (0, 1, 1)
    entry = AuditEntry.objects.get(verb="unit.changed")
    assert (entry.before, entry.after["name"]) == ({"name": "DINAS LAMA"}, "DINAS BARU")


def test_unit_rows_without_code_or_twice_are_rejected_with_their_row(tmp_path: Path) -> None:
    place = scenes.regency()
    outcome = load(tmp_path, place, "1,77,DINAS SOSIAL,1", "2,,TANPA KODE,1", "3,77,LAGI,1")
    assert outcome.created == 1
    assert [row for row, _reason in outcome.rejected] == [3, 4]

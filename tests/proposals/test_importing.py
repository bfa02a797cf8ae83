"""Importing a planning sheet: stages, ambiguous units, circles, running twice, changed rows, bad rows."""

import csv
from pathlib import Path

import pytest

from rembuk.audit.actors import command_actor
from rembuk.audit.models import AuditEntry
from rembuk.common.errors import Invalid
from rembuk.engagement.models import Case
from rembuk.proposals.actions.import_file import FileOutcome, destination, import_file
from rembuk.proposals.imports.categories import CategoryFinder
from rembuk.proposals.imports.layouts import MUSRENBANG
from rembuk.proposals.models import Proposal, StageEntry
from rembuk.proposals.states import State
from rembuk.taxonomy import tree as category_tree
from rembuk.taxonomy.models import Category
from rembuk.workunits import tree
from rembuk.workunits.models import WorkUnit
from tests import scenes

pytestmark = pytest.mark.django_db

COLUMNS = [
    "nomor", "induk", "tahapan", "kegiatan", "uraian", "kecamatan", "desa_kelurahan", "lokasi",
    "satuan_kerja_pengusul", "satuan_kerja_pelaksana", "tanggal",
]  # fmt: skip
VILLAGE, DISTRICT = "Musrenbang Desa/Kelurahan", "Musrenbang Kecamatan"


def row(number: str, parent: str = "", stage: str = VILLAGE, **cells: str) -> dict[str, str]:
    """A row of the layout with usual cells."""
    return {
        "nomor": number,
        "induk": parent,
        "tahapan": stage,
        "kegiatan": "PEMBANGUNAN JALAN DESA",
        "uraian": "Jalan dusun perlu dikeraskan.",
        "kecamatan": "SUKAMAJU",
        "desa_kelurahan": "MEKARSARI",
        "lokasi": "Kp. Cibodas RT 01/02",
        "satuan_kerja_pengusul": "DINAS PEKERJAAN UMUM",
        "satuan_kerja_pelaksana": "DINAS PEKERJAAN UMUM",
        "tanggal": "2018-01-07 21:05:52",
        **cells,
    }


def run(place: scenes.Regency, path: Path, *rows: dict[str, str]) -> FileOutcome:
    """Write the rows and import them below the regency."""
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    return import_file(path, MUSRENBANG, into=destination(MUSRENBANG, place.root), by=command_actor("test"))


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    return tmp_path / "usulan.csv"


def test_import_row_becomes_a_proposal_that_waits_for_moderation(sheet: Path) -> None:
    place = scenes.regency()
    assert run(place, sheet, row("34")).line == "created=1 updated=0 unchanged=0 rejected=0"
    proposal = Proposal.objects.get(import_number="34")
    assert (proposal.state, proposal.source, proposal.planning_year) == (
        State.SUBMITTED,
        "village_meeting",
        2019,
    )
    assert proposal.title == "Pembangunan Jalan Desa: Kp. Cibodas RT 01/02, Mekarsari, Kec. Sukamaju"
    assert proposal.category is not None
    assert proposal.category.name == "Pembangunan Jalan Desa"
    assert not proposal.category.is_open
    assert proposal.executing_unit == place.works
    case = Case.objects.get(subject=proposal.subject)
    assert case.closed_at is None
    assert case.due_at > case.opened_at
    assert AuditEntry.objects.filter(verb="proposal.imported", target_key=proposal.code).count() == 1


def test_import_row_with_parent_becomes_a_stage_of_the_root(sheet: Path) -> None:
    place = scenes.regency()
    outcome = run(
        place, sheet, row("3", "2", DISTRICT), row("1"), row("2", "1", DISTRICT), row("4", "1", DISTRICT)
    )
    assert outcome.line == "created=4 updated=0 unchanged=0 rejected=0"
    assert Proposal.objects.count() == 1
    stages = StageEntry.objects.filter(proposal__import_number="1").values_list("number", "parent_number")
    assert sorted(stages) == [("2", "1"), ("3", "2"), ("4", "1")]


def test_import_again_changes_nothing(sheet: Path) -> None:
    place = scenes.regency()
    rows = (row("1"), row("2", "1", DISTRICT), row("", kegiatan="x"))
    run(place, sheet, *rows)
    assert run(place, sheet, *rows).line == "created=0 updated=0 unchanged=2 rejected=1"


def test_import_changed_row_updates_while_it_waits(sheet: Path) -> None:
    place = scenes.regency()
    run(place, sheet, row("1"), row("2", "1", DISTRICT))
    outcome = run(
        place,
        sheet,
        row("1", uraian="Diperlebar menjadi tiga meter."),
        row("2", "1", DISTRICT, lokasi="Lain"),
    )
    assert outcome.line == "created=0 updated=2 unchanged=0 rejected=0"
    assert Proposal.objects.get().body == "Diperlebar menjadi tiga meter."


def test_import_changed_row_after_a_decision_is_refused(sheet: Path) -> None:
    place = scenes.regency()
    run(place, sheet, row("1"))
    Proposal.objects.update(state=State.PUBLISHED)
    outcome = run(place, sheet, row("1", uraian="Diubah diam-diam."))
    assert outcome.line == "created=0 updated=0 unchanged=0 rejected=1"
    assert Proposal.objects.get().body == "Jalan dusun perlu dikeraskan."


def test_import_repeated_unit_name_is_reported_and_never_guessed(sheet: Path) -> None:
    place = scenes.regency()
    tree.plant(code="3202221", name="CIAMBAR", kind=WorkUnit.Kind.SUBDISTRICT, parent=place.root)
    tree.plant(code="3202221006", name="CIAMBAR", kind=WorkUnit.Kind.VILLAGE, parent=place.root)
    outcome = run(place, sheet, row("1", satuan_kerja_pelaksana="CIAMBAR", kecamatan="CIAMBAR"))
    assert Proposal.objects.get().executing_unit is None
    assert [(r.number, "CIAMBAR" in words) for r, words in outcome.remarks] == [(2, True)]


def test_import_unit_name_is_resolved_by_kind_or_subdistrict(sheet: Path) -> None:
    place = scenes.regency()
    district = tree.plant(code="3202221", name="CIAMBAR", kind=WorkUnit.Kind.SUBDISTRICT, parent=place.root)
    tree.plant(code="3202221006", name="BABAKAN", kind=WorkUnit.Kind.VILLAGE, parent=place.root)
    other = tree.plant(code="3202300007", name="BABAKAN", kind=WorkUnit.Kind.VILLAGE, parent=place.root)
    tree.plant(code="3202221009", name="CIAMBAR", kind=WorkUnit.Kind.VILLAGE, parent=place.root)
    tree.plant(code="3202300", name="NAGRAK", kind=WorkUnit.Kind.SUBDISTRICT, parent=place.root)
    run(
        place, sheet,
        row("1", satuan_kerja_pelaksana="Kecamatan Ciambar"),
        row("2", satuan_kerja_pelaksana="BABAKAN", kecamatan="NAGRAK"),
    )  # fmt: skip
    found = dict(Proposal.objects.values_list("import_number", "executing_unit__code"))
    assert found == {"1": district.code, "2": other.code}


def test_import_unknown_parent_makes_a_proposal_of_its_own_and_says_so(sheet: Path) -> None:
    place = scenes.regency()
    outcome = run(place, sheet, row("9", "7777", DISTRICT))
    assert (Proposal.objects.count(), len(outcome.remarks)) == (1, 1)


def test_import_parent_of_an_earlier_file_is_found_in_the_site(sheet: Path) -> None:
    place = scenes.regency()
    run(place, sheet, row("1"), row("2", "1", DISTRICT))
    outcome = run(place, sheet, row("3", "2", DISTRICT))
    assert outcome.line == "created=1 updated=0 unchanged=0 rejected=0"
    assert StageEntry.objects.get(number="3").proposal.import_number == "1"


def test_import_bad_rows_stay_out_with_their_reason_and_the_rest_goes_in(sheet: Path) -> None:
    place = scenes.regency()
    outcome = run(
        place, sheet,
        row("1"),
        row("2", kegiatan=""),
        row("3", tanggal="kemarin"),
        row("4", stage="Rapat RT"),
        row("1"),
        row("5", "6", DISTRICT),
        row("6", "5", DISTRICT),
        row("7", "2", DISTRICT),
    )  # fmt: skip
    assert outcome.line == "created=1 updated=0 unchanged=0 rejected=7"
    assert sorted(r.number for r, _reason in outcome.rejected) == [3, 4, 5, 6, 7, 8, 9]
    assert all(reason for _row, reason in outcome.rejected)


def test_import_long_place_keeps_every_word_in_the_text(sheet: Path) -> None:
    place = scenes.regency()
    long = "Kp. Sukasari RT 02; " * 60
    run(place, sheet, row("1", lokasi=long))
    proposal = Proposal.objects.get()
    assert len(proposal.place) <= 300
    assert long.strip() in proposal.body


def test_import_file_without_columns_is_refused_whole(sheet: Path) -> None:
    place = scenes.regency()
    sheet.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(Invalid, match="nomor"):
        import_file(sheet, MUSRENBANG, into=destination(MUSRENBANG, place.root), by=command_actor("test"))


def test_import_binary_file_is_refused(sheet: Path) -> None:
    place = scenes.regency()
    sheet.write_bytes(b"PK\x03\x04 broken")
    with pytest.raises(Invalid):
        import_file(sheet, MUSRENBANG, into=destination(MUSRENBANG, place.root), by=command_actor("test"))


def test_import_puts_the_categories_it_plants_into_the_order_of_their_names() -> None:
    root = category_tree.plant(slug="kegiatan-perencanaan", name="Kegiatan perencanaan", name_en="Planning")
    finder = CategoryFinder(may_plant=True)
    for name in ("Rehabilitasi jalan", "Air bersih", "penerangan jalan"):
        finder.id_for(name)
    finder.put_in_order()
    children = Category.objects.filter(parent=root).order_by("path")
    assert [child.name for child in children] == ["Air bersih", "penerangan jalan", "Rehabilitasi jalan"]


def test_import_again_reports_the_same_remarks(sheet: Path) -> None:
    place = scenes.regency()
    rows = (
        row("1", satuan_kerja_pelaksana="DINAS TIDAK ADA"),
        row("2", "1", DISTRICT, satuan_kerja_pelaksana="X"),
    )
    first, second = run(place, sheet, *rows), run(place, sheet, *rows)
    assert len(first.remarks) == 2
    assert [words for _row, words in second.remarks] == [words for _row, words in first.remarks]

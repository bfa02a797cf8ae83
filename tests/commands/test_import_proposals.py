"""`./rembuk import-proposals`: units first, every row counted once, reports beside, a second run changes nothing."""

import csv
import re
from pathlib import Path

import pytest

from tests.commands import support

pytestmark = pytest.mark.commands

UNITS = (
    "id,kode,nama,jenis_opd_id\n1,1,DINAS PEKERJAAN UMUM,1\n2,3301010,SUKAMAJU,2\n3,3301010001,SUKAMAJU,4\n"
)
HEAD = (
    "nomor,induk,tahapan,kegiatan,uraian,kecamatan,desa_kelurahan,lokasi,satuan_kerja_pengusul,"
    "satuan_kerja_pelaksana,tanggal\n"
)
ROWS = (
    "1,,Musrenbang Desa/Kelurahan,PERBAIKAN JALAN,Berlubang,SUKAMAJU,SUKAMAJU,RT 1,X,DINAS PEKERJAAN UMUM,2018-01-07\n"
    "2,1,Musrenbang Kecamatan,PERBAIKAN JALAN,Berlubang,SUKAMAJU,SUKAMAJU,RT 1,X,DINAS PEKERJAAN UMUM,2018-01-20\n"
    "3,,Pokok Pikiran Dewan,TEMPAT SAMPAH,Kurang,SUKAMAJU,SUKAMAJU,Pasar,X,SUKAMAJU,2018-01-08\n"
    "4,,Pokok Pikiran Dewan,,Tanpa kegiatan,SUKAMAJU,SUKAMAJU,Pasar,X,X,2018-01-08\n"
)


def test_import_proposals_counts_every_row_and_again_changes_nothing(empty: Path, place: Path) -> None:
    var = empty
    (place / "units.csv").write_text(UNITS, encoding="utf-8")
    (place / "usulan.csv").write_text(HEAD + ROWS, encoding="utf-8")
    words = [
        "import-proposals",
        str(place / "usulan.csv"),
        "--units",
        str(place / "units.csv"),
        "--out",
        str(place),
    ]
    first = support.rembuk(*words, var=var)
    assert first.returncode == 0, first.stderr
    assert "units: created=3 updated=0 unchanged=0 rejected=0" in first.stdout
    assert first.stdout.splitlines()[-1] == "created=3 updated=0 unchanged=0 rejected=1"
    assert sum(map(int, re.findall(r"=(\d+)", first.stdout.splitlines()[-1]))) == ROWS.count("\n")
    rejected = list(csv.DictReader((place / "usulan.rejected.csv").read_text(encoding="utf-8").splitlines()))
    assert [(line["row"], line["nomor"]) for line in rejected] == [("5", "4")]
    assert rejected[0]["reason"]
    remarks = list(csv.DictReader((place / "usulan.remarks.csv").read_text(encoding="utf-8").splitlines()))
    assert [line["nomor"] for line in remarks] == ["3"]
    again = support.rembuk(*words, var=var)
    assert again.stdout.splitlines()[-1] == "created=0 updated=0 unchanged=3 rejected=1"


def test_import_proposals_names_what_is_wrong_with_the_file(empty: Path, place: Path) -> None:
    var = empty
    (place / "usulan.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    broken = support.rembuk("import-proposals", str(place / "usulan.csv"), var=var)
    assert broken.returncode == 1
    assert "nomor" in broken.stderr
    absent = support.rembuk("import-proposals", str(place / "usulan.csv"), "--parent", "TIDAK-ADA", var=var)
    assert absent.returncode == 1
    assert "TIDAK-ADA" in absent.stderr

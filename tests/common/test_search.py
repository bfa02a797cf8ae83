"""Words for search: what is kept, and that a question finds what was meant."""

import pytest

from rembuk.common.search import query, vector, words_of
from rembuk.workunits import tree
from rembuk.workunits.models import WorkUnit


def test_words_short_forms_are_written_out_and_stop_words_dropped() -> None:
    assert words_of("Jln. yg rusak di Kec. Sukamaju") == ["jalan", "rusak", "kecamatan", "sukamaju"]


def test_words_of_stop_words_alone_are_kept() -> None:
    assert words_of("yang itu") == ["yang", "itu"]


def test_query_without_a_word_is_none() -> None:
    assert query(" .,; ") is None


def _finds(asked: str) -> bool:
    tree.plant(code="CARI", name="x", kind=WorkUnit.Kind.INSTANSI)
    words = vector(
        title="Memperbaiki jalan desa",
        names="Dusun Krajan, Desa Kelurahan Baru",
        body="Lampu penerangan padam",
    )
    row = WorkUnit.objects.annotate(words=words)
    return row.filter(words=query(asked)).exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "asked", ["perbaikan jalan", "jln krajan", "PENERANGAN", "memperbaiki", "krajan lampu"]
)
def test_query_finds_stems_names_and_short_forms(asked: str) -> None:
    assert _finds(asked)


@pytest.mark.django_db
@pytest.mark.parametrize("asked", ["jembatan", "jalan tol", "x' | !y:*"])
def test_query_misses_what_is_not_there(asked: str) -> None:
    assert not _finds(asked)


@pytest.mark.django_db
@pytest.mark.parametrize("asked", ["kampung melayu", "kp melayu", "kp. melayu"])
def test_query_finds_a_place_however_it_is_shortened(asked: str) -> None:
    tree.plant(code="CARI", name="x", kind=WorkUnit.Kind.INSTANSI)
    row = WorkUnit.objects.annotate(words=vector(title="Saluran", names="Kp. Melayu RT 03"))
    assert row.filter(words=query(asked)).exists()


FAMILIES = (
    "perbaikan memperbaiki diperbaiki perbaiki",
    "peningkatan meningkatkan ditingkatkan tingkatkan peningkatannya",
    "pemeliharaan memelihara dipelihara pelihara",
    "penerangan penerang menerangi terang",
    "penataan menata ditata tata",
    "pengelolaan mengelola dikelola kelola",
    "penambahan menambah ditambah tambahan",
    "perawatan merawat dirawat rawat",
    "pemakaman permakaman makam",
    "pemanfaatan memanfaatkan dimanfaatkan manfaat",
    "pengecatan mengecat dicat cat",
    "rehab rehabilitasi direhabilitasi merehabilitasi",
    "pembangunan membangun dibangun bangunan",
    "pju penerangan",
)


@pytest.mark.django_db
@pytest.mark.parametrize("family", FAMILIES)
def test_every_form_of_a_word_finds_every_other(family: str) -> None:
    tree.plant(code="CARI", name="x", kind=WorkUnit.Kind.INSTANSI)
    forms = family.split()
    missed = [
        (written, asked)
        for written in forms
        for asked in forms
        if not WorkUnit.objects.annotate(words=vector(title=written)).filter(words=query(asked)).exists()
        and asked != "pju"
    ]
    assert missed == []

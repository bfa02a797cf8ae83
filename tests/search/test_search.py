"""Search: stems both ways, short forms, codes however they are typed, unpublished text stays unfound."""

import pytest

from rembuk.search import selectors
from tests import people, scenes

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("title", "typed"),
    [
        ("Memperbaiki jalan menuju sekolah", "perbaikan jalan"),
        ("Perbaikan jalan menuju sekolah", "memperbaiki jalan"),
        ("Perbaikan jln menuju sekolah", "jalan sekolah"),
        ("Perbaikan jalan di Dusun Krajan", "KRAJAN"),
    ],
)
def test_search_finds_a_proposal_by_its_stems(title: str, typed: str) -> None:
    place = scenes.regency()
    proposal = scenes.published(place, title=title)
    assert list(selectors.matching_proposals(typed)) == [proposal]


def test_search_does_not_find_what_waits_or_lacks_a_word() -> None:
    place = scenes.regency()
    scenes.submitted(place, title="Perbaikan jembatan gantung")
    scenes.published(place, title="Perbaikan jembatan kayu")
    assert not selectors.matching_proposals("jembatan gantung").exists()


@pytest.mark.parametrize("typed", ["usl-2026-12", " USL 2026 000012 ", "usl/2026/12"])
def test_search_reads_a_code_however_it_is_typed(typed: str) -> None:
    assert selectors.code_in(typed) == "USL-2026-000012"


def test_search_title_ranks_above_text() -> None:
    place = scenes.regency()
    author = people.citizen()
    scenes.published(
        place, author, title="Taman bermain anak", body="Di dekatnya ada posyandu lama yang dipakai warga."
    )
    wanted = scenes.published(place, author, title="Pembangunan posyandu baru di dusun")
    assert selectors.best_proposals("posyandu", 5)[0] == wanted


@pytest.mark.parametrize("typed", ["", "   ", "!!! ((", "a" * 5000, "'; drop table --", "& | ! <-> :*"])
def test_search_survives_any_text(typed: str) -> None:
    assert list(selectors.matching_proposals(typed)) == []

"""Small worlds for the tests: a regency with units and categories, and proposals brought to a state by real actions."""

import itertools
from dataclasses import dataclass

from rembuk.taxonomy import tree as category_tree
from rembuk.taxonomy.models import Category
from rembuk.workunits import tree
from rembuk.workunits.models import WorkUnit

_numbers = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Regency:
    """An instansi with two agencies, a division, a subdistrict and a village below it."""

    root: WorkUnit
    works: WorkUnit
    roads: WorkUnit
    health: WorkUnit
    subdistrict: WorkUnit
    village: WorkUnit
    category: Category
    other_category: Category


def regency() -> Regency:
    """A fresh regency; codes are unique per call."""
    n = next(_numbers)
    root = tree.plant(code=f"KAB{n}", name="Kabupaten Contoh", kind=WorkUnit.Kind.INSTANSI)
    works = tree.plant(code=f"PU{n}", name="Dinas Pekerjaan Umum", short_name="DPU", kind=WorkUnit.Kind.AGENCY, parent=root)
    roads = tree.plant(code=f"BM{n}", name="Bidang Bina Marga", kind=WorkUnit.Kind.DIVISION, parent=works)
    health = tree.plant(code=f"DK{n}", name="Dinas Kesehatan", kind=WorkUnit.Kind.AGENCY, parent=root)
    subdistrict = tree.plant(code=f"KEC{n}", name="Kecamatan Sukamaju", kind=WorkUnit.Kind.SUBDISTRICT, parent=root)
    village = tree.plant(code=f"DS{n}", name="Desa Mekarsari", kind=WorkUnit.Kind.VILLAGE, parent=subdistrict)
    category = category_tree.plant(slug=f"jalan-{n}", name="Jalan", name_en="Roads", default_unit=works)
    other = category_tree.plant(slug=f"kesehatan-{n}", name="Kesehatan", name_en="Health", default_unit=health)
    return Regency(root, works, roads, health, subdistrict, village, category, other)

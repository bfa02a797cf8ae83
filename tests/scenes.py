"""Small worlds for the tests: a regency with units and categories; proposals in a state, by real actions."""

import itertools
import uuid
from dataclasses import dataclass
from datetime import datetime

from rembuk.accounts.models import Person
from rembuk.proposals.actions.moderate import publish_proposal
from rembuk.proposals.actions.submit import save_draft, submit_proposal
from rembuk.proposals.content import Content
from rembuk.proposals.models import Proposal
from rembuk.regions.models import Region
from rembuk.taxonomy import tree as category_tree
from rembuk.taxonomy.models import Category
from rembuk.workunits import tree
from rembuk.workunits.models import WorkUnit
from tests import people

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
    works = tree.plant(
        code=f"PU{n}", name="Dinas Pekerjaan Umum", short_name="DPU", kind=WorkUnit.Kind.AGENCY, parent=root
    )
    roads = tree.plant(code=f"BM{n}", name="Bidang Bina Marga", kind=WorkUnit.Kind.DIVISION, parent=works)
    health = tree.plant(code=f"DK{n}", name="Dinas Kesehatan", kind=WorkUnit.Kind.AGENCY, parent=root)
    subdistrict = tree.plant(
        code=f"KEC{n}", name="Kecamatan Sukamaju", kind=WorkUnit.Kind.SUBDISTRICT, parent=root
    )
    village = tree.plant(code=f"DS{n}", name="Desa Mekarsari", kind=WorkUnit.Kind.VILLAGE, parent=subdistrict)
    category = category_tree.plant(slug=f"jalan-{n}", name="Jalan", name_en="Roads", default_unit=works)
    other = category_tree.plant(
        slug=f"kesehatan-{n}", name="Kesehatan", name_en="Health", default_unit=health
    )
    return Regency(root, works, roads, health, subdistrict, village, category, other)


BODY = (
    "Jalan menuju balai desa berlubang sejak musim hujan dan sering membuat anak sekolah terjatuh.\n\n"
    "Kami mengusulkan perbaikan sepanjang 400 meter dengan saluran air di kedua sisinya."
)


def village_region() -> Region:
    """A village with its subdistrict, regency and province; made once per database."""
    rows = (
        ("32", "Jawa Barat", "Jawa Barat", "provinsi"),
        ("32.01", "Kabupaten Bogor", "Kab. Bogor, Jawa Barat", "kabupaten"),
        ("32.01.01", "Ciawi", "Kec. Ciawi, Kab. Bogor, Jawa Barat", "kecamatan"),
        ("32.01.01.2001", "Sukamaju", "Desa Sukamaju, Kec. Ciawi, Kab. Bogor, Jawa Barat", "desa"),
    )
    found = None
    for level, (code, name, full_name, kind) in enumerate(rows, start=1):
        fields = {"name": name, "full_name": full_name, "level": level, "kind": kind, "parent": found}
        found, _made = Region.objects.get_or_create(code=code, defaults=fields)
    assert found is not None
    return found


def content(place: Regency, /, **fields: object) -> Content:
    """A complete text in the regency's first category; ``fields`` replace single answers."""
    values: dict[str, object] = {
        "title": "Perbaikan jalan desa menuju balai desa",
        "body": BODY,
        "category": place.category,
        "place": "RT 02 RW 05, Dusun Krajan",
    }
    return Content(**{**values, **fields})  # type: ignore[arg-type]


def draft(place: Regency, /, author: Person | None = None, **fields: object) -> Proposal:
    """A complete draft; ``fields`` replace single answers of its text."""
    return save_draft(uuid.uuid4(), content(place, **fields), by=author or people.citizen())


def submitted(
    place: Regency, /, author: Person | None = None, at: datetime | None = None, **fields: object
) -> Proposal:
    """A proposal that waits for moderation."""
    writer = author or people.citizen()
    return submit_proposal(draft(place, writer, **fields), by=writer, at=at)


def published(
    place: Regency, /, author: Person | None = None, at: datetime | None = None, **fields: object
) -> Proposal:
    """A published proposal, moderated by somebody of the instansi."""
    return publish(submitted(place, author, at, **fields), place, at=at)


def publish(proposal: Proposal, place: Regency, at: datetime | None = None) -> Proposal:
    """Publish a proposal that waits, by a moderator of the instansi."""
    return publish_proposal(proposal, by=people.staff("moderator", place.root), at=at).proposal

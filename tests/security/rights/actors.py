"""Who asks: every seeded role granted in five units around the things of the small site, and those without a grant."""

from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.test import Client

from rembuk.access.seeds import SEEDS
from rembuk.audit import actions as audit
from rembuk.audit.actors import SYSTEM
from rembuk.workunits import tree
from rembuk.workunits.models import WorkUnit
from tests import people
from tests.security import world

# The letter of each seeded role in the table, in the order of its columns.
LETTERS = dict(zip(SEEDS, "AUMPCTRK", strict=True))
# Where the role was given, seen from the unit of the thing.
PLACES = {
    "I": "the instansi itself",
    "P": "the unit above",
    "O": "the unit of the thing",
    "C": "a unit below",
    "X": "another unit",
}


@dataclass(frozen=True, slots=True)
class Stage:
    """The small site, the public works agency moved below a bureau, and a signed-in browser for everybody."""

    made: world.World
    units: dict[str, WorkUnit]
    clients: dict[tuple[str, str], Client]
    member: Client
    owners: dict[str, Client]
    forms: dict[str, Any] = field(default_factory=dict)


def stage() -> Stage:
    """Furnish it; ``clients`` by (letter of the role, letter of the place)."""
    made = world.furnish()
    place = made.place
    bureau = tree.plant(
        code=f"{place.works.code}-B", name="Sekretariat", kind=WorkUnit.Kind.AGENCY, parent=place.root
    )
    tree.move(place.works, bureau)
    for name in place.__dataclass_fields__:
        getattr(place, name).refresh_from_db()
    made.layers.entry = _entry_about(place.works)
    units = {"I": place.root, "P": bureau, "O": place.works, "C": place.roads, "X": place.health}
    assert set(units) == set(PLACES)
    clients = {
        (letter, where): _browser(people.staff(role, unit, f"{role} {where}"))
        for role, letter in LETTERS.items()
        for where, unit in units.items()
    }
    writer = made.open_consultation.submissions.earliest("pk").author
    assert writer is not None
    assert made.comment.author is not None
    owners = {
        "uji-publik/<str:code>/ikut/": _browser(writer),
        "komentar/": _browser(made.comment.author),
        "": _browser(made.author),
    }
    return Stage(made, units, clients, _browser(people.citizen()), owners)


def _entry_about(unit: WorkUnit) -> int:
    """An entry of the trail about the unit in its new place; older ones keep the place it had."""
    with transaction.atomic():
        return audit.record(
            "unit.changed", by=SYSTEM, target=audit.Target("workunit", unit.code, unit.pk, unit.path)
        ).pk


def _browser(person: people.Person) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(person)
    return client

"""Who asks: every seeded role granted in five units around the things of the small site, and those without a grant."""

from dataclasses import dataclass

from django.test import Client

from rembuk.access.seeds import ROLES
from rembuk.workunits import tree
from rembuk.workunits.models import WorkUnit
from tests import people
from tests.security import world

# The letter of each seeded role in the table, in the order of its columns.
LETTERS = dict(zip((slug for slug, *_rest in ROLES), "AUMPCTRK", strict=True))
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
    author: Client


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
    units = {"I": place.root, "P": bureau, "O": place.works, "C": place.roads, "X": place.health}
    assert set(units) == set(PLACES)
    clients = {
        (letter, where): _browser(people.staff(role, unit, f"{role} {where}"))
        for role, letter in LETTERS.items()
        for where, unit in units.items()
    }
    return Stage(made, units, clients, _browser(people.citizen()), _browser(made.author))


def _browser(person: people.Person) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(person)
    return client

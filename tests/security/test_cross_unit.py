"""Things of another unit and of another person: every address with a code is 404 by GET and by POST, and nothing changes."""

import pytest
from django.test import Client

from rembuk.accounts.models import Person
from tests import people
from tests.security import snapshots, world
from tests.security.rights.asking import forms_at
from tools import rights_table as table

pytestmark = pytest.mark.django_db
# Things of the whole site have no unit: whoever may not manage them is refused as a whole.
OF_THE_SITE = (
    "kelola/kategori/",
    "kelola/pengaturan/",
    "kelola/usulan/impor/",
    "kelola/hak-akses/peran/",
    # The name in this address is that of a kind of file, with the reader's own units in it.
    "kelola/satuan-kerja/ekspor/",
)
# What a refusal itself writes.
OF_A_REFUSAL = {"audit_entry", "logbook_event"}
ROWS, _AREAS = table.load()


def _named(route: str) -> bool:
    return route.startswith("kelola/") and "<" in route and not route.startswith(OF_THE_SITE)


def _client(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def _asked(client: Client, insider: Client, paths: dict[str, str]) -> tuple[dict[str, set[int]], set[str]]:
    """The statuses of each route, by GET and with the form that somebody who may would send; and the tables that changed."""
    forms = forms_at(insider, list(paths.values()))
    client.get("/akun/")
    before = snapshots.snapshot()
    statuses = {
        route: {client.get(path).status_code, client.post(path, forms.get(path, {})).status_code}
        for route, path in paths.items()
    }
    return statuses, set(snapshots.difference(before, snapshots.snapshot())) - OF_A_REFUSAL


@pytest.mark.parametrize("where", ["health", "village"])
def test_things_of_another_unit_are_404_to_its_administrator(where: str) -> None:
    made = world.furnish()
    outsider = _client(people.staff("administrator", getattr(made.place, where)))
    paths = {route: path for route, path in world.addresses(made).items() if _named(route)}
    statuses, changed = _asked(outsider, _client(made.admin), paths)
    assert {
        route: seen for route, seen in statuses.items() if not seen <= {404, 405} or 404 not in seen
    } == {}
    assert len(paths) > 120
    assert changed == set()


def test_things_of_the_whole_site_are_refused_to_an_administrator_of_a_part() -> None:
    made = world.furnish()
    client = _client(people.staff("administrator", made.place.health))
    routes = [route for route in world.addresses(made) if route.startswith(OF_THE_SITE[:2]) and "<" in route]
    statuses = {route: client.post(world.addresses(made)[route]).status_code for route in routes}
    assert set(statuses.values()) == {403}, statuses


@pytest.mark.parametrize("who", ["member", "administrator"])
def test_things_of_another_person_are_not_found(who: str) -> None:
    made = world.furnish()
    mine = {row.route for row in ROWS if row.public == "own"}
    paths = {route: path for route, path in world.addresses(made).items() if route in mine}
    other = _client(made.admin if who == "administrator" else people.citizen("Orang Lain"))
    statuses, changed = _asked(other, _client(made.author), paths)
    assert {route: seen for route, seen in statuses.items() if not seen <= {403, 404, 405}} == {}
    assert len(paths) > 12
    assert changed == set()

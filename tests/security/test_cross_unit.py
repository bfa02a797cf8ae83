"""Staff of one unit on the things of another: every desk route with a code is 404, and nothing changes."""

import pytest
from django.test import Client

from rembuk.audit.models import AuditEntry
from rembuk.proposals.models import Proposal
from tests import people
from tests.security import world

pytestmark = pytest.mark.django_db
# Things of the whole site have no unit: whoever may not manage them is refused as a whole.
OF_THE_SITE = ("kelola/kategori/", "kelola/pengaturan/", "kelola/usulan/impor/")


def _named(route: str) -> bool:
    return route.startswith("kelola/") and "<" in route and not route.startswith(OF_THE_SITE)


def _states() -> tuple[int, dict[int, str]]:
    entries = AuditEntry.objects.exclude(verb="access.denied").count()
    return entries, dict(Proposal.objects.values_list("pk", "state"))


@pytest.mark.parametrize("where", ["health", "village"])
def test_things_of_another_unit_are_404_to_its_administrator(where: str) -> None:
    made = world.furnish()
    client = Client()
    client.force_login(people.staff("administrator", getattr(made.place, where)))
    before, wrong, asked = _states(), [], 0
    for route, path in world.addresses(made).items():
        if _named(route):
            statuses = {client.get(path).status_code, client.post(path).status_code}
            asked += 1
            wrong += [] if statuses <= {404, 405} and 404 in statuses else [(route, statuses)]
    assert wrong == []
    assert asked > 40
    assert _states() == before


def test_things_of_the_whole_site_are_refused_to_an_administrator_of_a_part() -> None:
    made = world.furnish()
    client = Client()
    client.force_login(people.staff("administrator", made.place.health))
    routes = [route for route in world.addresses(made) if route.startswith(OF_THE_SITE[:2]) and "<" in route]
    statuses = {route: client.post(world.addresses(made)[route]).status_code for route in routes}
    assert set(statuses.values()) == {403}, statuses

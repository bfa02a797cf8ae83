"""What pages cost on a site with 500 units and 2,000 grants beside the same site with 5 units, as ratios of CPU.

Two databases from the suite's template, filled alike but for units, staff and their grants; both are asked in one
process in turn, and the CPU of this process counts, not that of PostgreSQL. A full page of each list stands in both, so
that nobody measures rows. The promise is at most 1.2. Needs nothing: run `.venv/bin/python bench/management.py`;
`--rounds 3 --calls 3` is a quick look, `--only unit` measures some. Takes about three minutes.
"""

import argparse
import os
import statistics
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]
MOST = 1.2
UNITS = {"small": 5, "large": 500}
GRANTS = {"small": 60, "large": 2_000}
"""Enough in the small site to fill a page of the lists of people and grants."""
PROPOSALS = 40
PAGES = {
    "desk": "/kelola/",
    "desk: proposals": "/kelola/usulan/",
    "desk: one proposal": "/kelola/usulan/{code}/",
    "public proposal, signed in": "/usulan/{code}/",
    "units": "/kelola/satuan-kerja/",
    "units, found by its code": "/kelola/satuan-kerja/?q={unit}",
    "one unit": "/kelola/satuan-kerja/{unit}/",
    "people": "/kelola/pengguna/",
    "people, found by a word": "/kelola/pengguna/?q=Pegawai",
    "grants": "/kelola/hak-akses/",
    "give a grant": "/kelola/hak-akses/beri/",
    "roles": "/kelola/hak-akses/peran/",
    "public: units": "/satuan-kerja/",
    "public: units below one": "/satuan-kerja/?di={unit}",
    "public: units, found by its code": "/satuan-kerja/?q={unit}",
    "public: one unit": "/satuan-kerja/{unit}/",
    "public: proposals": "/usulan/",
    "new programme": "/kelola/program/baru/",
}


@dataclass(frozen=True, slots=True)
class Site:
    """One of the two: its connections, who asks, and the names that stand in addresses."""

    connections: dict[str, Any]
    client: Any
    code: str
    unit: str


def main() -> None:
    """Fill both, ask both in turn, print the ratios, drop both."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=11)
    parser.add_argument("--calls", type=int, default=8)
    parser.add_argument("--only", default="", help="pages whose name holds this word")
    arguments = parser.parse_args()
    os.environ.setdefault("REMBUK_LOG_LEVEL", "CRITICAL")
    os.environ["DJANGO_SETTINGS_MODULE"] = "rembuk.config.settings"
    import django

    from tests import database, environment

    django.setup()
    from tests import suite_database

    owner = environment.SERVER.owner_url
    template = suite_database.template(owner)
    names = {size: f"bench_{size}_{os.getpid()}" for size in UNITS}
    try:
        for name in names.values():
            database.create_test_database(owner, name, template)
        sites = {size: build(size, name) for size, name in names.items()}
        pages = {page: path for page, path in PAGES.items() if arguments.only in page}
        report(sites, pages, arguments.rounds, arguments.calls)
    finally:
        suite_database.disconnect()
        for name in names.values():
            database.drop_test_database(owner, name)


def report(sites: dict[str, Site], pages: dict[str, str], rounds: int, calls: int) -> None:
    """One line for each page."""
    print("| page | queries with 5 units | queries with 500 | times the CPU | |\n|---|---|---|---|---|")
    for page, pattern in pages.items():
        taken: dict[str, list[float]] = {size: [] for size in sites}
        queries: dict[str, int] = {}
        for _round in range(rounds):
            for size, site in sites.items():
                with using(site):
                    path = pattern.format(code=site.code, unit=site.unit)
                    queries[size] = warm(site.client, path)
                    taken[size].append(cpu(site.client, path, calls))
        ratio = statistics.median(taken["large"]) / statistics.median(taken["small"])
        mark = "" if ratio <= MOST else "over"
        print(f"| {page} | {queries['small']} | {queries['large']} | {ratio:.2f} | {mark} |", flush=True)


def warm(client: Any, path: str) -> int:
    """Ask once, so that what is kept for seconds is kept; then count the queries."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    with CaptureQueriesContext(connection) as seen:
        client.get(path)
    return len(seen)


def cpu(client: Any, path: str, calls: int) -> float:
    """CPU seconds of this process for so many requests."""
    begun = time.process_time()
    for _call in range(calls):
        client.get(path)
    return time.process_time() - begun


@contextmanager
def using(site: Site) -> Iterator[None]:
    """Let this thread speak to the site's database; nothing that a process keeps goes from one to the other."""
    from django.core.cache import caches
    from django.db import connections

    from rembuk.siteconfig import selectors
    from rembuk.workdays import selectors as workdays

    for alias, connection in site.connections.items():
        connections[alias] = connection
    caches["memory"].clear()
    selectors.forget()
    workdays.forget()
    yield


def build(size: str, name: str) -> Site:
    """Fill a site through a connection of its own."""
    from django.db import connections
    from django.test import Client

    own = {alias: connections[alias].copy(alias) for alias in ("default", "owner")}
    for connection in own.values():
        connection.settings_dict["NAME"] = name
    site = Site(own, Client(SERVER_NAME="127.0.0.1"), "", "")
    with using(site):
        code, unit, boss = fill(UNITS[size], GRANTS[size])
        site.client.force_login(boss)
        with own["owner"].cursor() as cursor:
            cursor.execute("ANALYZE")
    return Site(own, site.client, code, unit)


def fill(units: int, grants: int) -> tuple[str, str, Any]:
    """The regency of the tests with so many units and grants in all; returns a proposal, a unit, an administrator."""
    from tests import people, scenes

    place = scenes.regency()
    boss = people.staff("administrator", place.root)
    more_units(place, units)
    more_grants(place, grants)
    found = [scenes.published(place) for _turn in range(PROPOSALS)]
    place.works.refresh_from_db()
    return found[-1].code, place.works.code, boss


def more_units(place: Any, wanted: int) -> None:
    """Twelve below each unit, level by level, but for the top: what a page of the tree shows is the same in both."""
    from rembuk.workunits import tree
    from rembuk.workunits.models import WorkUnit

    place.village.delete()
    level = [place.works, place.health, place.subdistrict]
    count = WorkUnit.objects.count()
    while count < wanted:
        below = []
        for parent in level:
            for _turn in range(min(12, wanted - count)):
                count += 1
                name, kind = f"Bidang Urusan {count}", WorkUnit.Kind.DIVISION
                below.append(tree.plant(code=f"U{count}", name=name, kind=kind, parent=parent))
        level = below


def more_grants(place: Any, wanted: int) -> None:
    """Members of staff, each with one grant, over all units and five roles."""
    from rembuk.access.models import Grant, Role
    from rembuk.accounts.models import Person
    from rembuk.workunits.models import WorkUnit
    from tests import people

    units = list(WorkUnit.objects.order_by("pk"))
    slugs = ("moderator", "assessor", "program-manager", "consultation-manager", "unit-admin")
    roles = list(Role.objects.filter(slug__in=slugs))
    missing = wanted - Grant.objects.count()
    staff = Person.objects.bulk_create(
        Person(
            email=f"pegawai{number}@contoh.id",
            name=f"Pegawai {number}",
            adult_confirmed_at=people.LONG_AGO,
            privacy_version=1,
        )
        for number in range(missing)
    )
    Grant.objects.bulk_create(
        Grant(
            person=person,
            role=roles[number % len(roles)],
            unit=units[number % len(units)],
            starts_at=people.LONG_AGO,
        )
        for number, person in enumerate(staff)
    )


if __name__ == "__main__":
    main()

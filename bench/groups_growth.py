"""What the job that groups proposals costs at 10,000 and at 100,000 of them, and the desk pages, as ratios and queries.

Everything happens in one transaction that is taken back at the end. Needs a filled site: start `./rembuk demo` once, then
`.venv/bin/python bench/groups_growth.py` with the same REMBUK_VAR. Promise: a run over a few new proposals, and a page, do not
grow with all proposals but with their neighbourhoods; a page never runs the job. Takes some minutes.
"""

import csv
import os
import random
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rembuk.config.settings")
os.environ.setdefault("REMBUK_ENV", "demo")
os.environ.setdefault("REMBUK_LOG_LEVEL", "ERROR")
SIZES = (10_000, 100_000)
# A regency has about so many villages for each 10,000 proposals of a year; neighbourhoods stay as big as they are.
VILLAGES_FOR_EACH, NEW = 50, 20
HAMLETS = ("Kp. Tugu", "Kp. Lio", "Kp. Babakan", "Kp. Cikadu")
TEXTS = Path(__file__).with_name("groups") / "texts"


def main() -> None:
    """Fill, measure, take back; twice."""
    import django

    django.setup()
    from django.db import transaction

    measured: dict[int, dict[str, tuple[float, int]]] = {}
    for size in SIZES:
        with transaction.atomic():
            measured[size] = measure(size)
            transaction.set_rollback(True)
    small, large = (measured[size] for size in SIZES)
    print(f"| what | queries at {SIZES[0]:,} | queries at {SIZES[1]:,} | times as long |\n|---|---|---|---|")
    for name, (seconds, queries) in large.items():
        print(f"| {name} | {small[name][1]} | {queries} | {seconds / small[name][0]:.1f} |")


def measure(size: int) -> dict[str, tuple[float, int]]:
    """Seconds and queries of each part at this size."""
    from django.db import connection

    from rembuk.programs.actions.suggestions.find import refresh_suggestions

    chance = random.Random(20261127)
    fill(size, chance, start=0)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    began = time.perf_counter()
    refresh_suggestions()
    found = {"first reading, for each proposal": ((time.perf_counter() - began) / size, 0)}
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    found["a run with nothing to do"] = timed(refresh_suggestions)
    fill(NEW, chance, start=size)
    found[f"a run with {NEW} new proposals"] = timed(refresh_suggestions, rounds=1)
    return {**found, **pages()}


def pages() -> dict[str, tuple[float, int]]:
    """The list and the biggest group, as the programme manager of the whole instansi sees them."""
    from django.test import Client

    from rembuk.access.models import Grant, Role
    from rembuk.accounts.models import Person
    from rembuk.common.clock import now
    from rembuk.programs.models import Suggestion
    from rembuk.workunits.models import WorkUnit

    person = Person.objects.create(name="Ukur", email="ukur@example.test", is_active=True)
    root = WorkUnit.objects.filter(parent=None).first()
    Grant.objects.create(
        person=person,
        role=Role.objects.get(slug="program-manager"),
        unit=root,
        starts_at=now() - timedelta(days=1),
    )
    client = Client(headers={"host": "localhost"})
    client.force_login(person)
    biggest = Suggestion.objects.filter(kind="like").order_by("-size").first()
    assert biggest is not None
    urls = {
        "list, one kind": "/kelola/program/saran/",
        "list, the same wish": "/kelola/program/saran/?jenis=sama",
        "one group": f"/kelola/program/saran/{biggest.public_id}/",
    }
    return {name: timed(lambda url=url: opened(client, url)) for name, url in urls.items()}


def opened(client: Any, url: str) -> None:
    """A page that must be one."""
    answer = client.get(url)
    assert answer.status_code == 200, (url, answer.status_code)


def timed(act: Callable[[], Any], rounds: int = 3) -> tuple[float, int]:
    """The fastest of some rounds, and the queries of the last."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    seconds, queries = [], 0
    for _ in range(rounds):
        with CaptureQueriesContext(connection) as seen:
            began = time.perf_counter()
            act()
            seconds.append(time.perf_counter() - began)
        queries = len(seen)
    return min(seconds), queries


def fill(number: int, chance: random.Random, *, start: int) -> None:
    """So many published proposals in villages of their own, with the texts that were written for the other measurement."""
    from rembuk.common.clock import now
    from rembuk.proposals.models import Proposal
    from rembuk.taxonomy.models import Category
    from rembuk.workunits.models import WorkUnit

    texts = [
        row["text"]
        for file in sorted(TEXTS.glob("*.csv"))
        for row in csv.DictReader(file.open(encoding="utf-8"))
    ]
    villages = regions(max(number, start) * VILLAGES_FOR_EACH // 10_000 or 1)
    units = list(WorkUnit.objects.filter(kind="agency")[:10])
    category, moment = Category.objects.first(), now()
    rows = []
    for index in range(start, start + number):
        text = chance.choice(texts)
        rows.append(
            Proposal(
                code=f"USL-2099-{index:06}",
                state="published",
                title=text[:140],
                body=text,
                category=category,
                region=chance.choice(villages),
                place=f"{chance.choice(HAMLETS)} RT {chance.randrange(1, 9)}/{chance.randrange(1, 4)}",
                unit=chance.choice(units),
                created_at=moment,
                changed_at=moment,
                published_at=moment,
            )
        )
    Proposal.objects.bulk_create(rows, batch_size=2_000)


def regions(number: int) -> list[Any]:
    """Villages of a made-up regency, ten to a subdistrict."""
    from rembuk.regions.models import Kind, Level, Region

    parent = Region.objects.filter(level=Level.PROVINCE).first()
    fields = {"full_name": "Kab. Ukur, Ukur", "level": Level.REGENCY, "kind": Kind.REGENCY, "parent": parent}
    regency, _ = Region.objects.get_or_create(code="99.99", defaults={"name": "Kabupaten Ukur", **fields})
    made = []
    for index in range(number):
        code = f"99.99.{index // 10 + 1:02}"
        name = f"Kec. U{index // 10}, Kab. Ukur, Ukur"
        district, _ = Region.objects.get_or_create(
            code=code,
            defaults={
                "name": f"U{index // 10}",
                "full_name": name,
                "level": 3,
                "kind": Kind.DISTRICT,
                "parent": regency,
            },
        )
        village = {
            "name": f"V{index}",
            "full_name": f"Desa V{index}, {name}",
            "level": 4,
            "kind": Kind.VILLAGE,
        }
        row, _ = Region.objects.get_or_create(
            code=f"{code}.{2001 + index % 10}", defaults={**village, "parent": district}
        )
        made.append(row)
    return made


if __name__ == "__main__":
    main()

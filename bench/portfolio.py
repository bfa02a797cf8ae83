"""The list and the figures of programmes over 10,000 of them against 100, as ratios and queries.

Every programme has three phases, eight milestones, two payments and news. Everything happens in one transaction that is
taken back at the end. Needs a filled site: start `./rembuk demo` once, then `.venv/bin/python bench/portfolio.py` with
the same REMBUK_VAR. The promise: at most ten queries, and a page that a citizen waits for does not grow with the
programmes; what looks at all of them (a condition, the figures, kept for a minute) grows less than they do. Takes about
two minutes.
"""

import html
import os
import re
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rembuk.config.settings")
os.environ.setdefault("REMBUK_ENV", "demo")
os.environ.setdefault("REMBUK_LOG_LEVEL", "ERROR")
SIZES = (100, 10_000)
ROUNDS = 7
MILESTONES = 8
PAGES = {
    "list, all cold": "/program/",
    "list": "/program/?urut=terbaru",
    "list, second page": "",
    "late": "/program/?kondisi=late",
    "critical of one unit": "/program/?kondisi=critical&satuan={unit}",
    "without news": "/program/?kabar=tanpa",
    "by name": "/program/?urut=judul",
    "desk, overdue milestones": "/kelola/program/?tonggak=lewat",
    "desk, critical": "/kelola/program/?kondisi=critical",
}


def main() -> None:
    """Fill two portfolios, measure both, take everything back."""
    from rembuk.runtime import env, localdb

    localdb.ensure_running(env.load().var)
    import django

    django.setup()
    from django.db import connections, transaction

    # The owner of the tables: only hers are the statistics that the planner needs after so many new rows.
    connections["default"] = connections["owner"]
    measured = {}
    for size in SIZES:
        with transaction.atomic():
            measured[size] = measure(size)
            transaction.set_rollback(True)
    small, large = (measured[size] for size in SIZES)
    print(f"| what | queries at {SIZES[0]:,} | queries at {SIZES[1]:,} | times as long |\n|---|---|---|---|")
    for name, (seconds, queries) in large.items():
        print(f"| {name} | {small[name][1]} | {queries} | {seconds / small[name][0]:.1f} |")


def measure(size: int) -> dict[str, tuple[float, int]]:
    """Seconds and queries of each page over so many programmes."""
    from django.db import connection
    from django.test import Client

    from rembuk.common.clock import now
    from rembuk.insights.programs import program_figures

    officer, unit = fill(size)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    client = Client(SERVER_NAME="127.0.0.1", SERVER_PORT="8000")
    found: dict[str, tuple[float, int]] = {}
    first = client.get("/program/?urut=terbaru").content.decode()
    second = html.unescape(re.findall(r'href="([^"]+)" rel="next"', first)[0])
    for name, path in PAGES.items():
        if path.startswith("/kelola/"):
            client.force_login(officer)
        address = path.format(unit=unit.code) or second
        assert client.get(address).status_code == 200, address
        clear = forget if name.endswith("cold") else lambda: None
        found[name] = median(lambda address=address: client.get(address), clear)  # type: ignore[misc]
    found["all figures, kept for a minute"] = median(lambda: program_figures(now()), lambda: None)
    return found


def forget() -> None:
    """No list of a filter is known, no figure was made."""
    from django.core.cache import caches

    from rembuk.keeping.models import KeptValue
    from rembuk.keeping.values import forget_held

    caches["memory"].clear()
    KeptValue.objects.all().delete()
    forget_held()


def median(act: Callable[[], object], before: Callable[[], None]) -> tuple[float, int]:
    """Median seconds of several rounds, and the queries of the last."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    taken: list[float] = []
    count = 0
    for _turn in range(ROUNDS):
        before()
        with CaptureQueriesContext(connection) as queries:
            begun = time.perf_counter()
            act()
            taken.append(time.perf_counter() - begun)
            count = len(queries)
    return statistics.median(taken), count


def fill(size: int) -> tuple[Any, Any]:
    """So many running programmes of all conditions, a programme manager of all units, and one unit."""
    from rembuk.access.models import Grant, Role
    from rembuk.accounts.models import Person
    from rembuk.common.clock import now
    from rembuk.engagement.models import Subject
    from rembuk.programs.models import Program
    from rembuk.taxonomy.models import Category
    from rembuk.workunits.models import WorkUnit

    at = now()
    units = list(WorkUnit.objects.order_by("path"))
    categories = list(Category.objects.all())
    subjects = Subject.objects.bulk_create(
        Subject(
            kind="program", code=f"PRG-1998-{n:05d}", title="Ukur", path="/", unit=units[0], created_at=at
        )
        for n in range(size)
    )
    programs = Program.objects.bulk_create(
        Program(
            code=f"PRG-1998-{n:05d}",
            subject=subject,
            state="postponed" if n % 25 == 0 else "published",
            title=f"Program {n * 7919 % size:05d}",
            summary="Program kerja untuk mengukur kecepatan daftar.",
            unit=units[n % len(units)],
            category=categories[n % len(categories)],
            year=at.year,
            created_at=at,
            changed_at=at - timedelta(minutes=n),
            published_at=at - timedelta(minutes=n, days=60),
        )
        for n, subject in enumerate(subjects)
    )
    _plan(programs, at)
    _money(programs, at)
    person = Person.objects.create(
        email="ukur@contoh.id", name="Pengelola", adult_confirmed_at=at, privacy_version=1
    )
    role = Role.objects.get(slug="program-manager")
    Grant.objects.create(person=person, role=role, unit=units[0], starts_at=at - timedelta(days=1))
    return person, units[-1]


def _plan(programs: list[Any], at: datetime) -> None:
    from rembuk.engagement.models import Subject
    from rembuk.programs.models import Milestone, Phase

    subjects = iter(
        Subject.objects.bulk_create(
            Subject(
                kind="phase",
                code=f"{one.code}-{n}",
                title="Ukur",
                path="/",
                unit_id=one.unit_id,
                created_at=at,
            )
            for one in programs
            for n in range(3)
        )
    )
    today = at.date()
    phases = Phase.objects.bulk_create(
        Phase(
            program=one,
            kind=kind,
            position=number,
            subject=next(subjects),
            state=("done", "active", "upcoming")[number - 1],
            is_leading=number == 2,
            planned_start_on=today + timedelta(days=180 * (number - 2) - 90),
            planned_end_on=today + timedelta(days=180 * (number - 2) + 89),
        )
        for one in programs
        for number, kind in enumerate(("planning", "execution", "evaluation"), 1)
    )
    Milestone.objects.bulk_create(
        _milestone(phase, place, index, today)
        for index, phase in enumerate(phases[1::3])
        for place in range(MILESTONES)
    )


def _milestone(phase: Any, place: int, index: int, today: date) -> Any:
    """Four of eight are due; how many of those are done differs, and so the condition."""
    from rembuk.programs.models import Milestone

    ends = today + timedelta(days=(place - 3) * 20 - 10)
    is_done = place < 4 - index % 3
    return Milestone(
        program_id=phase.program_id,
        phase=phase,
        position=place + 1,
        title=f"Tonggak {place + 1}",
        weight=3 if place == 3 else 10 + place,
        office_id=phase.program.unit_id,
        state="done" if is_done else "planned",
        planned_start_on=ends - timedelta(days=19),
        planned_end_on=ends,
        actual_start_on=ends - timedelta(days=19) if is_done else None,
        actual_end_on=ends if is_done else None,
    )


def _money(programs: list[Any], at: datetime) -> None:
    from rembuk.programs.models import Pagu, Phase, Realisation, Update

    pagu = Pagu.objects.bulk_create(Pagu(program=one, fund="apbd", amount=1_000_000_000) for one in programs)
    Realisation.objects.bulk_create(
        Realisation(
            program=one,
            pagu=line,
            amount=100_000_000 + n,
            spent_on=at.date(),
            document_number=f"SP2D/{n}",
            at=at,
        )
        for one, line in zip(programs, pagu, strict=True)
        for n in range(2)
    )
    leading = dict(
        Phase.objects.filter(program__in=programs, is_leading=True).values_list("program_id", "id")
    )
    Update.objects.bulk_create(
        Update(
            program=one,
            phase_id=leading[one.pk],
            title="Kabar",
            body="Isi",
            html="",
            office_id=one.unit_id,
            at=at - timedelta(days=5 if n % 4 else 40),
        )
        for n, one in enumerate(programs)
    )


if __name__ == "__main__":
    main()

"""The matrix with 5,000 submissions against one of 500: its pages and its bulk acts, as ratios and queries.

Everything happens in one transaction that is taken back at the end. Needs a filled site: start `./rembuk demo` once,
then `.venv/bin/python bench/matrix.py` with the same REMBUK_VAR. A page that costs the same with ten times the rows, and
an act that costs no more for each row, are the promise; seconds depend on the machine. Takes about a minute.
"""

import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rembuk.config.settings")
os.environ.setdefault("REMBUK_ENV", "demo")
os.environ.setdefault("REMBUK_LOG_LEVEL", "ERROR")
SIZES = (500, 5_000)
ROUNDS = 5
WORDS = (
    "Jadwal pengangkutan sampah perlu disesuaikan dengan pasar pagi dan jalan yang sempit di kampung kami."
)
REASON = "Jadwal disesuaikan dengan jam pasar, lihat Pasal 2 ayat (1)."


def main() -> None:
    """Fill two matrices, measure both, take everything back."""
    import django

    django.setup()
    from django.db import transaction

    measured = {}
    for size in SIZES:
        with transaction.atomic():
            measured[size] = measure(size)
            transaction.set_rollback(True)
    small, large = (measured[size] for size in SIZES)
    print(
        f"| what | queries at {SIZES[0]:,} | queries at {SIZES[1]:,} | times as long | for each row |\n|---|---|---|---|---|"
    )
    for name, (seconds, queries) in large.items():
        ratio = seconds / small[name][0]
        each = f"{ratio * SIZES[0] / SIZES[1]:.2f}" if name.startswith("bulk") or name == "make rows" else ""
        print(f"| {name} | {small[name][1]} | {queries} | {ratio:.1f} | {each} |")


def measure(size: int) -> dict[str, tuple[float, int]]:
    """Seconds and queries of each page and act on a matrix of this size."""
    from rembuk.consultations.actions.answering import assigning, deciding, publishing
    from rembuk.consultations.actions.answering.drafting import AnswerText
    from rembuk.consultations.actions.rows import make_rows
    from rembuk.consultations.models import MatrixRow

    consultation, officer, at = fill(size)
    found: dict[str, tuple[float, int]] = {}
    found["make rows"] = timed(lambda: make_rows(consultation, at=at))
    rows = list(MatrixRow.objects.filter(consultation=consultation).order_by("id"))
    pages(consultation, rows, officer, found)
    to = assigning.Assignment(person=officer)
    found["bulk assign"] = timed(lambda: assigning.assign_rows(rows, to=to, by=officer, at=at))
    answer = AnswerText(verdict="partly", reason=REASON)
    found["bulk propose"] = timed(lambda: deciding.propose_answer(rows, answer=answer, by=officer, at=at))
    found["bulk publish, each author told"] = timed(
        lambda: publishing.publish_answers(rows, by=officer, at=at)
    )
    return found


def pages(consultation: Any, rows: list[Any], officer: Any, found: dict[str, tuple[float, int]]) -> None:
    """The staff pages, as their views make them."""
    from django.test import Client

    client = Client(SERVER_NAME="127.0.0.1", SERVER_PORT="8000")
    client.force_login(officer)
    base = f"/kelola/uji-publik/{consultation.code}/matriks/"
    addresses = {
        "list": base,
        "list, words": f"{base}?q=pasar",
        "list, with nobody": f"{base}?tugas=kosong",
        "one row": f"{base}{rows[len(rows) // 2].public_id}/",
        "progress": f"{base}kemajuan/",
    }
    for name, path in addresses.items():
        assert client.get(path).status_code == 200, path
        tries = [timed(lambda path=path: client.get(path)) for _turn in range(ROUNDS)]  # type: ignore[misc]
        found[name] = (statistics.median(seconds for seconds, _queries in tries), tries[-1][1])


def timed(act: Callable[[], object]) -> tuple[float, int]:
    """Seconds and queries of one act."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        begun = time.perf_counter()
        act()
        seconds = time.perf_counter() - begun
    return seconds, len(queries)


def fill(size: int) -> tuple[Any, Any, Any]:
    """A closed consultation with so many submissions, one member each, and somebody who answers."""
    from datetime import timedelta

    from rembuk.access.models import Grant, Role
    from rembuk.accounts.models import Person
    from rembuk.common.clock import now
    from rembuk.consultations.models import Consultation, Submission
    from rembuk.engagement.actions.subjects import open_subject
    from rembuk.engagement.models import Subject
    from rembuk.workunits.models import WorkUnit

    at = now()
    unit = WorkUnit.objects.filter(parent=None).order_by("path")[0]
    code = f"UJP-1999-{size:04d}"
    subject = open_subject(
        kind=Subject.Kind.CONSULTATION, code=code, title="Ukur", path="/", unit=unit, author=None, at=at
    )
    consultation = Consultation.objects.create(
        code=code,
        subject=subject,
        state="closed",
        kind="policy",
        title="Ukur matriks",
        summary=WORDS,
        contact="-",
        unit=unit,
        opens_at=at - timedelta(days=20),
        closes_at=at - timedelta(days=1),
        announced_at=at - timedelta(days=25),
        created_at=at,
        changed_at=at,
    )
    people = Person.objects.bulk_create(
        Person(
            email=f"ukur{number}@contoh.id",
            name=f"Peserta {number}",
            adult_confirmed_at=at,
            privacy_version=1,
        )
        for number in range(size + 1)
    )
    Submission.objects.bulk_create(
        Submission(
            consultation=consultation,
            state="sent",
            number=number,
            code=f"{code}-{number:05d}",
            author=people[number],
            stance="with_notes",
            reason=f"{WORDS} {number}",
            created_at=at,
            changed_at=at,
            sent_at=at,
        )
        for number in range(1, size + 1)
    )
    role = Role.objects.get(slug="consultation-manager")
    Grant.objects.create(person=people[0], role=role, unit=unit, starts_at=at - timedelta(days=1))
    return consultation, people[0], at


if __name__ == "__main__":
    main()

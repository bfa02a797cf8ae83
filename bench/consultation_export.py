"""Memory and time of the files of a consultation with up to 50,000 submissions: XLSX with names, public XLSX, CSV.

A submission has an answer, three rows and a decided objection: 50,000 make 250,000 rows of the spreadsheet. Fills a
consultation of its own, measures each file in a process of its own, and takes everything away again. Needs a filled site:
start `./rembuk demo` once, then `.venv/bin/python bench/consultation_export.py` with the same REMBUK_VAR. Memory that does
not grow with the number of submissions is the promise, also with REMBUK_PGBOUNCER=1, where no cursor of the server may be
used: the first line says which it is. Seconds depend on the machine.
"""

import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rembuk.config.settings")
os.environ.setdefault("REMBUK_ENV", "demo")
os.environ.setdefault("REMBUK_LOG_LEVEL", "ERROR")
SIZES = (500, 5_000, 50_000)
KINDS = ("xlsx", "public-xlsx", "csv")
WORDS = (
    "Jadwal pengangkutan sampah perlu disesuaikan dengan pasar pagi dan jalan yang sempit di kampung kami. "
)


def main() -> None:
    """Fill, measure, clean up; or, with arguments, write one file and tell its memory."""
    from rembuk.runtime import env, localdb

    localdb.ensure_running(env.load().var)
    import django

    django.setup()
    if len(sys.argv) > 1:
        tell(sys.argv[1], sys.argv[2])
        return
    print(f"cursors of the server: {'no' if is_pooled() else 'yes'}")
    print(f"{'file':<12} {'submissions':>11} {'MB written':>10} {'seconds':>8} {'peak MB':>8}")
    for size in SIZES:
        code = fill(size)
        try:
            for kind in KINDS:
                child = [sys.executable, __file__, kind, code]
                done = subprocess.run(child, check=True, capture_output=True, text=True)
                print(f"{kind:<12} {size:>11} {done.stdout.strip()}", flush=True)
        finally:
            clear(code)


def is_pooled() -> bool:
    """Whether this process reads as through PgBouncer; those that write the files have the same environment."""
    from django.db import connection

    return bool(connection.settings_dict["DISABLE_SERVER_SIDE_CURSORS"])


def tell(kind: str, code: str) -> None:
    """Write one file and print its size, the seconds, and the peak of the process."""
    from rembuk.common.clock import now
    from rembuk.consultations.models import Consultation
    from rembuk.web.consultations.results.files.taking import Taking

    found = Consultation.objects.select_related("unit").get(code=code)
    begun = time.perf_counter()
    size = _WRITERS[kind](Taking(found, now(), has_names=kind == "xlsx"))
    seconds = time.perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{size / 1e6:>10.1f} {seconds:>8.1f} {peak:>8.0f}")


def book(taking: object) -> int:
    """The spreadsheet, read back in pieces as a server sends it."""
    from rembuk.web.consultations.results.files.sheets import sheets
    from rembuk.web.sheets.workbook import written

    with written(sheets(taking)) as file:  # type: ignore[arg-type]
        return sum(len(piece) for piece in iter(lambda: file.read(65_536), b""))


def text(taking: object) -> int:
    """The open data."""
    from rembuk.web.consultations.results.files.open_data import csv_lines

    return sum(len(line.encode()) for line in csv_lines(taking))  # type: ignore[arg-type]


_WRITERS: dict[str, Callable[[object], int]] = {"xlsx": book, "public-xlsx": book, "csv": text}


def fill(size: int) -> str:
    """A closed consultation with so many submissions, three rows each, straight into the tables; its code."""
    from django.db import connection

    from rembuk.common.clock import now
    from rembuk.consultations.models import Clause, Consultation, Question
    from rembuk.engagement.models import Subject
    from rembuk.workunits.models import WorkUnit

    moment = now()
    code = code_of(size)
    clear(code)
    unit = WorkUnit.objects.order_by("path").first()
    assert unit is not None
    subject = Subject.objects.create(
        kind=Subject.Kind.CONSULTATION,
        code=code,
        title=code,
        path=f"/uji-publik/{code}/",
        unit=unit,
        created_at=moment,
    )
    schedule = dict.fromkeys(
        ("opens_at", "announced_at", "created_at", "changed_at"), moment.replace(year=1999)
    )
    made = Consultation.objects.create(
        code=code, subject=subject, kind="plan", title=code, summary=code, contact=code, unit=unit,
        state="closed", closes_at=moment, **schedule,
    )  # fmt: skip
    clause = Clause.objects.create(consultation=made, number=1)
    question = Question.objects.create(consultation=made, number=1, kind="long", text="Mengapa?")
    values = {
        "made": made.pk, "clause": clause.pk, "question": question.pk, "unit": unit.pk,
        "size": size, "code": code, "now": moment, "words": WORDS * 8,
    }  # fmt: skip
    with connection.cursor() as cursor:
        for statement in _FILL:
            cursor.execute(statement, values)
    return code


def code_of(size: int) -> str:
    """The code of the consultation with so many submissions."""
    return f"UJP-1999-{size:04d}"


def clear(code: str) -> None:
    """Take the consultation and all of it away."""
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        for statement in _CLEAR:
            cursor.execute(statement, {"code": code})


_FILL = (
    """INSERT INTO consultations_submission (public_id, consultation_id, state, number, code, participant_kind,
           participant_name, is_affected, is_name_masked, stance, reason, html, version, is_rechecking, channel,
           on_behalf_of, decided_note, created_at, changed_at, sent_at)
       SELECT gen_random_uuid(), %(made)s, 'sent', n, %(code)s || '-' || lpad(n::text, 5, '0'), 'person', 'Peserta ' || n,
           false, n %% 10 = 0, 'agree', %(words)s || n, '', 1, false, 'letter', '', '', %(now)s, %(now)s, %(now)s
       FROM generate_series(1, %(size)s) n""",
    """INSERT INTO consultations_answer (submission_id, question_id, choices, text)
       SELECT id, %(question)s, '{}', %(words)s FROM consultations_submission WHERE consultation_id = %(made)s""",
    """INSERT INTO consultations_matrixrow (public_id, consultation_id, submission_id, number, source, clause_id, text,
           unit_id, state, verdict, reason, reason_digest, change, returned_note, created_at, published_at)
       SELECT gen_random_uuid(), %(made)s, s.id, n, CASE n WHEN 1 THEN 'overall' ELSE 'cut' END,
           CASE n WHEN 1 THEN NULL ELSE %(clause)s END, %(words)s, %(unit)s, 'published', 'accepted', %(words)s, '', '', '',
           %(now)s, %(now)s
       FROM consultations_submission s CROSS JOIN generate_series(1, 3) n WHERE s.consultation_id = %(made)s""",
    """INSERT INTO consultations_objection (submission_id, row_id, text, at, outcome, verdict, explanation, decided_at, standing)
       SELECT submission_id, id, %(words)s, %(now)s, 'new_answer', 'partly', %(words)s, %(now)s, ''
       FROM consultations_matrixrow WHERE consultation_id = %(made)s AND number = 1""",
)
_OF = "(SELECT id FROM consultations_consultation WHERE code = %(code)s)"
_CLEAR = (
    # A worker that runs meanwhile suggests groups; it waits.
    "SELECT FROM consultations_consultation WHERE code = %(code)s FOR UPDATE",
    "DELETE FROM consultations_objection WHERE submission_id IN"
    f" (SELECT id FROM consultations_submission WHERE consultation_id = {_OF})",
    f"DELETE FROM consultations_matrixrow WHERE consultation_id = {_OF}",
    f"DELETE FROM consultations_matrixgroup WHERE consultation_id = {_OF}",
    f"DELETE FROM consultations_grouping WHERE consultation_id = {_OF}",
    "DELETE FROM consultations_answer WHERE submission_id IN"
    f" (SELECT id FROM consultations_submission WHERE consultation_id = {_OF})",
    f"DELETE FROM consultations_submission WHERE consultation_id = {_OF}",
    f"DELETE FROM consultations_question WHERE consultation_id = {_OF}",
    f"DELETE FROM consultations_clause WHERE consultation_id = {_OF}",
    "DELETE FROM consultations_consultation WHERE code = %(code)s",
    "DELETE FROM engagement_subject WHERE code = %(code)s",
)

if __name__ == "__main__":
    main()

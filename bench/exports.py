"""Memory of every export of the worker at 2,500 and 250,000 rows: each kind of ``web/exports/catalogue.py``, XLSX and CSV.

Fills rows of its own, lets a job of `rembuk.exports` write each file in a process of its own, and takes rows and files away
again, which takes minutes for people. Needs a filled site: start `./rembuk demo` once, then
`.venv/bin/python bench/exports.py` with the same REMBUK_VAR. The promise: memory that does not grow with the rows, and a
notice at the end. Processor time for each row is told as a ratio. Notices and entries of the audit trail stay: use a site
that may go, or leave at least the 250,000 entries out (`bench/exports.py proposals people grants consultation`).
"""

import os
import resource
import subprocess
import sys
from pathlib import Path

import consultation_export

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rembuk.config.settings")
os.environ.setdefault("REMBUK_ENV", "demo")
os.environ.setdefault("REMBUK_LOG_LEVEL", "ERROR")
SIZES = (2_500, 250_000)
KINDS = ("proposals", "people", "grants", "audit", "consultation")
# Of a consultation there is only a spreadsheet; five of its rows make one submission (`consultation_export.py`).
FORMS = {kind: ("xlsx",) if kind == "consultation" else ("csv", "xlsx") for kind in KINDS}
EACH = 5
MARK = "bench-export"

type Step = tuple[str, str, str, dict[str, str]]


def main() -> None:
    """Fill, measure, clean up; or, with a number, write that export and tell its rows, bytes, memory and time."""
    from rembuk.runtime import env, localdb

    localdb.ensure_running(env.load().var)
    import django

    django.setup()
    if sys.argv[1:] and sys.argv[1].isdecimal():
        tell(int(sys.argv[1]))
        return
    print(
        "| file | rows | MB written | peak MB of the process | CPU per row, as a ratio |\n|---|---|---|---|---|"
    )
    for kind in sys.argv[1:] or KINDS:
        first: dict[str, float] = {}
        try:
            for size in SIZES:
                fill(kind, size)
                for form in FORMS[kind]:
                    rows, written, peak, seconds = written_by_a_process(asked(kind, form, size))
                    each = float(seconds) / int(rows)
                    ratio = each / first.setdefault(form, each)
                    print(
                        f"| {kind}, {form} | {int(rows):,} | {written} | {peak} | {ratio:.2f} |", flush=True
                    )
        finally:
            clear()


def written_by_a_process(number: int) -> list[str]:
    """What a process of its own tells of one export."""
    child = [sys.executable, __file__, str(number)]
    return subprocess.run(child, check=True, stdout=subprocess.PIPE, text=True).stdout.split()


def tell(number: int) -> None:
    """Write one export as the worker does, and print rows, megabytes, peak and processor time."""
    from rembuk.exports.actions.making import make
    from rembuk.exports.models import Export
    from rembuk.notifications.models import Notice

    before = _seconds()
    make(number)
    done = Export.objects.get(pk=number)
    assert done.state == "ready", (done.state, done.problem)
    # A spreadsheet of a consultation has sheets besides those that are counted beforehand.
    assert done.rows_done >= done.rows_expected
    assert Notice.objects.get(event__key=f"export.ready:{done.public_id}").person_id == done.person_id
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(done.rows_done, f"{done.size / 1e6:.1f}", f"{peak:.0f}", f"{_seconds() - before:.3f}")


def _seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def asked(kind: str, form: str, size: int) -> int:
    """An export of the filled rows, asked for by an administrator of the whole instansi; its number."""
    from rembuk.access.holders import administrator_grants
    from rembuk.common.clock import now
    from rembuk.exports.models import Export

    grant = administrator_grants().select_related("person").first()
    assert grant is not None
    given = {
        "proposals": {
            "kolom": [
                "kode",
                "judul",
                "status",
                "kategori",
                "satuan_kerja",
                "diterbitkan",
                "dukungan",
                "uraian",
            ],
        },
        "people": {"siapa": ["semua"]},
        "grants": {},
        "consultation": {"kode": [consultation_export.code_of(size // EACH)]},
        "audit": {"massal": [MARK]},
    }[kind]
    facts = {"kind": kind, "form": form, "given": given, "language": "id", "asked_at": now(), "words": MARK}
    return Export.objects.create(person=grant.person, **facts).pk


def fill(kind: str, size: int) -> None:
    """So many rows of this kind, straight into the tables; copies of before stay."""
    if kind == "consultation":
        consultation_export.fill(size // EACH)
        return
    for step in _FILL[kind]:
        copy(step, size)


def copy(step: Step, size: int) -> None:
    """So many copies of one row of a table."""
    from django.db import connection

    table, pick, made, others = step
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_schema = 'public' AND table_name = %s "
            "AND is_generated = 'NEVER' ORDER BY ordinal_position",
            [table],
        )
        names = [name for (name,) in cursor.fetchall()]
        own = {"id": f"nextval(pg_get_serial_sequence('{table}', 'id'))", **others}
        values = ", ".join(own.get(name, f"p.{name}") for name in names)
        cursor.execute(
            f"INSERT INTO {table} ({', '.join(names)}) SELECT {values} FROM (SELECT * FROM {table} WHERE {pick} LIMIT 1) p, "
            f"generate_series(1 + (SELECT count(*) FROM {table} WHERE {made}), %(size)s) n",
            {"size": size},
        )


def clear() -> None:
    """Take away what can be taken away."""
    from django.db import connection

    from rembuk.exports import shelf
    from rembuk.exports.models import Export

    for export in Export.objects.filter(words=MARK):
        shelf.remove(export.storage_key)
        export.delete()
    for size in SIZES:
        consultation_export.clear(consultation_export.code_of(size // EACH))
    with connection.cursor() as cursor:
        for statement in _CLEAR:
            cursor.execute(statement)


# For each kind its tables in order: the table, the row that is copied, which copies there are, and what is a copy's own.
# Each person has a grant and each proposal its subject and figures, as real ones have.
_PEOPLE: tuple[Step, ...] = (
    (
        "accounts_person",
        "deleted_at IS NULL AND is_active",
        f"email LIKE '{MARK}%%'",
        {
            "public_id": "gen_random_uuid()",
            "name": "'Peserta ' || n",
            "email": f"'{MARK}' || n || '@contoh.id'",
            "sign_in_name": "NULL",
        },
    ),
    (
        "access_grant",
        "ends_at IS NULL AND role_id IN (SELECT id FROM access_role WHERE NOT 'grant.manage' = ANY(permissions))",
        f"reason = '{MARK}'",
        {
            "person_id": f"(SELECT id FROM accounts_person WHERE email = '{MARK}' || n || '@contoh.id')",
            "given_by_id": "p.person_id",
            "reason": f"'{MARK}'",
        },
    ),
)
_CODE = "'USL-1999-' || lpad(n::text, 6, '0')"
_SUBJECT = f"(SELECT id FROM engagement_subject WHERE kind = 'proposal' AND code = {_CODE})"
_FILL: dict[str, tuple[Step, ...]] = {
    "people": _PEOPLE,
    "grants": _PEOPLE,
    "proposals": (
        ("engagement_subject", "kind = 'proposal'", "code LIKE 'USL-1999-%%'", {"code": _CODE}),
        (
            "engagement_figures",
            "true",
            "subject_id IN (SELECT id FROM engagement_subject WHERE code LIKE 'USL-1999-%%')",
            {"subject_id": _SUBJECT},
        ),
        (
            "proposals_proposal",
            "state = 'published'",
            "code LIKE 'USL-1999-%%'",
            {
                "public_id": "gen_random_uuid()",
                "planning_year": "1999",
                "code": _CODE,
                "subject_id": _SUBJECT,
                "import_number": "''",
                "import_digest": "''",
            },
        ),
    ),
    "audit": (("audit_entry", "verb = 'proposal.published'", f"bulk = '{MARK}'", {"bulk": f"'{MARK}'"}),),
}
_CLEAR = (
    f"DELETE FROM access_grant WHERE reason = '{MARK}'",
    f"DELETE FROM accounts_person WHERE email LIKE '{MARK}%'",
    "DELETE FROM proposals_proposal WHERE code LIKE 'USL-1999-%'",
    "DELETE FROM engagement_figures WHERE subject_id IN"
    " (SELECT id FROM engagement_subject WHERE code LIKE 'USL-1999-%')",
    "DELETE FROM engagement_subject WHERE code LIKE 'USL-1999-%'",
)

if __name__ == "__main__":
    main()

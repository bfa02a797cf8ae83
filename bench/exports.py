"""Memory of large exports at 2,500 and 250,000 rows: proposals, users and the audit trail, as XLSX and CSV.

Fills rows of its own, lets a job of `rembuk.exports` write each file in a process of its own, and takes everything away
again. Needs a filled site: start `./rembuk demo` once, then `.venv/bin/python bench/exports.py` with the same REMBUK_VAR.
The promise: memory that does not grow with the rows. Processor time for each row is told as a ratio. Entries of the audit
trail can't be taken away again: use a site that may go, or name the others (`bench/exports.py proposals people`).
"""

import os
import resource
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rembuk.config.settings")
os.environ.setdefault("REMBUK_ENV", "demo")
os.environ.setdefault("REMBUK_LOG_LEVEL", "ERROR")
SIZES = (2_500, 250_000)
KINDS = ("proposals", "people", "audit")
MARK = "bench-export"


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
                for form in ("csv", "xlsx"):
                    rows, written, peak, seconds = written_by_a_process(asked(kind, form))
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
    return subprocess.run(child, check=True, capture_output=True, text=True).stdout.split()


def tell(number: int) -> None:
    """Write one export as the worker does, and print rows, megabytes, peak and processor time."""
    from rembuk.exports.actions.making import make
    from rembuk.exports.models import Export

    before = _seconds()
    make(number)
    done = Export.objects.get(pk=number)
    assert done.state == "ready", (done.state, done.problem)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(done.rows_done, f"{done.size / 1e6:.1f}", f"{peak:.0f}", f"{_seconds() - before:.3f}")


def _seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def asked(kind: str, form: str) -> int:
    """An export of the filled rows, asked for by an administrator of the whole instansi; its number."""
    from rembuk.access.holders import administrator_grants
    from rembuk.common.clock import now
    from rembuk.exports.models import Export

    grant = administrator_grants().select_related("person").first()
    assert grant is not None
    given = {
        "proposals": {
            "kolom": ["kode", "judul", "status", "kategori", "satuan_kerja", "diterbitkan", "uraian"],
            "tahun": ["1999"],
        },
        "people": {"siapa": ["semua"]},
        "audit": {"massal": [MARK]},
    }[kind]
    facts = {"kind": kind, "form": form, "given": given, "language": "id", "asked_at": now(), "words": MARK}
    return Export.objects.create(person=grant.person, **facts).pk


def fill(kind: str, size: int) -> None:
    """So many copies of one row of this kind, straight into the table; those of before stay."""
    from django.db import connection

    table, pick, made, others = _FILL[kind]
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
            f"INSERT INTO {table} ({', '.join(names)}) SELECT {values} FROM {table} p, "
            f"generate_series(1 + (SELECT count(*) FROM {table} WHERE {made}), %(size)s) n "
            f"WHERE p.id = (SELECT id FROM {table} WHERE {pick} LIMIT 1)",
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
    with connection.cursor() as cursor:
        for statement in _CLEAR:
            cursor.execute(statement)


# Table, the row that is copied, which copies there are, and what is a copy's own.
_FILL: dict[str, tuple[str, str, str, dict[str, str]]] = {
    "people": (
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
    "proposals": (
        "proposals_proposal",
        "state = 'published'",
        "code LIKE 'USL-1999-%%'",
        {
            "public_id": "gen_random_uuid()",
            "planning_year": "1999",
            "code": "'USL-1999-' || lpad(n::text, 6, '0')",
            "subject_id": "NULL",
            "import_number": "''",
            "import_digest": "''",
        },
    ),
    "audit": ("audit_entry", "verb = 'proposal.published'", f"bulk = '{MARK}'", {"bulk": f"'{MARK}'"}),
}
_CLEAR = (
    f"DELETE FROM accounts_person WHERE email LIKE '{MARK}%'",
    "DELETE FROM proposals_proposal WHERE code LIKE 'USL-1999-%'",
)

if __name__ == "__main__":
    main()

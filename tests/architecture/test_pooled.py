"""Pages may run behind PgBouncer in transaction mode: their code asks for nothing that outlives a transaction.

Commands and the worker (``ops``) have addresses of their own (docs/decisions/0073-several-machines.md).
"""

import re
from pathlib import Path

import pytest

SRC = Path(__file__).resolve().parents[2] / "src" / "rembuk"
# What only ``ops`` and migrations run, on the owner's address.
OWN_ADDRESS = ("ops",)
OF_MIGRATIONS = SRC / "common" / "postgresql" / "operations.py"
SOURCES = [
    path
    for path in SRC.rglob("*.py")
    if path.relative_to(SRC).parts[0] not in OWN_ADDRESS
    and "migrations" not in path.parts
    and path != OF_MIGRATIONS
]
OF_A_SESSION = re.compile(
    r"""pg_(?:try_)?advisory_lock\(            # the lock of a transaction has xact in its name
    | pg_advisory_unlock
    | \bset_config\([^)]*,\s*false\s*\)
    | ["']\s*(?:SET\ (?!TRANSACTION|LOCAL)\w+\s*(?:=|TO\b) | (?:UN)?LISTEN\ | PREPARE\ | DECLARE\ )
    | CREATE\ TEMP""",
    re.VERBOSE,
)


def test_code_of_pages_asks_for_nothing_that_outlives_a_transaction() -> None:
    found = [
        f"{path.relative_to(SRC)}: {line.strip()}"
        for path in SOURCES
        for line in path.read_text(encoding="utf-8").splitlines()
        if OF_A_SESSION.search(line)
    ]
    assert found == []


@pytest.mark.parametrize(
    "line",
    [
        'cursor.execute("SELECT pg_advisory_lock(%s)", [1])',
        'cursor.execute("SELECT pg_try_advisory_lock(%s)", [1])',
        "cursor.execute(\"SELECT set_config('work_mem', %s, false)\", [size])",
        "cursor.execute(\"SET work_mem = '1GB'\")",
        'cursor.execute("LISTEN news")',
        'cursor.execute("CREATE TEMP TABLE a (id int)")',
    ],
)
def test_what_needs_a_session_is_seen(line: str) -> None:
    assert OF_A_SESSION.search(line)


@pytest.mark.parametrize(
    "line",
    [
        'cursor.execute("SELECT pg_advisory_xact_lock(%s)", [1])',
        "cursor.execute(\"SET LOCAL work_mem = '1GB'\")",
        'cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")',
        "cursor.execute(\"SELECT set_config('work_mem', %s, true)\", [size])",
    ],
)
def test_what_ends_with_the_transaction_is_allowed(line: str) -> None:
    assert not OF_A_SESSION.search(line)

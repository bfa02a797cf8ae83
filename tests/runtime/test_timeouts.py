"""A page that takes too long is ended by the server; a job of the worker and a command may take their time."""

import json
import os
import subprocess
import sys

import pytest
from django.db import connections

from rembuk.runtime import env
from tests import database
from tests.environment import SERVER

pytestmark = pytest.mark.django_db(transaction=True)
NAMES = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")
OF_PAGES = ["30s", "10s", "1min"]  # as PostgreSQL writes 60 s
NONE = ["0", "0", "0"]
_WEB = "import rembuk.config.wsgi"
_COMMAND = "from rembuk.ops.launch.readiness import start_django; start_django()"
_ASK = f"""
import json
from django.db import connection
with connection.cursor() as cursor:
    found = [cursor.execute("SHOW " + name).fetchone()[0] for name in {NAMES!r}]
print(json.dumps(found))
"""


def _timeouts(start: str, **more: str) -> list[str]:
    """What a process of its own, begun like this, is given by the database of this test."""
    name = str(connections["default"].settings_dict["NAME"])
    kept = {key: value for key, value in os.environ.items() if key not in ("REMBUK_PROCESS", "REMBUK_PARENT")}
    variables = {
        **kept,
        "REMBUK_ENV": "demo",  # with the pool of connections that a site has, and the suite has not
        "PYTHONPATH": str(env.ROOT / "src"),
        "DATABASE_URL": database.address_of(SERVER.app_url, name),
        "REMBUK_OWNER_URL": database.address_of(SERVER.owner_url, name),
        **more,
    }
    run = subprocess.run(
        [sys.executable, "-c", start + _ASK],
        env=variables,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    found: list[str] = json.loads(run.stdout.splitlines()[-1])
    return found


@pytest.mark.parametrize("pooled", ["0", "1"])
def test_process_of_pages_has_timeouts_unless_pgbouncer_sets_them(pooled: str) -> None:
    """PgBouncer passes no options on; its file carries the same (tests/deploy/test_render.py)."""
    assert _timeouts(_WEB, REMBUK_PGBOUNCER=pooled) == (NONE if pooled == "1" else OF_PAGES)


def test_worker_and_commands_have_none() -> None:
    assert _timeouts(_COMMAND) == NONE

"""What is sent over HTTP counts only when the database keeps it: a site that redirects everybody to sign in is no figure."""

import os
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import psycopg
import pytest
from django.db import connections

from rembuk.ops.bench import scripts, tools, writers
from rembuk.ops.bench.sites import Failed

pytestmark = [
    pytest.mark.django_db(databases=["default", "owner"]),
    pytest.mark.skipif(bool(tools.missing()) and "CI" not in os.environ, reason="wrk is not installed"),
]
_CODE = "USL-2026-000001"


def _connect() -> "psycopg.Connection[tuple[Any, ...]]":
    given = connections["owner"].settings_dict
    return psycopg.connect(
        host=given["HOST"], port=given["PORT"] or None, user=given["USER"], dbname=given["NAME"],
        password=given["PASSWORD"] or None, autocommit=True,
    )  # fmt: skip


class _SignIn(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(302)
        self.send_header("Location", "/akun/masuk/")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_words: Any) -> None:
        pass


@pytest.fixture
def gate() -> Iterator[str]:
    """A site where nobody is signed in."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _SignIn)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("kept", [writers.VOTES, writers.COMMENTS])
def test_answers_that_the_database_keeps_nothing_of_are_no_figure(
    tmp_path: Path, gate: str, kept: writers.Kept
) -> None:
    crowd = scripts.Crowd(("one", "two"), ("session", "csrf"), "token")
    script = (
        scripts.write_votes(tmp_path, crowd, [_CODE])
        if kept is writers.VOTES
        else scripts.write_comments(tmp_path, crowd, [_CODE], 2)
    )
    copy: Any = SimpleNamespace(connect=_connect)
    web: Any = SimpleNamespace(url=gate, used=lambda: 0.0)
    with pytest.raises(Failed, match=rf"\d+ {kept.what} were answered, the database keeps 0"):
        writers.send(copy, web, tools.Load(gate, 2, 1, script), kept)

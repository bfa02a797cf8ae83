"""What is sent over HTTP counts only when the database keeps it: a site that redirects everybody to sign in is no figure."""

import os
import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import psycopg
import pytest
from django.db import connections
from django.test import Client

from rembuk.ops.bench import scripts, tools, writers
from rembuk.ops.bench.inside.people import cast
from rembuk.ops.bench.sites import Failed
from tests import people, scenes

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


@pytest.mark.django_db(transaction=True)
def test_a_comment_as_the_script_sends_it_is_one_more_that_the_database_keeps(tmp_path: Path) -> None:
    author, *_others = [people.citizen(name) for name in ("Ayu", "Sari", "Budi")]
    place = scenes.regency()
    codes = [scenes.published(place, author=author).code for _ in range(2)]
    found = cast(tmp_path, 2)
    crowd = scripts.Crowd(tuple(found["sessions"]), tuple(found["cookies"]), found["token"])
    script = scripts.write_comments(tmp_path, crowd, codes, 8).read_text()
    (form,) = re.findall(r'string.format\("([^"]+)"', script)
    with _connect() as connection:
        before = connection.execute(writers.COMMENTS.count).fetchall()[0][0]
        for number in range(6):
            browser = Client(enforce_csrf_checks=True)
            names = (crowd.sessions[number % 2], crowd.token)
            browser.cookies.load(dict(zip(crowd.cookies, names, strict=True)))
            body = f"csrfmiddlewaretoken={crowd.token}&{form % (number, number)}"
            (path,) = re.findall(rf'"([^"]*{codes[number % 3 % 2]}[^"]*)"', script)
            answer = browser.post(path, body, content_type="application/x-www-form-urlencoded")
            assert answer.status_code == 303
        assert connection.execute(writers.COMMENTS.count).fetchall()[0][0] - before == 6


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

"""CPU of pages made anew by Django, in one process: of the application and of its database backends, and the queries.

Runs inside a site. The empty view is ``/healthz``, which passes every middleware and asks nothing.
"""

import gc
import io
import statistics
import sys
import time
from collections.abc import Callable
from contextlib import closing
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application
from django.db import connection

from rembuk.access.models import Grant
from rembuk.accounts.models import Person
from rembuk.consultations.models import Consultation
from rembuk.engagement.models import Figures
from rembuk.ops.bench.inside.people import sign_in
from rembuk.ops.bench.processes import cpu_seconds
from rembuk.ops.launch import assets
from rembuk.programs.models import Program

EMPTY = "empty view"
COMMENTS = 50


def measure(calls: int, rounds: int) -> dict[str, dict[str, float]]:
    """By page: CPU seconds of one request in the application and in the database, and the number of queries."""
    assets.collect_if_changed()
    application = get_wsgi_application()
    found = {}
    for name, (path, cookie) in {EMPTY: ("/healthz", ""), **_pages()}.items():
        queries = _queries(application, path, cookie)
        app, database = _cpu(application, (path, cookie), calls, rounds)
        found[name] = {"application": app, "database": database, "queries": queries}
    return found


def _pages() -> dict[str, tuple[str, str]]:
    """Path and session cookie of each page: what visitors, a citizen and the administrator open most."""
    talked = Figures.objects.filter(subject__kind="proposal", subject__is_visible=True).select_related(
        "subject"
    )
    proposal = (
        talked.filter(comments__gte=COMMENTS).order_by("comments", "pk").first()
        or talked.order_by("-comments").first()
    )
    program = Program.objects.filter(state="published").order_by("pk").first()
    consultation = Consultation.objects.filter(state="open").order_by("pk").first()
    if proposal is None or program is None or consultation is None:
        raise LookupError("The site lacks an open proposal, programme or consultation.")
    visitors = {
        "home": "/",
        "list of proposals": "/usulan/",
        "search": "/cari/?q=jalan",
        f"proposal with {COMMENTS} comments": proposal.subject.path,
        "programme": f"/program/{program.code}/",
        "consultation": f"/uji-publik/{consultation.code}/",
    }
    staff = Grant.objects.filter(role__slug="administrator").values_list("person", flat=True)
    citizen = Person.objects.exclude(grants__isnull=False).order_by("pk")[:1].get()
    cookie, desk = sign_in(citizen), sign_in(Person.objects.get(pk=staff[0]))
    found = {name: (path, "") for name, path in visitors.items()}
    found |= {f"{name}, signed in": (path, cookie) for name, path in visitors.items()}
    return {**found, "moderation queue": ("/kelola/moderasi/", desk)}


def _queries(application: WSGIHandler, path: str, cookie: str) -> int:
    """Count the queries of a page whose lists of filters are known already; refuse one that does not open."""
    seen: list[str] = []

    def count(execute: Callable[..., object], sql: str, *rest: object) -> object:
        seen.append(sql)
        return execute(sql, *rest)

    for _ in range(2):
        seen.clear()
        with connection.execute_wrapper(count):
            status = call(application, path, cookie)
        if status != 200:
            raise LookupError(f"{path} answers {status}.")
    return len(seen)


def _cpu(application: WSGIHandler, page: tuple[str, str], calls: int, rounds: int) -> tuple[float, float]:
    """Median over the rounds, of one request; the backends are counted in hundredths of a second, so over all rounds."""
    backends, mine = _backends(), []
    began = cpu_seconds(backends)
    for _ in range(rounds):
        gc.collect()
        before = time.process_time()
        for _ in range(calls):
            call(application, *page)
        mine.append((time.process_time() - before) / calls)
    return statistics.median(mine), (cpu_seconds(backends) - began) / calls / rounds


def _backends() -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pid FROM pg_stat_activity WHERE datname = current_database()")
        return {pid for (pid,) in cursor.fetchall()}


def call(application: WSGIHandler, path: str, cookie: str) -> int:
    """One request; returns the status."""
    seen: list[str] = []

    def start(
        status: str, _headers: list[tuple[str, str]], _error: object = None, /
    ) -> Callable[[bytes], object]:
        seen.append(status)
        return len  # nothing writes by it

    with closing(application(_environ(path, cookie), start)) as body:
        b"".join(body)
    return int(seen[0].split()[0])


def _environ(path: str, cookie: str) -> dict[str, Any]:
    path, _, query = path.partition("?")
    given = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        "HTTP_HOST": "127.0.0.1:8000",
    }
    return given | ({"HTTP_COOKIE": f"{settings.SESSION_COOKIE_NAME}={cookie}"} if cookie else {})

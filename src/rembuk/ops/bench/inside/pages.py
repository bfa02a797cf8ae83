"""CPU of pages made anew by Django, in one process: of the application and of its database backends, and the queries.

Runs inside a site and does what it is told line by line, so that two sites can be measured in turns. The empty view is
``/healthz``, which passes every middleware and asks nothing.
"""

import cProfile
import gc
import io
import json
import re
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from functools import partial
from html import unescape
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.core.cache import caches
from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application
from django.db import connection

from rembuk.access.models import Grant
from rembuk.accounts.models import Person
from rembuk.consultations.models import Consultation
from rembuk.ops.bench.amounts import MAKING
from rembuk.ops.bench.inside import alike, makings, others
from rembuk.ops.bench.inside.people import sign_in
from rembuk.ops.bench.processes import backend_seconds
from rembuk.ops.launch import assets
from rembuk.runtime.room import with_room

EMPTY = "empty view"
SIGNED_IN, DESK = "home, signed in", "moderation queue"
_BACKENDS = """
    SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend'
"""
_NEXT = re.compile(rb'href="([^"]+)" rel="next"')


type Page = tuple[str, str]


def measure(orders: Iterable[str], *, are_all: bool) -> Iterator[str]:
    """First all pages with their queries, then for each order the CPU seconds of one request; all in JSON.

    An order is a list in JSON: the name of a page, and how many requests. ``are_all`` adds the pages that are looked at for
    their growth only (``others``), and what the worker makes for them (``makings``). The first line maps names to
    ``queries``, ``bytes``, ``calls`` and ``is_often``, each other one has ``application``,
    ``database`` and ``quarter`` (see ``_used``).
    """
    assets.collect_if_changed()
    application = get_wsgi_application()
    often = {EMPTY: ("/healthz", ""), **_pages()}
    pages = dict(often)
    if are_all:
        pages |= others.pages(often[SIGNED_IN][1], often[DESK][1])
        pages |= _second(application, pages)
    shapes = {name: {**_shape(application, *page), "is_often": name in often} for name, page in pages.items()}
    yield json.dumps({**shapes, **(makings.shapes() if are_all else {})})
    for order in orders:
        name, calls = json.loads(order)
        if name.startswith(MAKING):
            yield json.dumps(_used(partial(makings.make, name), calls))
        else:
            yield json.dumps(_cpu(application, pages[name], calls))


def _pages() -> dict[str, Page]:
    """Path and session cookie of each page: what visitors, a citizen and the administrator open most.

    Each thing has the same shape at every scale: as many comments, replies shown, proposals taken up, submissions.
    """
    staff = Grant.objects.filter(role__slug="administrator").values_list("person", flat=True)
    cookie, desk = sign_in(alike.citizen()), sign_in(Person.objects.get(pk=staff[0]))
    visitors = {
        "home": "/",
        "list of proposals": "/usulan/",
        "search": "/cari/?q=jalan",
        f"proposal with {alike.COMMENTS} comments": alike.proposal().subject.path,
        "programme": f"/program/{alike.program().code}/",
        "consultation": f"/uji-publik/{others.near(Consultation.objects.filter(state='open')).code}/",
    }
    found = {name: (path, "") for name, path in visitors.items()}
    found |= {f"{name}, signed in": (path, cookie) for name, path in visitors.items()}
    return {**found, DESK: ("/kelola/moderasi/", desk)}


def _second(application: WSGIHandler, pages: Mapping[str, Page]) -> dict[str, Page]:
    """The pages that follow the first ones of long lists, by their own links."""
    found: dict[str, Page] = {}
    for name in others.LONG:
        path, cookie = pages[name]
        link = _NEXT.search(answer(application, path, cookie)[1])
        if link is None:
            raise LookupError(f"{path} has no second page.")
        found[f"{name}, second page"] = (urljoin(path, unescape(link[1].decode())), cookie)
    return found


def _shape(application: WSGIHandler, path: str, cookie: str) -> dict[str, int]:
    """Queries and bytes of a page whose lists of filters are known already, and calls; refuse one that does not open."""
    seen: list[str] = []

    def count(execute: Callable[..., object], sql: str, *rest: object) -> object:
        seen.append(sql)
        return execute(sql, *rest)

    for _ in range(2):
        seen.clear()
        with connection.execute_wrapper(count):
            status, length = call(application, path, cookie)
        if status != 200:
            raise LookupError(f"{path} answers {status}.")
    return {"queries": len(seen), "bytes": length, "calls": _calls(application, path, cookie)}


def _calls(application: WSGIHandler, path: str, cookie: str) -> int:
    """How many functions Python calls for a page, on the desk with its lists of filters: other work moves this in no way."""
    _forget(path)
    profile = cProfile.Profile()
    profile.runcall(call, application, path, cookie)
    return sum(entry.callcount for entry in profile.getstats())


def _cpu(application: WSGIHandler, page: Page, calls: int) -> dict[str, float]:
    """What a process keeps for a minute it reads once in each turn; on the desk, where few ask alike, for each page."""
    makings.keep_up()

    def one() -> None:
        _forget(page[0])
        call(application, *page)

    return _used(one, calls)


def _forget(path: str) -> None:
    if path.startswith("/kelola/"):
        caches["memory"].clear()


@with_room  # as a thread of the web server
def _used(work: Callable[[], object], calls: int) -> dict[str, float]:
    """CPU seconds of one call, of this process and of its database backends; and of both, what a quarter of the calls stay below.

    The quarter is for comparisons: a machine shared with others stretches single calls, by up to ten times.
    """
    backends = _backends()
    gc.collect()
    seen = [_once(work, backends) for _ in range(calls)]
    mine, theirs = (statistics.fmean(part) for part in zip(*seen, strict=True))
    return {"application": mine, "database": theirs, "quarter": sorted(map(sum, seen))[calls // 4]}


def _once(work: Callable[[], object], backends: set[int]) -> tuple[float, float]:
    began, before = backend_seconds(backends), time.process_time()
    work()
    return time.process_time() - before, backend_seconds(backends) - began


def _backends() -> set[int]:
    """Those that answer somebody: a vacuum that ends meanwhile would take away what it had used before."""
    with connection.cursor() as cursor:
        cursor.execute(_BACKENDS)
        return {pid for (pid,) in cursor.fetchall()}


def call(application: WSGIHandler, path: str, cookie: str) -> tuple[int, int]:
    """One request; returns the status and how many bytes the page has."""
    status, body = answer(application, path, cookie)
    return status, len(body)


def answer(application: WSGIHandler, path: str, cookie: str) -> tuple[int, bytes]:
    """One request; returns the status and the page."""
    seen: list[str] = []

    def start(
        status: str, _headers: list[tuple[str, str]], _error: object = None, /
    ) -> Callable[[bytes], object]:
        seen.append(status)
        return len  # nothing writes by it

    with closing(application(_environ(path, cookie), start)) as body:
        page = b"".join(body)
    return int(seen[0].split()[0]), page


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

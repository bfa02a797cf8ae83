"""CPU of uncached visitors' pages as multiples of an empty Django view, measured in one process and one run.

Needs a filled site: start `./rembuk demo` once, then `.venv/bin/python bench/pages.py` with the same REMBUK_VAR.
Ratios, not seconds: the machine's speed cancels out. Queries are counted beside.
"""

import io
import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rembuk.config.settings")
os.environ.setdefault("REMBUK_ENV", "demo")
os.environ.setdefault("REMBUK_LOG_LEVEL", "ERROR")
ROUNDS, CALLS = 7, 30


def environ(path: str) -> dict[str, object]:
    """A WSGI request of a visitor."""
    path, _, query = path.partition("?")
    return {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        "HTTP_HOST": "127.0.0.1:8000",
    }


def call(application: Callable[..., object], path: str) -> int:
    """One request; returns the status."""
    seen: list[str] = []
    body = application(environ(path), lambda status, headers: seen.append(status))
    b"".join(body)  # type: ignore[call-overload]
    body.close()  # type: ignore[attr-defined]
    return int(seen[0].split()[0])


def cpu(application: Callable[..., object], path: str) -> float:
    """Median CPU seconds of one request."""
    rounds = []
    for _ in range(ROUNDS):
        begun = time.process_time()
        for _ in range(CALLS):
            call(application, path)
        rounds.append((time.process_time() - begun) / CALLS)
    return statistics.median(rounds)


def main() -> None:
    """Measure and print one table."""
    from rembuk.runtime import env, localdb

    localdb.ensure_running(env.load().var)
    import django

    django.setup()
    from django.core.wsgi import get_wsgi_application
    from django.db import connection
    from django.http import HttpRequest, HttpResponse
    from django.urls import path as route

    from rembuk.config import urls
    from rembuk.consultations.models import Consultation
    from rembuk.engagement.models import Figures
    from rembuk.programs.models import Program
    from rembuk.web.guards import machine_page

    @machine_page
    def empty(request: HttpRequest) -> HttpResponse:
        return HttpResponse("")

    urls.urlpatterns.insert(0, route("bench-empty", empty))
    application = get_wsgi_application()
    busiest = Figures.objects.order_by("-comments").select_related("subject").first()
    program = Program.objects.exclude(published_at=None).first()
    consultation = Consultation.objects.filter(state="concluded").first()
    if busiest is None or program is None or consultation is None:
        raise SystemExit("The site is empty: start ./rembuk demo first.")
    pages = {
        "front page": "/",
        "list of proposals": "/usulan/",
        "search": "/cari/?q=jalan",
        "proposal": busiest.subject.path,
        "list of programmes": "/program/",
        "programme": f"/program/{program.code}/",
        "list of consultations": "/uji-publik/",
        "consultation": f"/uji-publik/{consultation.code}/",
        "its results": f"/uji-publik/{consultation.code}/hasil/",
        "work unit tree": "/satuan-kerja/",
    }
    base = cpu(application, "/bench-empty")
    print(f"{'page':22}{'times empty view':>18}{'queries':>9}")
    for name, address in pages.items():
        assert call(application, address) == 200, address
        seen: list[str] = []

        def count(execute: Callable[..., object], sql: str, *rest: object, seen: list[str] = seen) -> object:
            seen.append(sql)
            return execute(sql, *rest)

        with connection.execute_wrapper(count):
            call(application, address)
        print(f"{name:22}{cpu(application, address) / base:18.1f}{len(seen):9}")


if __name__ == "__main__":
    main()

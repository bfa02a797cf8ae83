"""Figures for Prometheus: request durations by route, and the state of database, worker and queue.

With several processes of the web server the figures of all are summed through PROMETHEUS_MULTIPROC_DIR,
which the command `serve` sets.
"""

import os
import time
from collections.abc import Callable, Iterator

from django.http import HttpRequest, HttpResponse
from prometheus_client import REGISTRY, CollectorRegistry, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from rembuk.web.machine import health

_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
_durations = Histogram(
    "rembuk_request_seconds", "Time to answer, by route", ["route", "method", "status"], buckets=_BUCKETS
)
_METHODS = {"GET", "HEAD", "POST"}


class Measure:
    """Middleware: the time each answer took, by the name of its route and the class of its status."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and note how long it took."""
        began = time.perf_counter()
        response = self.get_response(request)
        route = request.resolver_match.view_name if request.resolver_match else "none"
        method = request.method if request.method in _METHODS else "other"
        status = f"{response.status_code // 100}xx"
        _durations.labels(route, method, status).observe(time.perf_counter() - began)
        return response


def exposition() -> bytes:
    """Return all figures in the text format of Prometheus."""
    registry = CollectorRegistry()
    registry.register(_SiteHealth())
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        return generate_latest(registry)
    return generate_latest(registry) + generate_latest(REGISTRY)


class _SiteHealth(Collector):
    def collect(self) -> Iterator[Metric]:
        seen = health.look()
        yield GaugeMetricFamily("rembuk_database_up", "1 when the database answers", int(seen.has_database))
        yield GaugeMetricFamily(
            "rembuk_worker_up", "1 when a worker gave a sign lately", int(seen.has_worker)
        )
        if seen.worker_seconds is not None:
            yield GaugeMetricFamily(
                "rembuk_worker_heartbeat_age_seconds", "Age of the latest heartbeat", seen.worker_seconds
            )
        jobs = GaugeMetricFamily("rembuk_jobs", "Jobs by status, the done ones aside", labels=["status"])
        for status, count in seen.jobs:
            jobs.add_metric([status], count)
        yield jobs
        yield GaugeMetricFamily(
            "rembuk_oldest_job_seconds", "How long the oldest due job has waited", seen.oldest_job_seconds
        )
        yield GaugeMetricFamily(
            "rembuk_oldest_delta_seconds",
            "How long the oldest vote waits for its tally and its audit entry",
            seen.oldest_delta_seconds,
        )
        yield from _recount(seen.recount)


def _recount(seen: health.Recount | None) -> Iterator[Metric]:
    if seen is None:
        return
    yield GaugeMetricFamily(
        "rembuk_recount_age_seconds", "How long ago all votes were recounted", seen.seconds
    )
    yield GaugeMetricFamily(
        "rembuk_recount_differences",
        "Counts that the latest recount found wrong and put right",
        seen.differences,
    )

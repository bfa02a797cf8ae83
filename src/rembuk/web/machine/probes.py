"""The three pages for machines."""

import ipaddress
from hmac import compare_digest

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from rembuk.web.addresses import client_address
from rembuk.web.guards import machine_page
from rembuk.web.machine import health, measuring


@machine_page
@require_safe
def alive(request: HttpRequest) -> HttpResponse:
    """200 as long as the process answers; asks nothing of the database."""
    return HttpResponse("ok\n", content_type="text/plain")


@machine_page
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """200 when database and worker are there, else 503 with what is missing."""
    seen = health.look()
    found = {"database": seen.has_database, "worker": seen.has_worker}
    return JsonResponse(found, status=200 if seen.is_ready else 503)


@machine_page
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Figures for Prometheus, for this machine or the bearer of the token."""
    if not _may_read(request):
        return HttpResponse("token needed\n", status=403, content_type="text/plain")
    return HttpResponse(measuring.exposition(), content_type="text/plain; version=0.0.4; charset=utf-8")


def _may_read(request: HttpRequest) -> bool:
    token: str = settings.METRICS_TOKEN
    if token and compare_digest(request.headers.get("Authorization", ""), f"Bearer {token}"):
        return True
    address = client_address(request)
    was_forwarded = "X-Forwarded-For" in request.headers or "Forwarded" in request.headers
    if was_forwarded and address == request.META.get("REMOTE_ADDR"):
        return False  # a proxy that is not trusted hides who asks
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False

"""The network address a request came from, trusting X-Forwarded-For only behind the proxies the operator named."""

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The address of the first hop that is not one of our own proxies; what is no address counts as none."""
    address = str(request.META.get("REMOTE_ADDR", ""))
    if address not in settings.TRUSTED_PROXIES:
        return address
    for hop in reversed(request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")):
        candidate = str(hop).strip()
        if not _is_address(candidate):
            break
        if candidate not in settings.TRUSTED_PROXIES:
            return candidate
    return address


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True

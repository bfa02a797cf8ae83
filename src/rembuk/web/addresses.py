"""The network address a request came from, trusting X-Forwarded-For only behind the proxies the operator named."""

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The address of the first hop that is not one of our own proxies; what is no address counts as none."""
    return first_hop(
        str(request.META.get("REMOTE_ADDR", "")), str(request.META.get("HTTP_X_FORWARDED_FOR", ""))
    )


def first_hop(address: str, forwarded: str) -> str:
    """As ``client_address``: from the address of the other end of the connection and the value of X-Forwarded-For."""
    if address not in settings.TRUSTED_PROXIES:
        return address
    for hop in reversed(forwarded.split(",")):
        candidate = hop.strip()
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

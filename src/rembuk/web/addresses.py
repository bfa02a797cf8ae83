"""The network address a request came from, trusting X-Forwarded-For only behind the proxies the operator named."""

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The address of the first hop that is not one of our own proxies."""
    address = str(request.META.get("REMOTE_ADDR", ""))
    if address not in settings.TRUSTED_PROXIES:
        return address
    for hop in reversed(request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")):
        if (candidate := hop.strip()) and candidate not in settings.TRUSTED_PROXIES:
            return str(candidate)
    return address

"""Packing what CachePolicy has not packed: pages of people, with random padding against BREACH."""

import re

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

_TEXT = re.compile(r"text/|javascript|json|xml(?!f)|svg")


class PackTexts(GZipMiddleware):
    """Packs texts alone: pictures, PDF and XLSX are packed as they are, and keep their length and strong tag."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """The answer, packed where that makes it smaller."""
        if not _TEXT.search(response.headers.get("Content-Type", "")):
            return response
        return super().process_response(request, response)  # type: ignore[arg-type,no-any-return,unused-ignore]

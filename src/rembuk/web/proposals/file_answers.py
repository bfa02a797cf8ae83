"""Sending a stored file. Who may see it was decided by the page that calls."""

from typing import cast
from urllib.parse import quote

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header

from rembuk.common.errors import NotVisible
from rembuk.files.models import FileKind, StoredFile
from rembuk.files.reading import FoundFile, find_file

SHARED = "public, max-age=0, must-revalidate, s-maxage=60"
"""Asked for again at each view, so that what staff hide is gone for a browser at once and for a CDN within a minute."""
KEPT, NEVER_KEPT = "private, no-cache", "private, no-store"


class _Piecewise(FileResponse):
    """A picture goes out in one piece: a thread of the server is free again before a slow phone has read it."""

    block_size = 1_000_000


def send_file(
    request: HttpRequest, stored: StoredFile, *, shared: bool, may_keep: bool = False
) -> HttpResponse:
    """The file, or the picture in the width asked for by ``?lebar=``.

    ``shared``: the reader is a visitor, and everybody gets the same. ``may_keep``: the reader is signed in, and a visitor
    would get it too, so that her browser may keep it and ask whether it still stands.

    Pictures show in the page, documents are offered as a download; either way the browser takes it for
    nothing else and runs nothing of it.

    Raises:
        NotVisible: when the storage has lost the bytes.
    """
    width = request.GET.get("lebar", "")
    found = find_file(stored, int(width) if width.isdecimal() and len(width) < 6 else None)
    tag = f'"{found.tag}"'
    unchanged = get_conditional_response(request, etag=tag) if shared or may_keep else None
    response = unchanged or _whole(found, as_attachment=stored.kind != FileKind.PICTURE)
    response["ETag"] = tag
    response["Cache-Control"] = SHARED if shared else KEPT if may_keep else NEVER_KEPT
    if shared:
        response["X-Accel-Expires"] = "1"  # nginx asks again as soon as for a page (docs/operate/nginx.md)
    return cast(HttpResponse, response)


def _whole(found: FoundFile, *, as_attachment: bool) -> HttpResponseBase:
    response = _handed_over(found) if settings.ACCEL_PREFIX else _sent(found)
    response["Content-Disposition"] = content_disposition_header(as_attachment, found.name) or "inline"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def _sent(found: FoundFile) -> HttpResponseBase:
    try:
        response = _Piecewise(found.open(), content_type=found.content_type)
    except FileNotFoundError:
        raise NotVisible from None
    response["Content-Length"] = str(found.length)
    return response


def _handed_over(found: FoundFile) -> HttpResponseBase:
    """Names the bytes to the web server in front, which sends them itself (nginx: ``X-Accel-Redirect``)."""
    response = HttpResponse(content_type=found.content_type)
    response["X-Accel-Redirect"] = settings.ACCEL_PREFIX + quote(found.key)
    return response

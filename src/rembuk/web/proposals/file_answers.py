"""Sending a stored file of a proposal. Who may see it was decided by the page that calls."""

from typing import cast

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response

from rembuk.common.errors import NotVisible
from rembuk.files.models import FileKind, StoredFile
from rembuk.files.reading import OpenedFile, open_file

SHARED = "public, max-age=0, must-revalidate, s-maxage=300"


def send_file(request: HttpRequest, stored: StoredFile, *, shared: bool) -> HttpResponse:
    """The file, or the picture in the width asked for by ``?lebar=``.

    Pictures show in the page, documents are offered as a download; either way the browser takes it for
    nothing else and runs nothing of it.

    Raises:
        NotVisible: when the storage has lost the bytes.
    """
    width = request.GET.get("lebar", "")
    try:
        opened = open_file(stored, int(width) if width.isdecimal() and len(width) < 6 else None)
    except FileNotFoundError:
        raise NotVisible from None
    response = _unchanged(request, opened) if shared else None
    if response is None:
        response = _whole(opened, as_attachment=stored.kind != FileKind.PICTURE)
    response["ETag"] = f'"{opened.tag}"'
    response["Cache-Control"] = SHARED if shared else "private, no-store"
    return cast(HttpResponse, response)


def _whole(opened: OpenedFile, *, as_attachment: bool) -> HttpResponseBase:
    response = FileResponse(
        opened.content, content_type=opened.content_type, as_attachment=as_attachment, filename=opened.name
    )
    response["Content-Length"] = str(opened.length)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def _unchanged(request: HttpRequest, opened: OpenedFile) -> HttpResponseBase | None:
    answer = get_conditional_response(request, etag=f'"{opened.tag}"')
    if answer is not None:
        opened.content.close()
    return answer

"""Sending a stored file of a proposal. Who may see it was decided by the page that calls."""

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response

from rembuk.common.errors import NotVisible
from rembuk.files.models import FileKind, StoredFile
from rembuk.files.reading import open_file

SHARED_SECONDS = 300


def send_file(request: HttpRequest, stored: StoredFile, *, shared: bool) -> HttpResponseBase:
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
    is_picture = stored.kind == FileKind.PICTURE
    response = FileResponse(
        opened.content, content_type=opened.content_type, as_attachment=not is_picture, filename=opened.name
    )
    response["Content-Length"] = str(opened.length)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["ETag"] = f'"{opened.tag}"'
    response["Cache-Control"] = (
        f"public, max-age=0, must-revalidate, s-maxage={SHARED_SECONDS}" if shared else "private, no-store"
    )
    return _conditional(request, response) if shared else response


def _conditional(request: HttpRequest, response: FileResponse) -> HttpResponseBase:
    answer: HttpResponse | None = get_conditional_response(request, etag=response["ETag"])
    if answer is None:
        return response
    response.close()
    for name in ("ETag", "Cache-Control"):
        answer[name] = response[name]
    return answer

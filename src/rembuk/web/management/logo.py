"""The logo of the instansi: its address and size for the layouts, and the picture itself."""

from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse

from rembuk.common import reading
from rembuk.common.errors import NotVisible
from rembuk.files.selectors import by_public_id
from rembuk.management.actions.site import LOGO
from rembuk.siteconfig.selectors import current
from rembuk.web.guards import machine_page
from rembuk.web.proposals.file_answers import send_file

WIDTH = 320
HIGHEST, WIDEST = 44, 132


@dataclass(frozen=True, slots=True)
class Logo:
    """Where the logo lies, and how large it is shown, in CSS pixels; an empty address where none is set."""

    url: str = ""
    width: int = 0
    height: int = 0


def shown_logo() -> Logo:
    """The logo in force. The database is asked once for each logo, whose file never changes."""
    logo = current().logo
    size = _size(logo) if logo else None
    return Logo(f"{reverse('brand_logo', args=[logo])}?lebar={WIDTH}", *size) if size else Logo()


@lru_cache(maxsize=8)
def _size(public_id: str) -> tuple[int, int] | None:
    """As high as the name beside it, or as wide as still leaves room for the name on a phone."""
    with reading.outside():
        stored = by_public_id(public_id)
    if stored is None or not stored.width or not stored.height:
        return None
    scale = min(HIGHEST / stored.height, WIDEST / stored.width)
    return max(1, round(stored.width * scale)), max(1, round(stored.height * scale))


@machine_page
def picture(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """The logo; a new one has a new address, and an old one stays for pages that were kept."""
    stored = by_public_id(public_id)
    if stored is None or stored.purpose != LOGO:
        raise NotVisible
    return send_file(request, stored, shared=True)

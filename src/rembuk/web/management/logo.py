"""The logo of the instansi: its address for the layouts, and the picture itself."""

from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse

from rembuk.common.errors import NotVisible
from rembuk.files.selectors import by_public_id
from rembuk.management.actions.site import LOGO
from rembuk.siteconfig.selectors import current
from rembuk.web.guards import machine_page
from rembuk.web.proposals.file_answers import send_file

WIDTH = 320


def logo_url() -> str:
    """Where the logo lies, without asking the database; empty where none is set."""
    logo = current().logo
    return f"{reverse('brand_logo', args=[logo])}?lebar={WIDTH}" if logo else ""


@machine_page
def picture(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """The logo; a new one has a new address, and an old one stays for pages that were kept."""
    stored = by_public_id(public_id)
    if stored is None or stored.purpose != LOGO:
        raise NotVisible
    return send_file(request, stored, shared=True)

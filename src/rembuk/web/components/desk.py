"""The pages that show every component with sample input, and the stylesheet of an instansi's accent colour.

The samples live in `samples`; nothing here reads the database.
"""

import gzip

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.web.components import brand, samples
from rembuk.web.components.icons import ICONS
from rembuk.web.components.words import KINDS
from rembuk.web.guards import machine_page, staff_only

# The sections of each page, by its route.
_SHOWN = {"index": ("_words", "_lists"), "forms": ("_item", "_forms", "_staff")}


@staff_only
def component_page(request: HttpRequest, part: str = "index") -> HttpResponse:
    """Show every component, on two pages that keep to what a page may weigh."""
    words = {"index": _("Words and lists"), "forms": _("Items, forms, desk")}
    tabs = [
        {"label": label, "url": reverse(f"desk_components:{each}"), "current": each == part}
        for each, label in words.items()
    ]
    context = {
        "page_title": _("Components"),
        "tabs": tabs,
        "shown": [f"components_page/{name}.html" for name in _SHOWN[part]],
        "icons": sorted(ICONS),
        "kinds": KINDS,
        **samples.everything(),
    }
    return render(request, "components_page/index.html", context)


@machine_page
def brand_stylesheet(request: HttpRequest, colour: str) -> HttpResponse:
    """Serve the stylesheet in one accent colour; its address names colour and content, so it never changes."""
    packed, mark = brand.stylesheet(colour)
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        answer = HttpResponse(packed, content_type="text/css; charset=utf-8")
        answer["Content-Encoding"] = "gzip"
    else:
        answer = HttpResponse(gzip.decompress(packed), content_type="text/css; charset=utf-8")
    answer["Vary"] = "Accept-Encoding"
    is_newest = request.GET.get("v") == mark
    answer["Cache-Control"] = f"public, max-age={'31536000, immutable' if is_newest else '60'}"
    return answer

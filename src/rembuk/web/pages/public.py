"""The site's own pages: tentang, privasi, pedoman, bantuan, with their earlier versions."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from rembuk.common.errors import NotVisible
from rembuk.siteconfig import selectors
from rembuk.siteconfig.models import Page, PageText
from rembuk.web.guards import visitors_page

ROUTES = {Page.ABOUT: "about", Page.PRIVACY: "privacy", Page.GUIDELINES: "guidelines", Page.HELP: "help"}


@visitors_page(lifetime=300, reads=("versi",))
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """The version in force, or with ``?versi=N`` an earlier one."""
    language = get_language() or "id"
    text = _version(slug, language, request.GET.get("versi", ""))
    newest = selectors.page(slug, language)
    context = {
        "page_title": text.title,
        "section": "about" if slug == Page.ABOUT else "",
        "text": text,
        "is_old": newest is not None and newest.version != text.version,
        "versions": selectors.versions(slug, text.language),
        "here": reverse(f"pages:{ROUTES[Page(slug)]}"),
        "others": [
            {"label": Page(other).label, "url": reverse(f"pages:{route}"), "current": other == slug}
            for other, route in ROUTES.items()
        ],
        "others_label": _("About this site"),
    }
    return render(request, "pages/show.html", context)


def _version(slug: str, language: str, number: str) -> PageText:
    """The asked version.

    Raises:
        NotVisible: when there is no such page or version.
    """
    if number:
        found = (
            selectors.version(slug, language, int(number)) if number.isdecimal() and len(number) < 6 else None
        )
    else:
        found = selectors.page(slug, language)
    if found is None:
        raise NotVisible
    return found

"""What every template gets: the site, the layout, the person (only when signed in), the other language's address."""

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.urls import translate_url

from rembuk.access import rights
from rembuk.accounts.models import Person
from rembuk.siteconfig.selectors import current
from rembuk.web.accounts.second_factor.required import reminder
from rembuk.web.desk.menu import menu_for
from rembuk.web.guards import LONGEST_QUERY
from rembuk.web.management.logo import shown_logo


def page(request: HttpRequest) -> dict[str, object]:
    """The context of a page; touches session and person only where a session cookie came."""
    person = request.user if settings.SESSION_COOKIE_NAME in request.COOKIES else None
    viewer = person if person is not None and person.is_authenticated else None
    language = getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE)
    context: dict[str, object] = {
        "site": current(),
        "site_logo": shown_logo(),
        "viewer": viewer,
        "viewer_is_staff": isinstance(viewer, Person) and rights.is_staff(viewer),
        "layout": "layouts/member.html" if viewer else "layouts/public.html",
        "alternate_url": translate_url(_here(request), "en" if language == "id" else "id"),
        "is_demo": settings.DEMO,
        "base_url": settings.BASE_URL,
    }
    if viewer is not None:
        # Flash messages are for the signed-in only: a visitor's would make the page his own.
        context["messages"] = get_messages(request)
        if request.path_info.startswith("/kelola/"):
            context["desk_menu"] = menu_for(request, viewer)
            context["second_factor_due"] = reminder(request)
    return context


def _here(request: HttpRequest) -> str:
    """This address; without its query where that is too long for any page."""
    path, mark, query = request.get_full_path().partition("?")
    return path if len(query) > LONGEST_QUERY else f"{path}{mark}{query}"

"""The page that gives a form back which was sent after the end of a session."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from rembuk.web.accounts import ways
from rembuk.web.accounts.pages import page
from rembuk.web.accounts.sessions import keeping
from rembuk.web.answers import SeeOther
from rembuk.web.guards import PersonRequest, signed_in


@signed_in
@keeping.nothing_kept
def kept_form(request: PersonRequest) -> HttpResponse:
    """Show what was typed, to be sent once more by a button; POST here drops it."""
    found = keeping.kept(request)
    back = found.page if found and ways.is_safe(request, found.page) else ways.home_of(request)
    if request.method == "POST":
        keeping.drop(request)
    if request.method == "POST" or found is None:
        return SeeOther(back)
    return page(request, "kept_form", title=_("Your form was not sent yet"), kept=found, back=back)

"""The mails of the demonstration, to be read in the browser. No other site has these pages."""

from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from rembuk.common.errors import NotVisible
from rembuk.web.demo import mailbox
from rembuk.web.guards import open_form


@open_form
def letters(request: HttpRequest) -> HttpResponse:
    """All mails, newest first."""
    _only_in_the_demo()
    found = mailbox.mails(Path(settings.MAIL_DIR))
    context = {"page_title": _("Emails of the demonstration"), "mails": found}
    return render(request, "demo/mails.html", context)


@open_form
def letter(request: HttpRequest, key: str) -> HttpResponse:
    """One mail, with its links."""
    _only_in_the_demo()
    found = mailbox.mail(Path(settings.MAIL_DIR), key)
    if found is None:
        raise NotVisible
    return render(request, "demo/mail.html", {"page_title": found.subject, "mail": found})


def _only_in_the_demo() -> None:
    if not settings.DEMO:
        raise NotVisible

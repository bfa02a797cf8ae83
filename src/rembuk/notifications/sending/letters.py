"""From notices to a mail: text and simple HTML in the language of the reader, nothing loaded from outside."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.translation import gettext, ngettext, override

from rembuk.notifications import kinds, unsubscribe
from rembuk.notifications.addressbook import Contact, Sender
from rembuk.notifications.models import Notice
from rembuk.notifications.texts import words_of

_WITHOUT_LANGUAGE = ("/kelola/", "/api/")


def single(notice: Notice, contact: Contact, sender: Sender) -> EmailMultiAlternatives:
    """The mail that tells of one event."""
    with override(contact.language):
        kind = kinds.known(notice.event.kind)
        words = words_of(notice.event)
        ending = unsubscribe.path(contact.person_id, kind.key) if kind.is_optional else ""
        context = {"words": words, "link": address(words.url, contact.language)}
        parts = _Parts("notice", words.subject, context, ending, f"notice-{notice.pk}")
        return _mail(parts, contact, sender)


def digest(notices: Sequence[Notice], contact: Contact, sender: Sender) -> EmailMultiAlternatives:
    """The daily letter: everything since the last one, oldest first."""
    with override(contact.language):
        items = []
        for notice in notices:
            words = words_of(notice.event)
            items.append({"words": words, "link": address(words.url, contact.language)})
        subject = ngettext(
            "%(count)d piece of news from %(site)s", "%(count)d pieces of news from %(site)s", len(items)
        ) % {"count": len(items), "site": sender.site_name}
        ending = unsubscribe.path(contact.person_id, unsubscribe.EVERYTHING_DAILY)
        parts = _Parts("digest", subject, {"items": items}, ending, f"digest-{notices[-1].pk}")
        return _mail(parts, contact, sender)


def address(path: str, language: str) -> str:
    """The full address of a path of this site in a language: English pages lie under ``/en/``."""
    base = str(settings.BASE_URL).rstrip("/")
    has_language = not path.startswith(_WITHOUT_LANGUAGE)
    return f"{base}/en{path}" if language == "en" and has_language else f"{base}{path}"


@dataclass(frozen=True, slots=True)
class _Parts:
    """What differs between letters: template, subject, its context, the path that ends them, and a name."""

    template: str
    subject: str
    context: dict[str, Any]
    ending: str
    name: str


def _mail(parts: _Parts, contact: Contact, sender: Sender) -> EmailMultiAlternatives:
    stop = address(parts.ending, contact.language) if parts.ending else ""
    context = parts.context | {
        "title": parts.subject,
        "site": sender.site_name,
        "contact_email": sender.contact_email,
        "home": address("/", contact.language),
        "stop": stop,
        "choose": address("/akun/notifikasi/", contact.language),
        "language": contact.language,
        "greeting": gettext("Hello %(name)s,") % {"name": contact.name},
    }
    text = render_to_string(f"notifications/mail/{parts.template}.txt", context)
    html = render_to_string(f"notifications/mail/{parts.template}.html", context)
    headers = {"Auto-Submitted": "auto-generated", "Message-ID": _message_id(parts.name)}
    if stop:
        headers |= {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    mail = EmailMultiAlternatives(parts.subject, text, to=[contact.email], headers=headers)
    mail.attach_alternative(html, "text/html")
    return mail


def _message_id(name: str) -> str:
    """The same for the same notices, so that a second copy is recognised by the mail program."""
    host = str(settings.BASE_URL).partition("://")[2].partition("/")[0].partition(":")[0]
    return f"<{name}@{host or 'localhost'}>"

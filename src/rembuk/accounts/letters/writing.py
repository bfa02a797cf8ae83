"""A letter about an account is written and handed to the mail server, by the worker.

Links are made when the letter is written, so that no token waits in the queue.
"""

from dataclasses import dataclass
from datetime import datetime

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext, override

from rembuk.accounts import links
from rembuk.accounts.letters import texts
from rembuk.accounts.models import Person
from rembuk.accounts.selectors import sender
from rembuk.common.clock import instant
from rembuk.notifications.models import DeliveryState
from rembuk.notifications.sending import allowance
from rembuk.notifications.sending.delivery import Post
from rembuk.notifications.sending.outcomes import Outcome
from rembuk.siteconfig.selectors import current


class NotHandedOver(RuntimeError):
    """The mail server could not take the letter now; the job tries again."""


@dataclass(frozen=True, slots=True)
class Addressee:
    """To whom: name, address and language as they were when the letter was posted."""

    name: str
    email: str
    language: str


def send(
    kind: str, person: Person | None, to: Addressee, *, way_back: str = "", at: datetime | None = None
) -> None:
    """Write a letter and hand it to the mail server; without an address or a needed person nothing is sent.

    Raises:
        NotHandedOver: when it is worth trying again.
    """
    if not to.email:
        return
    with override(to.language):
        path = _path(kind, person, to, way_back)
        if path is None:
            return
        mail = _mail(texts.TEXTS[kind], to, path)
    _hand_over(mail, at)


def send_text(text: texts.LetterText, to: Addressee, path: str, **fill: str) -> None:
    """Write a letter of another domain to an address that may have no account; ``fill`` adds to the placeholders.

    Raises:
        NotHandedOver: when it is worth trying again.
    """
    with override(to.language):
        mail = _mail(text, to, path, **fill)
    _hand_over(mail, None)


def _hand_over(mail: EmailMultiAlternatives, at: datetime | None) -> None:
    # Counted in the hourly limit, but never held back by it: somebody sits and waits for it.
    allowance.take(current().mails_per_hour, instant(at))
    with Post() as mail_post:
        outcome: Outcome = mail_post.send(mail)
    if outcome.state == DeliveryState.QUEUED:
        raise NotHandedOver(outcome.problem)


def _path(kind: str, person: Person | None, to: Addressee, way_back: str) -> str | None:
    """The path of the letter's link, empty for letters without one; ``None`` when it is out of date."""
    if kind in texts.WITHOUT_LINK:
        return ""
    if person is None or not person.is_active:
        return None
    if kind == texts.KNOWN:
        return reverse("account_login")
    if kind == texts.NEW_ADDRESS:
        return links.change_path(person, to.email)
    if kind in {texts.RESET, texts.INVITATION}:
        return links.password_path(person)
    address = EmailAddress.objects.filter(user=person, email=to.email, verified=False).first()
    return links.confirmation_path(address, way_back) if address else None


def _mail(text: texts.LetterText, to: Addressee, path: str, **more: str) -> EmailMultiAlternatives:
    site, base = sender(), str(settings.BASE_URL).rstrip("/")
    fill = {
        "site": site.site_name,
        "days": links.DAYS,
        "office": current().office_name,
        "contact": site.contact_email or base,
        "forgotten": base + reverse("account_reset_password"),
        **more,
    }
    subject = " ".join((str(text.subject) % fill).split())
    context = {
        "title": subject,
        "site": site.site_name,
        "contact_email": site.contact_email,
        "home": base + reverse("home"),
        "language": to.language,
        "greeting": gettext("Hello %(name)s,") % {"name": to.name},
        "body": str(text.body) % fill,
        "action": str(text.action),
        "link": base + path if path else "",
        "after": [str(paragraph) % fill for paragraph in text.after],
    }
    headers = {"Auto-Submitted": "auto-generated"}
    mail = EmailMultiAlternatives(
        subject, render_to_string("accounts/mail/letter.txt", context), to=[to.email], headers=headers
    )
    mail.attach_alternative(render_to_string("accounts/mail/letter.html", context), "text/html")
    return mail

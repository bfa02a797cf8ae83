"""What followers and authors are told of the course of a consultation: one kind for each thing a person may want mailed.

Only words and defaults; who is told when is in ``followers`` and ``offices``.
"""

from django.utils.translation import gettext_lazy as _

from rembuk.notifications.kinds import DUTY, FOLLOWED, OWN, Kind, Text, register
from rembuk.notifications.models import Frequency


def _step(key: str, label: Text, subject: Text, body: Text, frequency: Frequency = Frequency.DAILY) -> Kind:
    return Kind(
        key=f"consultation.{key}",
        label=label,
        subject=subject,
        body=body,
        category=FOLLOWED,
        default=frequency,
    )


STEPS = {
    "announce": _step(
        "announced",
        _("A consultation is announced"),
        _("Announced: “%(title)s”"),
        _(
            "%(office)s announces a consultation: “%(title)s” (%(code)s). You can answer from %(opens)s until "
            "%(closes)s; the text can be read now."
        ),
    ),
    "open": _step(
        "opened",
        _("A consultation opens"),
        _("Open now: “%(title)s”"),
        _("The consultation “%(title)s” is open. You can answer until %(closes)s."),
    ),
    "extend": _step(
        "extended",
        _("A consultation is extended"),
        _("Extended until %(closes)s: “%(title)s”"),
        _("%(office)s has extended the consultation “%(title)s” until %(closes)s. Reason: %(reason)s"),
    ),
    "cancel": _step(
        "cancelled",
        _("A consultation is cancelled"),
        _("Cancelled: “%(title)s”"),
        _(
            "%(office)s has cancelled the consultation “%(title)s” (%(code)s). Reason: %(reason)s\n\nIts page stays "
            "and says so."
        ),
    ),
    "conclude": _step(
        "concluded",
        _("A consultation is concluded"),
        _("Concluded: “%(title)s”"),
        _(
            "The consultation “%(title)s” (%(code)s) is concluded. Every submission has its published answer; the page "
            "shows what changed because of them."
        ),
    ),
}
OWN_STEPS = {
    "extend": Kind(
        key="consultation.own_extended",
        label=_("A consultation I answered is extended"),
        subject=_("Extended until %(closes)s: “%(title)s”"),
        body=_(
            "%(office)s has extended the consultation “%(title)s” until %(closes)s. Reason: %(reason)s\n\nYou can change "
            "your submission until then."
        ),
        category=OWN,
    ),
    "cancel": Kind(
        key="consultation.own_cancelled",
        label=_("A consultation I answered is cancelled"),
        subject=_("Cancelled: “%(title)s”"),
        body=_(
            "%(office)s has cancelled the consultation “%(title)s” (%(code)s), which you answered or were answering. "
            "Reason: %(reason)s\n\nWhat you wrote stays in your account."
        ),
        category=OWN,
    ),
}
CLOSING = _step(
    "closing",
    _("A consultation I have not answered closes in a day"),
    _("Until %(closes)s: “%(title)s”"),
    _("You can still answer the consultation “%(title)s” (%(code)s). It closes on %(closes)s."),
    Frequency.INSTANTLY,
)
VERSION = _step(
    "version_published",
    _("A consultation has a new version of its text"),
    _("Version %(number)s: “%(title)s”"),
    _(
        "%(office)s has published version %(number)s of “%(title)s”. The page shows every change, word by word."
    ),
)
OWN_VERSION = Kind(
    key="consultation.own_version",
    label=_("A clause I commented on has changed"),
    subject=_("Version %(number)s changes clauses you commented on: “%(title)s”"),
    body=_(
        "%(office)s has published version %(number)s of “%(title)s” (%(code)s). Clauses that you commented on were changed "
        "or removed. What you sent stands. Look at what changed; you can change your submission until %(closes)s."
    ),
    category=OWN,
)
HANDED = Kind(
    key="consultation.handed",
    label=_("A consultation waits for a second person"),
    subject=_("To be announced by a second person: “%(title)s”"),
    body=_(
        "%(person)s has prepared the consultation “%(title)s” (%(code)s). Look at it and announce it, or send it back."
    ),
    category=DUTY,
)
SENT_BACK = Kind(
    key="consultation.sent_back",
    label=_("A consultation I handed over was sent back"),
    subject=_("Sent back: “%(title)s”"),
    body=_("%(person)s has sent the consultation “%(title)s” (%(code)s) back to you: %(note)s"),
    category=DUTY,
)

register(*STEPS.values(), *OWN_STEPS.values(), CLOSING, VERSION, OWN_VERSION, HANDED, SENT_BACK)

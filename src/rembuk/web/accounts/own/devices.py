"""What a browser calls itself, in words a person knows. A guess for the list of sessions, never a decision."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from rembuk.accounts.selectors import OpenSession
from rembuk.accounts.sessions import limits

# The first that is found: most browsers also name those they descend from.
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("UCBrowser", "UC Browser"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def device_words(user_agent: str) -> str:
    """Such as "Chrome on Android"; what is not known is left out."""
    browser = next((name for mark, name in _BROWSERS if mark in user_agent), "")
    system = next((name for mark, name in _SYSTEMS if mark in user_agent), "")
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("Unknown browser")


def session_rows(
    sessions: Iterable[OpenSession], here: str, *, at: datetime, is_staff: bool
) -> list[dict[str, object]]:
    """Sessions that may still be used, as the page shows them; ``here`` is the key of the reader's own."""
    return [
        {
            "device": device_words(session.device),
            "address": session.address,
            "seen_at": session.seen_at,
            "began_at": session.began_at,
            "ends_at": limits.ends_at(session.began_at, is_staff=is_staff),
            "handle": session.handle,
            "is_here": session.key == here,
        }
        for session in sessions
        if session.key == here or limits.is_open(session.began_at, session.seen_at, at, is_staff=is_staff)
    ]

"""Words as coloured tags: a state, a deadline that passed, days that are left. Pages use them as tags of the library `ui`."""

from functools import lru_cache
from typing import Literal

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext

from rembuk.web.components.formats import number
from rembuk.web.components.icons import ICONS
from rembuk.web.components.words import KINDS


def tag(label: str, tone: str = "mute", icon: str = "") -> SafeString:
    """Show a word as a tag; tone is ok, info, warn, bad, mute or done."""
    return format_html('<span class="tag tag-{}">{}{}</span>', tone, ICONS[icon] if icon else "", label)


def state_tag(kind: str, state: str, detail: str | int = "") -> SafeString:
    """Show a state with colour and word; kind: proposal, program, phase; detail: year, office or code."""
    return _state_tag(kind, state, detail, get_language())


@lru_cache(maxsize=4096)
def _state_tag(kind: str, state: str, detail: str | int, _language: str | None) -> SafeString:
    word = KINDS[kind][state]
    label = str(word.with_detail) % {"detail": detail} if detail and word.with_detail else word.word
    return format_html('<span class="tag tag-{}">{}{}</span>', word.tone, ICONS[word.icon], label)


def overdue_tag() -> SafeString:
    """Show that the deadline for the official answer has passed; computed, never a state."""
    return tag(gettext("Overdue, not answered yet"), "bad", "alert")


def late_tag(days: int | None) -> SafeString | str:
    """Show by how many days a phase or programme is late; nothing for None, 0 or less."""
    if not days or days < 1:
        return ""
    text = ngettext("%(days)s day late", "%(days)s days late", days)
    return tag(text % {"days": number(days)}, "bad", "clock")


def clock_tag(days_left: int | Literal[""] | None) -> SafeString | str:
    """Show a working-day clock: negative is overdue, 0 is today, None (no clock) shows nothing."""
    if days_left is None or isinstance(days_left, str):
        return ""
    if days_left < 0:
        text = ngettext("%(days)s working day overdue", "%(days)s working days overdue", -days_left)
        return tag(text % {"days": number(-days_left)}, "bad", "alert")
    if days_left == 0:
        return tag(gettext("Due today"), "warn", "clock")
    text = ngettext("%(days)s working day left", "%(days)s working days left", days_left)
    return tag(text % {"days": number(days_left)}, "warn" if days_left == 1 else "mute", "clock")

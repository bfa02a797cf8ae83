"""Words and tones of states, as the page shows them: one table per kind of thing.

A tone picks the colour of a tag (ok, info, warn, bad, mute); the word always stands in it, so colour is never
the only carrier. Codes are those of the domains' state tables; which steps exist is decided there, not here.
"""

from typing import Final, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Django's own words for an empty choice; its Indonesian catalogue lacks them, so ours has them.
EMPTY_CHOICE: Final = _("- Select an option -")


class StateWord(NamedTuple):
    """How one state looks: tone, icon, word, and the sentence used when a detail is known."""

    tone: str
    icon: str
    word: str | Promise
    with_detail: str | Promise = ""


PROPOSAL: Final = {
    "draft": StateWord("mute", "edit", _("Draft")),
    "submitted": StateWord("warn", "clock", _("Waiting for moderation")),
    "published": StateWord("info", "comment", _("Published")),
    "returned": StateWord("warn", "undo", _("Needs changes")),
    "rejected": StateWord("bad", "circle-x", _("Not published")),
    "duplicate": StateWord("mute", "merge", _("Duplicate"), _("Duplicate of %(detail)s")),
    "withdrawn": StateWord("mute", "minus", _("Withdrawn by the proposer")),
    "reviewing": StateWord("info", "clipboard", _("Being assessed")),
    "adopted": StateWord("ok", "route", _("In a work programme")),
    "deferred": StateWord("warn", "calendar", _("Kept for later"), _("Kept for the year %(detail)s")),
    "forwarded": StateWord("info", "hand-over", _("Handed on"), _("Handed on to %(detail)s")),
    "declined": StateWord("bad", "circle-x", _("Not continued")),
    "completed": StateWord("done", "circle-check", _("Completed")),
    "hidden": StateWord("mute", "eye-off", _("Hidden")),
}

PROGRAM: Final = {
    "draft": StateWord("mute", "edit", _("Draft")),
    "published": StateWord("info", "route", _("Under way")),
    "postponed": StateWord("warn", "clock", _("Postponed")),
    "cancelled": StateWord("bad", "circle-x", _("Cancelled")),
    "completed": StateWord("done", "circle-check", _("Completed")),
}

PHASE: Final = {
    "upcoming": StateWord("mute", "calendar", _("Not started yet")),
    "active": StateWord("info", "route", _("Under way")),
    "done": StateWord("done", "circle-check", _("Finished")),
}

KINDS: Final[dict[str, dict[str, StateWord]]] = {"proposal": PROPOSAL, "program": PROGRAM, "phase": PHASE}

"""Tones and icons of states, as the page shows them, and their words: one table per kind of thing.

A tone picks the colour of a tag (ok, info, warn, bad, mute); the word always stands in it, so colour is never
the only carrier. Codes and words are those of the domains' state tables; which steps exist is decided there, not here.
"""

from collections.abc import Mapping
from typing import Final, NamedTuple

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rembuk.consultations import states as consultations
from rembuk.consultations.choices import Stance, Verdict
from rembuk.consultations.schedule import Stage
from rembuk.programs import states as programs
from rembuk.programs.plan.condition import Condition
from rembuk.proposals import states as proposals
from rembuk.reports.states import ReportState
from rembuk.workunits.models import WorkUnit

# Django's own words for an empty choice; its Indonesian catalogue lacks them, so ours has them.
EMPTY_CHOICE: Final = _("- Select an option -")


class StateWord(NamedTuple):
    """How one state looks: tone, icon, word, and the sentence used when a detail is known."""

    tone: str
    icon: str
    word: str | Promise
    with_detail: str | Promise = ""


def _words(states: type[TextChoices], looks: Mapping[str, tuple[str, str]]) -> dict[str, StateWord]:
    """Tone and icon from here, the word from the state itself, so that a state is called the same everywhere."""
    return {
        state: StateWord(tone, icon, states(state).label, _DETAILS.get(states(state), ""))
        for state, (tone, icon) in looks.items()
    }


_DETAILS: Final[dict[TextChoices, Promise]] = {
    proposals.State.DUPLICATE: _("Duplicate of %(detail)s"),
    proposals.State.DEFERRED: _("Kept for the year %(detail)s"),
    proposals.State.FORWARDED: _("Handed on to %(detail)s"),
    Stage.ANSWERING: _("Being answered: %(detail)s"),
}

PROPOSAL: Final = _words(
    proposals.State,
    {
        "draft": ("mute", "edit"),
        "submitted": ("warn", "clock"),
        "published": ("info", "comment"),
        "returned": ("warn", "undo"),
        "rejected": ("bad", "circle-x"),
        "duplicate": ("mute", "merge"),
        "withdrawn": ("mute", "minus"),
        "reviewing": ("info", "clipboard"),
        "adopted": ("ok", "route"),
        "deferred": ("warn", "calendar"),
        "forwarded": ("info", "hand-over"),
        "declined": ("bad", "circle-x"),
        "completed": ("done", "circle-check"),
        "hidden": ("mute", "eye-off"),
    },
)

PROGRAM: Final = _words(
    programs.State,
    {
        "draft": ("mute", "edit"),
        "published": ("info", "route"),
        "postponed": ("warn", "clock"),
        "cancelled": ("bad", "circle-x"),
        "completed": ("done", "circle-check"),
    },
)

PHASE: Final = _words(
    programs.PhaseState,
    {
        "upcoming": ("mute", "calendar"),
        "active": ("info", "route"),
        "done": ("done", "circle-check"),
    },
)

MILESTONE: Final = _words(
    programs.MilestoneState,
    {
        "planned": ("mute", "calendar"),
        "ongoing": ("info", "route"),
        "done": ("done", "circle-check"),
        "dropped": ("mute", "circle-x"),
    },
)

# Computed, never stored: on time, late, critical.
CONDITION: Final = _words(
    Condition,
    {
        "on_time": ("ok", "check"),
        "late": ("warn", "clock"),
        "critical": ("bad", "alert"),
    },
)

# The detail of «being answered» is «n of N».
CONSULTATION: Final = _words(
    Stage,
    {
        "draft": ("mute", "edit"),
        "announced": ("warn", "calendar"),
        "open": ("ok", "comment"),
        "closed": ("mute", "lock"),
        "answering": ("info", "reply"),
        "concluded": ("done", "circle-check"),
        "cancelled": ("bad", "circle-x"),
    },
)

SUBMISSION: Final = _words(
    consultations.SubmissionState,
    {
        "draft": ("mute", "edit"),
        "sent": ("ok", "circle-check"),
        "held": ("warn", "clock"),
        "not_shown": ("mute", "eye-off"),
        "withdrawn": ("mute", "minus"),
    },
)

ROW: Final = _words(
    consultations.RowState,
    {
        "open": ("warn", "clock"),
        "proposed": ("info", "edit"),
        "approved": ("info", "check"),
        "published": ("ok", "circle-check"),
    },
)

VERDICT: Final = _words(
    Verdict,
    {
        "accepted": ("ok", "circle-check"),
        "partly": ("ok", "check"),
        "rejected": ("bad", "circle-x"),
        "already": ("info", "copy"),
        "outside": ("mute", "external"),
    },
)

STANCE: Final = _words(
    Stance,
    {
        "agree": ("ok", "thumb-up"),
        "with_notes": ("warn", "comment"),
        "disagree": ("bad", "thumb-down"),
    },
)

REPORT: Final = _words(
    ReportState,
    {
        "draft": ("mute", "edit"),
        "published": ("ok", "circle-check"),
    },
)

KINDS: Final[dict[str, dict[str, StateWord]]] = {
    "report": REPORT,
    "proposal": PROPOSAL,
    "program": PROGRAM,
    "phase": PHASE,
    "milestone": MILESTONE,
    "condition": CONDITION,
    "consultation": CONSULTATION,
    "submission": SUBMISSION,
    "row": ROW,
    "verdict": VERDICT,
    "stance": STANCE,
}


def office_words(office: WorkUnit | None, standing: str = "") -> str:
    """The office by its name, and the post where the decision fell under a delegation; empty for clock and author."""
    return "" if office is None else named(office.name, standing)


def named(office: str, standing: str = "") -> str:
    """The name of an office with the post somebody stood in for: «Dinas Kesehatan (oleh Plh. Kepala Dinas Kesehatan)»."""
    if not standing:
        return office
    return gettext("%(office)s (decided by %(standing)s)") % {"office": office, "standing": standing}

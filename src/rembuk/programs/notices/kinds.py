"""What people are told about programmes: one kind for each thing a person may want mailed or not.

Only words and defaults; who is told when is in ``notices``.
"""

from django.utils.translation import gettext_lazy as _

from rembuk.notifications.kinds import FOLLOWED, Kind, Text, register
from rembuk.notifications.models import Frequency

ANSWERED = Kind(
    key="program.answer",
    label=_("My proposal is taken into a work programme"),
    subject=_("Official answer: your proposal is taken into “%(title)s”"),
    body=_(
        "Official answer of %(office)s to %(codes)s: %(sentence)s\n\nIt is now part of the work programme "
        "“%(title)s” "
        "(%(code)s). There you can follow every phase, comment and answer the questions."
    ),
)
RETURNED = Kind(
    key="program.released",
    label=_("My proposal is no longer in a work programme"),
    subject=_("“%(title)s” no longer carries your proposal"),
    body=_(
        "%(office)s: the work programme “%(title)s” (%(code)s) no longer carries %(codes)s. Reason: "
        "%(reason)s\n\nYour "
        "proposal keeps its page and its votes; the page says where it stands now."
    ),
)
DONE = Kind(
    key="program.proposal_completed",
    label=_("The work programme with my proposal is completed"),
    subject=_("Completed: “%(title)s”, which came from your proposal"),
    body=_(
        "%(office)s has completed the work programme “%(title)s” (%(code)s), which took up %(codes)s. You "
        "can read what was "
        "done there and say whether the results are useful to you."
    ),
)
ADOPTED = Kind(
    key="program.proposals_adopted",
    label=_("Proposals are taken into a work programme"),
    subject=_("Taken up: “%(title)s”"),
    body=_(
        "%(office)s has taken %(codes)s into the work programme “%(title)s” (%(code)s). You are told "
        "because you support or "
        "follow one of them, or the work programme."
    ),
    category=FOLLOWED,
    default=Frequency.DAILY,
)
REMOVED = Kind(
    key="program.proposal_removed",
    label=_("A proposal is removed from a work programme"),
    subject=_("No longer part of “%(title)s”: %(codes)s"),
    body=_(
        "%(office)s has removed %(codes)s from the work programme “%(title)s” (%(code)s). Reason: %(reason)s"
    ),
    category=FOLLOWED,
    default=Frequency.DAILY,
)


def _step(key: str, label: Text, subject: Text, body: Text) -> Kind:
    return Kind(
        key=f"program.{key}",
        label=label,
        subject=subject,
        body=body,
        category=FOLLOWED,
        default=Frequency.DAILY,
    )


STEPS = {
    "postpone": _step(
        "postponed",
        _("A work programme is postponed"),
        _("Postponed: “%(title)s”"),
        _("%(office)s has postponed the work programme “%(title)s”. Reason: %(reason)s"),
    ),
    "resume": _step(
        "resumed",
        _("A postponed work programme goes on"),
        _("Resumed: “%(title)s”"),
        _("%(office)s goes on with the work programme “%(title)s”. Reason: %(reason)s"),
    ),
    "cancel": _step(
        "cancelled",
        _("A work programme is cancelled"),
        _("Cancelled: “%(title)s”"),
        _(
            "%(office)s has cancelled the work programme “%(title)s”. Reason: %(reason)s\n\nProposals that"
            " no other work "
            "programme carries are open again, with all their votes."
        ),
    ),
    "complete": _step(
        "completed",
        _("A work programme is completed"),
        _("Completed: “%(title)s”"),
        _(
            "%(office)s has completed the work programme “%(title)s”. You can read what was done and say "
            "whether the results "
            "are useful to you."
        ),
    ),
    "reopen": _step(
        "reopened",
        _("A completed work programme is reopened"),
        _("Reopened: “%(title)s”"),
        _("%(office)s has reopened the work programme “%(title)s”. Reason: %(reason)s"),
    ),
}
PHASE_STEPS = {
    "start": _step(
        "phase_started",
        _("A phase of a work programme begins"),
        _("“%(title)s”: %(phase)s has begun"),
        _(
            "Phase %(number)s of %(count)s, %(phase)s, of the work programme “%(title)s” has begun. Tell "
            "us what you see."
        ),
    ),
    "finish": _step(
        "phase_finished",
        _("A phase of a work programme ends"),
        _("“%(title)s”: %(phase)s is finished"),
        _("Phase %(number)s of %(count)s, %(phase)s, of the work programme “%(title)s” is finished."),
    ),
    "restart": _step(
        "phase_restarted",
        _("A finished phase of a work programme goes on"),
        _("“%(title)s”: %(phase)s goes on"),
        _(
            "Phase %(number)s of %(count)s, %(phase)s, of the work programme “%(title)s” goes on. Reason: "
            "%(reason)s"
        ),
    ),
    "unstart": _step(
        "phase_unstarted",
        _("The start of a phase is taken back"),
        _("“%(title)s”: %(phase)s has not begun yet"),
        _(
            "The start of phase %(number)s of %(count)s, %(phase)s, of the work programme “%(title)s” was "
            "taken back. "
            "Reason: %(reason)s"
        ),
    ),
}
REVISED = _step(
    "plan_revised",
    _("The plan of a work programme is revised"),
    _("Plan revised: “%(title)s”"),
    _("%(office)s has changed the plan of “%(title)s”. Reason: %(reason)s\n\nThe first plan stays visible."),
)
MILESTONE_REOPENED = _step(
    "milestone_reopened",
    _("A milestone that was called done goes on"),
    _("Not finished yet: “%(milestone)s”"),
    _("%(office)s goes on with “%(milestone)s” of the work programme “%(title)s”. Reason: %(reason)s"),
)
NEWS = _step(
    "update_posted",
    _("A work programme has news"),
    _("“%(title)s”: %(news)s"),
    _("%(office)s has posted news about the work programme “%(title)s”: %(news)s"),
)

register(
    ANSWERED,
    RETURNED,
    DONE,
    ADOPTED,
    REMOVED,
    *STEPS.values(),
    *PHASE_STEPS.values(),
    MILESTONE_REOPENED,
    REVISED,
    NEWS,
)

"""Deeds of the programmes domain in the audit trail."""

from django.utils.translation import gettext_lazy as _

from rembuk.audit.verbs import Verb, register

STEP_VERBS = (
    Verb("program.published", _("Programme published")),
    Verb("program.postponed", _("Programme postponed")),
    Verb("program.resumed", _("Programme resumed")),
    Verb("program.cancelled", _("Programme cancelled")),
    Verb("program.completed", _("Programme completed")),
    Verb("program.reopened", _("Programme reopened")),
    Verb("phase.started", _("Phase started"), is_in_place=True),
    Verb("phase.finished", _("Phase finished"), is_in_place=True),
    Verb("phase.restarted", _("Phase restarted"), is_in_place=True),
    Verb("phase.unstarted", _("Start of a phase taken back"), is_in_place=True),
    Verb("milestone.begun", _("Milestone begun"), is_in_place=True),
    Verb("milestone.reached", _("Milestone called done"), is_in_place=True),
    Verb("milestone.reopened", _("Milestone reopened"), is_in_place=True),
    Verb("milestone.dropped", _("Milestone dropped from the plan"), is_in_place=True),
    Verb("milestone.restored", _("Dropped milestone taken up again"), is_in_place=True),
)
CREATED = Verb("program.created", _("Programme created"))
EDITED = Verb("program.edited", _("Programme edited"))
LINKED = Verb("program.proposal_linked", _("Proposal linked to a programme"))
RELINKED = Verb("program.link_reworded", _("Link of a proposal in a draft programme reworded"))
UNLINKED = Verb("program.proposal_unlinked", _("Proposal removed from a programme"), is_in_place=True)
REVISED = Verb("program.plan_revised", _("Plan of a programme revised"))
LED = Verb("program.leading_phase_changed", _("Leading phase of a programme changed"))
UPDATE_POSTED = Verb("program.update_posted", _("Update of a programme posted"), is_in_place=True)
DOCUMENT_ADDED = Verb("program.document_added", _("Document of a programme added"), is_in_place=True)
DOCUMENT_REMOVED = Verb("program.document_removed", _("Document of a programme removed"), is_in_place=True)
MILESTONES_ADDED = Verb("milestone.added", _("Milestones added to a programme"), is_in_place=True)
MILESTONE_EDITED = Verb("milestone.edited", _("Milestone edited"), is_in_place=True)
MILESTONE_MOVED = Verb("milestone.moved", _("Order of milestones changed"), is_in_place=True)
MILESTONE_REMOVED = Verb("milestone.removed", _("Milestone of a draft programme removed"))
EVIDENCE_ADDED = Verb("milestone.evidence_added", _("Evidence of a milestone added"), is_in_place=True)
EVIDENCE_REMOVED = Verb("milestone.evidence_removed", _("Evidence of a milestone removed"), is_in_place=True)
ROUND_OPENED = Verb("program.round_opened", _("Round of rating opened"))
ROUND_CLOSED = Verb("program.round_closed", _("Round of rating closed"))
RATED = Verb("program.rated", _("Programme rated, or the rating changed"), is_repeatable=True)
WITNESSED = Verb(
    "milestone.witnessed", _("Said whether a milestone is finished, or changed it"), is_repeatable=True
)
WITNESS_HIDDEN = Verb("witness.hidden", _("What somebody said of a milestone hidden"), is_in_place=True)
WITNESS_SHOWN = Verb(
    "witness.shown_again", _("What somebody said of a milestone shown again"), is_in_place=True
)
MONEY_PLANNED = Verb("program.money_planned", _("Pagu or cash plan of a draft programme changed"))
SPENT = Verb("program.realisation_entered", _("Realisation entered"), is_in_place=True)
STRUCK = Verb("program.realisation_struck", _("Realisation struck out"), is_in_place=True)
SPENDING_PROVEN = Verb(
    "program.realisation_evidence_added", _("Evidence of a realisation added"), is_in_place=True
)
INDICATOR_ADDED = Verb("program.indicator_added", _("Indicator of a draft programme added"))
INDICATOR_EDITED = Verb("program.indicator_edited", _("Indicator of a draft programme edited"))
INDICATOR_REMOVED = Verb("program.indicator_removed", _("Indicator of a draft programme removed"))
IMPORTED = Verb(
    "program.layers_imported", _("Milestones, money or indicators of a draft imported from a sheet")
)
MEASURED = Verb("program.indicator_measured", _("Actual value of an indicator reported"), is_in_place=True)
GROUP_TRIMMED = Verb("suggestion.trimmed", _("Proposals dropped from a suggested group"))
GROUP_DISMISSED = Verb("suggestion.dismissed", _("Suggested group dismissed"))

register(
    *STEP_VERBS,
    CREATED,
    EDITED,
    LINKED,
    RELINKED,
    UNLINKED,
    REVISED,
    LED,
    UPDATE_POSTED,
    DOCUMENT_ADDED,
    DOCUMENT_REMOVED,
    MILESTONES_ADDED,
    MILESTONE_EDITED,
    MILESTONE_MOVED,
    MILESTONE_REMOVED,
    EVIDENCE_ADDED,
    EVIDENCE_REMOVED,
    ROUND_OPENED,
    ROUND_CLOSED,
    RATED,
    WITNESSED,
    WITNESS_HIDDEN,
    WITNESS_SHOWN,
    MONEY_PLANNED,
    SPENT,
    STRUCK,
    SPENDING_PROVEN,
    INDICATOR_ADDED,
    INDICATOR_EDITED,
    INDICATOR_REMOVED,
    MEASURED,
    IMPORTED,
    GROUP_TRIMMED,
    GROUP_DISMISSED,
)

"""Deeds of the proposals domain in the audit trail: one per step, and those that move no state."""

from django.utils.translation import gettext_lazy as _

from rembuk.audit.verbs import Verb, register

STEP_VERBS = (
    Verb("proposal.submitted", _("Proposal sent")),
    Verb("proposal.submitted_openly", _("Proposal sent and published at once")),
    Verb("proposal.resubmitted", _("Proposal sent again after improvement")),
    Verb("proposal.published", _("Proposal published")),
    Verb("proposal.returned", _("Proposal returned for improvement"), is_in_place=True),
    Verb("proposal.rejected", _("Proposal not published"), is_in_place=True),
    Verb("proposal.marked_duplicate", _("Proposal marked as duplicate")),
    Verb("proposal.duplicate_undone", _("Mark as duplicate removed")),
    Verb("proposal.withdrawn", _("Proposal withdrawn"), is_in_place=True),
    Verb("proposal.appealed", _("Appeal against not publishing")),
    Verb("proposal.referred", _("Proposal handed to work units"), is_in_place=True),
    Verb("proposal.adopted", _("Proposal taken into a work programme")),
    Verb("proposal.deferred", _("Proposal kept for a later year"), is_in_place=True),
    Verb("proposal.forwarded", _("Proposal handed on outside"), is_in_place=True),
    Verb("proposal.declined", _("Proposal not continued"), is_in_place=True),
    Verb("proposal.resumed", _("Deferred proposal taken up again")),
    Verb("proposal.objected", _("Objection to the official answer"), is_in_place=True),
    Verb("proposal.released", _("Proposal released from its programmes")),
    Verb("proposal.completed", _("Proposal completed")),
    Verb("proposal.reopened", _("Completed proposal reopened")),
    Verb("proposal.hidden", _("Proposal hidden"), is_in_place=True),
    Verb("proposal.shown_again", _("Proposal shown again")),
)
DRAFT_SAVED = Verb("proposal.draft_saved", _("Draft of a proposal saved"), is_quiet=True, is_repeatable=True)
DRAFTS_REMOVED = Verb("proposal.drafts_removed", _("Abandoned drafts removed"), is_quiet=True)
EDITED = Verb("proposal.edited", _("Proposal edited"))
ATTACHMENT_ADDED = Verb("proposal.attachment_added", _("Attachment added to a proposal"), is_in_place=True)
ATTACHMENT_REMOVED = Verb(
    "proposal.attachment_removed", _("Attachment removed from a proposal"), is_in_place=True
)
DISPOSED = Verb("proposal.disposition_changed", _("Disposition of a proposal changed"), is_in_place=True)
ASSESSED = Verb("proposal.assessed", _("Assessment of a proposal recorded"), is_in_place=True)
ANSWER_ADDED = Verb("proposal.answer_added", _("Further official answer to a proposal"), is_in_place=True)
NAME_SEEN = Verb(
    "proposal.masked_name_seen", _("Name hidden from the public seen"), is_quiet=True, is_repeatable=True
)
IMPORTED = Verb("proposal.imported", _("Proposal imported"))
STAGE_ADDED = Verb("proposal.stage_added", _("Later stage of a proposal imported"))
CATEGORY_PLANTED = Verb("category.planted_by_import", _("Category made by an import"))
ENTERED = Verb("proposal.entered", _("Proposal entered on behalf of somebody"))
EXPORTED = Verb("proposal.exported", _("Proposals exported"), is_quiet=True, is_repeatable=True)

register(
    *STEP_VERBS,
    DRAFT_SAVED,
    DRAFTS_REMOVED,
    EDITED,
    ATTACHMENT_ADDED,
    ATTACHMENT_REMOVED,
    DISPOSED,
    ASSESSED,
    ANSWER_ADDED,
    NAME_SEEN,
    IMPORTED,
    STAGE_ADDED,
    CATEGORY_PLANTED,
    ENTERED,
    EXPORTED,
)

"""Deeds of the consultations domain in the audit trail: one per step, and those that move no state."""

from django.utils.translation import gettext_lazy as _

from rembuk.audit.verbs import Verb, register

STEP_VERBS = (
    Verb("consultation.announced", _("Consultation announced")),
    Verb("consultation.opened", _("Consultation opened")),
    Verb("consultation.closed", _("Consultation closed")),
    Verb("consultation.concluded", _("Consultation concluded")),
    Verb("consultation.cancelled", _("Consultation cancelled")),
    Verb("submission.sent", _("Submission sent"), is_in_place=True),
    Verb("submission.held", _("Submission sent and held for review"), is_in_place=True),
    Verb("submission.shown", _("Held submission shown"), is_in_place=True),
    Verb("submission.not_shown", _("Submission not shown"), is_in_place=True),
    Verb("submission.shown_again", _("Submission shown again"), is_in_place=True),
    Verb("submission.withdrawn", _("Submission withdrawn"), is_in_place=True),
    Verb("row.proposed", _("Answer to a submission proposed"), is_in_place=True),
    Verb("row.approved", _("Answer to a submission approved"), is_in_place=True),
    Verb("row.published", _("Answer to a submission published"), is_in_place=True),
)
CREATED = Verb("consultation.created", _("Consultation created"))
COPIED = Verb("consultation.copied", _("Consultation copied"))
EDITED = Verb("consultation.edited", _("Consultation edited"))
READY = Verb("consultation.ready", _("Consultation handed to a second person for publication"))
SENT_BACK = Verb("consultation.sent_back", _("Consultation sent back before publication"))
EXTENDED = Verb("consultation.extended", _("Consultation extended"), is_in_place=True)
REMINDED = Verb("consultation.reminded", _("Followers reminded before closing"))
FILE_ADDED = Verb("consultation.file_added", _("Document added to a consultation"), is_in_place=True)
FILE_REMOVED = Verb("consultation.file_removed", _("Document removed from a consultation"), is_in_place=True)
TIED = Verb("consultation.program_tied", _("Programme joined to a consultation"))
UNTIED = Verb("consultation.program_untied", _("Programme parted from a consultation"), is_in_place=True)
RESULT_SAVED = Verb("consultation.result_saved", _("Result of a consultation saved"), is_in_place=True)
RESULT_PUBLISHED = Verb("consultation.result_published", _("Result of a consultation published"))
EXPORTED = Verb("consultation.exported", _("Consultation exported"), is_quiet=True, is_repeatable=True)

TEXT_READ = Verb("draft_version.read", _("Text of a consultation pasted and read"), is_quiet=True)
TEXT_MENDED = Verb("draft_version.mended", _("Parts of a text mended"), is_quiet=True)
TEXT_KEPT = Verb("draft_version.kept", _("Text of a consultation kept"), is_quiet=True)
TEXT_DISCARDED = Verb("draft_version.discarded", _("Version in work discarded"))
MATCH_CONFIRMED = Verb(
    "draft_version.match_confirmed", _("Clause matched with an earlier one by hand"), is_quiet=True
)
VERSION_PUBLISHED = Verb("draft_version.published", _("Version of a text published"))

QUESTION_SAVED = Verb("question.saved", _("Question saved"), is_in_place=True)
QUESTION_REMOVED = Verb("question.removed", _("Question removed"), is_in_place=True)
QUESTIONS_ORDERED = Verb("question.ordered", _("Questions put in another order"), is_in_place=True)
QUESTION_CORRECTED = Verb("question.corrected", _("Question corrected after answers"), is_in_place=True)

SUBMISSION_SAVED = Verb(
    "submission.draft_saved", _("Draft of a submission saved"), is_quiet=True, is_repeatable=True
)
SUBMISSION_DISCARDED = Verb("submission.draft_discarded", _("Draft of a submission discarded"), is_quiet=True)
DRAFTS_REMOVED = Verb(
    "submission.drafts_removed", _("Abandoned drafts of submissions removed"), is_quiet=True
)
SUBMISSION_CHANGED = Verb("submission.changed", _("Submission changed before closing"), is_in_place=True)
SUBMISSION_ENTERED = Verb(
    "submission.entered", _("Submission entered on behalf of somebody"), is_in_place=True
)
SUBMISSION_CORRECTED = Verb("submission.corrected", _("Entered submission corrected"), is_in_place=True)
SUBMISSION_RECHECKED = Verb(
    "submission.rechecked", _("Changed submission shown after review"), is_in_place=True
)
NAME_SEEN = Verb(
    "submission.masked_name_seen",
    _("Name hidden from the public seen in a submission"),
    is_quiet=True,
    is_repeatable=True,
)

ROWS_MADE = Verb("row.made", _("Rows of the matrix made"), is_in_place=True)
ROW_SAVED = Verb("row.draft_saved", _("Draft of an answer saved"), is_quiet=True, is_repeatable=True)
ROW_CUT = Verb("row.cut", _("Point of a submission cut out"), is_in_place=True)
ROW_JOINED = Verb("row.joined", _("Cut-out point taken back"), is_in_place=True)
ROW_ASSIGNED = Verb("row.assigned", _("Row of the matrix assigned"), is_quiet=True)
ROW_RETURNED = Verb("row.returned", _("Proposed answer returned by a second person"), is_in_place=True)
GROUPS_SUGGESTED = Verb("matrix_group.suggested", _("Groups of like submissions suggested"), is_quiet=True)
GROUP_SAVED = Verb("matrix_group.saved", _("Group of like submissions saved"), is_in_place=True)
GROUP_CONFIRMED = Verb("matrix_group.confirmed", _("Group of like submissions confirmed"), is_in_place=True)
GROUP_DISMISSED = Verb("matrix_group.dismissed", _("Group of like submissions dismissed"), is_in_place=True)
ANSWER_TOLD = Verb("submission.told", _("Author told the answers to a submission"), is_in_place=True)
OBJECTED = Verb("submission.objected", _("Objection to the answer to a submission"), is_in_place=True)
OBJECTION_DECIDED = Verb(
    "submission.objection_decided", _("Objection to an answer decided"), is_in_place=True
)

register(
    *STEP_VERBS,
    CREATED,
    COPIED,
    EDITED,
    READY,
    SENT_BACK,
    EXTENDED,
    REMINDED,
    FILE_ADDED,
    FILE_REMOVED,
    TIED,
    UNTIED,
    RESULT_SAVED,
    RESULT_PUBLISHED,
    EXPORTED,
    TEXT_READ,
    TEXT_MENDED,
    TEXT_KEPT,
    TEXT_DISCARDED,
    MATCH_CONFIRMED,
    VERSION_PUBLISHED,
    QUESTION_SAVED,
    QUESTION_REMOVED,
    QUESTIONS_ORDERED,
    QUESTION_CORRECTED,
    SUBMISSION_SAVED,
    SUBMISSION_DISCARDED,
    DRAFTS_REMOVED,
    SUBMISSION_CHANGED,
    SUBMISSION_ENTERED,
    SUBMISSION_CORRECTED,
    SUBMISSION_RECHECKED,
    NAME_SEEN,
    ROWS_MADE,
    ROW_SAVED,
    ROW_CUT,
    ROW_JOINED,
    ROW_ASSIGNED,
    ROW_RETURNED,
    GROUPS_SUGGESTED,
    GROUP_SAVED,
    GROUP_CONFIRMED,
    GROUP_DISMISSED,
    ANSWER_TOLD,
    OBJECTED,
    OBJECTION_DECIDED,
)

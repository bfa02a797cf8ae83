"""Deeds of ``engagement`` in the audit trail. A vote's entry never holds the value."""

from django.utils.translation import gettext_lazy as _

from rembuk.audit.verbs import Verb, register

VOTED = Verb("ballot.voted", _("Vote given, changed or taken back"), is_repeatable=True)
TALLY_CORRECTED = Verb("ballot.tally_corrected", _("Count of votes corrected after a recount"))
RECOUNTED = Verb("ballot.recounted", _("All votes recounted"), is_quiet=True)
COMMENT_POSTED = Verb("comment.posted", _("Comment written"), is_in_place=True)
COMMENT_HELD = Verb("comment.held", _("Comment held for review"), is_in_place=True)
COMMENT_DELETED = Verb("comment.deleted", _("Comment deleted by its author"), is_in_place=True)
COMMENT_RELEASED = Verb("comment.released", _("Held comment shown"), is_in_place=True)
COMMENT_HIDDEN = Verb("comment.hidden", _("Comment hidden"), is_in_place=True)
COMMENT_SHOWN_AGAIN = Verb("comment.shown_again", _("Hidden comment shown again"), is_in_place=True)
FOLLOWED = Verb("subject.followed", _("Began to follow"), is_quiet=True, is_repeatable=True)
UNFOLLOWED = Verb("subject.unfollowed", _("Stopped following"), is_quiet=True, is_repeatable=True)
REPORTED = Verb("content.reported", _("Content reported"), is_quiet=True)
REPORT_SETTLED = Verb("report.settled", _("Report decided"), is_in_place=True)
CASE_CLAIMED = Verb("case.claimed", _("Case taken"), is_quiet=True)
CASE_RELEASED = Verb("case.claim_released", _("Case given back to the queue"), is_quiet=True)
NOTE_ADDED = Verb("note.added", _("Internal note added"), is_quiet=True)

register(
    VOTED,
    TALLY_CORRECTED,
    RECOUNTED,
    COMMENT_POSTED,
    COMMENT_HELD,
    COMMENT_DELETED,
    COMMENT_RELEASED,
    COMMENT_HIDDEN,
    COMMENT_SHOWN_AGAIN,
    FOLLOWED,
    UNFOLLOWED,
    REPORTED,
    REPORT_SETTLED,
    CASE_CLAIMED,
    CASE_RELEASED,
    NOTE_ADDED,
)

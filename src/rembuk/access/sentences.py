"""What each permission lets a person do, in one plain sentence beside its short label: for those who build roles.

The closed list itself is ``permissions``; a permission without a sentence here can't be made.
"""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_PROPOSALS: Final[Mapping[str, Promise]] = {
    "proposal.read": _("Opens proposals and drafts of answers in the work unit before the public sees them."),
    "proposal.moderate": _(
        "Publishes new proposals, returns them to their authors, or rejects them with a reason."
    ),
    "proposal.hide": _("Takes a published proposal off the public pages with a reason, and puts it back."),
    "proposal.enter": _("Types in a proposal that a citizen brings on paper or by word of mouth."),
    "proposal.import": _("Loads many proposals from a CSV or XLSX sheet, such as those of a musrenbang."),
    "proposal.release": _(
        "Releases the entries of a village or subdistrict; only a grant in that very unit counts, none from above."
    ),
    "proposal.refer": _("Hands a published proposal to the work unit that has to look at it."),
    "proposal.assess": _(
        "Writes what the work unit finds about a proposal: whether it can be done, and at what cost."
    ),
    "proposal.answer": _("Gives the official answer that the author and the public read."),
    "proposal.unmask": _("Sees who stands behind a name hidden from the public; each look is recorded."),
    "proposal.export": _("Takes a list of proposals away as a CSV or XLSX file; each copy is recorded."),
}
_TALK: Final[Mapping[str, Promise]] = {
    "comment.moderate": _("Hides and restores comments, and decides what citizens reported."),
    "comment.reply": _("Writes comments that bear the name of the office."),
}
_PROGRAMS: Final[Mapping[str, Promise]] = {
    "program.read": _("Opens work programmes and documents of the work unit that are not public."),
    "program.edit": _(
        "Makes work programmes, edits their words, milestones and money, and links proposals to them."
    ),
    "program.publish": _("Puts a work programme on the public pages."),
    "program.steer": _(
        "Begins and ends phases, revises the plan, postpones, cancels or completes the programme."
    ),
    "program.report": _("Posts news, documents and evidence of what was done."),
}
_CONSULTATIONS: Final[Mapping[str, Promise]] = {
    "consultation.read": _(
        "Opens consultations that are being prepared, and submissions that are not shown to the public."
    ),
    "consultation.edit": _("Prepares consultations: their terms, their legal texts, their questions."),
    "consultation.publish": _(
        "Announces, extends, cancels and concludes consultations, and publishes versions, answers and results."
    ),
    "consultation.enter": _("Types in a submission that somebody brings on paper or by word of mouth."),
    "consultation.answer": _(
        "Answers submissions in the matrix, hands them to colleagues and groups like ones."
    ),
    "consultation.approve": _("Approves or sends back an answer that a colleague proposed."),
    "consultation.export": _(
        "Takes the matrix with the names of participants away as a file; each copy is recorded."
    ),
    "submission.moderate": _("Decides whether a submission is shown, and what citizens reported about it."),
    "submission.unmask": _("Sees who stands behind a submission with a hidden name; each look is recorded."),
}
_MANAGEMENT: Final[Mapping[str, Promise]] = {
    "accountability.publish": _("Drafts the accountability report of a unit and publishes it."),
    "category.manage": _(
        "Edits categories, reasons to choose from, text templates and phases for the whole site."
    ),
    "unit.manage": _("Makes, edits, moves and retires work units in the tree."),
    "person.manage": _("Finds and invites people, suspends and reinstates accounts, and ends sessions."),
    "person.export": _("Takes the list of people away as a file; each copy is recorded."),
    "account.open": _("Opens accounts for people without email, and prints them a new code."),
    "grant.manage": _(
        "Gives people roles in the work unit and ends them, never beyond what one may do there oneself."
    ),
    "role.manage": _("Makes roles and decides which permissions each of them gives, for the whole instansi."),
    "holiday.manage": _("Enters holidays, by which the deadlines in working days are counted."),
    "page.edit": _("Edits the site's own pages, such as the guidelines and the privacy notice."),
    "setting.change": _("Changes the settings of the site: its name, its deadlines, its limits."),
}
_TRAIL: Final[Mapping[str, Promise]] = {
    "audit.read": _("Reads who did what and when, in the work unit and below it."),
    "audit.export": _("Takes entries of the audit trail away as a file; each copy is recorded."),
    "log.read": _("Reads the technical records of the whole site."),
}

SENTENCES: Final[Mapping[str, Promise]] = {
    "desk.enter": _("Opens the staff pages; every member of staff needs it."),
    **_PROPOSALS,
    **_TALK,
    **_PROGRAMS,
    **_CONSULTATIONS,
    **_MANAGEMENT,
    **_TRAIL,
}

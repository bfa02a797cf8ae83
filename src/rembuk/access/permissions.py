"""The closed list of permissions (izin). A right exists only if it stands here."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rembuk.access.sentences import SENTENCES


@dataclass(frozen=True, slots=True)
class Permission:
    """One izin: a stable key ``noun.verb``, its area, and what it lets a person do: a short label, a full sentence."""

    key: str
    area: Promise
    label: Promise
    sentence: Promise

    def __str__(self) -> str:
        return self.key


ALL: dict[str, Permission] = {}


def _izin(key: str, area: Promise, label: Promise) -> Permission:
    ALL[key] = Permission(key, area, label, SENTENCES[key])
    return ALL[key]


_DESK = _("Desk")
_PROPOSALS = _("Proposals")
_COMMENTS = _("Comments")
_PROGRAMS = _("Work programmes")
_CONSULTATIONS = _("Consultations")
_REPORTS = _("Accountability reports")
_MANAGEMENT = _("Management")
_TRAIL = _("Trail and logs")

DESK_ENTER = _izin("desk.enter", _DESK, _("Enter the staff pages"))

PROPOSAL_READ = _izin("proposal.read", _PROPOSALS, _("Read proposals that are not public"))
PROPOSAL_MODERATE = _izin("proposal.moderate", _PROPOSALS, _("Moderate proposals"))
PROPOSAL_HIDE = _izin("proposal.hide", _PROPOSALS, _("Hide published proposals and show them again"))
PROPOSAL_ENTER = _izin("proposal.enter", _PROPOSALS, _("Enter a proposal on behalf of a citizen"))
PROPOSAL_IMPORT = _izin("proposal.import", _PROPOSALS, _("Import proposals from a sheet"))
PROPOSAL_RELEASE = _izin(
    "proposal.release", _PROPOSALS, _("Release the entries of the own subdistrict or village")
)
PROPOSAL_REFER = _izin("proposal.refer", _PROPOSALS, _("Hand proposals to work units"))
PROPOSAL_ASSESS = _izin("proposal.assess", _PROPOSALS, _("Record the assessment of a work unit"))
PROPOSAL_ANSWER = _izin("proposal.answer", _PROPOSALS, _("Give the official answer"))
PROPOSAL_UNMASK = _izin(
    "proposal.unmask", _PROPOSALS, _("See names hidden from the public (each view is logged)")
)
PROPOSAL_EXPORT = _izin("proposal.export", _PROPOSALS, _("Export proposals"))

COMMENT_MODERATE = _izin("comment.moderate", _COMMENTS, _("Moderate comments and reports"))
COMMENT_REPLY = _izin("comment.reply", _COMMENTS, _("Reply with the badge of the office"))

PROGRAM_READ = _izin("program.read", _PROGRAMS, _("Read work programmes that are not public"))
PROGRAM_EDIT = _izin("program.edit", _PROGRAMS, _("Create and edit work programmes and their links"))
PROGRAM_PUBLISH = _izin("program.publish", _PROGRAMS, _("Publish work programmes"))
PROGRAM_STEER = _izin(
    "program.steer", _PROGRAMS, _("Move phases, revise the plan, postpone, cancel, complete")
)
PROGRAM_REPORT = _izin("program.report", _PROGRAMS, _("Post updates and documents"))

CONSULTATION_READ = _izin(
    "consultation.read", _CONSULTATIONS, _("Read consultations and submissions that are not public")
)
CONSULTATION_EDIT = _izin(
    "consultation.edit", _CONSULTATIONS, _("Create consultations, their texts and questions")
)
CONSULTATION_PUBLISH = _izin(
    "consultation.publish",
    _CONSULTATIONS,
    _("Announce, extend, cancel and conclude consultations; publish versions, answers and results"),
)
CONSULTATION_ENTER = _izin(
    "consultation.enter", _CONSULTATIONS, _("Enter a submission on behalf of somebody")
)
CONSULTATION_ANSWER = _izin(
    "consultation.answer", _CONSULTATIONS, _("Answer submissions in the matrix, assign and group them")
)
CONSULTATION_APPROVE = _izin(
    "consultation.approve", _CONSULTATIONS, _("Approve proposed answers as a second person")
)
CONSULTATION_EXPORT = _izin("consultation.export", _CONSULTATIONS, _("Export the matrix with names"))
SUBMISSION_MODERATE = _izin(
    "submission.moderate", _CONSULTATIONS, _("Show submissions or not, decide reports about them")
)
SUBMISSION_UNMASK = _izin(
    "submission.unmask",
    _CONSULTATIONS,
    _("See names of participants hidden from the public (each view is logged)"),
)

ACCOUNTABILITY_PUBLISH = _izin(
    "accountability.publish", _REPORTS, _("Draft and publish accountability reports")
)

CATEGORY_MANAGE = _izin("category.manage", _MANAGEMENT, _("Manage categories, reasons and templates"))
UNIT_MANAGE = _izin("unit.manage", _MANAGEMENT, _("Manage work units"))
PERSON_MANAGE = _izin("person.manage", _MANAGEMENT, _("Invite, search and suspend people"))
PERSON_EXPORT = _izin("person.export", _MANAGEMENT, _("Export the list of people"))
ACCOUNT_OPEN = _izin(
    "account.open", _MANAGEMENT, _("Open accounts for people without email, and print new codes")
)
GRANT_MANAGE = _izin("grant.manage", _MANAGEMENT, _("Give and end grants of roles"))
ROLE_MANAGE = _izin("role.manage", _MANAGEMENT, _("Create and edit roles"))
HOLIDAY_MANAGE = _izin("holiday.manage", _MANAGEMENT, _("Manage holidays"))
PAGE_EDIT = _izin("page.edit", _MANAGEMENT, _("Edit the site's own pages"))
SETTING_CHANGE = _izin("setting.change", _MANAGEMENT, _("Change settings"))

AUDIT_READ = _izin("audit.read", _TRAIL, _("Read the audit trail"))
AUDIT_EXPORT = _izin("audit.export", _TRAIL, _("Export the audit trail"))
LOG_READ = _izin("log.read", _TRAIL, _("Read the system log"))

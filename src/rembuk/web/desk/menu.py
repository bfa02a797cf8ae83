"""The menu of the staff pages: each entry only for those whose rights open it."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.access.permissions import Permission


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: where it leads, its icon, and any of which permissions shows it.

    ``is_site_wide`` asks for the permission in the whole instansi.
    """

    route: str
    label: Promise
    icon: str
    permissions: tuple[Permission, ...]
    is_site_wide: bool = False


# Whoever may export something may have files in the making.
EXPORTING = (
    izin.PROPOSAL_EXPORT,
    izin.PERSON_EXPORT,
    izin.CONSULTATION_EXPORT,
    izin.AUDIT_EXPORT,
)
ENTRIES = (
    Entry("desk:home", _("My desk"), "home", (izin.DESK_ENTER,)),
    Entry(
        "moderation:queue",
        _("Moderation"),
        "shield",
        (
            izin.PROPOSAL_MODERATE,
            izin.COMMENT_MODERATE,
            izin.PROPOSAL_RELEASE,
            izin.SUBMISSION_MODERATE,
            izin.CONSULTATION_ANSWER,
        ),
    ),
    Entry("desk_proposals:list", _("Proposals"), "document", (izin.PROPOSAL_READ,)),
    Entry("desk_programs:list", _("Work programmes"), "flag", (izin.PROGRAM_READ,)),
    Entry("desk_consultations:list", _("Consultations"), "comment", (izin.CONSULTATION_READ,)),
    Entry("desk_reports:list", _("Accountability reports"), "chart", (izin.ACCOUNTABILITY_PUBLISH,)),
    Entry("desk_imports:start", _("Import"), "upload", (izin.PROPOSAL_IMPORT,)),
    Entry("desk_management:categories", _("Categories"), "tag", (izin.CATEGORY_MANAGE,), is_site_wide=True),
    Entry("desk_management:units", _("Work units"), "building", (izin.UNIT_MANAGE,)),
    Entry("desk_management:people", _("Users"), "people", (izin.PERSON_MANAGE,)),
    Entry("desk_management:desk_accounts", _("Accounts without email"), "phone", (izin.ACCOUNT_OPEN,)),
    Entry("desk_management:access", _("Access rights"), "key", (izin.GRANT_MANAGE,)),
    Entry("desk_exports:list", _("My downloads"), "download", EXPORTING),
    Entry("desk_trail:audit", _("Audit trail"), "list", (izin.AUDIT_READ,)),
    Entry("desk_trail:log", _("System log"), "pulse", (izin.LOG_READ,), is_site_wide=True),
    Entry(
        "desk_management:settings",
        _("Settings"),
        "gear",
        (izin.SETTING_CHANGE, izin.PAGE_EDIT, izin.HOLIDAY_MANAGE, izin.CATEGORY_MANAGE),
        is_site_wide=True,
    ),
)


def menu_for(request: HttpRequest, person: rights.Somebody) -> list[dict[str, object]]:
    """Entries this person may open: label, url, icon, and whether it is the page shown."""
    shown = [(entry, reverse(entry.route)) for entry in ENTRIES if _opens(entry, person)]
    home = reverse("desk:home")
    # The import lies below the proposals: of two that fit, the nearer one is where the reader is.
    here = max(
        (url for _entry, url in shown if url != home and request.path.startswith(url)), key=len, default=""
    )
    here = here or (home if request.path == home else "")
    return [
        {"label": entry.label, "url": url, "icon": entry.icon, "current": url == here} for entry, url in shown
    ]


def _opens(entry: Entry, person: rights.Somebody) -> bool:
    may = rights.can_everywhere if entry.is_site_wide else rights.can
    return any(may(person, permission) for permission in entry.permissions)

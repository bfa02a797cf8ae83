"""The closed list of settings: names, types, defaults and what may be entered."""

from dataclasses import dataclass, fields
from datetime import datetime, tzinfo
from typing import Any, Literal

from django.utils.translation import gettext_lazy as _

from rembuk.common.clock import zone_named
from rembuk.common.errors import Words

type Moderation = Literal["before", "after"]
type TwoFactor = Literal["off", "required"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteSettings:
    """All settings of the instansi with their defaults. ``answer_days`` and alike are working days."""

    site_name: str = "Rembuk"
    tagline: str = "Usulan Anda, keputusan bersama"
    office_name: str = "Pemerintah Kabupaten Contoh"
    logo: str = ""
    accent: str = "#0b5a5e"
    contact_email: str = ""
    contact_phone: str = ""
    contact_address: str = ""
    ppid_name: str = ""
    ppid_email: str = ""
    ppid_phone: str = ""
    privacy_contact: str = ""
    work_unit_term: str = "Satuan Kerja"
    zone: str = "WIB"
    proposal_moderation: Moderation = "before"
    comment_moderation: Moderation = "after"
    submission_moderation: Moderation = "after"
    moderation_days: int = 3
    answer_days: int = 60
    objection_days: int = 14
    new_account_days: int = 7
    consultation_second_person: bool = False
    matrix_second_person: bool = False
    matrix_days: int = 60
    matrix_objection_days: int = 14
    late_points: int = 0
    critical_points: int = 10
    critical_until: int = 70
    critical_points_after: int = 5
    max_comment_length: int = 1000
    mails_per_hour: int = 500
    log_keep_days: int = 180
    registration_open: bool = True
    staff_two_factor: TwoFactor = "off"
    staff_two_factor_days: int = 14
    # Not to be entered: the instant from which it is required, written when somebody turns it on.
    staff_two_factor_since: str = ""

    @property
    def tz(self) -> tzinfo:
        """The zone of the office as an object."""
        return zone_named(self.zone)

    @property
    def two_factor_since(self) -> datetime | None:
        """From when on staff have needed a second factor; ``None`` where they need none."""
        if self.staff_two_factor != "required" or not self.staff_two_factor_since:
            return None
        return datetime.fromisoformat(self.staff_two_factor_since)

    def written_day(self, moment: datetime) -> str:
        """The day of an instant where the office is, as letters in both languages write it: 24/11/2026."""
        return f"{moment.astimezone(self.tz):%d/%m/%Y}"


@dataclass(frozen=True, slots=True)
class Entry:
    """How a setting is called, explained and limited. ``least`` and ``most`` are for numbers."""

    label: Words
    hint: Words = ""
    least: int = 0
    most: int = 0
    options: tuple[tuple[str, Words], ...] = ()
    length: int = 200


_MODERATION = (("before", _("Before publication")), ("after", _("After publication")))
_TWO_FACTOR = (("off", _("Not required")), ("required", _("Required of everybody with a role")))
_ZONES = (("WIB", "WIB"), ("WITA", "WITA"), ("WIT", "WIT"))

ENTRIES: dict[str, Entry] = {
    "site_name": Entry(_("Name of the site"), length=60),
    "tagline": Entry(_("Motto"), _("One line under the name."), length=120),
    "office_name": Entry(_("Name of the office"), _("As in official letters."), length=150),
    "logo": Entry(_("Logo"), length=36),
    "accent": Entry(
        _("Accent colour"), _("A dark colour as #rrggbb, so that white text on it can be read."), length=7
    ),
    "contact_email": Entry(_("Email of the office"), length=150),
    "contact_phone": Entry(_("Telephone of the office"), length=40),
    "contact_address": Entry(_("Address of the office"), length=300),
    "ppid_name": Entry(_("Information officer (PPID)"), length=150),
    "ppid_email": Entry(_("Email of the information officer (PPID)"), length=150),
    "ppid_phone": Entry(_("Telephone of the information officer (PPID)"), length=40),
    "privacy_contact": Entry(
        _("Contact for personal data"),
        _("Shown in the privacy notice: name, telephone or email."),
        length=200,
    ),
    "work_unit_term": Entry(
        _("What a work unit is called"), _("For example Satuan Kerja or Perangkat Daerah."), length=40
    ),
    "zone": Entry(_("Time zone of the office"), options=_ZONES),
    "proposal_moderation": Entry(_("Proposals are checked"), options=_MODERATION),
    "comment_moderation": Entry(_("Comments are checked"), options=_MODERATION),
    "submission_moderation": Entry(_("Submissions to consultations are checked"), options=_MODERATION),
    "moderation_days": Entry(_("Working days for moderation"), least=1, most=30),
    "answer_days": Entry(_("Working days for the official answer"), least=5, most=250),
    "objection_days": Entry(_("Working days for an objection"), least=5, most=60),
    "new_account_days": Entry(_("Days during which an account counts as new"), least=0, most=60),
    "consultation_second_person": Entry(
        _("A second person announces each consultation"),
        _("Whoever prepared it hands it over; somebody else announces it."),
    ),
    "matrix_second_person": Entry(
        _("A second person approves each answer of the matrix"),
        _("The default of new consultations; fixed once a consultation opens."),
    ),
    "matrix_days": Entry(
        _("Working days for answering a consultation"),
        _("The default of new consultations, counted from closing."),
        least=5,
        most=250,
    ),
    "matrix_objection_days": Entry(
        _("Days for an objection to the answer to a submission"), least=7, most=60
    ),
    "late_points": Entry(
        _("Points behind the plan up to which a work programme is on time"),
        _("Of 100. With 0 it is late at any point behind its current plan."),
        least=0,
        most=50,
    ),
    "critical_points": Entry(
        _("Points behind the plan above which it is critical, in the first period"),
        _("10 is what Indonesian procurement calls a critical contract."),
        least=1,
        most=100,
    ),
    "critical_until": Entry(
        _("The first period ends at this planned progress, in per cent"), least=1, most=100
    ),
    "critical_points_after": Entry(
        _("Points behind the plan above which it is critical, afterwards"), least=1, most=100
    ),
    "max_comment_length": Entry(_("Longest comment, in characters"), least=200, most=5000),
    "mails_per_hour": Entry(_("Most emails per hour"), least=10, most=100_000),
    "log_keep_days": Entry(_("Days the system log is kept"), least=30, most=3650),
    "registration_open": Entry(_("New accounts may be registered")),
    "staff_two_factor": Entry(
        _("Second factor of staff"),
        _("Besides the password, signing in asks for a code of an app on the phone."),
        options=_TWO_FACTOR,
    ),
    "staff_two_factor_days": Entry(
        _("Days to set up the second factor"),
        _(
            "Counted from the day it became required or, for new staff, from the first role. After that the desk stays "
            "closed to them until it is set up."
        ),
        least=0,
        most=90,
    ),
}


def from_stored(values: dict[str, Any]) -> SiteSettings:
    """Settings from stored rows: unknown keys are ignored, missing ones have their default."""
    known = {field.name for field in fields(SiteSettings)}
    return SiteSettings(**{key: value for key, value in values.items() if key in known})

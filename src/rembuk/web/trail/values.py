"""What stands before and after in an entry, as people read it: labels of roles, permissions, reasons and choices, local days.

The trail keeps keys and instants, which programs read and auditors cite. What nobody has a word for is shown as it was kept.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext as _

from rembuk.access.models import Role, Standing
from rembuk.access.permissions import ALL
from rembuk.accounts.models import Person
from rembuk.audit.models import AuditEntry
from rembuk.consultations import choices as consultation_choices
from rembuk.consultations import states as consultations
from rembuk.engagement.models import Case, Comment
from rembuk.exports.states import Form, Problem
from rembuk.files.models import FileKind
from rembuk.programs import states as programs
from rembuk.programs.choices import DocumentClass, Extent, Fund, Nature, Survey
from rembuk.proposals import states as proposals
from rembuk.proposals.choices import AssessmentVerdict
from rembuk.siteconfig.keys import ENTRIES
from rembuk.taxonomy.models import ReasonCode
from rembuk.web.components.formats import day, ending, moment
from rembuk.web.trail import words
from rembuk.workunits.models import WorkUnit

# Values with words of their own: by kind of the target and field; the empty kind stands for every other.
_VALUES: Final[Mapping[tuple[str, str], type[TextChoices]]] = {
    ("proposal", "state"): proposals.State,
    ("proposal", "state_before_hiding"): proposals.State,
    ("program", "state"): programs.State,
    ("phase", "state"): programs.PhaseState,
    ("consultation", "state"): consultations.State,
    ("consultation", "kind"): consultation_choices.Kind,
    ("consultation", "audience"): consultation_choices.Audience,
    ("consultation", "submissions_shown"): consultation_choices.Moment,
    ("consultation", "totals_shown"): consultation_choices.Moment,
    ("submission", "state"): consultations.SubmissionState,
    ("submission", "verdict"): consultation_choices.Verdict,
    ("matrix_row", "state"): consultations.RowState,
    ("matrix_row", "verdict"): consultation_choices.Verdict,
    ("comment", "state"): Comment.State,
    ("workunit", "kind"): WorkUnit.Kind,
    ("program", "extent"): Extent,
    ("program", "class"): DocumentClass,
    ("proposal", "verdict"): AssessmentVerdict,
    ("program", "fund"): Fund,
    ("program", "survey"): Survey,
    ("case", "kind"): Case.Kind,
    ("file", "kind"): FileKind,
    ("export", "form"): Form,
    ("export", "why"): Problem,
    ("", "standing"): Standing,
    ("", "nature"): Nature,
    ("", "language"): Person.Language,
}
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_INSTANT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)")
_ENDS: Final = frozenset({"ends_at", "suspended_until", "until"})
_PERMISSIONS: Final = frozenset({"permission", "permissions"})


@dataclass(frozen=True, slots=True)
class Labels:
    """Labels that live in the database, by code: roles and reasons to choose."""

    roles: Mapping[str, str] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)

    def of(self, name: str, kept: str) -> str | None:
        """The label of a value in a field of codes."""
        known = {"role": self.roles, "reason_code": self.reasons}.get(name, {})
        return known.get(kept)


def labels(entries: Iterable[AuditEntry]) -> Labels:
    """The labels that the fields of these entries need; one query for each kind that occurs."""
    named = {
        (name, str(kept))
        for entry in entries
        for fields in (entry.before, entry.after)
        for name, kept in (fields or {}).items()
        if name in {"role", "reason_code"} and kept
    }
    roles = {kept for name, kept in named if name == "role"}
    reasons = {kept for name, kept in named if name == "reason_code"}
    return Labels(
        roles={row.slug: row.label for row in Role.objects.filter(slug__in=roles)} if roles else {},
        reasons={row.code: str(row) for row in ReasonCode.objects.filter(code__in=reasons)}
        if reasons
        else {},
    )


def value(kind: str, name: str, kept: object, known: Labels | None = None) -> str:
    """A value before or after, for people."""
    if kept is None or kept == "":
        return "–"
    if isinstance(kept, bool):
        return _("Yes") if kept else _("No")
    if isinstance(kept, list | tuple):
        return ", ".join(value(kind, name, one, known) for one in kept) or "–"
    if isinstance(kept, dict):
        return "; ".join(
            f"{words.field(kind, key)}: {value(kind, key, one, known)}" for key, one in kept.items()
        )
    return _one(kind, name, str(kept), known)


def _one(kind: str, name: str, kept: str, known: Labels | None) -> str:
    if name in {"fields", "changed"}:
        return words.field(kind, kept)
    if name in _PERMISSIONS and kept in ALL:
        return str(ALL[kept].label)
    if (kind, name) == ("export", "what"):
        return words.key(kind, kept)
    if kind == "settings" and name in ENTRIES:
        return str(dict(ENTRIES[name].options or ()).get(kept, kept))
    choices = _VALUES.get((kind, name)) or _VALUES.get(("", name))
    if choices is not None and kept in choices.values:
        return str(choices(kept).label)
    return (known.of(name, kept) if known else None) or _moment(name, kept)


def _moment(name: str, kept: str) -> str:
    """A day or an instant in the zone of the instansi; any other text as it is."""
    try:
        if _INSTANT.fullmatch(kept):
            at = datetime.fromisoformat(kept)
            return ending(at) if name in _ENDS else moment(at)
        if _DAY.fullmatch(kept):
            return day(date.fromisoformat(kept))
    except ValueError:
        pass
    return kept

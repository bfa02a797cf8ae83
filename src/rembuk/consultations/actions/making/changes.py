"""The contents of a consultation as one value: what differs, what is fixed since when, how it is written and copied.

Acts that call this: ``create``. Fixed since the announcement: the schedule, which only an extension or a cancellation
moves. Fixed since the opening: ``Consultation.FIXED`` and the named organisations.
"""

from dataclasses import dataclass, fields
from datetime import UTC, datetime, tzinfo
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rembuk.accounts.models import Person
from rembuk.common.clock import zone_named
from rembuk.common.errors import WrongState
from rembuk.consultations.actions.clockwork import answer_due
from rembuk.consultations.actions.steps import Deed, add_event
from rembuk.consultations.choices import Audience, Change, Moment, Zone
from rembuk.consultations.errors import NotReady, SettingsFixed
from rembuk.consultations.models import Clause, ClauseText, Consultation, DraftVersion, Question
from rembuk.consultations.readiness import Need, missing
from rembuk.consultations.schedule import has_opened
from rembuk.consultations.selectors.wording import published_version
from rembuk.consultations.states import State
from rembuk.engagement.actions.subjects import place_subject
from rembuk.engagement.models import Case, Subject
from rembuk.regions.models import Region
from rembuk.taxonomy.models import Category
from rembuk.workunits.models import WorkUnit

LONG = frozenset({"summary", "body", "contact"})
SCHEDULE = ("zone", "opens_at", "closes_at")
# What the public read before the opening; a change of it stands in the public history word by word.
READ = ("title", "summary", "body")
LABELS: dict[str, Promise] = {
    "title": gettext_lazy("title"),
    "summary": gettext_lazy("summary"),
    "body": gettext_lazy("description"),
    "kind": gettext_lazy("kind"),
    "unit": gettext_lazy("work unit"),
    "audience": gettext_lazy("who may answer"),
    "invited": gettext_lazy("named organisations"),
    "submissions_shown": gettext_lazy("when submissions are shown"),
    "totals_shown": gettext_lazy("when figures are shown"),
    "has_overall_stance": gettext_lazy("overall stance"),
    "needs_second_person": gettext_lazy("approval by a second person"),
    "answer_days": gettext_lazy("working days for the answers"),
    "zone": gettext_lazy("time zone"),
    "opens_at": gettext_lazy("opening"),
    "closes_at": gettext_lazy("closing"),
}


@dataclass(frozen=True, slots=True)
class Invited:
    """An organisation that may answer, and the address its member signs in with."""

    name: str
    email: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What staff write and set. ``body`` is staff Markdown; instants are aware; ``invited`` counts for organisations only."""

    kind: str
    title: str
    unit: WorkUnit
    contact: str
    summary: str = ""
    body: str = ""
    category: Category | None = None
    region: Region | None = None
    previous: Consultation | None = None
    audience: str = Audience.MEMBERS
    invited: tuple[Invited, ...] = ()
    submissions_shown: str = Moment.AT_ONCE
    totals_shown: str = Moment.AT_ONCE
    has_overall_stance: bool = True
    needs_second_person: bool = False
    answer_days: int = 60
    zone: str = Zone.WIB
    opens_at: datetime | None = None
    closes_at: datetime | None = None

    @property
    def tz(self) -> tzinfo:
        """The zone as an object."""
        return zone_named(self.zone)


COLUMNS = tuple(field.name for field in fields(Contents) if field.name != "invited")


def contents_of(consultation: Consultation) -> Contents:
    """The contents of a consultation as they are stored."""
    invited = tuple(Invited(row.name, row.email) for row in consultation.invited.order_by("name", "email"))
    return Contents(**{name: getattr(consultation, name) for name in COLUMNS}, invited=invited)


def differing(before: Contents, after: Contents) -> list[str]:
    """The names of the fields that differ."""
    names = [field.name for field in fields(Contents)]
    return [name for name in names if _plain(getattr(before, name)) != _plain(getattr(after, name))]


def facts(contents: Contents, names: list[str]) -> dict[str, Any]:
    """Named fields for the trail: of long texts only that they changed, of organisations how many, units by code."""
    found: dict[str, Any] = {}
    for name in names:
        value = getattr(contents, name)
        if name in LONG:
            found[name] = "…"
        elif name == "invited":
            found[name] = len(value)
        else:
            found[name] = _plain(value)
    return found


def refuse_fixed(consultation: Consultation, names: list[str], after: Contents, moment: datetime) -> None:
    """Refuse what can't be changed any more.

    Raises:
        WrongState: for a concluded or cancelled consultation.
        SettingsFixed: for words and settings after the opening, or the schedule after the announcement.
    """
    if consultation.state in {State.CONCLUDED, State.CANCELLED}:
        state = State(consultation.state).label
        raise WrongState(
            _("This can't be edited any more: the consultation is “%(state)s”.") % {"state": state}
        )
    if consultation.state == State.DRAFT:
        return
    if has_opened(consultation, moment):
        _refuse(
            [name for name in names if name in (*Consultation.FIXED, "closes_at", "invited")],
            _("This was fixed when the consultation opened: %(names)s."),
        )
    _refuse(
        [name for name in names if name in SCHEDULE],
        _(
            "The schedule is announced. Only an extension or a cancellation with a reason changes it: %(names)s."
        ),
    )


def refuse_lack(consultation: Consultation, moment: datetime) -> None:
    """Refuse that an announced consultation loses what it was announced with.

    Raises:
        NotReady: naming what would be missing.
    """
    if consultation.announced_at is not None:
        lacking = [need for need in missing(consultation, moment) if need.key not in {"schedule", "future"}]
        refuse_missing(lacking)


def refuse_missing(lacking: list[Need]) -> None:
    """Refuse while something is missing.

    Raises:
        NotReady: naming everything at once.
    """
    if lacking:
        names = "; ".join(str(need.text) for need in lacking)
        raise NotReady(_("This is still missing: %(names)s.") % {"names": names})


def write(consultation: Consultation, columns: dict[str, Any], names: list[str], act: Deed) -> None:
    """Write the columns with what follows from them: deadline, subject, public history, the second pair of eyes."""
    read = {
        name: {"before": getattr(consultation, name), "after": columns[name]}
        for name in READ
        if name in names
    }
    for name, value in columns.items():
        setattr(consultation, name, value)
    consultation.changed_at = act.moment
    if consultation.announced_at is not None:
        consultation.answer_due_at = answer_due(consultation)
        add_event(consultation, "edited", act, facts={"fields": names, **({"read": read} if read else {})})
    consultation.save(update_fields=[*columns, "changed_at", "answer_due_at"])
    take_back(consultation)
    _follow(consultation, names)


def take_back(consultation: Consultation) -> None:
    """A draft that changes after it was handed over, by whomever, has to be handed over again: announced is what was seen."""
    if consultation.ready_by_id is not None:
        consultation.ready_by, consultation.ready_at = None, None
        consultation.save(update_fields=["ready_by", "ready_at"])


def copy_questions(source: Consultation, made: Consultation) -> None:
    """The questions with their options, as they read now."""
    rows = list(source.questions.all())
    for row in rows:
        row.pk, row.consultation = None, made
    Question.objects.bulk_create(rows)


def copy_text(source: Consultation, made: Consultation, by: Person, moment: datetime) -> None:
    """The newest published text as a version in work, its clauses as new ones with the numbers 1 to n."""
    old = published_version(source)
    if old is None:
        return
    version = DraftVersion.objects.create(
        consultation=made, number=1, source=old.source, created_by=by, created_at=moment
    )
    texts = list(old.texts.order_by("position"))
    clauses = Clause.objects.bulk_create(
        Clause(consultation=made, number=number) for number in range(1, len(texts) + 1)
    )
    parents = {row.pk: row.parent_id for row in texts}
    copies: dict[int, ClauseText] = {}
    for row, clause in zip(texts, clauses, strict=True):
        key = row.pk
        row.pk, row.version, row.clause, row.parent = None, version, clause, None
        row.change, row.is_doubtful = Change.FIRST, False
        copies[key] = row
    ClauseText.objects.bulk_create(copies.values())
    for key, row in copies.items():
        row.parent = copies.get(parents[key] or 0)
    ClauseText.objects.bulk_update(copies.values(), ["parent"], batch_size=500)


def _refuse(names: list[str], sentence: str) -> None:
    if names:
        words = ", ".join(str(LABELS[name]) for name in names)
        raise SettingsFixed(sentence % {"names": words}, names)


def _follow(consultation: Consultation, names: list[str]) -> None:
    """Let the talk follow title and unit, that of its clauses too."""
    if "title" in names:
        Subject.objects.filter(pk=consultation.subject_id).update(title=consultation.title[:300])
    if "unit" in names:
        place_subject(consultation.subject, unit=consultation.unit)
        clauses = Subject.objects.filter(clause__consultation=consultation)
        clauses.update(unit=consultation.unit)
        Case.objects.filter(subject__clause__consultation=consultation, closed_at=None).update(
            unit=consultation.unit
        )


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    key = next((getattr(value, name) for name in ("code", "slug") if hasattr(value, name)), None)
    return key if key is not None else value

"""Passing what is open at a retired unit to its successor: rows, public lines and one audit entry per thing that moved.

Deadlines, states and authors stay as they are and nobody is written to: the office changed, not the matter.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from rembuk.access.rights import actor_of
from rembuk.accounts.models import Person
from rembuk.audit import actions as audit
from rembuk.audit.actors import Actor
from rembuk.common.errors import WrongState
from rembuk.consultations.models import ConsultationEvent, RowChange
from rembuk.engagement.models import Subject
from rembuk.management.units.fate import MOVING, Moving
from rembuk.management.units.verbs import HANDED_OVER
from rembuk.programs.models import ProgramEvent
from rembuk.proposals.models import Decision, Disposition, Proposal
from rembuk.reports.models import AccountabilityReport
from rembuk.workunits.models import WorkUnit

# The step of the public lines; no state changes by it.
STEP = "succeed"
# Talk that is looked after where its owner lies; phases, clauses and submissions follow without an entry of their own.
_OWNERS = frozenset({Subject.Kind.PROPOSAL, Subject.Kind.PROGRAM, Subject.Kind.CONSULTATION})
type Thing = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Handing:
    """Who passes what was with ``source`` to ``successor``, under which office, why, when; ``bulk`` joins the entries."""

    source: WorkUnit
    successor: WorkUnit
    office: WorkUnit
    by: Person | Actor
    moment: datetime
    reason: str
    bulk: str

    @property
    def person(self) -> Person | None:
        """Whoever did it, unless it was the clock."""
        return self.by if isinstance(self.by, Person) else None

    @property
    def words(self) -> str:
        """From where to where, and why, as everybody reads it."""
        way = f"{self.source.name} → {self.successor.name}"
        return f"{way}. {self.reason}" if self.reason else way


def hand_over(act: Handing) -> int:
    """Move every row that ``fate.MOVING`` names; returns how many things moved. The caller holds the lock of the tree.

    Raises:
        WrongState: where both units have a report for the same period, one of them a draft.
    """
    _check_reports(act)
    touched: defaultdict[Thing, list[str]] = defaultdict(list)
    lines = _Lines(act)
    for moving in MOVING:
        rows = _locked(moving, act.source)
        _WAYS.get(moving.field, _point)(moving, rows, act)
        for row in rows:
            lines.note(row)
            thing = _THINGS[moving.field.rpartition(".")[0]](row)
            if thing is not None:
                touched[thing].append(moving.field.partition(".")[2])
    lines.write()
    _write_trail(touched, act)
    return len(touched)


def _locked(moving: Moving, unit: WorkUnit) -> list[Any]:
    label = moving.field.rpartition(".")[0]
    rows = moving.rows(unit).order_by("pk").select_for_update(of=("self",), no_key=True)
    related = _RELATED.get(label)
    return list(rows.select_related(*related) if related else rows)


def _point(
    moving: Moving, rows: list[Any], act: Handing, to: WorkUnit | None = None, *, nobody: bool = False
) -> None:
    """Let the field of all these rows name the successor (or nobody), in one statement."""
    name = moving.field.rpartition(".")[2]
    if rows:
        value = None if nobody else to or act.successor
        type(rows[0])._default_manager.filter(pk__in=[row.pk for row in rows]).update(**{name: value})


def _point_releasing(moving: Moving, rows: list[Any], act: Handing) -> None:
    """Entries of a village are released by another village only; any other unit has its moderators for it."""
    _point(moving, rows, act, nobody=not act.successor.releases_own)


def _point_dispositions(moving: Moving, rows: list[Disposition], act: Handing) -> None:
    """A successor that has the proposal already keeps its own disposition, and leads where the retired unit led."""
    keys = [row.proposal_id for row in rows]
    theirs = {
        row.proposal_id: row for row in Disposition.objects.filter(proposal__in=keys, unit=act.successor)
    }
    _point(moving, [row for row in rows if row.proposal_id not in theirs], act)
    for row in rows:
        other = theirs.get(row.proposal_id)
        if other is None:
            continue
        own = Disposition.objects.filter(pk=row.pk)
        if row.proposal.assessments.filter(unit=act.source).exists():
            own.update(is_responsible=False, closed_at=row.closed_at or act.moment)
        else:
            own.delete()
        if row.is_responsible:
            Disposition.objects.filter(pk=other.pk).update(is_responsible=True)


def _check_reports(act: Handing) -> None:
    drafts = next(row for row in MOVING if row.field == "reports.AccountabilityReport.unit").rows(act.source)
    for draft in drafts:
        same = AccountabilityReport.objects.filter(unit=act.successor, year=draft.year, quarter=draft.quarter)
        if same.exists():
            raise WrongState(
                _(
                    "The successor has an accountability report for the same period as the draft %(code)s. Publish that "
                    "draft first."
                )
                % {"code": draft.code}
            )


def _write_trail(touched: dict[Thing, list[str]], act: Handing) -> None:
    after = {"from": act.source.code, "to": act.successor.code}
    entries = [
        (
            HANDED_OVER,
            audit.Target(kind, key, act.successor.pk, act.successor.path),
            {**after, "fields": fields},
        )
        for (kind, key), fields in sorted(touched.items())
    ]
    audit.record_many(entries, by=actor_of(act.by), at=act.moment, bulk=act.bulk, reason=act.reason)


class _Lines:
    """One public line per proposal, programme and consultation that moved, and one per point of a matrix."""

    def __init__(self, act: Handing) -> None:
        self.act = act
        self.proposals: dict[int, Decision] = {}
        self.programs: dict[int, ProgramEvent] = {}
        self.consultations: dict[int, ConsultationEvent] = {}
        self.points: list[RowChange] = []

    def note(self, row: Any) -> None:
        """Remember the line that tells of this row, if one does."""
        kind, act = row._meta.label, self.act
        if kind == "proposals.Disposition" or (kind == "proposals.Proposal" and row.unit_id == act.source.pk):
            self._proposal(row if isinstance(row, Proposal) else row.proposal)
        elif kind in {"programs.Program", "programs.Milestone"}:
            self._program(row if kind == "programs.Program" else row.program)
        elif kind == "consultations.Consultation":
            self.consultations[row.pk] = ConsultationEvent(
                consultation=row, office=act.office, **self._event(row)
            )
        elif kind == "consultations.MatrixRow":
            change = {"verdict": row.verdict, "reason": row.reason, "by": act.person, "at": act.moment}
            self.points.append(RowChange(row=row, deed="assigned", note=act.words, **change))

    def write(self) -> None:
        """Write all lines, one statement per kind."""
        Decision.objects.bulk_create(self.proposals.values())
        ProgramEvent.objects.bulk_create(self.programs.values())
        ConsultationEvent.objects.bulk_create(self.consultations.values())
        RowChange.objects.bulk_create(self.points)

    def _proposal(self, proposal: Proposal) -> None:
        if proposal.code is None:
            return
        steps = {"step": STEP, "from_state": proposal.state, "to_state": proposal.state}
        self.proposals[proposal.pk] = Decision(
            proposal=proposal,
            office=self.act.office,
            explanation=self.act.words,
            at=self.act.moment,
            by=self.act.person,
            **steps,
        )

    def _program(self, program: Any) -> None:
        self.programs[program.pk] = ProgramEvent(
            program=program, office=self.act.office, **self._event(program)
        )

    def _event(self, row: Any) -> dict[str, Any]:
        act = self.act
        return {
            "step": STEP,
            "from_state": row.state,
            "to_state": row.state,
            "at": act.moment,
            "by": act.person,
            "reason": act.words,
        }


def _subject(row: Subject) -> Thing | None:
    return (row.kind, row.code) if row.kind in _OWNERS else None


_WAYS: dict[str, Callable[[Moving, list[Any], Handing], None]] = {
    "proposals.Disposition.unit": _point_dispositions,
    "engagement.Case.released_by_unit": _point_releasing,
}
# The thing in whose timeline the entry stands, by model.
_THINGS: dict[str, Callable[[Any], Thing | None]] = {
    "proposals.Proposal": lambda row: ("proposal", row.code or str(row.public_id)),
    "proposals.Disposition": lambda row: ("proposal", row.proposal.code or str(row.proposal.public_id)),
    "programs.Program": lambda row: ("program", row.code),
    "programs.Milestone": lambda row: ("program", row.program.code),
    "consultations.Consultation": lambda row: ("consultation", row.code),
    "consultations.MatrixRow": lambda row: ("matrix_row", f"{row.submission.code}#{row.number}"),
    "engagement.Case": lambda row: ("case", str(row.public_id)),
    "engagement.Subject": _subject,
    "reports.AccountabilityReport": lambda row: ("accountability", row.code),
    "reports.EvaluationReport": lambda row: ("program", row.program.code),
    "taxonomy.Category": lambda row: ("category", row.slug),
    "management.DeskAccount": lambda row: ("person", str(row.person_id)),
}
_RELATED: dict[str, Iterable[str]] = {
    "proposals.Disposition": ("proposal",),
    "programs.Milestone": ("program",),
    "consultations.MatrixRow": ("submission",),
    "reports.EvaluationReport": ("program",),
}

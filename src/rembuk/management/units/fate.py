"""What becomes of every row that points to a work unit when the unit is retired: it moves, or it stays as history.

Each foreign key to WorkUnit stands here once (a test walks them all). What ``is_work`` needs a successor; the rest of
``MOVING`` goes along where there is one.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rembuk.consultations.models import Consultation, MatrixRow
from rembuk.consultations.states import RowState
from rembuk.consultations.states import State as Asked
from rembuk.engagement.models import Case, Subject
from rembuk.management.models import DeskAccount
from rembuk.programs.models import Milestone, Program
from rembuk.programs.states import MilestoneState
from rembuk.programs.states import State as Planned
from rembuk.proposals.models import Disposition, Proposal
from rembuk.proposals.states import State
from rembuk.reports.models import AccountabilityReport, EvaluationReport
from rembuk.reports.states import ReportState
from rembuk.taxonomy.models import Category
from rembuk.workunits.models import WorkUnit

# A proposal that came to one of these goes no further unless somebody takes it up again.
ENDS = frozenset(
    {State.REJECTED, State.DUPLICATE, State.WITHDRAWN, State.FORWARDED, State.DECLINED, State.COMPLETED}
)


def ended(prefix: str = "") -> Q:
    """Proposals at an end, hidden ones by the state they had; ``prefix`` reaches them over a foreign key."""
    return Q(**{f"{prefix}state__in": ENDS}) | Q(
        **{f"{prefix}state": State.HIDDEN, f"{prefix}state_before_hiding__in": ENDS}
    )


_RUNNING = ~Q(state__in=[Planned.COMPLETED, Planned.CANCELLED])
_ASKING = ~Q(state__in=[Asked.CONCLUDED, Asked.CANCELLED])
_TO_ANSWER = Q(objections__outcome="", objections__isnull=False) | (
    ~Q(state=RowState.PUBLISHED) & ~Q(consultation__state__in=[Asked.CONCLUDED, Asked.CANCELLED])
)


@dataclass(frozen=True, slots=True)
class Moving:
    """Rows that go to the successor: the field, which of them, what they are called, whether they need a successor."""

    field: str
    name: str | Promise
    rows: Callable[[WorkUnit], QuerySet[Any]]
    is_work: bool = True


MOVING: tuple[Moving, ...] = (
    Moving(
        "proposals.Proposal.unit",
        _("Proposals not at an end"),
        lambda unit: Proposal.objects.filter(~ended(), unit=unit),
    ),
    Moving(
        "proposals.Proposal.origin_unit",
        _("Proposals that it entered and releases"),
        lambda unit: Proposal.objects.filter(origin_unit=unit),
        is_work=False,
    ),
    Moving(
        "proposals.Proposal.executing_unit",
        _("Proposals that it is to carry out"),
        lambda unit: Proposal.objects.filter(~ended(), executing_unit=unit),
        is_work=False,
    ),
    Moving(
        "proposals.Proposal.target_unit",
        _("Drafts meant for it"),
        lambda unit: Proposal.objects.filter(target_unit=unit, state=State.DRAFT),
        is_work=False,
    ),
    Moving(
        "proposals.Disposition.unit",
        _("Dispositions not done"),
        lambda unit: Disposition.objects.filter(
            Q(closed_at=None) | Q(is_responsible=True), ~ended("proposal__"), unit=unit
        ),
    ),
    Moving(
        "programs.Program.unit",
        _("Work programmes that run"),
        lambda unit: Program.objects.filter(_RUNNING, unit=unit),
    ),
    Moving(
        "programs.Program.executing_unit",
        _("Work programmes that it carries out"),
        lambda unit: Program.objects.filter(_RUNNING, executing_unit=unit),
    ),
    Moving(
        "programs.Milestone.office",
        _("Milestones not done"),
        lambda unit: Milestone.objects.filter(
            ~Q(state__in=[MilestoneState.DONE, MilestoneState.DROPPED]),
            ~Q(program__state__in=[Planned.COMPLETED, Planned.CANCELLED]),
            office=unit,
        ),
    ),
    Moving(
        "consultations.Consultation.unit",
        _("Consultations not concluded"),
        lambda unit: Consultation.objects.filter(_ASKING, unit=unit),
    ),
    Moving(
        "consultations.MatrixRow.unit",
        _("Points of submissions to be answered"),
        lambda unit: MatrixRow.objects.filter(
            pk__in=MatrixRow.objects.filter(_TO_ANSWER, unit=unit).values("pk")
        ),
    ),
    Moving(
        "engagement.Case.unit",
        _("Open cases in moderation"),
        lambda unit: Case.objects.filter(closed_at=None, unit=unit),
    ),
    Moving(
        "engagement.Case.released_by_unit",
        _("Entries that it has to release"),
        lambda unit: Case.objects.filter(closed_at=None, released_by_unit=unit),
    ),
    Moving(
        "engagement.Subject.unit",
        _("Discussions that it looks after"),
        lambda unit: Subject.objects.filter(unit=unit),
        is_work=False,
    ),
    Moving(
        "reports.AccountabilityReport.unit",
        _("Drafts of accountability reports"),
        lambda unit: AccountabilityReport.objects.filter(state=ReportState.DRAFT, unit=unit),
    ),
    Moving(
        "reports.EvaluationReport.office",
        _("Drafts of evaluations"),
        lambda unit: EvaluationReport.objects.filter(state=ReportState.DRAFT, office=unit),
    ),
    Moving(
        "taxonomy.Category.default_unit",
        _("Categories whose proposals come to it"),
        lambda unit: Category.objects.filter(default_unit=unit),
    ),
    Moving(
        "management.DeskAccount.unit",
        _("Accounts opened at its desk"),
        lambda unit: DeskAccount.objects.filter(unit=unit),
        is_work=False,
    ),
)

# Asked on the form: units below go along or hinder, roles end or are given on.
CHOSEN: Mapping[str, str] = {
    "workunits.WorkUnit.parent": "units below go along to the successor, or must be moved or retired first",
    "access.Grant.unit": "grants end, or are given on in the successor",
}

STAYING: Mapping[str, str] = {
    "workunits.WorkUnit.successor": "who followed whom; addresses go on from successor to successor",
    "workunits.FormerCode.unit": "old codes lead to the unit, and from there to its successor",
    "access.GrantRequest.unit": "asked for the instansi only, which is never retired",
    "engagement.Comment.office": "in whose name it was said",
    "proposals.StageEntry.executing_unit": "what a sheet of a later stage said",
    "proposals.Decision.office": "under which office it was decided",
    "proposals.Assessment.unit": "who found it",
    "proposals.OfficialAnswer.unit": "who answered",
    "programs.Revision.office": "under which office the plan was revised",
    "programs.ProgramEvent.office": "under which office it was done",
    "programs.Update.office": "who told the news",
    "consultations.ConsultationEvent.office": "under which office it was done",
    "consultations.MatrixRow.office": "who proposed the answer; set anew with every proposal of one",
    "consultations.Objection.office": "who decided on it",
}


@dataclass(frozen=True, slots=True)
class Load:
    """How many rows of one kind hang on a unit."""

    field: str
    name: str
    count: int
    is_work: bool


def load_of(unit: WorkUnit) -> list[Load]:
    """What would move, kinds without any left out; one count per kind."""
    counted = [Load(row.field, str(row.name), row.rows(unit).count(), row.is_work) for row in MOVING]
    return [load for load in counted if load.count]


def is_loaded(unit: WorkUnit) -> bool:
    """Whether anything is open at the unit, so that it needs a successor."""
    return any(row.rows(unit).exists() for row in MOVING if row.is_work)

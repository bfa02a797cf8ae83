"""Which reports: those everybody may read, and those of somebody's units."""

from django.db.models import Q, QuerySet

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.access.rights import Somebody
from rembuk.programs.models import Program
from rembuk.programs.selectors import readable_by_staff
from rembuk.programs.states import PUBLIC
from rembuk.reports.models import AccountabilityReport, EvaluationReport
from rembuk.reports.states import ReportState
from rembuk.workunits.models import WorkUnit


def evaluations_of(program: Program) -> QuerySet[EvaluationReport]:
    """The published evaluations of a programme, the newest first."""
    return program.evaluations.filter(state=ReportState.PUBLISHED).order_by("-number")


def public_evaluations() -> Q:
    """Published evaluations of public programmes."""
    return Q(state=ReportState.PUBLISHED, program__state__in=PUBLIC)


def evaluations_for_staff(person: Somebody) -> Q:
    """Evaluations a staff member may read, drafts among them: of programmes of her units."""
    return Q(program__in=Program.objects.filter(readable_by_staff(person)))


def public_accounts(unit: WorkUnit | None = None) -> QuerySet[AccountabilityReport]:
    """Published accountability reports, of one unit or of all, without order."""
    rows = AccountabilityReport.objects.filter(state=ReportState.PUBLISHED).select_related("unit")
    return rows if unit is None else rows.filter(unit=unit)


def accounts_for_staff(person: Somebody) -> Q:
    """Accountability reports she writes, drafts among them: the queryset twin of ``rules.may_account``."""
    return rights.within("unit", rights.paths(person, izin.ACCOUNTABILITY_PUBLISH))

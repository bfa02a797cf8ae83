"""The only ways to a report: each fetches and authorises in one step."""

from django.db.models import Q

from rembuk.access.rights import Somebody
from rembuk.accounts.models import Person
from rembuk.common.codes import read_code
from rembuk.common.errors import NotVisible
from rembuk.reports import selectors
from rembuk.reports.models import AccountabilityReport, EvaluationReport
from rembuk.reports.states import ReportState


def evaluation_for_reader(code: str, number: int, reader: Somebody) -> EvaluationReport:
    """The evaluation with this number of a programme: a published one, or a draft of her units.

    Raises:
        NotVisible: for everybody else, and when there is none.
    """
    visible = selectors.public_evaluations()
    if isinstance(reader, Person):
        visible |= selectors.evaluations_for_staff(reader)
    return _evaluation(code, number, visible)


def evaluation_for_desk(code: str, number: int, by: Person) -> EvaluationReport:
    """An evaluation of a programme of her units.

    Raises:
        NotVisible: outside of them.
    """
    return _evaluation(code, number, selectors.evaluations_for_staff(by))


def account_for_reader(code: str, reader: Somebody) -> AccountabilityReport:
    """The accountability report with this code: a published one, or a draft she writes.

    Raises:
        NotVisible: for everybody else, and when there is none.
    """
    visible = Q(state=ReportState.PUBLISHED)
    if isinstance(reader, Person):
        visible |= selectors.accounts_for_staff(reader)
    return _account(code, visible)


def account_for_desk(code: str, by: Person) -> AccountabilityReport:
    """An accountability report of her units.

    Raises:
        NotVisible: outside of them.
    """
    return _account(code, selectors.accounts_for_staff(by))


def _evaluation(code: str, number: int, visible: Q) -> EvaluationReport:
    rows = EvaluationReport.objects.select_related("program__unit", "program__subject", "office")
    found = rows.filter(visible, program__code=str(read_code(code)), number=number).first()
    if found is None:
        raise NotVisible
    return found


def _account(code: str, visible: Q) -> AccountabilityReport:
    found = AccountabilityReport.objects.select_related("unit").filter(visible, code=code).first()
    if found is None:
        raise NotVisible
    return found

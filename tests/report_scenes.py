"""Reports for the tests, on programmes with all layers, brought about by real actions."""

from datetime import UTC, datetime

from rembuk.accounts.models import Person
from rembuk.programs.models import Program
from rembuk.reports.actions.account import draft_account, publish_account
from rembuk.reports.actions.evaluate import draft_evaluation, publish_evaluation
from rembuk.reports.models import AccountabilityReport, EvaluationReport
from rembuk.reports.periods import Period
from rembuk.workunits.models import WorkUnit
from tests import people
from tests.scenes import Regency

NOW = datetime(2026, 11, 24, 2, tzinfo=UTC)
THIRD = Period(2026, 3)
FOURTH = Period(2026, 4)
YEAR = Period(2026)


def head(place: Regency) -> Person:
    """The unit admin of the public works agency, who also publishes accountability reports."""
    return people.staff("unit-admin", place.works, "Hendra Wijaya")


def evaluation(program: Program, by: Person, at: datetime = NOW) -> EvaluationReport:
    """A draft."""
    return draft_evaluation(program, by=by, at=at)


def evaluated(program: Program, by: Person, at: datetime = NOW) -> EvaluationReport:
    """A published evaluation."""
    return publish_evaluation(evaluation(program, by, at), by=by, at=at)


def account(unit: WorkUnit, by: Person, period: Period = FOURTH, at: datetime = NOW) -> AccountabilityReport:
    """A draft."""
    return draft_account(unit, period, by=by, at=at)


def accounted(
    unit: WorkUnit, by: Person, period: Period = FOURTH, at: datetime = NOW
) -> AccountabilityReport:
    """A published accountability report."""
    return publish_account(account(unit, by, period, at), by=by, at=at)

"""Who may write and publish reports: for a programme in its unit, for a unit in it or from above."""

from django.utils.translation import gettext_lazy as _

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.access.permissions import Permission
from rembuk.accounts.models import Person
from rembuk.common.errors import ALLOWED, Denied, Verdict
from rembuk.programs.models import Program
from rembuk.workunits.models import WorkUnit


def may_evaluate(program: Program, by: Person) -> Verdict:
    """Draft the evaluation of a programme, edit its words, refresh its figures, discard the draft."""
    return _held(by, izin.PROGRAM_REPORT, program.unit)


def may_publish_evaluation(program: Program, by: Person) -> Verdict:
    """Publish it."""
    return _held(by, izin.PROGRAM_PUBLISH, program.unit)


def may_account(unit: WorkUnit, by: Person) -> Verdict:
    """Draft, edit and publish the accountability report of a unit."""
    return _held(by, izin.ACCOUNTABILITY_PUBLISH, unit)


def _held(by: Person, permission: Permission, unit: WorkUnit) -> Verdict:
    if rights.can(by, permission, unit):
        return ALLOWED
    return Denied(_("Your rights do not cover this work unit."))

"""Taking the matrix out of the house with names: allowed, and recorded before the file is written."""

from datetime import datetime

from django.db import transaction

from rembuk.access import permissions as izin
from rembuk.accounts.models import Person
from rembuk.common.clock import instant
from rembuk.common.errors import require
from rembuk.consultations import rules, verbs
from rembuk.consultations.actions.steps import deed, record
from rembuk.consultations.models import Consultation


@transaction.atomic
def note_export(
    consultation: Consultation, *, by: Person, form: str, rows: int, at: datetime | None = None
) -> None:
    """Record that somebody took the matrix with names out as a file of ``form`` with so many rows.

    Raises:
        Denied: without the right in the consultation's unit.
    """
    require(rules.may_export(consultation, by))
    act = deed(consultation, izin.CONSULTATION_EXPORT, by=by, moment=instant(at))
    record(consultation, verbs.EXPORTED, act, after={"form": form, "rows": rows})

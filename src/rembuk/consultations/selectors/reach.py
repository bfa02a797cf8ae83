"""What staff may read: the queryset twins of who may see what.

Fetching one thing with authority: ``doors``.
"""

from django.db.models import OuterRef, Q, QuerySet

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.access.rights import Somebody
from rembuk.accounts.models import Person
from rembuk.common.postgresql.asking import exists_row_by_row
from rembuk.consultations.models import Consultation, MatrixRow
from rembuk.consultations.states import State

_MOST_IN_CHARGE = 500


def readable_by_staff(person: Somebody) -> Q:
    """Consultations a staff member may read, drafts too: of her units, or with rows her unit is in charge of."""
    if rights.can_everywhere(person, izin.CONSULTATION_READ):
        # Nothing lies outside the instansi, and so nothing has to be looked up.
        return Q(unit__isnull=False)
    held = rights.paths(person, izin.CONSULTATION_READ)
    in_charge = MatrixRow.objects.filter(rights.within("unit", held)).values("consultation")
    return rights.within("unit", held) | Q(pk__in=in_charge)


def in_reach(person: Person) -> Q:
    """``readable_by_staff``, for lists: whoever works for few units has their keys and those of what they are in charge of, so
    that both are sought. By their paths all consultations of the site were joined with their units.
    """
    held = rights.paths(person, izin.CONSULTATION_READ)
    units = None if rights.can_everywhere(person, izin.CONSULTATION_READ) else rights.few_units(person, held)
    return readable_by_staff(person) if units is None else Q(unit__in=units) | _in_charge(units)


def _in_charge(units: list[int]) -> Q:
    """Consultations with a row one of these units is in charge of; with many such rows, asked of one after the other."""
    rows = MatrixRow.objects.filter(unit__in=units).order_by()
    found = list(rows.values_list("consultation", flat=True)[: _MOST_IN_CHARGE + 1])
    if len(found) > _MOST_IN_CHARGE:
        return Q(exists_row_by_row(rows.filter(consultation=OuterRef("pk")), "unit"))
    return Q(pk__in=set(found))


def submissions_for_staff(person: Somebody) -> Q:
    """Submissions a staff member reads on the desk: of her units' consultations, else those with a row of her unit."""
    held = rights.paths(person, izin.CONSULTATION_READ)
    in_charge = MatrixRow.objects.filter(rights.within("unit", held)).values("submission")
    return rights.within("consultation__unit", held) | Q(pk__in=in_charge)


def rows_for_staff(person: Somebody, through: str = "") -> Q:
    """Rows of the matrix a staff member reads: all of her units' consultations, else those her unit is in charge of.

    ``through`` leads to the rows from the rows that are asked for, such as ``"rows__"``.
    """
    held = rights.paths(person, izin.CONSULTATION_READ)
    return rights.within(f"{through}consultation__unit", held) | rights.within(f"{through}unit", held)


def groups_for_staff(person: Somebody) -> Q:
    """Groups of like rows a staff member reads: of her units' consultations, else those with a row of her unit."""
    held = rights.paths(person, izin.CONSULTATION_READ)
    in_charge = MatrixRow.objects.filter(rights.within("unit", held), group__isnull=False).values("group")
    return rights.within("consultation__unit", held) | Q(pk__in=in_charge)


def handed_over_to(person: Person) -> QuerySet[Consultation]:
    """Drafts that somebody else handed over and that this person may announce, without order."""
    mine = rights.within("unit", rights.paths(person, izin.CONSULTATION_PUBLISH))
    handed = Consultation.objects.filter(mine, state=State.DRAFT, ready_by__isnull=False)
    return handed.exclude(ready_by=person)

"""Where a right is asked about: a work unit, or the unit a proposal, programme or consultation lies in, by its code."""

from dataclasses import dataclass

from django.db.models import QuerySet

from rembuk.access.permissions import PROPOSAL_HIDE, PROPOSAL_MODERATE, PROPOSAL_RELEASE, Permission
from rembuk.accounts.models import Person
from rembuk.common.codes import Code, read_code
from rembuk.common.text import clean_line
from rembuk.consultations.models import Consultation
from rembuk.management.why.selectors import units_in_reach
from rembuk.programs.models import Program
from rembuk.proposals.models import Proposal
from rembuk.workunits.models import FormerCode, WorkUnit

# What a village or subdistrict does with its own entries is asked by the right to release them, there and nowhere above.
_RELEASED = frozenset({PROPOSAL_MODERATE.key, PROPOSAL_HIDE.key, PROPOSAL_RELEASE.key})


@dataclass(frozen=True, slots=True)
class Place:
    """The unit a right is asked for, and what is really asked there.

    ``code`` names the thing where one was given. ``permission`` differs from what was asked where the rules of the thing
    ask for another one; ``exact`` where only a grant in that very unit counts.
    """

    unit: WorkUnit
    permission: Permission
    exact: bool = False
    code: str = ""


def place_of(text: str, permission: Permission, by: Person) -> Place | None:
    """What was written, a code, a name or a suggestion, within the reach of ``by``; ``None`` for anything else."""
    code = read_code(text)
    found = _unit_place(text, permission) if code is None else _thing_place(code, permission)
    if found is None or not units_in_reach(by).filter(pk=found.unit.pk).exists():
        return None
    return found


def unit_place(unit: WorkUnit, permission: Permission) -> Place:
    """A work unit itself."""
    return Place(unit, permission, exact=permission == PROPOSAL_RELEASE)


def _unit_place(text: str, permission: Permission) -> Place | None:
    text = clean_line(text)[:260]
    code = text.rpartition("(")[2].rstrip(")") if text.endswith(")") else text
    units: QuerySet[WorkUnit] = WorkUnit.objects.all()
    found = list(units.filter(code__iexact=code)[:2]) or list(units.filter(name__iexact=text)[:2])
    if not found:
        former = FormerCode.objects.filter(code__iexact=code).select_related("unit")[:2]
        found = [row.unit for row in former]
    return unit_place(found[0], permission) if len(found) == 1 else None


def _thing_place(code: Code, permission: Permission) -> Place | None:
    if code.prefix == "USL":
        return _proposal_place(str(code), permission)
    model: type[Program] | type[Consultation] = Program if code.prefix == "PRG" else Consultation
    thing = model.objects.filter(code=str(code)).select_related("unit").first()
    return Place(thing.unit, permission, code=str(code)) if thing else None


def _proposal_place(code: str, permission: Permission) -> Place | None:
    """As ``proposals.rules`` ask: own entries of a village or subdistrict by the right to release them, exactly there."""
    proposal = Proposal.objects.filter(code=code).select_related("unit", "origin_unit").first()
    if proposal is None:
        return None
    origin = proposal.origin_unit
    if origin is not None and origin.releases_own and permission.key in _RELEASED:
        return Place(origin, PROPOSAL_RELEASE, exact=True, code=code)
    if proposal.unit is None:
        return None
    return Place(proposal.unit, permission, exact=permission == PROPOSAL_RELEASE, code=code)

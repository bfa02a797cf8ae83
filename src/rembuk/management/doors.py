"""The way to a managed thing for staff: what lies outside their reach looks absent (404)."""

from uuid import UUID

from django.db.models import Q

from rembuk.access.models import Grant
from rembuk.accounts.models import Person
from rembuk.common.errors import NotVisible
from rembuk.management import selectors
from rembuk.programs.models import KindOfPhase, PhaseTemplate
from rembuk.taxonomy.models import Category, ReasonCode, TextTemplate
from rembuk.workdays.models import Holiday
from rembuk.workunits.models import WorkUnit


def category(slug: str) -> Category:
    """A category by its short name or one it had before, retired ones too, with parent, default unit and successor.

    Raises:
        NotVisible: when there is none.
    """
    rows = Category.objects.filter(Q(slug=slug) | Q(former_slugs__slug=slug))
    return _found(rows.select_related("parent", "default_unit", "merged_into").first())


def unit_for(code: str, by: Person) -> WorkUnit:
    """A unit this person manages, retired ones too, with its parent; by its code, or one that it had before.

    Raises:
        NotVisible: when there is none, or it lies outside.
    """
    units = selectors.managed_units(by).select_related("parent", "region", "successor")
    return _found(units.filter(code=code).first() or units.filter(former_codes__code=code).first())


def person_for(public_id: UUID, by: Person) -> Person:
    """A person whose page ``by`` may open.

    Raises:
        NotVisible: when there is none, or she has no role in the units of ``by``.
    """
    return _found(selectors.managed_people(by).filter(public_id=public_id).first())


def grant_for(number: int, by: Person) -> Grant:
    """A grant in the units in which ``by`` may give and end them, with person, role and unit.

    Raises:
        NotVisible: when there is none, or it lies outside.
    """
    grants = selectors.managed_grants(by).select_related("person", "role", "unit")
    return _found(grants.filter(pk=number).first())


def reason(code: str) -> ReasonCode:
    """A reason code, retired ones too.

    Raises:
        NotVisible: when there is none.
    """
    return _found(ReasonCode.objects.filter(code=code).first())


def template(number: int) -> TextTemplate:
    """A text template, retired ones too.

    Raises:
        NotVisible: when there is none.
    """
    return _found(TextTemplate.objects.filter(pk=number).first())


def phase_kind(code: str) -> KindOfPhase:
    """A kind of phase, retired ones too.

    Raises:
        NotVisible: when there is none.
    """
    return _found(KindOfPhase.objects.filter(code=code).first())


def phase_template(code: str) -> PhaseTemplate:
    """A template of phases, retired ones too.

    Raises:
        NotVisible: when there is none.
    """
    return _found(PhaseTemplate.objects.filter(code=code).first())


def holiday(number: int) -> Holiday:
    """A holiday with its region.

    Raises:
        NotVisible: when there is none.
    """
    return _found(Holiday.objects.filter(pk=number).select_related("region").first())


def _found[Thing](thing: Thing | None) -> Thing:
    if thing is None:
        raise NotVisible
    return thing

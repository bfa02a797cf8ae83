"""Who may manage what. A right holds for its unit and all below; what has no unit belongs to the whole instansi.

Nobody gives a role with permissions they lack, beyond their own unit, or to themselves; nobody takes away the last
administrator. The queryset twins are in ``selectors``.
"""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.access.holders import is_administrator_left
from rembuk.access.holders import is_instansi as is_instansi
from rembuk.access.models import Grant, Role
from rembuk.access.permissions import ALL, Permission
from rembuk.accounts.models import Person
from rembuk.common.clock import instant
from rembuk.common.errors import ALLOWED, Denied, Verdict
from rembuk.workunits.models import WorkUnit

_OUTSIDE = _("Your rights do not cover this work unit.")
_NOT_ONESELF = _("Nobody changes their own roles. A colleague has to do it.")


def may_manage_site(by: Person, permission: Permission) -> Verdict:
    """Change what belongs to the whole site: categories, reasons, holidays, pages, settings."""
    if rights.can_everywhere(by, permission):
        return ALLOWED
    return Denied(
        _("This belongs to the whole site: only somebody with this right in the whole instansi can do it.")
    )


def may_manage_unit(by: Person, unit: WorkUnit) -> Verdict:
    """See and edit a unit: its managers; one outside of every tree, such as one imported flat, the instansi's."""
    if rights.can(by, izin.UNIT_MANAGE, unit) or rights.can_everywhere(by, izin.UNIT_MANAGE):
        return ALLOWED
    return Denied(_OUTSIDE)


def may_move_unit(by: Person, unit: WorkUnit, parent: WorkUnit) -> Verdict:
    """Move a unit: whoever manages it, the place it leaves and the place it goes to."""
    if is_instansi(unit):
        return Denied(_("The instansi itself stands at the top of the tree and can't be moved or retired."))
    places = [parent] if unit.parent is None else [parent, unit.parent]
    if unit.parent is None and not rights.can_everywhere(by, izin.UNIT_MANAGE):
        return Denied(_OUTSIDE)
    refusals = (may_manage_unit(by, place) for place in [unit, *places])
    return next((verdict for verdict in refusals if not verdict.ok), ALLOWED)


def may_retire_unit(by: Person, unit: WorkUnit) -> Verdict:
    """Retire a unit: whoever manages the place it hangs in. The instansi itself stays."""
    if is_instansi(unit):
        return Denied(_("The instansi itself stands at the top of the tree and can't be moved or retired."))
    return may_manage_unit(by, unit.parent or unit)


def may_see_person(by: Person, person: Person) -> Verdict:
    """See a person's page: the instansi's managers everybody's, others those who have or had a role in their units."""
    if rights.can_everywhere(by, izin.PERSON_MANAGE):
        return ALLOWED
    held = person.grants.select_related("unit")
    if any(rights.can(by, izin.PERSON_MANAGE, grant.unit) for grant in held):
        return ALLOWED
    return Denied(_OUTSIDE)


def may_answer_for(by: Person, person: Person, at: datetime | None = None) -> Verdict:
    """Act on a whole account of somebody else, such as ending its sessions: see ``covers_account``."""
    if by.pk == person.pk:
        return Denied(_("This is your own account. A colleague has to do it."))
    return covers_account(by, person, [grant.unit for grant in _lasting(person, at)])


def covers_account(by: Person, person: Person, units: Collection[WorkUnit]) -> Verdict:
    """Whether the whole account is in one's hands; ``units`` are all in which the person has or will have a role.

    The instansi's managers answer for everybody. Others answer for staff that was invited, when their right covers
    every role. An account that somebody registered themselves, or that a desk opened, stays the owner's: who gives it a
    role gets no power over it.
    """
    if rights.can_everywhere(by, izin.PERSON_MANAGE):
        return ALLOWED
    if not units or not all(rights.can(by, izin.PERSON_MANAGE, unit) for unit in units):
        return Denied(_("This person also has roles outside your work units, or none in them."))
    if person.invited_at is None:
        return Denied(
            _(
                "This person registered the account themselves, or a desk opened it; no office invited them. Only somebody "
                "who manages people in the whole instansi can do this. You can end the roles in your work units."
            )
        )
    return ALLOWED


def may_suspend(by: Person, person: Person, at: datetime | None = None) -> Verdict:
    """Suspend and reinstate: who answers for the account; never the last administrator."""
    if by.pk == person.pk:
        return Denied(_("Nobody suspends themselves."))
    verdict = may_answer_for(by, person, at)
    if verdict.ok and is_last_administrator(person, at):
        return Denied(_("This is the last administrator. Give somebody else this role first."))
    return verdict


def may_give_grant(by: Person, person: Person | None, role: Role, unit: WorkUnit) -> Verdict:
    """Give a role in a unit to a person (``None``: one who is only invited)."""
    if person is not None and person.pk == by.pk:
        return Denied(_NOT_ONESELF)
    return _may_hand_out(by, role, unit, role.permissions)


def may_change_grant(by: Person, grant: Grant) -> Verdict:
    """Change anything of a grant: whoever may give it, never one's own."""
    return may_give_grant(by, grant.person, grant.role, grant.unit)


def may_take_grant(by: Person, grant: Grant) -> Verdict:
    """End one of several grants: whoever may give it, never one's own.

    A permission in the role that the site no longer knows gives nothing, so it keeps nobody from ending the grant.
    """
    if by.pk == grant.person_id:
        return Denied(_NOT_ONESELF)
    return _may_hand_out(by, grant.role, grant.unit, [key for key in grant.role.permissions if key in ALL])


def may_end_grant(by: Person, grant: Grant, at: datetime | None = None) -> Verdict:
    """End a grant: see ``may_take_grant``; never the last administrator's."""
    verdict = may_take_grant(by, grant)
    if verdict.ok and not is_administrator_left(Q(pk=grant.pk), at):
        return Denied(_("This is the last administrator. Give somebody else this role first."))
    return verdict


def is_last_administrator(person: Person, at: datetime | None = None) -> bool:
    """Whether the instansi would be left without an administrator that stays, if this person were gone."""
    return not is_administrator_left(Q(person=person), at)


def _may_hand_out(by: Person, role: Role, unit: WorkUnit, keys: Collection[str]) -> Verdict:
    if not rights.can(by, izin.GRANT_MANAGE, unit):
        return Denied(_OUTSIDE)
    if all(key in ALL and rights.can(by, ALL[key], unit) for key in keys):
        return ALLOWED
    return Denied(_("This role holds permissions that you don't have yourself, so you can't give or end it."))


def _lasting(person: Person, at: datetime | None) -> list[Grant]:
    """The person's grants in force or still to come, whether or not the account is suspended."""
    moment = instant(at)
    held = person.grants.select_related("unit")
    return [grant for grant in held if grant.ends_at is None or grant.ends_at > moment]

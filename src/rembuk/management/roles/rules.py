"""Who may make, change and delete roles: whoever manages roles in the whole instansi, within the guard rails.

Nobody puts an izin into a role, takes one out, or hands one out by a role, that they don't hold in the whole instansi.
Nobody changes a role that gives power to themselves. No change takes the last administrator away, or makes an
administrator whom two people did not agree on.
"""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db.models import Q
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.access.holders import administers, administrator_grants, is_administrator_left, is_instansi
from rembuk.access.models import Grant, Role
from rembuk.access.permissions import ALL
from rembuk.accounts.models import Person
from rembuk.common.clock import instant
from rembuk.common.errors import ALLOWED, Denied, Verdict
from rembuk.management.roles import selectors
from rembuk.management.roles.states import RoleState, in_order
from rembuk.management.rules import may_manage_site
from rembuk.management.selectors import unended
from rembuk.workunits.models import WorkUnit


def may_manage_roles(by: Person) -> Verdict:
    """Make and change roles at all: holders of the right in the whole instansi, since a role holds everywhere."""
    return may_manage_site(by, izin.ROLE_MANAGE)


def may_touch_role(by: Person, role: Role) -> Verdict:
    """Change, retire, restore, reset or delete this role: not one that oneself has now or will have.

    A grant still to come counts: a role changed now would lengthen one's own power when it begins.
    """
    verdict = may_manage_roles(by)
    if verdict.ok and role.grants.filter(unended(), person=by).exists():
        return Denied(
            _("Your own rights come from this role. A colleague who does not hold it has to change it.")
        )
    return verdict


def may_make_role(by: Person, wanted: RoleState) -> Verdict:
    """Make a role with these permissions."""
    verdict = may_manage_roles(by)
    return _holds_all(by, wanted.permissions) if verdict.ok else verdict


def may_change_role(
    by: Person, role: Role, before: RoleState, after: RoleState, at: datetime | None = None
) -> Verdict:
    """Turn the role from one state into another: every guard rail at once. Call after ``lock_administrators``."""
    moved = (before.given ^ after.given) | (frozenset(before.permissions) ^ frozenset(after.permissions))
    verdict = may_touch_role(by, role)
    if verdict.ok:
        verdict = _holds_all(by, moved)
    if verdict.ok:
        verdict = _keeps_an_administrator(role, after, at)
    if verdict.ok:
        verdict = _makes_no_administrator(role, before, after, at)
    return verdict


def may_delete_role(by: Person, role: Role) -> Verdict:
    """Delete a role made here, with permissions one holds oneself; whether it is used is its state, not a right."""
    verdict = may_touch_role(by, role)
    return _holds_all(by, role.permissions) if verdict.ok else verdict


def lacking(by: Person, keys: Collection[str]) -> list[str]:
    """Those of the keys that one doesn't hold in the whole instansi; what the closed list lacks gives nothing."""
    return [one.key for one in in_order(keys) if not rights.can_everywhere(by, one)]


def _holds_all(by: Person, keys: Collection[str]) -> Verdict:
    missing = lacking(by, keys)
    if not missing:
        return ALLOWED
    sentence = _(
        "You can only add, take away or hand out what you hold yourself in the whole instansi. You don't hold: {names}."
    )
    return Denied(format_lazy(sentence, names=", ".join(str(ALL[key].label) for key in missing)))


def _keeps_an_administrator(role: Role, after: RoleState, at: datetime | None) -> Verdict:
    administrating = administrator_grants(at).filter(role=role).select_related("unit").first()
    if administrating is None or administers(after.given, administrating.unit):
        return ALLOWED
    if is_administrator_left(Q(role=role), at):
        return ALLOWED
    return Denied(
        _(
            "Nobody would be left to administer the site. Give somebody else a role that manages grants and settings in "
            "the whole instansi first, without an end."
        )
    )


def _makes_no_administrator(role: Role, before: RoleState, after: RoleState, at: datetime | None) -> Verdict:
    """Neither by the role alone nor together with what a holder has beside it.

    Who administers already, and for as long as the grant of this role holds, is no news.
    """
    held = []
    if after.given - before.given:
        held = [grant for grant in selectors.reached(role, at) if is_instansi(grant.unit)]
    beside = _beside(role, {grant.person_id for grant in held}, at)
    made = set()
    for grant in held:
        others = beside[grant.person_id]
        lasting = [other for other in others if _outlasts(other, grant, at)]
        if administers(after.given | _given_by(others), grant.unit) and not administers(
            before.given | _given_by(lasting), grant.unit
        ):
            made.add(grant.person_id)
    if not made:
        return ALLOWED
    sentence = ngettext(
        "This would make %(count)d person who holds the role in the whole instansi an administrator, and that takes "
        "two people. End the grant first, then ask for it anew.",
        "This would make %(count)d people who hold the role in the whole instansi administrators, and that takes "
        "two people. End the grants first, then ask for them anew.",
        len(made),
    )
    return Denied(sentence % {"count": len(made)})


def _beside(role: Role, people: Collection[int], at: datetime | None) -> dict[int, list[Grant]]:
    """What these people have, or will have, in the whole instansi by other roles in use, in one query."""
    held: dict[int, list[Grant]] = {pk: [] for pk in people}
    others = Grant.objects.filter(unended(at), person__in=people, role__is_active=True)
    others = others.filter(unit__parent=None, unit__kind=WorkUnit.Kind.INSTANSI).exclude(role=role)
    for grant in others.select_related("role"):
        held[grant.person_id].append(grant)
    return held


def _outlasts(other: Grant, grant: Grant, at: datetime | None) -> bool:
    """Whether a grant holds on every day of what is left of another."""
    begins = max(grant.starts_at, instant(at))
    if other.starts_at > begins:
        return False
    return other.ends_at is None or (grant.ends_at is not None and other.ends_at >= grant.ends_at)


def _given_by(grants: Iterable[Grant]) -> set[str]:
    return {key for grant in grants for key in grant.role.permissions}

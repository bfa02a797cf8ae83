"""What the preview of a change carries to its save: the role as it was seen, and exactly what is to come of it.

Signed for one act of one person on one role, so that nothing is saved that was not shown before.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.core import signing

from rembuk.access.models import Role
from rembuk.access.permissions import ALL
from rembuk.accounts.models import Person
from rembuk.management.roles.states import RoleState

FIELD = "dilihat"
type Sights = dict[int, Sight]
"""Of several roles, by the number of the role."""
_MANY = signing.Signer(salt="rembuk.web.management.roles.many")
_SIGNER = signing.Signer(salt="rembuk.web.management.roles")


@dataclass(frozen=True, slots=True)
class Sight:
    """The role as it was shown, and what is wanted of it."""

    seen: RoleState
    wanted: RoleState

    def upon(self, now: RoleState) -> "Sight":
        """The same wish upon the role as somebody else left it: her words and ticks stay where they were moved."""
        words = {
            name: value
            for name, value in self.wanted.values().items()
            if name != "permissions" and value != getattr(self.seen, name)
        }
        added = set(self.wanted.permissions) - set(self.seen.permissions)
        taken = set(self.seen.permissions) - set(self.wanted.permissions)
        keys = (set(now.permissions) | added) - taken
        return Sight(now, replace(now, **words, permissions=tuple(keys)))

    def with_ticks(self, ticks: Collection[str], fixed: Collection[str]) -> "Sight":
        """The role as it was seen with these permissions; of those that can't be moved it keeps what it has."""
        kept = {key for key in self.seen.permissions if key in fixed or key not in ALL}
        return Sight(self.seen, replace(self.seen, permissions=tuple({*ticks, *kept})))


def seal(sight: Sight, act: str, role: Role, by: Person) -> str:
    """The sight as a hidden field carries it."""
    parts = [act, role.pk, by.pk, sight.seen.values(), sight.wanted.values()]
    return _SIGNER.sign_object(parts, compress=True)


def unseal(sent: Mapping[str, Any], act: str, role: Role, by: Person) -> Sight | None:
    """What the person was shown for this act on this role; ``None`` for anything else."""
    try:
        found = _SIGNER.unsign_object(str(sent.get(FIELD, "")))
    except signing.BadSignature:
        return None
    *of, seen, wanted = found
    return Sight(RoleState(**seen), RoleState(**wanted)) if of == [act, role.pk, by.pk] else None


def seal_many(sights: Sights, act: str, by: Person) -> str:
    """The sights of several roles as a hidden field carries them."""
    rows = [[number, one.seen.values(), one.wanted.values()] for number, one in sights.items()]
    return _MANY.sign_object([act, by.pk, rows], compress=True)


def unseal_many(sent: Mapping[str, Any], act: str, by: Person) -> Sights | None:
    """What the person was shown of several roles for this act; ``None`` for anything else."""
    try:
        *of, rows = _MANY.unsign_object(str(sent.get(FIELD, "")))
    except signing.BadSignature:
        return None
    if of != [act, by.pk]:
        return None
    return {number: Sight(RoleState(**seen), RoleState(**wanted)) for number, seen, wanted in rows}

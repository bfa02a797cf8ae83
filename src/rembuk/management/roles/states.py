"""What a role says and gives at one moment, as a value to compare: what somebody saw, what is wanted, what a seed has."""

from collections.abc import Collection
from dataclasses import dataclass, fields, replace
from typing import Any

from rembuk.access.models import Role
from rembuk.access.permissions import ALL, Permission
from rembuk.access.seeds import SEEDS


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleState:
    """Names, descriptions, keys of permissions (sorted, whatever order they came in), and whether it is in use."""

    name: str
    name_en: str
    description: str = ""
    description_en: str = ""
    permissions: tuple[str, ...] = ()
    is_active: bool = True

    def __post_init__(self) -> None:
        object.__setattr__(self, "permissions", tuple(sorted(set(self.permissions))))

    def values(self) -> dict[str, Any]:
        """By field of the model."""
        return {
            field.name: list(value) if isinstance(value := getattr(self, field.name), tuple) else value
            for field in fields(self)
        }

    @property
    def given(self) -> frozenset[str]:
        """The permissions that holders have by it: a retired role gives nothing."""
        return frozenset(self.permissions if self.is_active else ())


def state_of(role: Role) -> RoleState:
    """The role as it stands in this row."""
    return RoleState(**{field.name: getattr(role, field.name) for field in fields(RoleState)})


def seeded(role: Role) -> RoleState | None:
    """The role with the words and permissions every site starts with; ``None`` for one made here."""
    seed = SEEDS.get(role.slug)
    if seed is None:
        return None
    return RoleState(
        name=seed.name,
        name_en=seed.name_en,
        description=seed.description,
        description_en=seed.description_en,
        permissions=seed.permissions,
        is_active=role.is_active,
    )


def retired(state: RoleState) -> RoleState:
    """The same out of use."""
    return replace(state, is_active=False)


def restored(state: RoleState) -> RoleState:
    """The same in use."""
    return replace(state, is_active=True)


def in_order(keys: Collection[str]) -> list[Permission]:
    """The permissions of the closed list that bear these keys, in its order; a key it no longer has is left out."""
    return [permission for key, permission in ALL.items() if key in keys]

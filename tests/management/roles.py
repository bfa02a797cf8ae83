"""What the tests of roles share: a role with holders, a state with other permissions, and the reason."""

from dataclasses import replace

from rembuk.access.models import Role
from rembuk.management.roles.states import RoleState, state_of

WHY = "Hasil evaluasi pembagian tugas triwulan III"


def made(slug: str = "pelapor", *keys: str, **fields: object) -> Role:
    """A role made here; without keys it lets people post what was done."""
    names = {"name": slug.title(), "name_en": f"{slug.title()} (en)"}
    values = {**names, "permissions": list(keys or ("desk.enter", "program.report")), **fields}
    return Role.objects.create(slug=slug, position=20, **values)


def now(slug: str) -> RoleState:
    """The role as it stands."""
    return state_of(Role.objects.get(slug=slug))


def having(state: RoleState, *keys: str) -> RoleState:
    """The same with these permissions added."""
    return replace(state, permissions=(*state.permissions, *keys))


def lacking(state: RoleState, *keys: str) -> RoleState:
    """The same without these permissions."""
    return replace(state, permissions=tuple(key for key in state.permissions if key not in keys))

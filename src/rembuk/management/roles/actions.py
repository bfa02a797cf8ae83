"""Making, changing, resetting, retiring, restoring and deleting a role: one transaction and one entry each.

A change names the state of the role it was decided on. Holders have the new rights with their next request, since
rights are read from the rows once per request.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.db.models import Max, Q
from django.utils.text import slugify
from django.utils.translation import gettext as _

from rembuk.access.holders import lock_administrators
from rembuk.access.models import Role
from rembuk.access.permissions import ALL
from rembuk.access.rights import actor_of
from rembuk.accounts.models import Person
from rembuk.audit import actions as audit
from rembuk.audit.verbs import Verb
from rembuk.common.errors import Invalid, WrongState, require
from rembuk.common.text import clean_line
from rembuk.management import verbs
from rembuk.management.actions.rows import unique, wrong
from rembuk.management.roles import rules, selectors
from rembuk.management.roles.errors import RoleChanged
from rembuk.management.roles.states import RoleState, restored, retired, seeded, state_of

RESERVED = frozenset({"baru", "matriks", "sekaligus"})
_LONGEST = 36
"""Characters of a slug made from a name; a number may follow."""


@transaction.atomic
def create_role(
    wanted: RoleState, *, reason: str, by: Person, copied: Role | None = None, at: datetime | None = None
) -> Role:
    """Make a role, the last of the list; ``copied`` is the one it began from.

    Raises:
        Denied: without the right in the whole instansi, or for an izin one doesn't hold there.
        Invalid: for a name that is taken, an izin that doesn't exist, or no reason.
    """
    lock_administrators()
    require(rules.may_make_role(by, wanted))
    _check(wanted, None, reason)
    last = Role.objects.aggregate(last=Max("position"))["last"]
    with unique("name", _("Another role has this name.")):
        role = Role.objects.create(slug=_free_slug(wanted.name), position=(last or 0) + 1, **wanted.values())
    after = wanted.values() | ({"source": copied.slug} if copied else {})
    _note(verbs.ROLE_CREATED, role, by, reason, at, after=after)
    return role


def change_role(
    role: Role, wanted: RoleState, *, seen: RoleState, reason: str, by: Person, at: datetime | None = None
) -> None:
    """Give the role these words and permissions.

    Raises:
        RoleChanged: when it is no longer as ``seen``. WrongState: when it was deleted.
        Denied: by a guard rail of ``rules``. Invalid: as ``create_role``, or when nothing would change.
    """
    _turn(verbs.ROLE_CHANGED, role, (seen, wanted), reason, by, at)


def change_roles(
    wishes: Sequence[tuple[Role, RoleState, RoleState]],
    *,
    reason: str,
    by: Person,
    at: datetime | None = None,
) -> int:
    """Change several roles in one act, all of them or none, under one mark; returns how many.

    Each wish is the role, the state it was decided on, and what is to come of it. Each is judged with those before it
    done, so what they bring together is judged as well.

    Raises:
        As ``change_role``; Invalid without a wish.
    """
    if not wishes:
        raise Invalid(_("Nothing would change."))
    mark = str(uuid4())
    with transaction.atomic():
        for role, seen, wanted in sorted(wishes, key=lambda wish: wish[0].pk):
            _turn(_verb_of(seen, wanted), role, (seen, wanted), reason, by, at, bulk=mark)
    return len(wishes)


def reset_role(role: Role, *, seen: RoleState, reason: str, by: Person, at: datetime | None = None) -> None:
    """Give a role that every site starts with its words and permissions back.

    Raises:
        WrongState: for one made here. Else as ``change_role``.
    """
    wanted = seeded(role)
    if wanted is None:
        raise WrongState(_("This role was made here, so there is nothing to set it back to."))
    wanted = restored(wanted) if seen.is_active else retired(wanted)
    _turn(verbs.ROLE_RESET, role, (seen, wanted), reason, by, at)


def retire_role(role: Role, *, seen: RoleState, reason: str, by: Person, at: datetime | None = None) -> None:
    """Take the role out of use: grants of it stay and give nothing, and it can't be given.

    Raises:
        As ``change_role``.
    """
    _turn(verbs.ROLE_RETIRED, role, (seen, retired(seen)), reason, by, at)


def restore_role(role: Role, *, seen: RoleState, reason: str, by: Person, at: datetime | None = None) -> None:
    """Put the role back into use: grants of it that are not over give its permissions again.

    Raises:
        As ``change_role``.
    """
    _turn(verbs.ROLE_RESTORED, role, (seen, restored(seen)), reason, by, at)


@transaction.atomic
def delete_role(role: Role, *, reason: str, by: Person, at: datetime | None = None) -> None:
    """Delete a role made here that nobody was ever given.

    Raises:
        Denied: by a guard rail. WrongState: for a role of every site, or one that is or was used.
        Invalid: without a reason.
    """
    lock_administrators()
    row = _lock(role)
    require(rules.may_delete_role(by, row))
    if seeded(row) is not None:
        raise WrongState(_("Every site starts with this role. It can be retired but not deleted."))
    if any(selectors.uses(row).values()):
        raise WrongState(_("This role is or was used. It can be retired but not deleted."))
    _ask_reason(reason)
    before = state_of(row).values()
    _note(verbs.ROLE_DELETED, row, by, reason, at, before=before)
    row.delete()


@transaction.atomic
def _turn(  # noqa: PLR0913
    verb: Verb,
    role: Role,
    step: tuple[RoleState, RoleState],
    reason: str,
    by: Person,
    at: datetime | None,
    *,
    bulk: str = "",
) -> None:
    seen, wanted = step
    lock_administrators()
    row = _lock(role)
    before = state_of(row)
    if before != seen:
        raise RoleChanged(before)
    require(rules.may_change_role(by, row, before, wanted, at))
    _check(wanted, row, reason)
    if wanted == before:
        raise Invalid(_("Nothing would change."))
    now = wanted.values()
    changed = [name for name, value in before.values().items() if now[name] != value]
    for name in changed:
        setattr(row, name, now[name])
    row.save(update_fields=changed)
    told = [name for name in changed if name != "permissions"]
    _note(
        verb,
        row,
        by,
        reason,
        at,
        before={name: getattr(before, name) for name in told} | _given(before),
        after={name: now[name] for name in told} | _given(wanted),
        bulk=bulk,
    )


def _verb_of(seen: RoleState, wanted: RoleState) -> Verb:
    """A role that only goes out of use or back into it is told as that."""
    if wanted == seen or wanted not in {retired(seen), restored(seen)}:
        return verbs.ROLE_CHANGED
    return verbs.ROLE_RESTORED if wanted.is_active else verbs.ROLE_RETIRED


def _lock(role: Role) -> Role:
    """The row, until the transaction ends: nobody is given the role meanwhile either.

    Raises:
        WrongState: when it was deleted.
    """
    row = Role.objects.select_for_update().filter(pk=role.pk).first()
    if row is None:
        raise WrongState(_("This role was deleted meanwhile."))
    return row


def _check(wanted: RoleState, row: Role | None, reason: str) -> None:
    if not clean_line(wanted.name) or not clean_line(wanted.name_en):
        raise wrong("name", _("A role needs a name in both languages."))
    others = Role.objects.exclude(slug=row.slug if row else "")
    if others.filter(Q(name__iexact=wanted.name) | Q(name_en__iexact=wanted.name_en)).exists():
        raise wrong("name", _("Another role has this name."))
    known = set(row.permissions) if row else set()
    if set(wanted.permissions) - known - set(ALL):
        raise wrong("permissions", _("There is no such permission."))
    _ask_reason(reason)


def _ask_reason(reason: str) -> None:
    if not clean_line(reason):
        raise wrong("reason", _("Say why, so that an auditor understands it later."))


def _given(state: RoleState) -> dict[str, Any]:
    """What holders have by it, as the trail lists it beside every change."""
    return {"permissions": sorted(state.given)}


def _free_slug(name: str) -> str:
    """A word for the address out of the name, with a number where another role or page has it."""
    stem = slugify(name)[:_LONGEST].strip("-") or "peran"
    taken = {*Role.objects.filter(slug__startswith=stem).values_list("slug", flat=True), *RESERVED}
    ways = (stem, *(f"{stem}-{number}" for number in range(2, len(taken) + 3)))
    return next(slug for slug in ways if slug not in taken)


def _note(  # noqa: PLR0913
    verb: Verb,
    role: Role,
    by: Person,
    reason: str,
    at: datetime | None,
    *,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    bulk: str = "",
) -> None:
    audit.record(
        verb,
        by=actor_of(by),
        target=audit.Target("role", role.slug),
        before=before,
        after=after,
        reason=clean_line(reason),
        at=at,
        bulk=bulk,
    )

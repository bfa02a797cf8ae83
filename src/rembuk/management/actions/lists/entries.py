"""What can be done to a row of any managed list: put it in its place, retire and restore several, delete one."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal
from uuid import uuid4

from django.db import transaction
from django.db.models import Max, ProtectedError
from django.utils.translation import gettext as _

from rembuk.access import permissions as izin
from rembuk.access.rights import actor_of
from rembuk.accounts.models import Person
from rembuk.audit import actions as audit
from rembuk.common.errors import Invalid, WrongState, require
from rembuk.common.text import clean_line
from rembuk.management import rules
from rembuk.management.actions.lists.listings import MOST_ROWS, Listing
from rembuk.management.actions.lists.orders import Outcome, Overtaken, stamp
from rembuk.management.actions.rows import wrong

type Direction = Literal["up", "down"]


def require_manager(by: Person) -> None:
    """Only somebody with the right in the whole instansi changes a list.

    Raises:
        Denied: for everybody else.
    """
    require(rules.may_manage_site(by, izin.CATEGORY_MANAGE))


def behind(listing: Listing) -> int:
    """The position of a new row, the last one.

    Raises:
        Invalid: when the list is as long as it may be.
    """
    if listing.model._default_manager.count() >= MOST_ROWS:
        raise Invalid(
            _("The list holds %(most)s entries, the most there may be. Delete some first.")
            % {"most": MOST_ROWS}
        )
    last = listing.model._default_manager.aggregate(last=Max("position"))["last"]
    return (last or 0) + 1


@transaction.atomic
def shift(
    listing: Listing, row: Any, direction: Direction, *, by: Person, at: datetime | None = None
) -> None:
    """Let a row change places with its neighbour; at the end of the list nothing happens.

    Raises:
        Denied: without the right in the whole instansi.
    """
    require_manager(by)
    rows = list(listing.beside(row).select_for_update())
    old = next(place for place, one in enumerate(rows) if one.pk == row.pk)
    new = old - 1 if direction == "up" else old + 1
    if 0 <= new < len(rows):
        _put(listing, rows, old, new, by, at)


@transaction.atomic
def place(
    listing: Listing, row: Any, behind_key: str, *, seen: str, by: Person, at: datetime | None = None
) -> None:
    """Put a row behind the one with this key (empty: first). ``seen`` is the stamp of the list the person looked at.

    Raises:
        Denied: without the right in the whole instansi. Overtaken: when the list changed meanwhile.
    """
    require_manager(by)
    if stamp(listing.rows().select_for_update()) != seen:
        raise Overtaken
    row.refresh_from_db()
    rows = list(listing.beside(row))
    old = next(place for place, one in enumerate(rows) if one.pk == row.pk)
    others = [one for one in rows if one.pk != row.pk]
    keys = ["", *(str(getattr(one, listing.key)) for one in others)]
    if behind_key not in keys:
        raise Overtaken
    if (new := keys.index(behind_key)) != old:
        _put(listing, rows, old, new, by, at)


@transaction.atomic
def use_many(
    listing: Listing, keys: Sequence[str], is_active: bool, *, by: Person, at: datetime | None = None
) -> Outcome:
    """Retire or restore the rows with these keys; one entry in the trail for each, joined by a mark.

    Those that can't be retired now, or are so already, are refused with a sentence; the others are changed.

    Raises:
        Denied: without the right in the whole instansi.
    """
    require_manager(by)
    outcome, mark = Outcome(), str(uuid4())
    for row in listing.rows().select_for_update().filter(**{f"{listing.key}__in": list(keys)}):
        why = _hindered(listing, row, is_active)
        if why:
            outcome.refused.append((str(row), why))
            continue
        row.is_active = is_active
        for name in listing.emptied if is_active else ():
            setattr(row, name, None)
        row.save(update_fields=["is_active", *listing.emptied])
        outcome.done.append(str(row))
        audit.record(
            listing.changed,
            by=actor_of(by),
            target=listing.target(row),
            before={"is_active": not is_active},
            after={"is_active": is_active},
            at=at,
            bulk=mark,
        )
    listing.settle()
    return outcome


@transaction.atomic
def remove(listing: Listing, row: Any, *, reason: str, by: Person, at: datetime | None = None) -> None:
    """Delete a row that nothing uses, for good; the trail keeps that it was there.

    Raises:
        Denied: without the right in the whole instansi. Invalid: without a reason. WrongState: while it is used.
    """
    require_manager(by)
    if not clean_line(reason):
        raise wrong("reason", _("Say why, so that an auditor understands it later."))
    found = listing.rows().select_for_update().get(pk=row.pk)
    if why := listing.hinders_deleting(found):
        raise WrongState(why)
    audit.record(
        listing.deleted,
        by=actor_of(by),
        target=listing.target(found),
        before={"name": str(found)},
        reason=clean_line(reason),
        at=at,
    )
    try:
        with transaction.atomic():
            found.delete()
    except ProtectedError:
        raise WrongState(_("It came into use meanwhile and can't be deleted.")) from None
    listing.settle()


def _hindered(listing: Listing, row: Any, is_active: bool) -> str:
    if row.is_active == is_active:
        return _("It is in use already.") if is_active else _("It is retired already.")
    why = None if is_active else listing.hinders_retiring(row)
    return str(why or "")


def _put(listing: Listing, rows: list[Any], old: int, new: int, by: Person, at: datetime | None) -> None:
    row = rows.pop(old)
    rows.insert(new, row)
    for place_, one in enumerate(rows, 1):
        if one.position != place_:
            one.position = place_
            one.save(update_fields=["position"])
    audit.record(
        listing.moved,
        by=actor_of(by),
        target=listing.target(row),
        before={"position": old + 1},
        after={"position": new + 1},
        at=at,
    )
    listing.settle()

"""Several categories at once: out of use and back, their work unit, their deadline. Each gets its entry in the trail."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import transaction

from rembuk.access import permissions as izin
from rembuk.access.rights import actor_of
from rembuk.accounts.models import Person
from rembuk.audit import actions as audit
from rembuk.audit.verbs import Verb
from rembuk.common.errors import WrongState, require
from rembuk.management import rules, verbs
from rembuk.management.actions.categories.use import set_active
from rembuk.management.actions.lists.orders import Outcome
from rembuk.management.actions.rows import apply
from rembuk.taxonomy import tree
from rembuk.taxonomy.models import Category
from rembuk.workunits.models import WorkUnit


@transaction.atomic
def use_many(slugs: Sequence[str], is_active: bool, *, by: Person, at: datetime | None = None) -> Outcome:
    """Retire or restore these categories, the deeper ones first when retiring; refusals carry their sentence.

    Raises:
        Denied: without the right in the whole instansi.
    """
    rows = _locked(slugs, by)
    verb = verbs.CATEGORY_RESTORED if is_active else verbs.CATEGORY_RETIRED
    outcome, mark = Outcome(), str(uuid4())
    for row in rows if is_active else reversed(rows):
        try:
            set_active(row, is_active)
        except WrongState as refusal:
            outcome.refused.append((str(row), str(refusal)))
            continue
        outcome.done.append(str(row))
        _note(verb, row, (by, at, mark))
    return outcome


def assign_many(
    slugs: Sequence[str], unit: WorkUnit | None, *, by: Person, at: datetime | None = None
) -> Outcome:
    """Set (or with ``None`` empty) the work unit usually in charge.

    Raises:
        Denied: without the right in the whole instansi.
    """
    return _set_many(slugs, {"default_unit": unit}, by, at)


def time_many(slugs: Sequence[str], days: int | None, *, by: Person, at: datetime | None = None) -> Outcome:
    """Set the working days for the official answer; ``None`` takes the site's. Deadlines that run stay.

    Raises:
        Denied: without the right in the whole instansi.
    """
    return _set_many(slugs, {"answer_days": days}, by, at)


@transaction.atomic
def _set_many(slugs: Sequence[str], values: Mapping[str, Any], by: Person, at: datetime | None) -> Outcome:
    outcome, mark = Outcome(), str(uuid4())
    for row in _locked(slugs, by):
        before, after = apply(row, values)
        if before:
            row.save(update_fields=list(after))
            _note(verbs.CATEGORY_CHANGED, row, (by, at, mark), before=before, after=after)
        outcome.done.append(str(row))
    return outcome


def _locked(slugs: Sequence[str], by: Person) -> list[Category]:
    require(rules.may_manage_site(by, izin.CATEGORY_MANAGE))
    tree.lock()
    rows = Category.objects.select_for_update(of=("self",)).filter(slug__in=list(slugs))
    found = list(rows.select_related("parent", "default_unit", "merged_into").order_by("path"))
    by_key = {row.pk: row for row in found}
    for row in found:
        # One and the same parent for all, so that what is done to it is seen below it.
        row.parent = by_key.get(row.parent_id or 0, row.parent)
    return found


def _note(verb: Verb, row: Category, act: tuple[Person, datetime | None, str], **changes: Any) -> None:
    by, at, mark = act
    target = audit.Target("category", row.slug)
    audit.record(verb, by=actor_of(by), target=target, at=at, bulk=mark, **changes)

"""Joining two categories: everything that uses the one moves to the other, and the first leads there from then on."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from rembuk.access import permissions as izin
from rembuk.access.rights import actor_of
from rembuk.accounts.models import Person
from rembuk.audit import actions as audit
from rembuk.common.clock import instant
from rembuk.common.errors import WrongState, require
from rembuk.common.text import clean_line
from rembuk.consultations.actions.indexing import refresh_search as index_consultation
from rembuk.consultations.actions.steps import row_target
from rembuk.consultations.actions.steps import target_of as consultation_target
from rembuk.consultations.models import Consultation, MatrixRow
from rembuk.management import rules, verbs
from rembuk.management.actions.categories.tree import behind
from rembuk.management.actions.rows import wrong
from rembuk.management.lists.verbs import CARRIED_OVER, CATEGORY_MERGED, CATEGORY_RECEIVED
from rembuk.programs.actions.indexing import refresh_search as index_program
from rembuk.programs.models import Program
from rembuk.proposals.actions.steps import audit_target
from rembuk.proposals.models import Proposal
from rembuk.taxonomy import tree
from rembuk.taxonomy.models import Category, FormerSlug
from rembuk.workunits.tree import fits

type Entry = tuple[Any, audit.Target, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Carrier:
    """How one kind of thing moves: its model with what is needed beside it, its name in the trail, its index."""

    model: type[Model]
    related: tuple[str, ...]
    target: Callable[[Any], audit.Target]
    index: Callable[[Any], object] = id


def _program_target(row: Program) -> audit.Target:
    return audit.Target("program", row.code, row.unit_id, row.unit.path)


CARRIERS = (
    Carrier(Proposal, ("unit",), audit_target),
    Carrier(Program, ("unit", "executing_unit", "region"), _program_target, index_program),
    Carrier(Consultation, ("unit", "region"), consultation_target, index_consultation),
    Carrier(MatrixRow, ("consultation__unit", "submission"), row_target),
)


@transaction.atomic
def merge_category(
    category: Category, into: Category, *, reason: str, by: Person, at: datetime | None = None
) -> dict[str, int]:
    """Move what uses ``category`` to ``into`` and retire it; returns how many of each kind moved.

    Votes, comments and deadlines that run stay as they are. One entry in the trail for each thing that moved and one for
    both categories, joined by a mark.

    Raises:
        Denied: without the right in the whole instansi.
        Invalid: without a reason, into itself, below itself, into a retired one, or where the tree would become too deep.
        WrongState: when it was merged already.
    """
    require(rules.may_manage_site(by, izin.CATEGORY_MANAGE))
    why, moment, mark = clean_line(reason), instant(at), str(uuid4())
    if not why:
        raise wrong("reason", _("Say why, so that an auditor understands it later."))
    tree.lock()
    source, goal = (
        Category.objects.select_related("merged_into").get(pk=pk) for pk in (category.pk, into.pk)
    )
    _check(source, goal)
    # First without holding the category, so that a writer who waits for it can finish; then what came in between.
    entries = list(_carry(source, goal))
    list(Category.objects.select_for_update().filter(pk__in=[source.pk, goal.pk]).order_by("pk"))
    entries += [*_carry(source, goal), *_move_below(source, goal)]
    Category.objects.filter(merged_into=source).update(merged_into=goal)
    FormerSlug.objects.filter(category=source).update(category=goal)
    was_active, source.is_active, source.merged_into = source.is_active, False, goal
    source.save(update_fields=["is_active", "merged_into"])
    moved = dict(Counter(target.kind for _verb, target, _after in entries))
    audit.record_many(entries, by=actor_of(by), at=moment, bulk=mark, reason=why)
    told = (
        (CATEGORY_MERGED, source, {"is_active": was_active}, {"merged_into": goal.slug, "moved": moved}),
        (CATEGORY_RECEIVED, goal, None, {"from": source.slug, "moved": moved}),
    )
    for verb, row, before, after in told:
        target = audit.Target("category", row.slug)
        audit.record(
            verb,
            by=actor_of(by),
            target=target,
            before=before,
            after=after,
            reason=why,
            at=moment,
            bulk=mark,
        )
    return moved


def _check(source: Category, goal: Category) -> None:
    if source.merged_into is not None:
        raise WrongState(
            _("This category was merged already, into “%(name)s”.") % {"name": source.merged_into}
        )
    if not goal.is_active:
        raise wrong("into", _("This category is retired: nothing new can come to it."))
    if goal.path.startswith(source.path):
        raise wrong("into", _("A category can't be merged into itself or into one below it."))
    if any(
        not fits(Category, child.path, tree.path_of(child.pk, tree.MOST, goal)) for child in _below(source)
    ):
        raise wrong("into", _("The tree would become too deep."))


def _below(source: Category) -> list[Category]:
    return list(Category.objects.filter(parent=source).order_by("path"))


def _carry(source: Category, goal: Category) -> Iterator[Entry]:
    """Move what stands in ``source``; gives what the trail tells of each thing."""
    after = {"category": goal.slug, "category_before": source.slug}
    for carrier in CARRIERS:
        model = carrier.model._default_manager
        rows: list[Any] = list(
            model.select_related(*carrier.related)
            .filter(category=source)
            .order_by("pk")
            .select_for_update(of=("self",))
        )
        model.filter(pk__in=[row.pk for row in rows]).update(category=goal)
        for row in rows:
            row.category = goal
            carrier.index(row)
            yield CARRIED_OVER, carrier.target(row), after


def _move_below(source: Category, goal: Category) -> Iterator[Entry]:
    for child in _below(source):
        tree.place(child, goal, behind(goal))
        yield (
            verbs.CATEGORY_MOVED,
            audit.Target("category", child.slug),
            {"parent": goal.slug, "parent_before": source.slug},
        )

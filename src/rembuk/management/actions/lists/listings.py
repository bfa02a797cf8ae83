"""The managed lists that are flat: their rows in order, what hinders retiring or deleting a row, their deeds."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from rembuk.audit import actions as audit
from rembuk.audit.verbs import Verb
from rembuk.common.errors import Words
from rembuk.management import selectors, verbs
from rembuk.management.lists import uses
from rembuk.management.lists import verbs as more
from rembuk.programs import kinds
from rembuk.programs.models import KindOfPhase, PhaseTemplate
from rembuk.taxonomy.models import ReasonCode, TextTemplate

MOST_ROWS = 300
"""So many rows a list may have: it is shown whole, so that it can be put in order."""


def _nothing(*_rows: Any) -> None:
    """Nothing hinders, and nothing has to be done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One list. Rows are ordered by ``position`` among those that share the fields ``within``.

    ``emptied`` are fields that hold for retired rows only.
    """

    kind: str
    model: type[Model]
    moved: Verb
    changed: Verb
    deleted: Verb
    order: tuple[str, ...]
    key: str = "code"
    within: tuple[str, ...] = ()
    emptied: tuple[str, ...] = ()
    hinders_retiring: Callable[[Any], Words | None] = _nothing
    hinders_deleting: Callable[[Any], Words | None] = _nothing
    settle: Callable[[], None] = _nothing

    def rows(self) -> QuerySet[Any, Any]:
        """All rows in their order."""
        return self.model._default_manager.order_by(*self.within, "position", *self.order)

    def beside(self, row: Any) -> QuerySet[Any, Any]:
        """The rows among which this one has its place, in order."""
        return self.rows().filter(**{name: getattr(row, name) for name in self.within})

    def target(self, row: Any) -> audit.Target:
        """The row as the trail names it."""
        return audit.Target(self.kind, str(getattr(row, self.key)))


def _of_reason(row: ReasonCode) -> Words | None:
    used = uses.of_reason(row)
    if not used:
        return None
    return ngettext_lazy(
        "%(n)d decision cites this reason: it can be retired or replaced, but not deleted.",
        "%(n)d decisions cite this reason: it can be retired or replaced, but not deleted.",
        used,
    ) % {"n": used}


def retiring_kind(row: KindOfPhase) -> Words | None:
    """Why a kind of phase can't be retired now."""
    if selectors.templates_with(row).exists():
        return _("A template in use has this kind. Change or retire the template first.")
    return None


def _deleting_kind(row: KindOfPhase) -> Words | None:
    return _("This kind is in use. It can be retired but not deleted.") if selectors.is_used(row) else None


def _of_default(row: PhaseTemplate) -> Words | None:
    return _("The default template stays: make another one the default first.") if row.is_default else None


def forget_kinds() -> None:
    """Drop what this process keeps of the kinds of phases, now and once it is saved."""
    kinds.forget()
    transaction.on_commit(kinds.forget)


REASONS = Listing(
    kind="reason",
    model=ReasonCode,
    moved=more.REASON_MOVED,
    changed=verbs.REASON_CHANGED,
    deleted=more.REASON_DELETED,
    order=("label", "pk"),
    hinders_deleting=_of_reason,
    emptied=("replaced_by",),
)
TEMPLATES = Listing(
    kind="template",
    model=TextTemplate,
    moved=more.TEMPLATE_MOVED,
    changed=verbs.TEMPLATE_CHANGED,
    deleted=more.TEMPLATE_DELETED,
    order=("title", "pk"),
    key="pk",
    within=("use",),
)
KINDS = Listing(
    kind="phase_kind",
    model=KindOfPhase,
    moved=verbs.KIND_MOVED,
    changed=verbs.KIND_CHANGED,
    deleted=verbs.KIND_DELETED,
    order=("pk",),
    hinders_retiring=retiring_kind,
    hinders_deleting=_deleting_kind,
    settle=forget_kinds,
)
PHASE_TEMPLATES = Listing(
    kind="phase_template",
    model=PhaseTemplate,
    moved=verbs.PHASE_TEMPLATE_MOVED,
    changed=verbs.PHASE_TEMPLATE_CHANGED,
    deleted=more.PHASE_TEMPLATE_DELETED,
    order=("pk",),
    hinders_retiring=_of_default,
    hinders_deleting=_of_default,
)
LISTINGS = (REASONS, TEMPLATES, KINDS, PHASE_TEMPLATES)

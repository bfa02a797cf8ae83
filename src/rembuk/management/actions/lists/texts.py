"""Reason codes and text templates: making, editing, retiring. A reason's code never changes: decisions cite it."""

from dataclasses import fields
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from rembuk.access.rights import actor_of
from rembuk.accounts.models import Person
from rembuk.audit import actions as audit
from rembuk.audit.verbs import Verb
from rembuk.common.errors import WrongState
from rembuk.common.text import clean_line
from rembuk.management import verbs
from rembuk.management.actions.lists.entries import behind, require_manager
from rembuk.management.actions.lists.listings import REASONS, TEMPLATES
from rembuk.management.actions.rows import apply, unique, wrong
from rembuk.management.facts import ReasonFacts, TemplateFacts
from rembuk.management.lists.verbs import REASON_REPLACED
from rembuk.taxonomy.models import ReasonCode, TextTemplate


def create_reason(code: str, facts: ReasonFacts, *, by: Person, at: datetime | None = None) -> ReasonCode:
    """Make a reason, the last of the list.

    Raises:
        Denied: without the right in the whole instansi. Invalid: for a code that is taken, or a list that is full.
    """
    require_manager(by)
    with transaction.atomic():
        position = behind(REASONS)
        with unique("code", _("Another reason has this code.")):
            made = ReasonCode.objects.create(code=code, position=position, **_values(facts))
        target = REASONS.target(made)
        audit.record(verbs.REASON_CREATED, by=actor_of(by), target=target, after=_values(facts), at=at)
    return made


def change_reason(reason: ReasonCode, facts: ReasonFacts, *, by: Person, at: datetime | None = None) -> None:
    """Save what differs, be it that it is retired; decisions that cite it keep it.

    Raises:
        Denied: without the right in the whole instansi.
    """
    require_manager(by)
    with transaction.atomic():
        row = ReasonCode.objects.select_for_update().get(pk=reason.pk)
        values = {**_values(facts), "replaced_by": None if facts.is_active else row.replaced_by}
        _change(row, values, verbs.REASON_CHANGED, REASONS.target(row), by, at)


def replace_reason(
    reason: ReasonCode, by_other: ReasonCode, *, why: str, by: Person, at: datetime | None = None
) -> None:
    """Retire a reason and say which one to cite instead. What cites the old one keeps it: it was decided with it.

    Raises:
        Denied: without the right in the whole instansi. Invalid: without a why, by itself or by a retired one.
        WrongState: when it was replaced already.
    """
    require_manager(by)
    if not clean_line(why):
        raise wrong("reason", _("Say why, so that an auditor understands it later."))
    with transaction.atomic():
        locked = ReasonCode.objects.select_for_update().order_by("pk")
        rows = {row.pk: row for row in locked.filter(pk__in=[reason.pk, by_other.pk])}
        row, other = rows[reason.pk], rows[by_other.pk]
        if row.pk == other.pk or not other.is_active:
            raise wrong("into", _("Choose another reason that is in use."))
        if row.replaced_by_id is not None:
            raise WrongState(_("This reason was replaced already."))
        before = {"is_active": row.is_active}
        row.is_active, row.replaced_by = False, other
        row.save(update_fields=["is_active", "replaced_by"])
        # Whoever was led to this one is led on to its successor.
        row.replaces.update(replaced_by=other)
        after = {"is_active": False, "replaced_by": other.code}
        audit.record(
            REASON_REPLACED,
            by=actor_of(by),
            target=REASONS.target(row),
            before=before,
            after=after,
            reason=clean_line(why),
            at=at,
        )


def create_template(facts: TemplateFacts, *, by: Person, at: datetime | None = None) -> TextTemplate:
    """Make a text template.

    Raises:
        Denied: without the right in the whole instansi.
    """
    require_manager(by)
    with transaction.atomic():
        made = TextTemplate.objects.create(position=behind(TEMPLATES), **_values(facts))
        target = TEMPLATES.target(made)
        audit.record(verbs.TEMPLATE_CREATED, by=actor_of(by), target=target, after=_values(facts), at=at)
    return made


def change_template(
    template: TextTemplate, facts: TemplateFacts, *, by: Person, at: datetime | None = None
) -> None:
    """Save what differs, be it that it is retired.

    Raises:
        Denied: without the right in the whole instansi.
    """
    require_manager(by)
    with transaction.atomic():
        row = TextTemplate.objects.select_for_update().get(pk=template.pk)
        _change(row, _values(facts), verbs.TEMPLATE_CHANGED, TEMPLATES.target(row), by, at)


def _change(
    row: Model,
    values: dict[str, Any],
    verb: Verb,
    target: audit.Target,
    by: Person,
    at: datetime | None,
) -> None:
    before, after = apply(row, values)
    if before:
        row.save(update_fields=list(after))
        audit.record(verb, by=actor_of(by), target=target, before=before, after=after, at=at)


def _values(facts: ReasonFacts | TemplateFacts) -> dict[str, Any]:
    return {field.name: getattr(facts, field.name) for field in fields(facts)}

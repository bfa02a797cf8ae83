"""Reason codes and text templates: making, editing, retiring. A reason's code never changes: decisions cite it."""

from dataclasses import fields
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max, Model
from django.utils.translation import gettext as _

from rembuk.access import permissions as izin
from rembuk.access.rights import actor_of
from rembuk.accounts.models import Person
from rembuk.audit import actions as audit
from rembuk.audit.verbs import Verb
from rembuk.common.errors import require
from rembuk.management import rules, verbs
from rembuk.management.actions.rows import apply, unique
from rembuk.management.facts import ReasonFacts, TemplateFacts
from rembuk.taxonomy.models import ReasonCode, TextTemplate


def create_reason(code: str, facts: ReasonFacts, *, by: Person, at: datetime | None = None) -> ReasonCode:
    """Make a reason, the last of the list.

    Raises:
        Denied: without the right in the whole instansi. Invalid: for a code that is taken.
    """
    require(rules.may_manage_site(by, izin.CATEGORY_MANAGE))
    with transaction.atomic():
        last = ReasonCode.objects.aggregate(last=Max("position"))["last"]
        with unique("code", _("Another reason has this code.")):
            made = ReasonCode.objects.create(code=code, position=(last or 0) + 1, **_values(facts))
        target = audit.Target("reason", made.code)
        audit.record(verbs.REASON_CREATED, by=actor_of(by), target=target, after=_values(facts), at=at)
    return made


def change_reason(reason: ReasonCode, facts: ReasonFacts, *, by: Person, at: datetime | None = None) -> None:
    """Save what differs, be it that it is retired; decisions that cite it keep it.

    Raises:
        Denied: without the right in the whole instansi.
    """
    require(rules.may_manage_site(by, izin.CATEGORY_MANAGE))
    with transaction.atomic():
        row = ReasonCode.objects.select_for_update().get(pk=reason.pk)
        _change(row, _values(facts), verbs.REASON_CHANGED, audit.Target("reason", row.code), by, at)


def create_template(facts: TemplateFacts, *, by: Person, at: datetime | None = None) -> TextTemplate:
    """Make a text template.

    Raises:
        Denied: without the right in the whole instansi.
    """
    require(rules.may_manage_site(by, izin.CATEGORY_MANAGE))
    with transaction.atomic():
        made = TextTemplate.objects.create(**_values(facts))
        target = audit.Target("template", str(made.pk))
        audit.record(verbs.TEMPLATE_CREATED, by=actor_of(by), target=target, after=_values(facts), at=at)
    return made


def change_template(
    template: TextTemplate, facts: TemplateFacts, *, by: Person, at: datetime | None = None
) -> None:
    """Save what differs, be it that it is retired.

    Raises:
        Denied: without the right in the whole instansi.
    """
    require(rules.may_manage_site(by, izin.CATEGORY_MANAGE))
    with transaction.atomic():
        row = TextTemplate.objects.select_for_update().get(pk=template.pk)
        _change(row, _values(facts), verbs.TEMPLATE_CHANGED, audit.Target("template", str(row.pk)), by, at)


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

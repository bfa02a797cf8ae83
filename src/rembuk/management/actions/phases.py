"""Kinds of phases and templates of them: making and editing. Ordering and deleting are the same for all lists."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from rembuk.access.rights import actor_of
from rembuk.accounts.models import Person
from rembuk.audit import actions as audit
from rembuk.audit.verbs import Verb
from rembuk.common.errors import WrongState
from rembuk.management import selectors, verbs
from rembuk.management.actions.lists.entries import behind, require_manager
from rembuk.management.actions.lists.listings import (
    KINDS,
    PHASE_TEMPLATES,
    Listing,
    forget_kinds,
    retiring_kind,
)
from rembuk.management.actions.rows import apply, unique, wrong
from rembuk.management.facts import KindFacts, PhaseTemplateFacts
from rembuk.programs.actions.phases import follow_kind
from rembuk.programs.models import KindOfPhase, PhaseTemplate, TemplatePhase

MOST_PHASES = 8
_TALK = ("takes_comments", "takes_answers")


@transaction.atomic
def create_kind(code: str, facts: KindFacts, *, by: Person, at: datetime | None = None) -> KindOfPhase:
    """Make a kind of phase, the last of the list. Its code never changes: phases bear it.

    Raises:
        Denied: without the right in the whole instansi. Invalid: for a code that is taken.
    """
    require_manager(by)
    with unique("code", _("Another kind of phase has this code.")):
        made = KindOfPhase.objects.create(code=code, position=behind(KINDS), **facts.values())
    _note(KINDS, made, (verbs.KIND_CREATED, by, at), after=facts.values())
    forget_kinds()
    return made


@transaction.atomic
def change_kind(kind: KindOfPhase, facts: KindFacts, *, by: Person, at: datetime | None = None) -> None:
    """Save what differs, be it that it is retired; phases that bear it follow at once in what citizens can do.

    Raises:
        Denied: without the right in the whole instansi.
        Invalid: for another purpose of a kind that phases bear.
        WrongState: when a kind is retired that a template in use offers.
    """
    require_manager(by)
    row = KindOfPhase.objects.select_for_update().get(pk=kind.pk)
    if row.nature != facts.nature and selectors.phases_of_kind(row):
        raise wrong("nature", _("Phases of programmes bear this kind, so its purpose stays."))
    if row.is_active and not facts.is_active and (why := retiring_kind(row)):
        raise WrongState(why)
    before, after = apply(row, facts.values())
    if not before:
        return
    row.save(update_fields=list(after))
    _note(KINDS, row, (verbs.KIND_CHANGED, by, at), before=before, after=after)
    forget_kinds()
    if any(name in after for name in _TALK):
        follow_kind(row.code)


@transaction.atomic
def create_phase_template(
    code: str, facts: PhaseTemplateFacts, *, by: Person, at: datetime | None = None
) -> PhaseTemplate:
    """Make a template of phases, the last of the list.

    Raises:
        Denied: without the right in the whole instansi.
        Invalid: for a code that is taken, no phase or too many, a retired kind, or a default that is retired.
    """
    require_manager(by)
    rows = _kinds(facts)
    if facts.is_default:
        PhaseTemplate.objects.filter(is_default=True).update(is_default=False)
    with unique("code", _("Another template has this code.")):
        made = PhaseTemplate.objects.create(code=code, position=behind(PHASE_TEMPLATES), **facts.values())
    _fill(made, rows)
    _note(
        PHASE_TEMPLATES,
        made,
        (verbs.PHASE_TEMPLATE_CREATED, by, at),
        after={**facts.values(), "kinds": list(facts.kinds)},
    )
    return made


@transaction.atomic
def change_phase_template(
    template: PhaseTemplate, facts: PhaseTemplateFacts, *, by: Person, at: datetime | None = None
) -> None:
    """Save what differs. Programmes that began with it keep their phases; exactly one stays the default.

    Raises:
        Denied, Invalid: as ``create_phase_template``, or when no template would be the default.
    """
    require_manager(by)
    row = PhaseTemplate.objects.select_for_update().get(pk=template.pk)
    rows = _kinds(facts)
    if row.is_default and not facts.is_default:
        raise wrong("is_default", _("Make another template the default; this one then is no more."))
    if facts.is_default:
        PhaseTemplate.objects.filter(is_default=True).exclude(pk=row.pk).update(is_default=False)
    before, after = apply(row, facts.values())
    if after:
        row.save(update_fields=list(after))
    had = list(row.phases.values_list("kind__code", flat=True))
    if had != list(facts.kinds):
        before["kinds"], after["kinds"] = had, list(facts.kinds)
        row.phases.all().delete()
        _fill(row, rows)
    if after:
        _note(PHASE_TEMPLATES, row, (verbs.PHASE_TEMPLATE_CHANGED, by, at), before=before, after=after)


def _kinds(facts: PhaseTemplateFacts) -> list[KindOfPhase]:
    """The kinds a template names, in its order."""
    found = {row.code: row for row in KindOfPhase.objects.filter(is_active=True, code__in=facts.kinds)}
    if not 1 <= len(facts.kinds) <= MOST_PHASES or any(code not in found for code in facts.kinds):
        sentence = _("Choose from one to %(most)s phases, of kinds in use.") % {"most": MOST_PHASES}
        raise wrong("phase_1", sentence)
    if facts.is_default and not facts.is_active:
        raise wrong("is_active", _("The default template stays in use."))
    return [found[code] for code in facts.kinds]


def _fill(template: PhaseTemplate, rows: Sequence[KindOfPhase]) -> None:
    TemplatePhase.objects.bulk_create(
        TemplatePhase(template=template, kind=row, position=place) for place, row in enumerate(rows, 1)
    )


def _note(
    listing: Listing,
    row: KindOfPhase | PhaseTemplate,
    act: tuple[Verb, Person, datetime | None],
    **changes: Any,
) -> None:
    verb, by, at = act
    audit.record(verb, by=actor_of(by), target=listing.target(row), at=at, **changes)

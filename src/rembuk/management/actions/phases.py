"""Kinds of phases and templates of them: making, editing, ordering, retiring; deleting a kind that nothing uses."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from rembuk.access import permissions as izin
from rembuk.access.rights import actor_of
from rembuk.accounts.models import Person
from rembuk.audit import actions as audit
from rembuk.audit.verbs import Verb
from rembuk.common.errors import WrongState, require
from rembuk.management import rules, selectors, verbs
from rembuk.management.actions.rows import apply, unique, wrong
from rembuk.management.facts import KindFacts, PhaseTemplateFacts
from rembuk.programs import kinds
from rembuk.programs.actions.phases import follow_kind
from rembuk.programs.models import KindOfPhase, PhaseTemplate, TemplatePhase

type Direction = Literal["up", "down"]
MOST_PHASES = 8
_TALK = ("takes_comments", "takes_answers")


@transaction.atomic
def create_kind(code: str, facts: KindFacts, *, by: Person, at: datetime | None = None) -> KindOfPhase:
    """Make a kind of phase, the last of the list. Its code never changes: phases bear it.

    Raises:
        Denied: without the right in the whole instansi. Invalid: for a code that is taken.
    """
    _require(by)
    with unique("code", _("Another kind of phase has this code.")):
        made = KindOfPhase.objects.create(code=code, position=_behind(KindOfPhase), **facts.values())
    _note(verbs.KIND_CREATED, made, by, at, after=facts.values())
    _forget()
    return made


@transaction.atomic
def change_kind(kind: KindOfPhase, facts: KindFacts, *, by: Person, at: datetime | None = None) -> None:
    """Save what differs, be it that it is retired; phases that bear it follow at once in what citizens can do.

    Raises:
        Denied: without the right in the whole instansi.
        Invalid: for another purpose of a kind that phases bear.
        WrongState: when a kind is retired that a template in use offers.
    """
    _require(by)
    row = KindOfPhase.objects.select_for_update().get(pk=kind.pk)
    if row.nature != facts.nature and selectors.phases_of_kind(row):
        raise wrong("nature", _("Phases of programmes bear this kind, so its purpose stays."))
    if row.is_active and not facts.is_active and selectors.templates_with(row).exists():
        raise WrongState(_("A template in use has this kind. Change or retire the template first."))
    before, after = apply(row, facts.values())
    if not before:
        return
    row.save(update_fields=list(after))
    _note(verbs.KIND_CHANGED, row, by, at, before=before, after=after)
    _forget()
    if any(name in after for name in _TALK):
        follow_kind(row.code)


@transaction.atomic
def delete_kind(kind: KindOfPhase, *, reason: str, by: Person, at: datetime | None = None) -> None:
    """Delete a kind that no phase and no template has.

    Raises:
        Denied: without the right in the whole instansi. WrongState: while it is used.
    """
    _require(by)
    row = KindOfPhase.objects.select_for_update().get(pk=kind.pk)
    if selectors.is_used(row):
        raise WrongState(_("This kind is in use. It can be retired but not deleted."))
    _note(verbs.KIND_DELETED, row, by, at, before={"name": row.name}, reason=reason)
    row.delete()
    _forget()


@transaction.atomic
def create_phase_template(
    code: str, facts: PhaseTemplateFacts, *, by: Person, at: datetime | None = None
) -> PhaseTemplate:
    """Make a template of phases, the last of the list.

    Raises:
        Denied: without the right in the whole instansi.
        Invalid: for a code that is taken, no phase or too many, a retired kind, or a default that is retired.
    """
    _require(by)
    rows = _kinds(facts)
    if facts.is_default:
        PhaseTemplate.objects.filter(is_default=True).update(is_default=False)
    with unique("code", _("Another template has this code.")):
        made = PhaseTemplate.objects.create(code=code, position=_behind(PhaseTemplate), **facts.values())
    _fill(made, rows)
    _note(verbs.PHASE_TEMPLATE_CREATED, made, by, at, after={**facts.values(), "kinds": list(facts.kinds)})
    return made


@transaction.atomic
def change_phase_template(
    template: PhaseTemplate, facts: PhaseTemplateFacts, *, by: Person, at: datetime | None = None
) -> None:
    """Save what differs. Programmes that began with it keep their phases; exactly one stays the default.

    Raises:
        Denied, Invalid: as ``create_phase_template``, or when no template would be the default.
    """
    _require(by)
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
        _note(verbs.PHASE_TEMPLATE_CHANGED, row, by, at, before=before, after=after)


def shift_kind(kind: KindOfPhase, direction: Direction, *, by: Person, at: datetime | None = None) -> None:
    """Let a kind change places with its neighbour in the list; at its end nothing happens."""
    _shift(kind, direction, verbs.KIND_MOVED, by, at)


def shift_phase_template(
    template: PhaseTemplate, direction: Direction, *, by: Person, at: datetime | None = None
) -> None:
    """The same for a template."""
    _shift(template, direction, verbs.PHASE_TEMPLATE_MOVED, by, at)


@transaction.atomic
def _shift(
    row: KindOfPhase | PhaseTemplate, direction: Direction, verb: Verb, by: Person, at: datetime | None
) -> None:
    _require(by)
    rows: list[Any] = list(type(row).objects.select_for_update().order_by("position", "id"))
    old = next(place for place, one in enumerate(rows) if one.pk == row.pk)
    new = old - 1 if direction == "up" else old + 1
    if not 0 <= new < len(rows):
        return
    rows.insert(new, rows.pop(old))
    for place, one in enumerate(rows, 1):
        one.position = place
        one.save(update_fields=["position"])
    _note(verb, row, by, at, before={"position": old + 1}, after={"position": new + 1})
    _forget()


def _require(by: Person) -> None:
    require(rules.may_manage_site(by, izin.CATEGORY_MANAGE))


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


def _behind(model: type[KindOfPhase] | type[PhaseTemplate]) -> int:
    last = model.objects.aggregate(last=Max("position"))["last"]
    return (last or 0) + 1


def _forget() -> None:
    kinds.forget()
    transaction.on_commit(kinds.forget)


def _note(  # noqa: PLR0913
    verb: Verb,
    row: KindOfPhase | PhaseTemplate,
    by: Person,
    at: datetime | None,
    *,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    reason: str = "",
) -> None:
    kind = "phase_kind" if isinstance(row, KindOfPhase) else "phase_template"
    target = audit.Target(kind, row.code)
    audit.record(verb, by=actor_of(by), target=target, before=before, after=after, reason=reason, at=at)

"""Indicators and their targets: free in a draft, a public revision afterwards."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from rembuk.access import permissions as izin
from rembuk.accounts.models import Person
from rembuk.common.clock import instant
from rembuk.common.errors import Invalid, WrongState, require
from rembuk.common.text import clean_line
from rembuk.programs import rules, verbs
from rembuk.programs.actions.indicators.numbers import checked_number, refusal, text_of
from rembuk.programs.actions.money.budget import planning, settle_plan
from rembuk.programs.actions.revise import Change
from rembuk.programs.actions.steps import Deed, deed, lock, record
from rembuk.programs.choices import Direction, Level
from rembuk.programs.models import Indicator, IndicatorValue, Program
from rembuk.programs.plan.days import refuse_far
from rembuk.programs.states import State

MOST_PERIODS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What is measured, in which unit, and which way is better."""

    level: str
    name: str
    measure: str
    direction: str = Direction.UP
    baseline: Decimal | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """What is to be reached by the end of a period; ``pk`` names the period it changes, ``None`` a new one."""

    period: str
    ends_on: date
    target: Decimal
    pk: int | None = None


@transaction.atomic
def add_indicator(
    program: Program,
    words: Words,
    targets: Sequence[Target],
    *,
    reason: str = "",
    by: Person,
    at: datetime | None = None,
) -> Indicator:
    """Add an indicator with its targets. In a published programme this is a public revision with a reason.

    Raises:
        Denied: without the right.
        Invalid: for missing words, no target, two periods with one end, an end out of range, a missing reason.
        WrongState: once the programme is completed or cancelled.
    """
    found = lock(program)
    require(rules.may_plan(found, by))
    act = planning(found, by, reason, at)
    indicator, changes = write_indicator(found, words, targets)
    settle_plan(found, changes, act, verbs.INDICATOR_ADDED)
    return indicator


@transaction.atomic
def edit_indicator(
    indicator: Indicator,
    words: Words,
    targets: Sequence[Target],
    *,
    reason: str = "",
    by: Person,
    at: datetime | None = None,
) -> Indicator:
    """Change words and targets; in a published programme by a public revision that takes no period away.

    ``targets`` are all periods as they are to be: in a draft those not named are removed.

    Raises:
        Denied, Invalid, WrongState: as ``add_indicator``; Invalid also when nothing of a public one differs.
    """
    program = lock(indicator.program)
    require(rules.may_plan(program, by))
    act = planning(program, by, reason, at)
    found = Indicator.objects.select_for_update(of=("self",)).get(pk=indicator.pk)
    cleaned = _cleaned(words)
    changes = [*_reword(found, cleaned), *retarget(program, found, targets)]
    settle_plan(program, changes, act, verbs.INDICATOR_EDITED)
    return found


@transaction.atomic
def remove_indicator(indicator: Indicator, *, by: Person, at: datetime | None = None) -> None:
    """Take an indicator out of a draft, with its targets.

    Raises:
        Denied: without the right.
        WrongState: once the programme is published: what was promised stays readable.
    """
    program = lock(indicator.program)
    require(rules.may_edit(program, by))
    if program.state != State.DRAFT:
        raise WrongState(_("An indicator of a published work programme stays. Revise its targets instead."))
    act = deed(program, izin.PROGRAM_EDIT, by=by, moment=instant(at))
    facts = {"indicator": indicator.name, "periods": indicator.values.count()}
    indicator.delete()
    _touch(program, act)
    record(program, verbs.INDICATOR_REMOVED, act, before=facts)


def write_indicator(
    program: Program, words: Words, targets: Sequence[Target]
) -> tuple[Indicator, list[Change]]:
    """Write a new indicator of a locked programme; returns it with what changed.

    Raises:
        Invalid: as ``add_indicator``.
    """
    cleaned = _cleaned(words)
    last = program.indicators.order_by("-position").values_list("position", flat=True).first() or 0
    indicator = Indicator.objects.create(program=program, position=last + 1, **asdict(cleaned))
    change = _change(indicator, "indicator", "", cleaned.name)
    return indicator, [change, *retarget(program, indicator, targets, is_new=True)]


def _cleaned(words: Words) -> Words:
    name, measure = clean_line(words.name), clean_line(words.measure)
    if not name:
        raise refusal("name", _("Say what is measured."))
    if not measure:
        raise refusal("measure", _("Give the unit, such as km, people or %."))
    if words.level not in Level.values or words.direction not in Direction.values:
        raise refusal("level", _("Choose the level of the indicator and which way is better."))
    baseline = None if words.baseline is None else checked_number(words.baseline, "baseline")
    return Words(
        level=words.level,
        name=name,
        measure=measure,
        direction=words.direction,
        baseline=baseline,
        source=clean_line(words.source),
    )


def _reword(indicator: Indicator, words: Words) -> list[Change]:
    changes: list[Change] = []
    for name, new in asdict(words).items():
        old = getattr(indicator, name)
        if old != new:
            changes.append(_change(indicator, name, text_of(old), text_of(new)))
            setattr(indicator, name, new)
    indicator.save()
    return changes


def retarget(
    program: Program, indicator: Indicator, targets: Sequence[Target], *, is_new: bool = False
) -> list[Change]:
    """Give an indicator of a locked programme these periods, all of them; returns what changed.

    ``is_new``: the indicator is made in this same act, so what it aims at now are its first targets.

    Raises:
        Invalid: as ``edit_indicator``.
    """
    _refuse_wrong_periods(targets)
    is_public = program.state != State.DRAFT
    rows = {row.pk: row for row in indicator.values.all()}
    kept = {target.pk for target in targets}
    gone = [row for pk, row in rows.items() if pk not in kept]
    if gone and is_public:
        raise Invalid(_("A published target stays. Give it a new value instead of taking it away."))
    changes = [_change(indicator, "target", text_of(row.target), "", row.period) for row in gone]
    IndicatorValue.objects.filter(pk__in=[row.pk for row in gone]).delete()
    # An indicator that is new in a public programme has its first targets now; a period added later had none.
    taken = {row.ends_on: pk for pk, row in rows.items() if pk in kept}
    for number, target in enumerate(targets, 1):
        row = rows.get(target.pk) if target.pk is not None else None
        if taken.get(target.ends_on, target.pk) != target.pk:
            raise refusal(f"ends_on_{number}", _("Another period ends on this day. Move that one first."))
        if row is None:
            first = target.target if is_public and is_new else None
            row = IndicatorValue(indicator=indicator, first_target=first)
        changes += _write_target(indicator, row, target)
    return changes


def _write_target(indicator: Indicator, row: IndicatorValue, target: Target) -> list[Change]:
    new = {"period": clean_line(target.period), "ends_on": target.ends_on, "target": target.target}
    is_added = row.pk is None
    changes: list[Change] = []
    for name, value in new.items():
        old = None if is_added else getattr(row, name)
        if old == value:
            continue
        setattr(row, name, value)
        if name == "target" or not is_added:
            changes.append(_change(indicator, name, text_of(old), text_of(value), str(new["period"])))
    if is_added or changes:
        row.save()
    return changes


def _refuse_wrong_periods(targets: Sequence[Target]) -> None:
    if not targets:
        raise refusal("target_1", _("Give at least one period with its target."))
    seen: set[date] = set()
    for number, target in enumerate(targets, 1):
        if not clean_line(target.period):
            raise refusal(f"period_{number}", _("Name the period, such as Triwulan I 2027."))
        refuse_far({f"ends_on_{number}": target.ends_on})
        if target.ends_on in seen:
            raise refusal(f"ends_on_{number}", _("Two periods can't end on the same day."))
        checked_number(target.target, f"target_{number}")
        seen.add(target.ends_on)
    if len(targets) > MOST_PERIODS:
        raise Invalid(_("At most %(most)s periods fit one indicator.") % {"most": MOST_PERIODS})


def _change(indicator: Indicator, name: str, old: str, new: str, period: str = "") -> Change:
    about: Change = {"indicator": indicator.position, **({"period": period} if period else {})}
    label = f"{indicator.name}, {period}" if period else indicator.name
    return {"field": name, **about, "old": old, "new": new, "label": label}


def _touch(program: Program, act: Deed) -> None:
    program.changed_at = act.moment
    program.save(update_fields=["changed_at"])

"""What a sheet of units would do, row by row, judged against the tree as it would stand afterwards. Writes nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from django.utils.translation import gettext as _

from rembuk.common.errors import Denied, Verdict
from rembuk.management import rules
from rembuk.management.units.fate import is_loaded
from rembuk.management.units.judging import Judge
from rembuk.management.units.records import Record
from rembuk.regions.models import Region
from rembuk.workunits.models import FormerCode, WorkUnit
from rembuk.workunits.tree import LONGEST, segment

DEEPEST = LONGEST // len(segment(0))


@dataclass(slots=True)
class Step:
    """What one row does: to a unit that is there, or one to be made (``unit`` None)."""

    record: Record
    unit: WorkUnit | None
    changes: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    moves_from: str | None = None
    parent_code: str = ""
    retires: bool = False
    restores: bool = False

    @property
    def does_anything(self) -> bool:
        """Whether the row changes anything."""
        return bool(
            self.unit is None or self.changes or self.moves_from is not None or self.retires or self.restores
        )

    @property
    def name(self) -> str:
        """The name it has or will have."""
        return self.record.texts.get("name") or (self.unit.name if self.unit else "")


@dataclass(slots=True)
class Plan:
    """All steps in the order of the file, and what is wrong, by row. Nothing is written while anything is wrong."""

    steps: list[Step]
    problems: list[tuple[int, str]]
    depths: dict[str, int]

    def made(self) -> list[Step]:
        """Units to be made, those above before those below."""
        return sorted((row for row in self.steps if row.unit is None), key=self._depth)

    def moved(self) -> list[Step]:
        """Units that move, from the top: each new place then stands where it will stand."""
        return sorted((row for row in self.steps if row.moves_from is not None), key=self._depth)

    def changed(self) -> list[Step]:
        """Units of which something else is said."""
        return [row for row in self.steps if row.unit is not None and row.changes]

    def retired(self) -> list[Step]:
        """Units to be retired, the deepest first."""
        return sorted((row for row in self.steps if row.retires), key=self._depth, reverse=True)

    def restored(self) -> list[Step]:
        """Units to be put back into use, from the top."""
        return sorted((row for row in self.steps if row.restores), key=self._depth)

    @property
    def unchanged(self) -> int:
        """Rows that say what is so already."""
        return sum(1 for row in self.steps if not row.does_anything)

    @property
    def mark(self) -> str:
        """Differs when the plan differs: what was shown is what is confirmed."""
        said = [
            (
                row.record.number,
                row.record.code,
                row.unit is None,
                sorted((name, str(before)) for name, (before, _after) in row.changes.items()),
                row.moves_from,
                row.parent_code,
                row.retires,
                row.restores,
            )
            for row in self.steps
            if row.does_anything
        ]
        return sha256(repr((said, self.problems)).encode()).hexdigest()[:32]

    def _depth(self, step: Step) -> int:
        return self.depths.get(step.record.code, 0)


def plan_of(records: Sequence[Record], *, judge: Judge, default_parent: WorkUnit | None = None) -> Plan:
    """What these rows would do; ``judge`` knows what the actor may.

    Rows may come in any order. ``default_parent`` is where new units go of which no parent is said.
    """
    world = _World(records, judge, default_parent)
    steps = [world.step(record) for record in records]
    for step in steps:
        world.check(step)
    problems = [(step.record.number, words) for step in steps for words in step.record.problems]
    return Plan(steps, problems, world.depths)


class _World:
    """The tree as it is and as it would be: parents and use by code."""

    def __init__(self, records: Iterable[Record], judge: Judge, default_parent: WorkUnit | None) -> None:
        self.judge, self.default = judge, default_parent
        self.units = {unit.code: unit for unit in WorkUnit.objects.select_related("region")}
        by_key = {unit.pk: unit for unit in self.units.values()}
        for unit in self.units.values():
            unit.parent = by_key.get(unit.parent_id) if unit.parent_id else None
        self.former = dict(FormerCode.objects.values_list("code", "unit__name"))
        self.parents = {unit.code: unit.parent.code if unit.parent else "" for unit in self.units.values()}
        self.active = {unit.code: unit.is_active for unit in self.units.values()}
        codes = {record.region_code for record in records if record.region_code}
        self.regions = {region.code: region for region in Region.objects.filter(code__in=codes)}
        self.in_file = {record.code for record in records}
        self.depths: dict[str, int] = {}
        self.children: dict[str, list[str]] | None = None

    def step(self, record: Record) -> Step:
        """The row against the unit that has its code, before the rest of the file is known."""
        unit = self.units.get(record.code)
        step = Step(record, unit)
        now = self.parents.get(record.code, "")
        said = record.parent_code
        step.parent_code = now if said is None else said
        if unit is None:
            self._new(step)
        else:
            step.changes = self._differences(unit, record)
            if step.parent_code != now:
                step.moves_from = now
            step.retires = unit.is_active and record.is_active is False
            step.restores = not unit.is_active and record.is_active is True
        if record.code:
            self.parents[record.code] = step.parent_code
            self.active[record.code] = self._will_be_active(step)
        return step

    def check(self, step: Step) -> None:
        """Judge a row against the tree as it would stand."""
        record, add = step.record, step.record.problems.append
        if not record.code or record.problems:
            return
        if record.region_code and record.region_code not in self.regions:
            add(_("No region has the code %(code)s.") % {"code": record.region_code[:30]})
        if step.unit is not None and not self.judge.may_manage(step.unit).ok and step.does_anything:
            add(_("This work unit lies outside of those that you manage."))
            return
        self._check_kind(step)
        if step.unit is None or step.moves_from is not None:
            self._check_place(step)
        if step.does_anything and not record.problems:
            self._check_use(step)

    def _new(self, step: Step) -> None:
        record = step.record
        if self.default is not None and not step.parent_code:
            step.parent_code = self.default.code
        if record.code in self.former:
            words = {"code": record.code, "unit": self.former[record.code]}
            record.problems.append(
                _("The code %(code)s was that of %(unit)s: its old addresses lead there.") % words
            )
        if record.code and not record.texts.get("name") and "name" not in record.texts:
            record.problems.append(_("The name is missing."))
        if record.kind is None:
            record.problems.append(_("The kind is missing."))

    def _differences(self, unit: WorkUnit, record: Record) -> dict[str, tuple[Any, Any]]:
        said: dict[str, Any] = dict(record.texts)
        if record.kind is not None:
            said["kind"] = record.kind
        if record.region_code is not None:
            said["region"] = self.regions.get(record.region_code)
        pairs = {name: (_told(getattr(unit, name)), value) for name, value in said.items()}
        return {name: pair for name, pair in pairs.items() if pair[0] != _told(pair[1])}

    def _will_be_active(self, step: Step) -> bool:
        said = step.record.is_active
        if said is not None:
            return said
        return step.unit.is_active if step.unit else True

    def _check_kind(self, step: Step) -> None:
        kind = step.record.kind or (step.unit.kind if step.unit else "")
        is_top = step.unit is not None and rules.is_instansi(step.unit)
        if (kind == WorkUnit.Kind.INSTANSI) != is_top:
            words = _("The instansi itself, and it alone, stands at the top of the tree.")
            step.record.problems.append(words)

    def _check_place(self, step: Step) -> None:
        record, add = step.record, step.record.problems.append
        if step.unit is not None and rules.is_instansi(step.unit):
            add(_("The instansi itself stands at the top of the tree and can't be moved or retired."))
        elif not step.parent_code:
            add(_("The code of the unit above (parent_code) is missing."))
        elif step.parent_code not in self.parents:
            add(_("No work unit has the code %(code)s (parent_code).") % {"code": step.parent_code[:40]})
        elif self._is_in_ring(record.code):
            add(_("The rows of the file hang this work unit below itself."))
        elif (self._deepest_below(record.code)) > DEEPEST:
            add(_("The tree would become too deep."))
        elif not self._may_place(step):
            add(_("The unit above it, or the one it leaves, lies outside of those that you manage."))
        elif step.unit is not None:
            self._add_refusal(step, self.judge.may_hang(step.unit, self._above(step)))

    def _above(self, step: Step) -> list[WorkUnit]:
        """The units of today that would lie above it, the nearest first; those made in the file hold no roles yet."""
        line, above = list[str](), step.parent_code
        while above in self.parents and above not in line:
            line.append(above)
            above = self.parents[above]
        return [self.units[code] for code in line if code in self.units]

    def _add_refusal(self, step: Step, verdict: Verdict) -> None:
        if isinstance(verdict, Denied):
            step.record.problems.append(str(verdict))

    def _may_place(self, step: Step) -> bool:
        """Of a unit made in the same file, whoever manages the unit above it manages it."""
        places = self._above(step)[:1]
        if step.unit is not None and step.unit.parent is not None:
            places.append(step.unit.parent)
        return all(self.judge.may_manage(place).ok for place in places)

    def _check_use(self, step: Step) -> None:
        record, add = step.record, step.record.problems.append
        hangs_anew = self.active[record.code] or step.moves_from is not None
        if hangs_anew and step.parent_code and not self.active[step.parent_code]:
            add(_("The unit above it is retired: nothing can be in use below it."))
        elif step.retires and step.unit is not None:
            if rules.is_instansi(step.unit):
                add(_("The instansi itself stands at the top of the tree and can't be moved or retired."))
            elif step.unit.parent is not None and not self.judge.may_manage(step.unit.parent).ok:
                add(_("The unit above it, or the one it leaves, lies outside of those that you manage."))
            elif any(self.active[code] for code in self._below(record.code)):
                add(_("There are work units in use below this one. Move or retire them first."))
            elif is_loaded(step.unit):
                add(_("Something is still open here: retire it on its own page, with a successor."))
            else:
                self._add_refusal(step, self.judge.may_end_roles(step.unit))

    def _below(self, code: str) -> list[str]:
        if self.children is None:
            self.children = {}
            for child, parent in self.parents.items():
                self.children.setdefault(parent, []).append(child)
        return self.children.get(code, [])

    def _depth_of(self, code: str) -> int | None:
        """Steps from the root, 1 for a root; ``None`` in a ring."""
        line: list[str] = []
        while code and code not in self.depths:
            if code in line:
                return None
            line.append(code)
            code = self.parents.get(code, "")
        depth = self.depths.get(code, 0)
        for above in reversed(line):
            depth += 1
            self.depths[above] = depth
        return self.depths[line[0]] if line else depth

    def _is_in_ring(self, code: str) -> bool:
        seen, above = set[str](), self.parents[code]
        while above and above != code and above not in seen:
            seen.add(above)
            above = self.parents.get(above, "")
        return above == code

    def _deepest_below(self, code: str) -> int:
        deepest, waiting, seen = 0, [code], set[str]()
        while waiting:
            here = waiting.pop()
            seen.add(here)
            deepest = max(deepest, self._depth_of(here) or 0)
            waiting += [below for below in self._below(here) if below not in seen]
        return deepest


def _told(value: object) -> object:
    """A value as the trail tells it: a region by its code."""
    return value.code if isinstance(value, Region) else value

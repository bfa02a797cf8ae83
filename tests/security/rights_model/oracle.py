"""Who holds what where, kept apart from the site: plain sets, parents instead of paths, and who gave each thing.

The machine tells it what an act did and asks whether whoever did it held what they gave. It reads no row and calls
nothing of ``access`` or ``management``.
"""

from dataclasses import dataclass, field
from datetime import datetime

ADMINISTERING = frozenset({"grant.manage", "setting.change"})


@dataclass(slots=True)
class Given:
    """One grant: to whom, which role, where, from when until when."""

    person: int
    role: str
    unit: int
    starts: datetime
    ends: datetime | None

    def lasts(self, now: datetime) -> bool:
        """Not over yet; it may still be to come."""
        return self.ends is None or self.ends > now

    def holds(self, now: datetime) -> bool:
        """In force."""
        return self.starts <= now and self.lasts(now)


@dataclass(slots=True)
class Oracle:
    """The site as it has to be."""

    now: datetime
    root: int
    parents: dict[int, int | None] = field(default_factory=dict)
    retired_units: set[int] = field(default_factory=set)
    roles: dict[str, frozenset[str]] = field(default_factory=dict)
    retired_roles: set[str] = field(default_factory=set)
    people: set[int] = field(default_factory=set)
    suspended: set[int] = field(default_factory=set)
    grants: dict[int, Given] = field(default_factory=dict)

    def chain(self, unit: int) -> list[int]:
        """The unit and all above it."""
        found = [unit]
        while (above := self.parents[found[-1]]) is not None:
            found.append(above)
        return found

    def gives(self, role: str) -> frozenset[str]:
        """What a role gives: a retired one nothing."""
        return frozenset() if role in self.retired_roles else self.roles[role]

    def held(self, person: int, unit: int) -> set[str]:
        """What a person may do in a unit at this moment."""
        if person in self.suspended:
            return set()
        return {
            izin
            for grant in self.grants.values()
            if grant.person == person
            and grant.holds(self.now)
            and grant.unit not in self.retired_units
            and grant.unit in self.chain(unit)
            for izin in self.gives(grant.role)
        }

    def whole(self, person: int) -> set[str]:
        """What a person may do in the whole instansi."""
        return self.held(person, self.root)

    # --- was whoever did it allowed to ---------------------------------------------------------------------

    def could_give(self, by: int, person: int, role: str, unit: int) -> bool:
        """Whoever gives manages grants there and holds all that the role gives there; nobody gives to themselves."""
        held = self.held(by, unit)
        return by != person and "grant.manage" in held and self.roles[role] <= held

    def could_turn_role(
        self, by: int, role: str | None, before: frozenset[str], after: frozenset[str]
    ) -> bool:
        """Whoever turns a role manages roles everywhere, holds all that moves everywhere, and does not have the role."""
        has_it = any(
            grant.person == by and grant.role == role and grant.lasts(self.now)
            for grant in self.grants.values()
        )
        whole = self.whole(by)
        return "role.manage" in whole and before ^ after <= whole and not has_it

    def could_manage(self, by: int, *units: int | None) -> bool:
        """Whoever moves or retires units manages every place that is touched."""
        return all(unit is not None and "unit.manage" in self.held(by, unit) for unit in units)

    def could_move(self, by: int, unit: int, parent: int) -> bool:
        """Whoever hangs a unit elsewhere holds over it all that anybody gains by it, at any time, and gains nothing."""
        held = self.held(by, unit)
        old, new = self.chain(unit), [unit, *self.chain(parent)]
        for moment in self._moments():
            for person in self.people:
                gained = self._rights_over(person, new, moment) - self._rights_over(person, old, moment)
                if gained - held or (gained and person == by):
                    return False
        return True

    def _moments(self) -> set[datetime]:
        """Now, and every later instant at which a grant begins or ends."""
        edges = {edge for grant in self.grants.values() for edge in (grant.starts, grant.ends) if edge}
        return {self.now, *(edge for edge in edges if edge > self.now)}

    def _rights_over(self, person: int, units: list[int], moment: datetime) -> set[str]:
        """What the grants in these units give at a moment, whether or not the person is suspended."""
        return {
            izin
            for grant in self.grants.values()
            if grant.person == person and grant.unit in units and grant.holds(moment)
            for izin in self.gives(grant.role)
        }

    # --- administrators ------------------------------------------------------------------------------------

    def administrators(self) -> set[int]:
        """People who administer the instansi, or will when a grant begins or a suspension ends."""
        return {person for person in self.people if self._rights_at_root(person) >= ADMINISTERING}

    def _rights_at_root(self, person: int) -> set[str]:
        return {
            izin
            for grant in self.grants.values()
            if grant.person == person and grant.unit == self.root and grant.lasts(self.now)
            for izin in self.gives(grant.role)
        }

    def staying(self) -> set[int]:
        """Active people whom one grant in force without an end makes an administrator."""
        return {
            grant.person
            for grant in self.grants.values()
            if grant.ends is None
            and grant.holds(self.now)
            and grant.unit == self.root
            and grant.person not in self.suspended
            and self.gives(grant.role) >= ADMINISTERING
        }

    # --- what acts do --------------------------------------------------------------------------------------

    def end(self, number: int) -> None:
        """A grant ends now; one still to come is taken back."""
        grant = self.grants[number]
        if grant.starts >= self.now:
            del self.grants[number]
        elif grant.lasts(self.now):
            grant.ends = self.now

    def in_unit(self, unit: int) -> list[int]:
        """Grants in the unit that are not over."""
        return [key for key, grant in self.grants.items() if grant.unit == unit and grant.lasts(self.now)]

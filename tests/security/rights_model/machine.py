"""Random people do random things with roles, grants and units through the real actions; the oracle looks on.

Everybody tries everything. An act that the site refuses changes nothing; one that it allows has to be one that the
oracle allows, too, and afterwards ``can`` answers as the oracle does, for everybody, every permission and every unit.
"""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from rembuk.access import rights
from rembuk.access.models import Grant, GrantRequest, Role
from rembuk.access.permissions import ALL
from rembuk.accounts.models import Person
from rembuk.common.errors import DomainError
from rembuk.management.actions import grants, people, units
from rembuk.management.facts import GrantFacts, Succession, UnitFacts
from rembuk.management.roles import actions as roles
from rembuk.management.roles.states import RoleState, state_of
from rembuk.workunits import tree
from rembuk.workunits.models import WorkUnit
from tests import people as cast
from tests.security.rights_model.oracle import Given, Oracle

BEGIN = datetime(2026, 11, 24, 2, tzinfo=UTC)
DAY = timedelta(days=1)
WHY = "Susunan organisasi berubah."
CHOICE = st.integers(min_value=0, max_value=11)
# Whoever acts is more often somebody who holds something.
ACTOR = st.sampled_from((0, 1, 0, 1, 2, 3, 4, 5, 6))
DAYS = st.sampled_from([None, None, 1, 3, 10])
# What the roles of the machine are made of; enough to tell who lacks what.
IZIN = (
    "grant.manage",
    "role.manage",
    "unit.manage",
    "person.manage",
    "setting.change",
    "proposal.read",
    "audit.read",
)
STARTING = {
    "penyusun-peran": ("role.manage", "proposal.read"),
    "penata-tugas": ("grant.manage", "unit.manage", "person.manage", "proposal.read"),
    "penyetel": ("setting.change", "proposal.read"),
    "pembaca": ("proposal.read",),
}
clock = [BEGIN]
"""The instant that the site reads while a machine runs."""


class Rights(RuleBasedStateMachine):
    """The whole of it; ``done`` counts what the site allowed, over all runs."""

    done: Counter[str] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.mark = transaction.savepoint_create()
        self.refused, self.before = False, None
        clock[0] = BEGIN
        self._build()

    def teardown(self) -> None:
        """Take everything back."""
        transaction.savepoint_rollback(self.mark)

    def _build(self) -> None:
        root = tree.plant(code="AKAR", name="Kabupaten", kind=WorkUnit.Kind.INSTANSI)
        first = tree.plant(code="A", name="Dinas A", kind=WorkUnit.Kind.AGENCY, parent=root)
        second = tree.plant(code="B", name="Dinas B", kind=WorkUnit.Kind.AGENCY, parent=root)
        below = tree.plant(code="A1", name="Bidang A1", kind=WorkUnit.Kind.DIVISION, parent=first)
        deeper = tree.plant(code="A11", name="Seksi A11", kind=WorkUnit.Kind.DIVISION, parent=below)
        made = [
            Role.objects.create(slug=slug, name=slug, name_en=slug, permissions=list(keys))
            for slug, keys in STARTING.items()
        ]
        keepers = [Role.objects.get(slug="administrator"), *made]
        cast_of = [cast.citizen(f"Orang {number}") for number in range(7)]
        self.oracle = Oracle(now=BEGIN, root=root.pk)
        for unit in (root, first, second, below, deeper):
            self.oracle.parents[unit.pk] = unit.parent_id
        for role in keepers:
            self.oracle.roles[role.slug] = frozenset(role.permissions)
        self.oracle.people = {person.pk for person in cast_of}
        places = ((0, 0, root), (1, 0, root), (2, 1, root), (3, 2, first), (4, 2, root), (5, 3, root))
        for person, role, unit in places:
            row = Grant.objects.create(
                person=cast_of[person], role=keepers[role], unit=unit, starts_at=BEGIN - 9 * DAY
            )
            self._take(row)
        self.people, self.units = [one.pk for one in cast_of], list(self.oracle.parents)
        self.requests: list[int] = []

    # --- choosing and trying -------------------------------------------------------------------------------

    def _person(self, choice: int) -> Person:
        return Person.objects.get(pk=self.people[choice % len(self.people)])

    def _unit(self, choice: int) -> WorkUnit:
        return WorkUnit.objects.get(pk=self.units[choice % len(self.units)])

    def _role(self, choice: int) -> Role:
        slugs = sorted(self.oracle.roles)
        return Role.objects.get(slug=slugs[choice % len(slugs)])

    def _grant(self, choice: int) -> Grant:
        keys = sorted(self.oracle.grants)
        return Grant.objects.select_related("person", "role", "unit").get(pk=keys[choice % len(keys)])

    def _take(self, row: Grant) -> None:
        self.oracle.grants[row.pk] = Given(
            row.person_id, row.role.slug, row.unit_id, row.starts_at, row.ends_at
        )

    def _try[T](self, name: str, act: Callable[[], T], *, allowed: bool, approves: bool = False) -> T | None:
        """Do it; a refusal changes nothing, and what is not refused has to be allowed by the oracle."""
        before = self.oracle.administrators()
        try:
            with transaction.atomic():
                result = act()
        except DomainError:
            self.refused = True
            return None
        self.refused = False
        assert allowed, f"{name} was done by somebody who did not hold what it gives or moves"
        self.done[name] += 1
        self.before = None if approves else before
        return result

    def _facts(self, role: Role, unit: WorkUnit, begins: int | None, lasts: int | None) -> GrantFacts:
        now = self.oracle.now
        starts = None if begins is None else now + begins * DAY
        ends = None if lasts is None else (starts or now) + lasts * DAY
        return GrantFacts(role=role, unit=unit, reason=WHY, starts_at=starts, ends_at=ends)

    # --- grants --------------------------------------------------------------------------------------------

    @rule(by=ACTOR, to=CHOICE, role=CHOICE, unit=CHOICE, begins=DAYS, lasts=DAYS)
    def give(self, by: int, to: int, role: int, unit: int, begins: int | None, lasts: int | None) -> None:
        """One person gives a role, or asks for it."""
        giver, person, what, where = self._person(by), self._person(to), self._role(role), self._unit(unit)
        facts = self._facts(what, where, begins, lasts)
        allowed = self.oracle.could_give(giver.pk, person.pk, what.slug, where.pk)
        made = self._try("give", lambda: grants.give_or_request(person, facts, by=giver), allowed=allowed)
        if isinstance(made, Grant):
            self._take(made)
        elif isinstance(made, GrantRequest):
            self.done["ask"] += 1
            self.requests.append(made.pk)

    @rule(by=ACTOR, to=CHOICE, also=CHOICE, role=CHOICE, unit=CHOICE)
    def give_many(self, by: int, to: int, also: int, role: int, unit: int) -> None:
        """One person gives a role to several."""
        giver, what, where = self._person(by), self._role(role), self._unit(unit)
        chosen = {person.pk: person for person in (self._person(to), self._person(also))}
        allowed = all(self.oracle.could_give(giver.pk, one, what.slug, where.pk) for one in chosen)
        known = set(self.oracle.grants)
        facts = self._facts(what, where, None, None)
        act = lambda: grants.give_many(list(chosen.values()), facts, by=giver)  # noqa: E731
        if self._try("give many", act, allowed=allowed):
            for row in Grant.objects.exclude(pk__in=known).filter(person__in=self.people, unit=where):
                self._take(row)

    @rule(by=ACTOR, which=CHOICE)
    def end(self, by: int, which: int) -> None:
        """Somebody ends a grant."""
        ender, grant = self._person(by), self._grant(which)
        allowed = self.oracle.could_give(ender.pk, grant.person_id, grant.role.slug, grant.unit_id)
        self._try("end", lambda: grants.end_grant(grant, by=ender, reason=WHY), allowed=allowed)
        if not self.refused:
            self.oracle.end(grant.pk)

    @rule(by=ACTOR, which=CHOICE, further=st.sampled_from((0, 0, 1)))
    def end_many(self, by: int, which: int, further: int) -> None:
        """Somebody ends one or two in one act."""
        rows = (self._grant(which), self._grant(which + further))
        ender, chosen = self._person(by), {one.pk: one for one in rows}
        allowed = all(
            self.oracle.could_give(ender.pk, one.person_id, one.role.slug, one.unit_id)
            for one in chosen.values()
        )
        self._try("end many", lambda: grants.end_grants(list(chosen), by=ender, reason=WHY), allowed=allowed)
        if not self.refused:
            for number in chosen:
                self.oracle.end(number)

    @rule(by=ACTOR, which=CHOICE, lasts=DAYS)
    def change_end(self, by: int, which: int, lasts: int | None) -> None:
        """Somebody moves the end of a grant."""
        mover, grant = self._person(by), self._grant(which)
        ends = None if lasts is None else self.oracle.now + lasts * DAY
        allowed = self.oracle.could_give(mover.pk, grant.person_id, grant.role.slug, grant.unit_id)
        act = lambda: grants.change_grant_end(grant, ends, by=mover, reason=WHY)  # noqa: E731
        self._try("change end", act, allowed=allowed)
        if not self.refused:
            self.oracle.grants[grant.pk].ends = ends

    # --- requests: two people make an administrator --------------------------------------------------------

    @rule(by=ACTOR, to=CHOICE, lasts=DAYS)
    def ask_for_administrator(self, by: int, to: int, lasts: int | None) -> None:
        """Somebody wants somebody to administer the instansi."""
        slugs, root = sorted(self.oracle.roles), self.units.index(self.oracle.root)
        self.give(by, to, slugs.index("administrator"), root, None, lasts)

    @precondition(lambda self: self.requests)
    @rule(by=ACTOR, which=CHOICE)
    def approve(self, by: int, which: int) -> None:
        """Somebody approves a request."""
        second = self._person(by)
        request = GrantRequest.objects.select_related("role").get(
            pk=self.requests[which % len(self.requests)]
        )
        asker = request.asked_by_id
        allowed = asker not in {None, second.pk} and all(
            self.oracle.could_give(one, request.person_id, request.role.slug, request.unit_id)
            for one in (second.pk, asker)
            if one is not None
        )
        act = lambda: grants.approve_request(request, by=second, reason=WHY)  # noqa: E731
        made = self._try("approve", act, allowed=allowed, approves=True)
        if made is not None:
            self._take(made)
            self.requests.remove(request.pk)

    @precondition(lambda self: self.requests)
    @rule(by=ACTOR, which=CHOICE, takes_back=st.booleans())
    def refuse(self, by: int, which: int, *, takes_back: bool) -> None:
        """Somebody refuses a request, or who asked takes it back: nobody gains."""
        person = self._person(by)
        request = GrantRequest.objects.get(pk=self.requests[which % len(self.requests)])
        act = grants.withdraw_request if takes_back else grants.refuse_request
        self._try("refuse", lambda: act(request, by=person, reason=WHY), allowed=True)
        if not self.refused:
            self.requests.remove(request.pk)

    # --- roles ---------------------------------------------------------------------------------------------

    @precondition(lambda self: len(self.oracle.roles) < 9)
    @rule(by=ACTOR, keys=st.sets(st.sampled_from(IZIN), min_size=1, max_size=4))
    def create_role(self, by: int, keys: set[str]) -> None:
        """Somebody makes a role."""
        maker, name = self._person(by), f"Peran {len(self.oracle.roles)} {len(self.done)}"
        wanted = RoleState(name=name, name_en=name, permissions=tuple(keys))
        allowed = self.oracle.could_turn_role(maker.pk, None, frozenset(), frozenset(keys))
        act = lambda: roles.create_role(wanted, reason=WHY, by=maker)  # noqa: E731
        role = self._try("create role", act, allowed=allowed)
        if role is not None:
            self.oracle.roles[role.slug] = frozenset(keys)

    @rule(by=ACTOR, which=CHOICE, turned=st.sets(st.sampled_from(IZIN), min_size=1, max_size=2))
    def change_role(self, by: int, which: int, turned: set[str]) -> None:
        """Somebody puts permissions into a role, or takes them out."""
        editor, role = self._person(by), self._role(which)
        seen, keys = state_of(role), self.oracle.roles[role.slug] ^ turned
        wanted = RoleState(**{**seen.values(), "permissions": tuple(keys)})
        allowed = self.oracle.could_turn_role(editor.pk, role.slug, self.oracle.roles[role.slug], keys)
        act = lambda: roles.change_role(role, wanted, seen=seen, reason=WHY, by=editor)  # noqa: E731
        self._try("change role", act, allowed=allowed)
        if not self.refused:
            self.oracle.roles[role.slug] = keys

    @rule(by=ACTOR, which=CHOICE)
    def retire_or_restore_role(self, by: int, which: int) -> None:
        """Somebody takes a role out of use, or back into it."""
        editor, role = self._person(by), self._role(which)
        keys, is_retired = self.oracle.roles[role.slug], role.slug in self.oracle.retired_roles
        allowed = self.oracle.could_turn_role(editor.pk, role.slug, frozenset(), keys)
        act = roles.restore_role if is_retired else roles.retire_role
        name = "restore role" if is_retired else "retire role"
        self._try(name, lambda: act(role, seen=state_of(role), reason=WHY, by=editor), allowed=allowed)
        if not self.refused:
            self.oracle.retired_roles ^= {role.slug}

    @rule(by=ACTOR, which=CHOICE)
    def delete_role(self, by: int, which: int) -> None:
        """Somebody deletes a role that nobody was given."""
        editor, role = self._person(by), self._role(which)
        keys = self.oracle.roles[role.slug]
        allowed = self.oracle.could_turn_role(editor.pk, role.slug, frozenset(), keys) and not any(
            grant.role == role.slug for grant in self.oracle.grants.values()
        )
        slug = role.slug
        self._try("delete role", lambda: roles.delete_role(role, reason=WHY, by=editor), allowed=allowed)
        if not self.refused:
            del self.oracle.roles[slug]
            self.oracle.retired_roles.discard(slug)

    @rule(by=ACTOR)
    def reset_administrator(self, by: int) -> None:
        """Somebody gives the role of administrators back what every site starts with."""
        editor, role = self._person(by), Role.objects.get(slug="administrator")
        seeded = frozenset(ALL)
        allowed = self.oracle.could_turn_role(editor.pk, role.slug, self.oracle.roles[role.slug], seeded)
        act = lambda: roles.reset_role(role, seen=state_of(role), reason=WHY, by=editor)  # noqa: E731
        self._try("reset role", act, allowed=allowed)
        if not self.refused:
            self.oracle.roles[role.slug] = seeded

    # --- units ---------------------------------------------------------------------------------------------

    @precondition(lambda self: len(self.units) < 8)
    @rule(by=ACTOR, below=CHOICE)
    def create_unit(self, by: int, below: int) -> None:
        """Somebody makes a unit."""
        maker, above, code = self._person(by), self._unit(below), f"B{len(self.units)}"
        facts = UnitFacts(code=code, name=f"Bidang {code}", kind=WorkUnit.Kind.DIVISION)
        allowed = self.oracle.could_manage(maker.pk, above.pk)
        act = lambda: units.create_unit(facts, parent=above, by=maker)  # noqa: E731
        made = self._try("create unit", act, allowed=allowed)
        if made is not None:
            self.oracle.parents[made.pk] = above.pk
            self.units.append(made.pk)

    @rule(by=ACTOR, which=CHOICE, to=CHOICE)
    def move_unit(self, by: int, which: int, to: int) -> None:
        """Somebody hangs a unit elsewhere; whoever has rights above the new place has them in it from now on."""
        mover, unit, parent = self._person(by), self._unit(which), self._unit(to)
        places = (unit.pk, unit.parent_id, parent.pk)
        allowed = self.oracle.could_manage(mover.pk, *places) and self.oracle.could_move(
            mover.pk, unit.pk, parent.pk
        )
        act = lambda: units.move_unit(unit, parent, by=mover, reason=WHY)  # noqa: E731
        self._try("move unit", act, allowed=allowed)
        if not self.refused:
            self.oracle.parents[unit.pk] = parent.pk

    @rule(by=ACTOR, which=CHOICE, to=CHOICE, takes_children=st.booleans(), goes_on=st.booleans())
    def retire_unit(self, by: int, which: int, to: int, *, takes_children: bool, goes_on: bool) -> None:
        """Somebody retires a unit; the roles in it end or are given on in the successor."""
        who, unit, successor = self._person(by), self._unit(which), self._unit(to)
        ending = self.oracle.in_unit(unit.pk)
        children = [key for key, above in self.oracle.parents.items() if above == unit.pk]
        moved = [key for key in children if key not in self.oracle.retired_units]
        way = Succession(
            successor=successor,
            takes_children=takes_children,
            give_on=frozenset(ending if goes_on else ()),
        )
        there = [self.oracle.grants[number] for number in ending]
        given_on = there if goes_on else []
        allowed = (
            self.oracle.could_manage(who.pk, unit.parent_id, successor.pk, *moved)
            and all(self.oracle.could_move(who.pk, key, successor.pk) for key in (unit.pk, *moved))
            and all(self.oracle.could_give(who.pk, one.person, one.role, unit.pk) for one in there)
            and all(self.oracle.could_give(who.pk, one.person, one.role, successor.pk) for one in given_on)
        )
        act = lambda: units.retire_unit(unit, way, by=who, reason=WHY)  # noqa: E731
        self._try("retire unit", act, allowed=allowed)
        if self.refused:
            return
        self.oracle.parents.update(dict.fromkeys(moved, successor.pk))
        known = set(self.oracle.grants)
        asked = {(self.oracle.grants[key].person, self.oracle.grants[key].role) for key in way.give_on}
        for number in ending:
            self.oracle.end(number)
        self.oracle.retired_units.add(unit.pk)
        for row in Grant.objects.filter(person__in=self.people, unit=successor).exclude(pk__in=known):
            assert (row.person_id, row.role.slug) in asked, "a role went on in the successor unasked"
            self._take(row)
            self.done["give on"] += 1

    @precondition(lambda self: self.oracle.retired_units)
    @rule(by=ACTOR, which=CHOICE)
    def restore_unit(self, by: int, which: int) -> None:
        """Somebody puts a retired unit back into use."""
        retired = sorted(self.oracle.retired_units)
        who, unit = self._person(by), WorkUnit.objects.get(pk=retired[which % len(retired)])
        allowed = self.oracle.could_manage(who.pk, unit.parent_id)
        self._try("restore unit", lambda: units.restore_unit(unit, by=who, reason=WHY), allowed=allowed)
        if not self.refused:
            self.oracle.retired_units.discard(unit.pk)

    # --- people and time -----------------------------------------------------------------------------------

    @rule(by=ACTOR, whom=CHOICE)
    def suspend_or_reinstate(self, by: int, whom: int) -> None:
        """Somebody closes an account, or opens it again with the grants it has."""
        who, person = self._person(by), self._person(whom)
        is_suspended = person.pk in self.oracle.suspended
        act = people.reinstate_person if is_suspended else people.suspend_person
        allowed = who.pk != person.pk and any(
            "person.manage" in self.oracle.held(who.pk, unit) for unit in self.units
        )
        name = "reinstate" if is_suspended else "suspend"
        self._try(name, lambda: act(person, by=who, reason=WHY), allowed=allowed)
        if not self.refused:
            self.oracle.suspended ^= {person.pk}

    @rule(days=st.integers(min_value=1, max_value=5))
    def time_passes(self, days: int) -> None:
        """Grants begin and end by the clock."""
        self.oracle.now += days * DAY
        clock[0] = self.oracle.now
        self.refused = False
        self.done["time passes"] += 1

    # --- what has to be true after every step --------------------------------------------------------------

    @invariant()
    def site_and_oracle_agree(self) -> None:
        """For everybody, every permission, every unit."""
        if self.refused:
            return  # rolled back; the next act that is done compares everything again
        rows = {unit.pk: unit for unit in WorkUnit.objects.filter(pk__in=self.units)}
        for person in Person.objects.filter(pk__in=self.people):
            for unit in self.units:
                answered = {key for key, one in ALL.items() if rights.can(person, one, rows[unit])}
                assert answered == self.oracle.held(person.pk, unit), (person.name, rows[unit].code)
            whole = {key for key, one in ALL.items() if rights.can_everywhere(person, one)}
            assert whole == self.oracle.whole(person.pk), person.name

    @invariant()
    def an_administrator_stays(self) -> None:
        """Somebody active, by a grant without an end."""
        assert self.oracle.staying(), "nobody is left who administers the site for good"

    @invariant()
    def one_person_makes_no_administrator(self) -> None:
        """Nobody became an administrator by an act of one person."""
        if self.before is not None:
            new = self.oracle.administrators() - self.before
            assert not new, "one person alone made an administrator"
        self.before = None

"""Nobody ever holds a right that no one who held it gave: random acts, an oracle, and proof that the machine sees holes."""

from collections.abc import Callable
from typing import Any

import hypothesis
import pytest
from hypothesis import HealthCheck, Phase
from hypothesis.stateful import run_state_machine_as_test

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.common import clock
from rembuk.common.errors import ALLOWED, Denied, Verdict
from rembuk.management import rules
from rembuk.management.actions.grants import giving
from rembuk.management.actions.grants import requests as asking
from rembuk.management.actions.units import holders, moving, retiring
from rembuk.management.granting import rules as granting
from rembuk.management.roles import rules as roles
from tests.security.rights_model import machine

pytestmark = pytest.mark.django_db
QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]


def _settings(examples: int, steps: int, **more: Any) -> hypothesis.settings:
    return hypothesis.settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        suppress_health_check=QUIET,
        database=None,
        **more,
    )


@pytest.fixture(autouse=True)
def _clock_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: machine.clock[0])


def test_nobody_ever_gains_a_right_that_no_one_gave() -> None:
    machine.Rights.done.clear()
    run_state_machine_as_test(machine.Rights, settings=_settings(25, 50, derandomize=True))
    assert machine.Rights.done.total() > 100


_GIVE = rules.may_give_grant


def _manages_grants(by: Any, _role: Any, unit: Any, _keys: Any) -> Verdict:
    return ALLOWED if rights.can(by, izin.GRANT_MANAGE, unit) else Denied("")


def _holds_it_somewhere(by: Any, role: Any, _unit: Any, _keys: Any) -> Verdict:
    held = all(rights.can(by, izin.ALL[key]) for key in (*role.permissions, izin.GRANT_MANAGE.key))
    return ALLOWED if held else Denied("")


def _yes(*_things: Any, **_more: Any) -> Verdict:
    return ALLOWED


def _also_to_oneself(by: Any, _person: Any, role: Any, unit: Any) -> Verdict:
    return rules._may_hand_out(by, role, unit, role.permissions)


def _never(*_things: Any) -> bool:
    return False


def _always(*_things: Any) -> bool:
    return True


type Act = Callable[[machine.Rights], None]
# Who does what, by the places in the machine: people 0 and 1 administer, 2 keeps roles, 3 gives tasks in dinas A, 4 in the
# whole instansi, 5 sets settings, 6 has nothing. Roles: 0 administrator, 1 pembaca, 2 penata-tugas, 3 penyetel, 4
# penyusun-peran. Units: 0 the instansi, 1 A, 2 B.
HOLES: dict[str, tuple[tuple[tuple[Any, str, Any], ...], tuple[Act, ...]]] = {
    "give what one lacks": (
        ((rules, "_may_hand_out", _manages_grants),),
        (lambda m: m.give(3, 6, 3, 1, None, None),),
    ),
    "give beyond one's unit": (
        ((rules, "_may_hand_out", _holds_it_somewhere),),
        (lambda m: m.give(3, 6, 2, 2, None, None),),
    ),
    "give to oneself": (
        ((rules, "may_give_grant", _also_to_oneself),),
        (lambda m: m.give(0, 0, 1, 1, None, None),),
    ),
    "make an administrator alone": (
        ((giving, "makes_administrator", _never), (asking, "makes_administrator", _never)),
        (lambda m: m.give(0, 6, 0, 0, None, None),),
    ),
    "approve what one asked": (
        ((granting, "may_decide", _yes),),
        (lambda m: m.give(0, 6, 0, 0, None, None), lambda m: m.approve(0, 0)),
    ),
    "put into a role what one lacks": (
        ((roles, "_holds_all", _yes),),
        (lambda m: m.change_role(2, 1, {"audit.read"}),),
    ),
    "change one's own role": (
        ((roles, "may_touch_role", lambda by, _role: roles.may_manage_roles(by)),),
        (lambda m: m.change_role(2, 4, {"proposal.read"}),),
    ),
    "make administrators by a role": (
        ((roles, "_makes_no_administrator", _yes),),
        (lambda m: m.change_role(0, 3, {"grant.manage"}),),
    ),
    "change the last administrator's role": (
        ((roles, "_keeps_an_administrator", _yes),),
        (lambda m: m.give(0, 2, 3, 0, None, None), lambda m: m.change_role(2, 0, {"setting.change"})),
    ),
    "suspend the last administrator": (
        ((rules, "is_administrator_left", _always),),
        (lambda m: m.suspend_or_reinstate(4, 0), lambda m: m.suspend_or_reinstate(4, 1)),
    ),
    "give the last administrator an end": (
        ((granting, "is_administrator_left", _always),),
        (lambda m: m.change_end(0, 1, 3), lambda m: m.change_end(1, 0, 3)),
    ),
    "move what one does not manage": (
        ((rules, "may_move_unit", _yes),),
        (lambda m: m.move_unit(3, 1, 2),),
    ),
    "move a unit to where others have what one lacks": (
        ((moving, "check_widening", _yes),),
        (lambda m: m.give(0, 6, 3, 2, None, None), lambda m: m.move_unit(4, 1, 2)),
    ),
    "move a unit to where one has more oneself": (
        ((moving, "check_widening", _yes),),
        (lambda m: m.give(0, 4, 3, 2, None, None), lambda m: m.move_unit(4, 1, 2)),
    ),
    "let others have by a successor what one lacks": (
        ((retiring, "check_widening", _yes),),
        (
            lambda m: m.give(0, 6, 3, 2, None, None),
            lambda m: m.retire_unit(4, 3, 2, takes_children=True, goes_on=False),
        ),
    ),
    "end with a unit what one may not end": (
        ((holders, "may_end_roles", _yes),),
        (
            lambda m: m.give(0, 6, 3, 4, None, None),
            lambda m: m.retire_unit(4, 4, 3, takes_children=False, goes_on=False),
        ),
    ),
    "make an administrator by giving roles on": (
        ((holders, "_refusal", lambda *_things: None),),
        (
            lambda m: m.give(0, 6, 2, 4, None, None),
            lambda m: m.give(0, 6, 3, 4, None, None),
            lambda m: m.retire_unit(0, 4, 0, takes_children=False, goes_on=True),
        ),
    ),
}


def _play(acts: tuple[Act, ...]) -> None:
    """These acts, with everything looked at after each."""
    found = machine.Rights()
    try:
        for act in acts:
            act(found)
            found.site_and_oracle_agree()
            found.an_administrator_stays()
            found.one_person_makes_no_administrator()
    finally:
        found.teardown()


# Everything that the machine knows, once, by those who may: what the site never allowed would prove nothing.
EVERYTHING: tuple[Act, ...] = (
    lambda m: m.give(0, 6, 1, 1, None, None),
    lambda m: m.give_many(0, 5, 6, 1, 2),
    lambda m: m.change_end(0, 6, 3),
    lambda m: m.end(0, 6),
    lambda m: m.end_many(0, 6, 1),
    lambda m: m.ask_for_administrator(0, 6, None),
    lambda m: m.approve(1, 0),
    lambda m: m.ask_for_administrator(0, 5, None),
    lambda m: m.refuse(1, 0, takes_back=False),
    lambda m: m.create_role(0, {"proposal.read"}),
    lambda m: m.change_role(0, 5, {"audit.read"}),
    lambda m: m.retire_or_restore_role(0, 5),
    lambda m: m.retire_or_restore_role(0, 5),
    lambda m: m.delete_role(0, 5),
    lambda m: m.create_unit(0, 1),
    lambda m: m.move_unit(0, 5, 2),
    lambda m: m.retire_unit(0, 5, 2, takes_children=False, goes_on=False),
    lambda m: m.restore_unit(0, 0),
    lambda m: m.give(0, 6, 1, 4, None, None),
    lambda m: m.time_passes(1),
    lambda m: m.retire_unit(0, 4, 1, takes_children=False, goes_on=True),
    lambda m: m.suspend_or_reinstate(0, 5),
    lambda m: m.suspend_or_reinstate(0, 5),
)


def test_site_allows_each_act_to_those_who_may() -> None:
    machine.Rights.done.clear()
    _play(EVERYTHING)
    acts = "give,ask,approve,refuse,end,end many,change end,give many,create role,change role,retire role"
    more = "restore role,delete role,create unit,move unit,retire unit,restore unit,give on,suspend,reinstate"
    assert sorted({*acts.split(","), *more.split(",")} - set(machine.Rights.done)) == []


@pytest.mark.parametrize("hole", sorted(HOLES))
def test_oracle_sees_a_missing_guard_rail(hole: str, monkeypatch: pytest.MonkeyPatch) -> None:
    rails, acts = HOLES[hole]
    _play(acts)
    for where, name, instead in rails:
        assert hasattr(where, name)
        monkeypatch.setattr(where, name, instead)
    with pytest.raises(AssertionError):
        _play(acts)


def test_random_acts_find_a_missing_guard_rail(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "_may_hand_out", _manages_grants)
    quick = _settings(100, 40, derandomize=True, phases=[Phase.generate], print_blob=False)
    with pytest.raises(AssertionError):
        run_state_machine_as_test(machine.Rights, settings=quick)

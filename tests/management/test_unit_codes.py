"""Codes of units: a changed one leads on to its unit and is nobody else's; a retired one leads to the successor."""

from dataclasses import replace

import pytest

from rembuk.common.errors import Invalid, NotVisible
from rembuk.management.actions import units as actions
from rembuk.management.facts import Succession, UnitFacts
from rembuk.workunits.doors import public_unit
from rembuk.workunits.models import FormerCode, WorkUnit
from rembuk.workunits.selectors import carrying_on, holder_of
from tests import people, scenes

pytestmark = pytest.mark.django_db
WHY = "Perda susunan perangkat daerah"


def recode(unit: WorkUnit, code: str, place: scenes.Regency) -> WorkUnit:
    """Give a unit another code, by an administrator."""
    facts = UnitFacts(**{name: getattr(unit, name) for name in UnitFacts(code="", name="", kind="").values()})
    by = people.staff("administrator", place.root)
    return actions.change_unit(unit, replace(facts, code=code), by=by)


def test_a_changed_code_leads_on_and_comes_back_to_its_own_unit() -> None:
    place = scenes.regency()
    old = place.works.code
    unit = recode(place.works, "1.03", place)
    assert (public_unit(old).code, holder_of(old)) == ("1.03", unit)
    assert FormerCode.objects.get().code == old
    recode(unit, old, place)
    assert [row.code for row in FormerCode.objects.all()] == ["1.03"]
    assert public_unit("1.03").code == old


def test_a_code_that_was_anothers_is_nobody_elses() -> None:
    place = scenes.regency()
    old, by = place.works.code, people.staff("administrator", place.root)
    recode(place.works, "1.03", place)
    for attempt in (
        lambda: recode(place.health, old, place),
        lambda: actions.create_unit(
            UnitFacts(code=old, name="Dinas Baru", kind="agency"), parent=place.root, by=by
        ),
    ):
        with pytest.raises(Invalid) as refusal:
            attempt()
        assert list(refusal.value.fields) == ["code"]


def test_a_retired_code_leads_to_whoever_carries_on_now() -> None:
    place, by = scenes.regency(), None
    by = people.staff("administrator", place.root)
    into = Succession(successor=place.health, takes_children=True)
    old = place.works.code
    recode(place.works, "1.03", place)
    actions.retire_unit(place.works, into, by=by, reason=WHY)
    assert public_unit(old) == public_unit("1.03") == place.health
    actions.retire_unit(
        place.health, Succession(successor=place.root, takes_children=True), by=by, reason=WHY
    )
    assert public_unit(old) == place.root


def test_a_retired_unit_without_successor_and_an_unknown_code_are_absent() -> None:
    place = scenes.regency()
    actions.retire_unit(place.village, by=people.staff("administrator", place.root), reason=WHY)
    for code in (place.village.code, "TIDAK-ADA"):
        with pytest.raises(NotVisible):
            public_unit(code)


def test_successors_in_a_ring_lead_nowhere_instead_of_forever() -> None:
    one, two = WorkUnit(pk=1, is_active=False), WorkUnit(pk=2, is_active=False)
    one.successor, two.successor = two, one
    assert carrying_on(one) is None


def test_a_word_that_stands_for_a_page_is_no_code() -> None:
    place = scenes.regency()
    with pytest.raises(Invalid) as refusal:
        recode(place.works, "impor", place)
    assert list(refusal.value.fields) == ["code"]

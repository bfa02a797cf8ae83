"""Codes of accountability reports: a unit that takes another's old code still gets reports of its own."""

import pytest

from rembuk.workunits.models import WorkUnit
from tests import people, report_scenes, scenes
from tests.report_scenes import FOURTH, THIRD

pytestmark = pytest.mark.django_db


def renamed(unit: WorkUnit, code: str) -> WorkUnit:
    """The unit by another code."""
    WorkUnit.objects.filter(pk=unit.pk).update(code=code)
    unit.refresh_from_db()
    return unit


def test_unit_with_the_old_code_of_another_gets_a_numbered_code() -> None:
    place = scenes.regency()
    by = people.staff("unit-admin", place.root)
    old = place.works.code
    first = report_scenes.account(place.works, by)
    renamed(place.works, "PUPR")
    renamed(place.health, old)
    second = report_scenes.account(place.health, by)
    renamed(place.health, "DINKES")
    renamed(place.roads, old)
    third = report_scenes.account(place.roads, by)
    assert [first.code, second.code, third.code] == [
        f"LPJ-2026-TW4-{old}",
        f"LPJ-2026-TW4-{old}-2",
        f"LPJ-2026-TW4-{old}-3",
    ]
    assert report_scenes.account(place.roads, by, THIRD).code == f"LPJ-2026-TW3-{old}"


def test_code_that_only_begins_alike_takes_nothing() -> None:
    place = scenes.regency()
    by = people.staff("unit-admin", place.root)
    report_scenes.account(renamed(place.health, "dinas.pu"), by)
    assert report_scenes.account(renamed(place.works, "dinas"), by, FOURTH).code == "LPJ-2026-TW4-dinas"


def test_longest_unit_code_leaves_room_for_the_number() -> None:
    place = scenes.regency()
    by = people.staff("unit-admin", place.root)
    report_scenes.account(renamed(place.works, "x" * 40), by)
    renamed(place.works, "PUPR")
    numbered = report_scenes.account(renamed(place.health, "x" * 40), by)
    assert numbered.code == f"LPJ-2026-TW4-{'x' * 40}-2"

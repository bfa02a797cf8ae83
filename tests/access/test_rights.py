"""Rights: a grant holds for its unit and all below, in its dates, and nowhere else."""

from datetime import UTC, datetime, timedelta

import pytest

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.access.models import Role
from rembuk.accounts.models import Person
from rembuk.workunits.models import WorkUnit
from tests import people, scenes

pytestmark = pytest.mark.django_db


def test_can_grant_above_holds_below_and_not_beside() -> None:
    place = scenes.regency()
    moderator = people.staff("moderator", place.works)
    answers = {
        unit.code[:2]: rights.can(moderator, izin.PROPOSAL_MODERATE, unit)
        for unit in (place.root, place.works, place.roads, place.health)
    }
    assert answers == {"KA": False, "PU": True, "BM": True, "DK": False}


def test_can_exact_ignores_grants_from_above() -> None:
    place = scenes.regency()
    above = people.staff("unit-admin", place.subdistrict)
    own = people.staff("unit-admin", place.village)
    assert not rights.can(above, izin.PROPOSAL_RELEASE, place.village, exact=True)
    assert rights.can(own, izin.PROPOSAL_RELEASE, place.village, exact=True)


def test_can_everywhere_asks_for_a_grant_in_the_instansi_itself() -> None:
    place = scenes.regency()
    answers = [
        rights.can_everywhere(people.staff("moderator", unit), izin.PROPOSAL_MODERATE)
        for unit in (place.root, place.works)
    ]
    assert answers == [True, False]


@pytest.mark.parametrize(("starts", "ends"), [(1, None), (-2, -1)])
def test_can_grant_outside_its_dates_gives_nothing(starts: int, ends: int | None) -> None:
    place = scenes.regency()
    person = people.citizen()
    now = datetime.now(UTC)
    people.grant(
        person,
        "moderator",
        place.root,
        starts_at=now + timedelta(days=starts),
        ends_at=ends and now + timedelta(days=ends),
    )
    assert not rights.can(person, izin.PROPOSAL_MODERATE, place.root)


def _anew(person: Person) -> Person:
    """The person as the next request meets her."""
    return Person.objects.get(pk=person.pk)


def test_shared_paths_are_those_of_all_the_rights_by_whichever_grants() -> None:
    place = scenes.regency()
    for slug, key in (("reads", "proposal.read"), ("takes", "proposal.export")):
        Role.objects.create(slug=slug, name=slug, name_en=slug, permissions=[key])
    person = people.staff("reads", place.root)
    both = (izin.PROPOSAL_READ, izin.PROPOSAL_EXPORT)
    assert rights.shared_paths(_anew(person), *both) == []
    people.grant(person, "takes", place.works)
    assert rights.shared_paths(_anew(person), *both) == [place.works.path]
    assert rights.shared_paths(_anew(person), izin.PROPOSAL_READ) == [place.root.path]
    elsewhere = people.staff("reads", place.health)
    people.grant(elsewhere, "takes", place.works)
    assert rights.shared_paths(_anew(elsewhere), *both) == []


def test_can_suspended_person_has_no_rights() -> None:
    place = scenes.regency()
    moderator = people.staff("moderator", place.root)
    moderator.is_active = False
    assert not rights.is_staff(moderator)


def test_within_selects_the_units_that_can_allows() -> None:
    place = scenes.regency()
    moderator = people.staff("moderator", place.works)
    for unit in (place.root, place.works, place.roads, place.health, place.village):
        # The twin is asked about children: a unit's own row is reached through its parent's children.
        found = WorkUnit.objects.filter(
            rights.within("parent", rights.paths(moderator, izin.PROPOSAL_MODERATE)), parent=unit
        )
        expected = unit.children.all() if rights.can(moderator, izin.PROPOSAL_MODERATE, unit) else []
        assert sorted(found.values_list("pk", flat=True)) == sorted(child.pk for child in expected)

"""Why: the answer of ``explain`` is the answer of ``can``, with its grants, and else with what stands in the way."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from pytest_django import DjangoAssertNumQueries

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.access.explain import MOST_NEAR, Hurdle, explain, roles_with, who_may
from rembuk.access.models import Grant, Role
from rembuk.accounts.models import Person
from rembuk.workunits.models import WorkUnit
from tests import people, scenes

NOW = datetime.now(UTC)
DAY = timedelta(days=1)
PLACES = ("root", "works", "roads", "health", "subdistrict", "village")
ROLES = ("administrator", "unit-admin", "moderator", "assessor", "member", "retired")
ASKED = (izin.PROPOSAL_MODERATE, izin.PROPOSAL_RELEASE, izin.GRANT_MANAGE, izin.AUDIT_READ)

grants = st.lists(
    st.tuples(
        st.sampled_from(ROLES),
        st.sampled_from(PLACES),
        st.sampled_from([(-9, None), (-9, 9), (-9, -1), (1, None), (1, 9)]),
    ),
    max_size=6,
)


class ExplainAgreesWithCan(TestCase):
    """Whatever grants somebody has: yes and no are those of ``can``, and who is listed is who can."""

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(held=grants, closed=st.booleans(), retired=st.sets(st.sampled_from(PLACES), max_size=2))
    def test_explain_agrees_with_can(
        self, held: list[tuple[str, str, tuple[int, int | None]]], closed: bool, retired: set[str]
    ) -> None:
        place, person = scenes.regency(), people.citizen(is_active=not closed)
        keys = [one.key for one in ASKED]
        Role.objects.get_or_create(
            slug="retired", defaults={"name": "R", "name_en": "R", "permissions": keys, "is_active": False}
        )
        for role, unit, (starts, ends) in held:
            dates = {"starts_at": NOW + starts * DAY, "ends_at": None if ends is None else NOW + ends * DAY}
            people.grant(person, role, getattr(place, unit), **dates)
        WorkUnit.objects.filter(pk__in=[getattr(place, name).pk for name in retired]).update(is_active=False)
        person = Person.objects.get(pk=person.pk)
        for permission in ASKED:
            for unit in (None, *(getattr(place, name) for name in PLACES)):
                for exact in (False, True):
                    expected = rights.can(person, permission, unit, exact=exact)
                    found = explain(person, permission, unit, exact=exact)
                    assert found.is_allowed is expected
                    if unit is not None:
                        listed = who_may(permission, unit, exact=exact)
                        assert expected is listed.filter(person=person).exists()
                        assert not expected or set(found.through) == set(listed.filter(person=person))


def hurdles(person: Person, unit: WorkUnit, *, exact: bool = False) -> list[tuple[Hurdle, ...]]:
    """What keeps each near grant from counting, the nearest first."""
    permission = izin.PROPOSAL_RELEASE if exact else izin.PROPOSAL_MODERATE
    return [one.hurdles for one in explain(person, permission, unit, exact=exact).near]


@pytest.mark.django_db
def test_every_hurdle_is_named_and_the_nearest_grant_comes_first() -> None:
    place, person = scenes.regency(), people.citizen()
    people.grant(person, "moderator", place.health)
    people.grant(person, "moderator", place.roads, ends_at=NOW - DAY)
    people.grant(person, "moderator", place.works, starts_at=NOW + DAY)
    assert hurdles(person, place.works) == [
        (Hurdle.NOT_BEGUN,),
        (Hurdle.ELSEWHERE,),
        (Hurdle.ELSEWHERE, Hurdle.ENDED),
    ]
    Role.objects.filter(slug="moderator").update(is_active=False)
    WorkUnit.objects.filter(pk=place.works.pk).update(is_active=False)
    assert (Hurdle.NOT_BEGUN, Hurdle.ROLE_RETIRED, Hurdle.UNIT_RETIRED) in hurdles(person, place.works)


@pytest.mark.django_db
def test_a_grant_from_above_does_not_count_where_only_an_exact_one_does() -> None:
    place, person = scenes.regency(), people.citizen()
    people.grant(person, "unit-admin", place.subdistrict)
    assert hurdles(person, place.village, exact=True) == [(Hurdle.NOT_EXACT,)]
    assert explain(person, izin.PROPOSAL_RELEASE, place.subdistrict, exact=True).is_allowed


@pytest.mark.django_db
def test_grants_there_whose_roles_lack_it_are_told_and_empty_roles_not() -> None:
    place, person = scenes.regency(), people.citizen()
    for role in ("assessor", "member"):
        people.grant(person, role, place.works)
    people.grant(person, "auditor", place.health)
    found = explain(person, izin.PROPOSAL_MODERATE, place.roads)
    assert [(grant.role.slug, grant.unit) for grant in found.without] == [("assessor", place.works)]
    assert (found.is_allowed, found.near, found.through) == (False, (), ())


@pytest.mark.django_db
def test_a_suspended_account_has_grants_that_would_count() -> None:
    place = scenes.regency()
    person = people.staff("moderator", place.works)
    Person.objects.filter(pk=person.pk).update(is_active=False)
    found = explain(Person.objects.get(pk=person.pk), izin.PROPOSAL_MODERATE, place.works)
    assert (found.is_allowed, found.is_closed, len(found.through)) == (False, True, 1)
    assert not who_may(izin.PROPOSAL_MODERATE, place.works).exists()


@pytest.mark.django_db
def test_near_grants_are_few() -> None:
    place, person = scenes.regency(), people.citizen()
    for _number in range(MOST_NEAR + 2):
        people.grant(person, "moderator", place.health, ends_at=NOW - DAY)
    assert len(explain(person, izin.PROPOSAL_MODERATE, place.works).near) == MOST_NEAR


@pytest.mark.django_db
def test_roles_with_a_permission_are_those_in_use() -> None:
    Role.objects.filter(slug="auditor").update(is_active=False)
    assert [role.slug for role in roles_with(izin.LOG_READ)] == ["administrator"]


@pytest.mark.django_db
@pytest.mark.parametrize("more", [1, 3])
def test_explain_asks_one_question(more: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    place, person = scenes.regency(), people.citizen()
    for unit in (place.works, place.health, place.roads)[:more]:
        people.grant(person, "moderator", unit)
    with django_assert_num_queries(1):
        explain(person, izin.PROPOSAL_MODERATE, place.works)


@pytest.mark.django_db
@pytest.mark.parametrize("more", [1, 3, 12])
def test_rights_of_a_request_are_read_in_one_query(
    more: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    place, person = scenes.regency(), people.citizen()
    units = [place.works, place.health, place.roads] * 4
    for unit in units[:more]:
        people.grant(person, "moderator", unit)
    person = Person.objects.get(pk=person.pk)
    with django_assert_num_queries(1):
        assert rights.can(person, izin.PROPOSAL_MODERATE, place.works)
        assert not rights.can(person, izin.AUDIT_READ)
        assert not rights.can_everywhere(person, izin.PROPOSAL_MODERATE)
        assert rights.is_staff(person)
        assert rights.paths(person, izin.PROPOSAL_READ)
        assert rights.acting(person).roles == ("moderator",)
    assert Grant.objects.filter(person=person).count() == more

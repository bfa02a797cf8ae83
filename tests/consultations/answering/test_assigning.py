"""Giving rows to units and people: who is told, who may, and many at once."""

import pytest

from rembuk.common.errors import Denied, Invalid, WrongState
from rembuk.consultations.actions.answering import acts
from rembuk.consultations.actions.answering.assigning import Assignment, assign_rows
from rembuk.notifications.models import Notice
from tests import matrix_scenes as scenes
from tests import people

pytestmark = pytest.mark.django_db
AT = scenes.AT


def told(kind: str) -> list[tuple[int, int]]:
    found = Notice.objects.filter(event__kind=kind).order_by("person_id")
    return [(person, params["n"]) for person, params in found.values_list("person_id", "event__params")]


def test_assign_many_to_a_person_tells_her_once_with_the_number() -> None:
    found = scenes.matrix(3)
    assessor = people.staff("assessor", found.place.works)
    assign_rows(found.rows, to=Assignment(person=assessor), by=found.manager, at=AT)
    assert {row.assigned_to_id for row in found.fresh()} == {assessor.pk}
    assert told("row.assigned") == [(assessor.pk, 3)]


def test_new_unit_takes_the_rows_from_the_person_and_is_told() -> None:
    found = scenes.matrix(1)
    assign_rows(found.rows, to=Assignment(person=found.manager), by=found.manager, at=AT)
    nurse = people.staff("assessor", found.place.health)
    assign_rows(found.rows, to=Assignment(unit=found.place.health), by=found.manager, at=AT)
    row = found.fresh()[0]
    assert (row.unit, row.assigned_to) == (found.place.health, None)
    assert told("row.handed") == [(nurse.pk, 1)]


def test_unit_in_charge_gives_its_rows_to_its_own_people_but_not_away() -> None:
    found = scenes.matrix(1)
    found.consultation.rows.update(unit=found.place.health)
    nurse = people.staff("assessor", found.place.health)
    assign_rows(found.rows, to=Assignment(person=nurse), by=nurse, at=AT)
    assert found.fresh()[0].assigned_to == nurse
    with pytest.raises(Denied):
        assign_rows(found.rows, to=Assignment(unit=found.place.roads), by=nurse, at=AT)


def test_person_who_may_not_answer_there_and_nothing_at_all_are_refused() -> None:
    found = scenes.matrix(1)
    nurse = people.staff("assessor", found.place.health)
    for to in (Assignment(person=nurse), Assignment()):
        with pytest.raises(Invalid):
            assign_rows(found.rows, to=to, by=found.manager, at=AT)


def test_published_row_is_not_given_on() -> None:
    found = scenes.matrix(1)
    scenes.published(found)
    with pytest.raises(WrongState):
        assign_rows(found.rows, to=Assignment(unit=found.place.health), by=found.manager, at=AT)


@pytest.mark.parametrize("number", [3, 6])
def test_assign_many_takes_the_same_number_of_statements(
    number: int, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    found = scenes.matrix(number)
    to = Assignment(category=found.place.other_category)
    with django_assert_num_queries(10):  # type: ignore[operator]
        assign_rows(found.rows, to=to, by=found.manager, at=AT)


def test_more_rows_than_go_at_once_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(acts, "MOST", 2)
    found = scenes.matrix(3)
    with pytest.raises(Invalid, match="2"):
        assign_rows(found.rows, to=Assignment(person=found.manager), by=found.manager, at=AT)
    assert {row.assigned_to_id for row in found.fresh()} == {None}

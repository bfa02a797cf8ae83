"""All rows of a large matrix in one act: more than five thousand, in as many statements as twenty."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rembuk.accounts.models import Person
from rembuk.audit.models import AuditEntry
from rembuk.consultations.actions.answering import assigning, deciding, publishing
from rembuk.consultations.actions.answering.acts import Done
from rembuk.consultations.choices import RowSource
from rembuk.consultations.models import MatrixRow, RowChange
from rembuk.consultations.states import RowState
from tests import matrix_scenes as scenes
from tests import people

MANY = 6_000

type Deed = Callable[[scenes.Matrix, list[MatrixRow], Person], Done]

DEEDS: dict[str, Deed] = {
    "assign": lambda found, rows, second: assigning.assign_rows(
        rows, to=assigning.Assignment(person=found.manager), by=found.manager, at=scenes.AT
    ),
    "propose": lambda found, rows, second: scenes.proposed(found, *rows),
    "approve": lambda found, rows, second: deciding.approve_answer(rows, by=second, at=scenes.AT),
    "publish": lambda found, rows, second: publishing.publish_answers(rows, by=found.manager, at=scenes.AT),
}


def large(number: int) -> scenes.Matrix:
    """A matrix of so many rows, all of one submission."""
    found = scenes.matrix(1, needs_second_person=True)
    (first,) = found.rows
    MatrixRow.objects.bulk_create(
        MatrixRow(
            consultation=found.consultation,
            submission=first.submission,
            number=place,
            source=RowSource.CUT,
            text=f"Pokok ke-{place}",
            unit=first.unit,
            created_at=first.created_at,
        )
        for place in range(2, number + 1)
    )
    return found


def statements(number: int) -> dict[str, int]:
    """How many statements each act takes on a matrix of so many rows."""
    found, took = large(number), {}
    second = people.staff("consultation-manager", found.place.works)
    for name, deed in DEEDS.items():
        rows = list(found.consultation.rows.order_by("id"))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            done = deed(found, rows, second)
        assert (len(done.rows), done.refused) == (number, [])
        took[name] = len(queries)
    assert found.consultation.rows.filter(state=RowState.PUBLISHED).count() == number
    assert RowChange.objects.filter(row__consultation=found.consultation).count() == number * len(DEEDS)
    return took


@pytest.mark.django_db
@pytest.mark.parametrize("number", [20, MANY])
def test_all_rows_of_a_large_matrix_take_as_many_statements_as_twenty(number: int) -> None:
    assert statements(number) == {"assign": 9, "propose": 12, "approve": 10, "publish": 23}
    assert AuditEntry.objects.filter(verb="row.published").count() == number

"""Cutting a submission into points and taking it back: the person's words stay hers and stay whole."""

import pytest

from rembuk.audit.models import AuditEntry
from rembuk.common.errors import Invalid, WrongState
from rembuk.consultations.actions.answering.cutting import cut_row, join_row
from rembuk.consultations.choices import RowSource
from tests import matrix_scenes as scenes

pytestmark = pytest.mark.django_db
AT = scenes.AT
POINTS = ["Pendapat ke-0: jadwal", "pengangkutan", "belum cocok."]


def test_cut_makes_a_row_for_each_further_point() -> None:
    found = scenes.matrix(1)
    cut_row(found.rows[0], points=POINTS, by=found.manager, at=AT)
    kept = list(found.consultation.rows.order_by("number").values_list("number", "source", "text"))
    assert kept == [
        (1, RowSource.OVERALL, POINTS[0]),
        (2, RowSource.CUT, POINTS[1]),
        (3, RowSource.CUT, POINTS[2]),
    ]
    assert AuditEntry.objects.get(verb="row.cut").after == {"rows": [2, 3]}


@pytest.mark.parametrize(
    "points",
    [
        ["Pendapat ke-0: jadwal pengangkutan belum cocok."],
        ["Pendapat ke-0: jadwal pengangkutan", "cocok."],
        ["belum cocok.", "Pendapat ke-0: jadwal pengangkutan"],
        [*POINTS, "Tambahan petugas."],
    ],
)
def test_cut_with_other_or_missing_words_is_refused(points: list[str]) -> None:
    found = scenes.matrix(1)
    with pytest.raises(Invalid) as refusal:
        cut_row(found.rows[0], points=points, by=found.manager, at=AT)
    assert list(refusal.value.fields) == ["points"]
    assert found.consultation.rows.count() == 1


def test_joined_point_goes_back_to_its_row() -> None:
    found = scenes.matrix(1)
    second, _third = cut_row(found.rows[0], points=POINTS, by=found.manager, at=AT)
    join_row(second, by=found.manager, at=AT)
    kept = list(found.consultation.rows.order_by("number").values_list("number", "text"))
    assert kept == [(1, f"{POINTS[0]}\n\n{POINTS[1]}"), (3, POINTS[2])]


def test_whole_rows_and_answered_ones_cannot_be_joined_or_cut() -> None:
    found = scenes.matrix(1)
    with pytest.raises(WrongState):
        join_row(found.rows[0], by=found.manager, at=AT)
    scenes.proposed(found)
    with pytest.raises(WrongState):
        cut_row(found.rows[0], points=POINTS, by=found.manager, at=AT)

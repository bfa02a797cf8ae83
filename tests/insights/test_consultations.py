"""The three figures over consultations: of the site, of units with all below; hidden totals stay hidden; what is late."""

from datetime import UTC, datetime, timedelta

import pytest

from rembuk.consultations.choices import Moment
from rembuk.consultations.models import MatrixRow
from rembuk.insights.consultations import (
    ConsultationFigures,
    consultation_figures,
    overdue_consultations,
)
from tests import consultation_scenes as scenes
from tests.scenes import regency

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 6, 3, 5, tzinfo=UTC)


def test_figures_add_up_over_consultations_and_leave_out_drafts_and_hidden_totals() -> None:
    place = regency()
    answering = scenes.answering(place, at=NOON)
    scenes.draft(place, at=NOON)
    hidden = scenes.opened(place, at=NOON, totals_shown=Moment.AFTER_CLOSING)
    scenes.sent(hidden, at=NOON)
    letter = scenes.sent(answering, at=NOON, channel="letter", on_behalf_of="RT 03")
    row = MatrixRow(consultation=answering, submission=letter, number=1, source="overall", unit=place.works)
    row.created_at = NOON
    scenes.answered(row, at=NOON)

    assert consultation_figures(NOON).whole == ConsultationFigures(2, 3, 2, 1, 0, 1, 1, 0)
    assert consultation_figures(NOON + timedelta(days=20)).whole.heard == 4


def test_units_above_hold_the_figures_of_those_below() -> None:
    place = regency()
    scenes.answering(place, at=NOON)
    scenes.concluded(place, at=NOON, unit=place.roads)

    found = {row.code: row.figures for row in consultation_figures(NOON).units}

    assert found == {
        place.root.code: ConsultationFigures(2, 4, 3, 3, 0, 0, 0, 0),
        place.works.code: ConsultationFigures(2, 4, 3, 3, 0, 0, 0, 0),
        place.roads.code: ConsultationFigures(1, 2, 2, 2, 0, 0, 0, 0),
    }


def test_overdue_are_closed_ones_past_their_deadline_alone() -> None:
    place = regency()
    late = scenes.answering(place, at=NOON, answer_days=4)
    scenes.concluded(place, at=NOON, answer_days=4)
    scenes.closed(place, at=NOON, answer_days=60)
    moment = NOON + timedelta(days=10)

    assert list(overdue_consultations(moment)) == [late]
    assert consultation_figures(moment).whole.overdue == 1


def test_pages_name_what_is_overdue(client) -> None:
    late = scenes.answering(regency(), at=datetime(2025, 6, 3, 5, tzinfo=UTC), answer_days=4)

    statistics = client.get("/statistik/").content.decode()
    transparency = client.get("/transparansi/").content.decode()

    assert "1 uji publik telah diumumkan." in statistics
    assert late.title in transparency

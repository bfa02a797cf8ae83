"""The scenes that other tests stand on are what they say."""

from datetime import UTC, datetime

import pytest

from rembuk.consultations.schedule import Stage, stage
from rembuk.consultations.states import SubmissionState
from tests import consultation_scenes as scenes
from tests.scenes import regency

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 6, 3, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("scene", "expected"),
    [
        (scenes.draft, Stage.DRAFT),
        (scenes.scheduled, Stage.ANNOUNCED),
        (scenes.opened, Stage.OPEN),
        (scenes.closed, Stage.CLOSED),
        (scenes.answering, Stage.ANSWERING),
        (scenes.concluded, Stage.CONCLUDED),
    ],
)
def test_scene_at_its_instant_is_in_its_stage(scene, expected) -> None:
    made = scene(regency(), at=NOON)

    assert stage(made, NOON) is expected


def test_sent_submission_with_everything_has_rows_for_reason_remark_and_answers_with_words() -> None:
    made = scenes.opened(regency(), at=NOON)
    version = scenes.with_text(made, at=NOON)
    scenes.with_questions(made)

    scenes.sent(made, content=scenes.full_content(version), at=NOON)
    scenes.sent(made, state=SubmissionState.WITHDRAWN, at=NOON)

    (rows,) = scenes.rows_for(made, at=NOON)
    assert [row.source for row in rows] == ["overall", "remark", "answer", "answer"]

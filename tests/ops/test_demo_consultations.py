"""What the demonstration shows of uji publik: one in each stage, with texts, submissions, and answers of every kind."""

import pytest
from django.test import Client

from rembuk.common.clock import now
from rembuk.consultations.choices import Channel, Verdict
from rembuk.consultations.figures import figures_of
from rembuk.consultations.models import ClauseText, Consultation, MatrixRow, Objection, Submission
from rembuk.consultations.schedule import Stage, stage
from rembuk.consultations.states import SubmissionState

pytestmark = [pytest.mark.usefixtures("demo")]


def _in_stage(wanted: Stage) -> Consultation:
    (found,) = [row for row in Consultation.objects.all() if stage(row, now()) == wanted]
    return found


def test_demo_has_a_consultation_in_each_stage_and_a_draft() -> None:
    stages = [stage(row, now()) for row in Consultation.objects.all()]
    expected = [Stage.ANNOUNCED, Stage.ANSWERING, Stage.CONCLUDED, Stage.DRAFT, Stage.OPEN]
    assert sorted(stages) == sorted(expected)


def test_demo_has_a_regulation_of_forty_clauses_with_an_open_talk() -> None:
    texts = ClauseText.objects.filter(version__consultation=_in_stage(Stage.OPEN))
    assert texts.count() >= 40
    assert texts.filter(full_label="Pasal 7 ayat (2) huruf b").exists()
    assert texts.filter(clause__subject__comments__isnull=False).exists()


def test_demo_has_submissions_of_every_state_and_offline_ones() -> None:
    states = set(Submission.objects.values_list("state", flat=True))
    assert states == {SubmissionState.SENT, SubmissionState.NOT_SHOWN, SubmissionState.WITHDRAWN}
    assert Submission.objects.exclude(channel=Channel.WEB).count() >= 3
    assert Submission.objects.filter(remarks__suggestion__gt="").exists()


def test_demo_has_answers_of_every_verdict_one_reason_for_a_group_and_a_second_version() -> None:
    assert set(MatrixRow.objects.exclude(verdict="").values_list("verdict", flat=True)) == set(Verdict.values)
    answering = _in_stage(Stage.ANSWERING)
    assert set(answering.rows.values_list("state", flat=True)) == {"open", "proposed", "published"}
    assert [row.number for row in answering.versions.all()] == [1, 2]
    assert answering.rows.filter(changed_version__number=2, changed_clause__isnull=False).exists()


def test_demo_has_a_concluded_evaluation_of_a_programme_with_an_objection_decided() -> None:
    done = _in_stage(Stage.CONCLUDED)
    figures = figures_of(done, now())
    assert (done.kind, figures.considered, done.ties.get().program.title[:12]) == (
        "evaluation",
        figures.heard,
        "Rehabilitasi",
    )
    assert figures.explained + figures.offline_answered + figures.unreachable == figures.heard
    assert sorted(Objection.objects.values_list("outcome", flat=True)) == ["", "new_answer"]


@pytest.mark.parametrize("page", ["", "hasil/", "matriks/", "laporan/", "masukan/", "butir/1/"])
def test_demo_pages_of_every_announced_consultation_open(page: str) -> None:
    for made in Consultation.objects.filter(announced_at__isnull=False):
        if page == "butir/1/" and not made.clauses.exists():
            continue
        assert Client().get(f"/uji-publik/{made.code}/{page}").status_code == 200, (made.code, page)

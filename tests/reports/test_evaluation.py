"""Evaluations of programmes: drafted from the data, refreshed, edited, discarded, published; refused otherwise."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from rembuk.audit.models import AuditEntry
from rembuk.common.errors import Denied, Invalid, NotVisible, WrongState
from rembuk.engagement.actions.comments import Draft, post_comment
from rembuk.notifications.models import Event
from rembuk.programs.actions.money.spend import Spent, enter_realisation
from rembuk.programs.models import Program
from rembuk.reports.actions import evaluate
from rembuk.reports.actions.writing import LONGEST
from rembuk.reports.choices import EvaluationPart
from rembuk.reports.errors import AlreadyPublished, ChangedMeanwhile
from rembuk.reports.evaluation.data import snapshot
from rembuk.reports.models import EvaluationReport
from rembuk.reports.states import ReportState
from tests import (
    consultation_scenes,
    layer_scenes,
    people,
    program_scenes,
    report_scenes,
    scenes,
    voice_scenes,
)
from tests.report_scenes import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> scenes.Regency:
    return scenes.regency()


@pytest.fixture
def program(place: scenes.Regency) -> Program:
    return layer_scenes.running(place)


def verbs(program: Program) -> list[str]:
    return list(
        AuditEntry.objects.filter(target_key=program.code, verb__startswith="evaluation.")
        .order_by("id")
        .values_list("verb", flat=True)
    )


def test_snapshot_says_what_the_programme_says(program: Program) -> None:
    data = snapshot(program, NOW)
    assert data["today"] == "2026-11-24"
    assert data["money"] == {
        "first": "3750000000.50",
        "pagu": "4050000000.50",
        "realised": "1050000000.25",
        "left": "3000000000.25",
        "absorption": "25.92",  # 1.050.000.000,25 / 4.050.000.000,50
        "payments": 2,
        "evidenced": 0,
        "lines": [
            {
                "fund": "apbd",
                "first": "3500000000.00",
                "pagu": "3800000000.00",
                "realised": "1050000000.25",
                "left": "2749999999.75",
                "absorption": "27.63",
            },
            {
                "fund": "village",
                "first": "250000000.50",
                "pagu": "250000000.50",
                "realised": "0.00",
                "left": "250000000.50",
                "absorption": "0.00",
            },
        ],
    }
    # Weights 10, 20, 50, 20: two done (30), three due by 20 November (80).
    assert data["time"]["progress"] == {"planned": "80.00", "actual": "30.00"}
    assert data["time"]["condition"] == "critical"
    assert data["time"]["deviation"]["points"] == "-50.00"
    assert [row["reason"] for row in data["time"]["revisions"]] == [layer_scenes.REASON] * 2
    assert [(row["state"], row["share"], row["overdue"]) for row in data["milestones"]] == [
        ("done", "10.00", 0),
        ("done", "20.00", 15),  # planned until 15 July, done on 30 July
        ("planned", "50.00", 4),
        ("planned", "20.00", 0),
    ]
    length = data["indicators"][0]
    assert [(row["name"], row["target"], row["actual"]) for row in length["periods"]] == [
        ("Semester I", "20.0000", "18.5000"),
        ("Semester II", "60.0000", None),
    ]
    assert length["achievement"] == "92.50"


def test_draft_says_it_in_the_official_language(program: Program, place: scenes.Regency) -> None:
    from django.utils.translation import override

    with override("en"):
        report = report_scenes.evaluation(program, program_scenes.manager(place))
    words = report.words
    assert set(words) == set(EvaluationPart.values)
    assert "Kemajuan 30% dari 80% yang direncanakan" in words["summary"]
    assert "Rp4.050.000.000,50" in words["money"]
    assert "Rp1.050.000.000,25" in words["money"]
    assert "25,92%" in words["money"]
    assert "Panjang jembatan terbangun (Semester I): 18,5 dari 20 m, capaian 92,5%." in words["results"]
    assert "2 dari 4" in words["results"]
    assert layer_scenes.REASON in words["lessons"]
    assert "Rangka, kabel, dan lantai jembatan" in words["advice"]
    assert "<li>" in report.html["results"]


def test_programme_without_layers_gets_a_report_without_them(place: scenes.Regency) -> None:
    manager = program_scenes.manager(place)
    program = program_scenes.published(place, by=manager)
    report = report_scenes.evaluation(program, manager)
    assert report.data["money"] is None
    assert report.data["time"]["progress"] is None
    assert report.data["indicators"] == report.data["milestones"] == report.data["ratings"] == []
    assert report.words["money"] == report.words["results"] == report.words["lessons"] == ""
    assert "tanpa usulan warga" in report.words["voices"]
    assert "%" not in report.words["summary"]


def test_voices_of_citizens_stand_in_it(place: scenes.Regency) -> None:
    manager = program_scenes.manager(place)
    found = voice_scenes.opened(place, manager)
    program = found.program
    voice_scenes.rated(found, 4, 3, 3)
    milestone = voice_scenes.milestone(program)
    for value in ("no", "no", "partly", "yes"):
        voice_scenes.said(milestone, value)
    asked = consultation_scenes.answering(place)
    consultation_scenes.tie(asked, program)
    report = report_scenes.evaluation(program, manager)
    assert report.data["ratings"][0]["n"] == 3
    assert report.data["ratings"][0]["mean"] == "3.33"
    assert report.data["milestones"][0]["said"] == {"yes": 1, "partly": 1, "no": 2}
    assert report.data["consultations"][0]["code"] == asked.code
    assert "rata-rata 3,33 dari 4, dari 3 orang" in report.words["voices"]
    assert "1 orang menjawab ya, 1 sebagian, 2 belum" in report.words["voices"]
    assert asked.code in report.words["voices"]
    assert "Ruas 1 diperkeras" in report.words["lessons"]
    assert "Ruas 1 diperkeras" in report.words["advice"]


def test_replies_of_offices_are_no_comments_of_citizens(place: scenes.Regency) -> None:
    by = program_scenes.manager(place)
    program = program_scenes.published(place, by=by)
    subject = program_scenes.phase(program, 1).subject
    post_comment(subject, Draft(body="Kapan selesai?"), by=people.citizen())
    post_comment(subject, Draft(body="Bulan depan.", office=place.works), by=by)
    report = report_scenes.evaluation(program, by)
    assert report.data["voices"]["comments"] == 1
    assert "Warga menulis 1 komentar" in report.words["voices"]


def test_payments_with_evidence_are_counted(program: Program) -> None:
    row = program.realisations.filter(struck_at=None).first()
    assert row is not None
    row.evidence = program_scenes.stored("sp2d.pdf", "document")
    row.save(update_fields=["evidence"])
    assert snapshot(program, NOW)["money"]["evidenced"] == 1


def test_public_service_is_told_by_its_skm(place: scenes.Regency) -> None:
    manager = program_scenes.manager(place)
    found = voice_scenes.opened(place, manager, is_public_service=True)
    voice_scenes.rated(found, 4, 3)
    report = report_scenes.evaluation(found.program, manager)
    assert report.data["ratings"][0]["skm"] == {"value": "87.50", "grade": "B"}  # 3,5 x 25
    assert "87,5" in report.words["voices"]


def test_totals_of_an_open_consultation_that_are_hidden_stay_hidden(place: scenes.Regency) -> None:
    manager = program_scenes.manager(place)
    program = program_scenes.published(place, by=manager)
    asked = consultation_scenes.opened(place, totals_shown="after_closing", submissions_shown="after_closing")
    consultation_scenes.tie(asked, program)
    at = asked.opens_at + timedelta(hours=1)
    report = report_scenes.evaluation(program, manager, at=at)
    assert report.data["consultations"][0]["counts"] is None
    assert asked.code not in report.words["voices"]


def test_refreshing_takes_new_figures_and_keeps_the_words(program: Program, place: scenes.Regency) -> None:
    manager = program_scenes.manager(place)
    report = report_scenes.evaluation(program, manager)
    words = {**report.words, "lessons": "Mulai pembebasan lahan lebih awal."}
    edited = evaluate.edit_evaluation(report, words, seen=report.changed_at, by=manager, at=NOW)
    enter_realisation(
        program,
        Spent(
            fund="apbd",
            amount=Decimal("1000000.75"),
            spent_on=date(2026, 11, 20),
            document_number="SP2D/099/2026",
            description="Termin",
        ),
        by=manager,
        at=NOW,
    )
    fresh = evaluate.refresh_evaluation(edited, by=manager, at=NOW + timedelta(hours=1))
    assert fresh.data["money"]["realised"] == "1051000001.00"
    assert fresh.words["lessons"] == "Mulai pembebasan lahan lebih awal."
    assert fresh.html["lessons"] == "<p>Mulai pembebasan lahan lebih awal.</p>\n"
    assert verbs(program) == ["evaluation.drafted", "evaluation.edited", "evaluation.refreshed"]
    entry = AuditEntry.objects.get(verb="evaluation.edited")
    assert entry.after == {"number": 1, "parts": ["lessons"]}


def test_second_official_who_saves_is_told_and_nothing_is_overwritten(
    program: Program, place: scenes.Regency
) -> None:
    first, second = program_scenes.manager(place), program_scenes.manager(place)
    report = report_scenes.evaluation(program, first)
    evaluate.edit_evaluation(
        report, {"summary": "Yang pertama."}, seen=report.changed_at, by=first, at=NOW + timedelta(minutes=1)
    )
    with pytest.raises(ChangedMeanwhile):
        evaluate.edit_evaluation(
            report,
            {"summary": "Yang kedua."},
            seen=report.changed_at,
            by=second,
            at=NOW + timedelta(minutes=2),
        )
    assert EvaluationReport.objects.get().words["summary"] == "Yang pertama."


def test_part_that_is_too_long_is_refused_by_name(program: Program, place: scenes.Regency) -> None:
    manager = program_scenes.manager(place)
    report = report_scenes.evaluation(program, manager)
    with pytest.raises(Invalid) as refusal:
        evaluate.edit_evaluation(
            report, {"lessons": "x" * (LONGEST + 1)}, seen=report.changed_at, by=manager, at=NOW
        )
    assert list(refusal.value.fields) == ["lessons"]


def test_published_one_is_fixed_and_followers_are_told_once(program: Program, place: scenes.Regency) -> None:
    manager = program_scenes.manager(place)
    follower = people.citizen("Wati")
    program_scenes.follow(program.subject, follower, manager)
    report = report_scenes.evaluated(program, manager)
    assert report.state == ReportState.PUBLISHED
    assert report.published_at == NOW
    assert verbs(program) == ["evaluation.drafted", "evaluation.published"]
    event = program.events.get(step="evaluate")
    assert event.codes == ["1"]
    told = Event.objects.get(kind="evaluation.published")
    assert told.url == f"/program/{program.code}/evaluasi/1/"
    for again in (
        lambda: evaluate.refresh_evaluation(report, by=manager),
        lambda: evaluate.edit_evaluation(report, {"summary": "Lain."}, seen=report.changed_at, by=manager),
        lambda: evaluate.discard_evaluation(report, by=manager),
        lambda: evaluate.publish_evaluation(report, by=manager),
    ):
        with pytest.raises(AlreadyPublished):
            again()


def test_database_keeps_a_published_report(program: Program, place: scenes.Regency) -> None:
    manager = program_scenes.manager(place)
    report = report_scenes.evaluated(program, manager)
    for column, value in (("words", "{}"), ("data", "{}"), ("state", "draft"), ("number", "9")):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE reports_evaluationreport SET {column} = %s", [value])
    EvaluationReport.objects.filter(pk=report.pk).update(drafted_by=None)


def test_summary_is_needed_to_publish(program: Program, place: scenes.Regency) -> None:
    manager = program_scenes.manager(place)
    report = report_scenes.evaluation(program, manager)
    empty = evaluate.edit_evaluation(report, {"summary": "  "}, seen=report.changed_at, by=manager, at=NOW)
    with pytest.raises(Invalid) as refusal:
        evaluate.publish_evaluation(empty, by=manager, at=NOW)
    assert "summary" in refusal.value.fields


def test_one_draft_at_a_time_and_the_next_number_for_a_later_one(
    program: Program, place: scenes.Regency
) -> None:
    manager = program_scenes.manager(place)
    first = report_scenes.evaluation(program, manager)
    with pytest.raises(WrongState):
        report_scenes.evaluation(program, manager)
    with pytest.raises(IntegrityError), transaction.atomic():
        EvaluationReport.objects.create(
            program=program, number=2, office=program.unit, drafted_at=NOW, changed_at=NOW
        )
    evaluate.publish_evaluation(first, by=manager, at=NOW)
    second = report_scenes.evaluation(program, manager, at=NOW + timedelta(days=1))
    assert second.number == 2
    evaluate.discard_evaluation(second, by=manager)
    assert list(program.evaluations.values_list("number", flat=True)) == [1]
    assert verbs(program)[-1] == "evaluation.discarded"
    with pytest.raises(NotVisible):
        evaluate.publish_evaluation(second, by=manager)


def test_draft_programme_is_not_evaluated(place: scenes.Regency) -> None:
    manager = program_scenes.manager(place)
    with pytest.raises(WrongState):
        report_scenes.evaluation(program_scenes.draft(place, by=manager), manager)


def strangers(place: scenes.Regency) -> list[Any]:
    return [
        people.citizen(),
        people.staff("program-manager", place.health),
        people.staff("moderator", place.works),
        people.staff("auditor", place.root),
    ]


def test_without_the_right_nothing_is_done(program: Program, place: scenes.Regency) -> None:
    manager = program_scenes.manager(place)
    report = report_scenes.evaluation(program, manager)
    seen = report.changed_at
    for by in strangers(place):
        acts: list[Callable[[], object]] = [
            lambda by=by: report_scenes.evaluation(program, by),  # type: ignore[misc]
            lambda by=by: evaluate.refresh_evaluation(report, by=by),  # type: ignore[misc]
            lambda by=by: evaluate.edit_evaluation(report, {}, seen=seen, by=by),  # type: ignore[misc]
            lambda by=by: evaluate.discard_evaluation(report, by=by),  # type: ignore[misc]
            lambda by=by: evaluate.publish_evaluation(report, by=by),  # type: ignore[misc]
        ]
        for act in acts:
            with pytest.raises(Denied):
                act()
    assert verbs(program) == ["evaluation.drafted"]


def test_snapshot_takes_the_same_queries_however_much_there_is(
    program: Program, django_assert_num_queries: Any
) -> None:
    snapshot(program, NOW)
    with django_assert_num_queries(17):
        snapshot(program, NOW)
    for _n in range(3):
        voice_scenes.said(voice_scenes.milestone(program, NOW), "yes", at=NOW)
    again = Program.objects.select_related("unit").get(pk=program.pk)
    with django_assert_num_queries(17):
        snapshot(again, NOW)

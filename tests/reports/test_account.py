"""Accountability reports: whose figures of which stretch, drafted, edited, published; refused otherwise."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from rembuk.audit.models import AuditEntry
from rembuk.common.errors import Denied, Invalid, WrongState
from rembuk.programs.actions.publish import cancel_program
from rembuk.programs.models import Program, Realisation
from rembuk.proposals.models import Decision, OfficialAnswer, Proposal
from rembuk.reports import selectors
from rembuk.reports.accountability.data import late_days, snapshot
from rembuk.reports.actions import account
from rembuk.reports.errors import AlreadyPublished, ChangedMeanwhile
from rembuk.reports.models import AccountabilityReport
from rembuk.reports.periods import Period
from tests import consultation_scenes, layer_scenes, people, program_scenes, report_scenes, scenes
from tests.report_scenes import FOURTH, NOW, THIRD, YEAR

pytestmark = pytest.mark.django_db
JULY = datetime(2026, 7, 5, 3, tzinfo=UTC)
OCTOBER = datetime(2026, 10, 6, 3, tzinfo=UTC)


@pytest.fixture
def place() -> scenes.Regency:
    return scenes.regency()


def dated(proposal: Proposal, at: datetime, **fields: object) -> Proposal:
    """A proposal as if it had been sent then."""
    Proposal.objects.filter(pk=proposal.pk).update(submitted_at=at, **fields)
    return proposal


def answered(proposal: Proposal, at: datetime, due: datetime) -> None:
    Proposal.objects.filter(pk=proposal.pk).update(explained_at=at, answer_due_at=due, state="declined")
    OfficialAnswer.objects.create(proposal=proposal, kind="declined", unit=proposal.unit, at=at)


def test_proposals_and_answers_are_counted_in_their_stretch(place: scenes.Regency) -> None:
    july = dated(scenes.published(place), JULY)
    dated(scenes.published(place), OCTOBER, channel="letter")
    dated(scenes.published(place), OCTOBER, answer_due_at=OCTOBER + timedelta(days=10))
    Decision.objects.filter(step="publish").update(at=OCTOBER)
    answered(july, OCTOBER + timedelta(days=2), due=OCTOBER)
    third, fourth = snapshot(place.works, THIRD, NOW), snapshot(place.works, FOURTH, NOW)
    assert third["proposals"]["n"] == 1
    assert third["proposals"]["by_state"] == {"declined": 1}
    assert third["proposals"]["decisions"] == {}
    assert fourth["proposals"]["n"] == 2
    assert fourth["proposals"]["by_way"] == [["citizen", "", 1], ["citizen", "letter", 1]]
    assert fourth["proposals"]["decisions"] == {"publish": 3}
    # Heard and explained go with the sending, answers given with their own day.
    assert (third["answers"]["heard"], third["answers"]["explained"]) == (1, 1)
    assert third["answers"]["given"] == 0
    given = fourth["answers"]
    assert (given["given"], given["late"], given["by_kind"]) == (1, 1, {"declined": 1})
    assert given["days"] == 95  # 5 July to 8 October
    assert given["overdue"] == 1
    assert snapshot(place.works, YEAR, NOW)["proposals"]["n"] == 3


def test_unit_counts_all_below_and_nothing_beside(place: scenes.Regency) -> None:
    dated(scenes.published(place), OCTOBER, unit=place.roads)
    dated(scenes.published(place), OCTOBER, unit=place.health)
    dated(scenes.published(place), OCTOBER, unit=None)
    assert snapshot(place.works, FOURTH, NOW)["proposals"]["n"] == 1
    assert snapshot(place.health, FOURTH, NOW)["answers"]["heard"] == 1
    whole = snapshot(place.root, FOURTH, NOW)
    assert whole["is_whole"]
    # What lies with no unit belongs to the whole instansi.
    assert whole["proposals"]["n"] == whole["answers"]["heard"] == 3


def test_programmes_of_the_stretch_with_their_lateness_and_money(place: scenes.Regency) -> None:
    manager = program_scenes.manager(place)
    bridge = layer_scenes.running(place, manager)
    road = program_scenes.published(place, by=manager, at=OCTOBER)
    over = program_scenes.published(place, by=manager, at=JULY)
    cancel_program(over, reason="Anggaran daerah dialihkan seluruhnya.", by=manager, at=JULY)
    program_scenes.draft(place, by=manager)
    second = snapshot(place.works, Period(2026, 2), NOW)
    assert [row["code"] for row in second["programs"]["rows"]] == [bridge.code]
    assert second["money"]["pagu"] == "4050000000.50"
    assert second["money"]["within"] == second["money"]["so_far"] == "1050000000.25"
    fourth = snapshot(place.works, FOURTH, NOW)
    assert [row["code"] for row in fourth["programs"]["rows"]] == [bridge.code, road.code]
    assert fourth["programs"]["by_state"] == {"published": 2}
    assert fourth["programs"]["by_condition"]["critical"] == 1
    assert (fourth["programs"]["started"], fourth["programs"]["ended"]) == (1, 0)
    assert fourth["money"]["within"] == "0.00"
    assert fourth["money"]["so_far"] == "1050000000.25"
    assert fourth["money"]["absorption"] == "25.92"
    third = snapshot(place.works, THIRD, NOW)
    assert third["programs"]["by_state"] == {"cancelled": 1, "published": 1}
    assert third["programs"]["ended"] == 1
    assert snapshot(place.health, THIRD, NOW)["money"] is None


@pytest.mark.parametrize(
    ("days", "found"),
    [
        ([0, 0], None),
        ([0, 7], {"n": 1, "median": 7, "most": 7}),
        ([99, 1], {"n": 2, "median": 50, "most": 99}),
        ([3, 99, 1], {"n": 3, "median": 3, "most": 99}),
    ],
)
def test_late_days_tell_the_middle_one(days: list[int], found: dict[str, int] | None) -> None:
    assert late_days(days) == found


def test_money_spent_later_is_not_counted_before(place: scenes.Regency) -> None:
    bridge = layer_scenes.running(place)
    assert Decimal(snapshot(place.works, Period(2026, 1), NOW)["money"]["so_far"]) == 0
    last = Realisation.objects.filter(program=bridge, struck_at=None).order_by("-spent_on").first()
    assert last is not None
    assert last.spent_on == date(2026, 6, 10)


def test_consultations_open_in_the_stretch(place: scenes.Regency) -> None:
    asked = consultation_scenes.answering(place)
    at = asked.closes_at + timedelta(days=1)
    then = Period(asked.opens_at.year, (asked.opens_at.month + 2) // 3)
    found = snapshot(asked.unit, then, at)["consultations"]
    assert found["n"] == 1
    assert snapshot(asked.unit, Period(2020, 1), at)["consultations"]["n"] == 0


def test_draft_tells_it_in_plain_words(place: scenes.Regency) -> None:
    layer_scenes.running(place)
    dated(scenes.published(place), OCTOBER, answer_due_at=OCTOBER)
    report = report_scenes.account(place.works, report_scenes.head(place))
    assert report.code == f"LPJ-2026-TW4-{place.works.code}"
    words = report.words
    assert "Dinas Pekerjaan Umum" in words["summary"]
    assert "Triwulan IV 2026" in words["summary"]
    assert "Periode ini belum berakhir." in words["summary"]
    assert "1 usulan diterima." in words["proposals"]
    assert "1 usulan lewat batas waktu dan belum ditanggapi." in words["answers"]
    assert "0 tepat waktu, 0 terlambat, dan 1 kritis" in words["programs"]
    assert "Rp4.050.000.000,50" in words["money"]
    assert "Penyerapan 25,92%." in words["money"]
    assert "Tidak ada uji publik" in words["consultations"]
    assert "Jembatan gantung Sungai Cikaso" in words["next"]
    assert "Menanggapi 1 usulan" in words["next"]


def test_unit_without_anything_gets_a_report_that_says_so(place: scenes.Regency) -> None:
    by = people.staff("unit-admin", place.health)
    report = report_scenes.account(place.health, by, THIRD)
    assert report.data["money"] is None
    assert report.words["money"] == report.words["next"] == ""
    assert "belum berakhir" not in report.words["summary"]
    assert "Tidak ada tanggapan yang lewat batas waktu." in report.words["answers"]


def test_full_words_name_consultations_days_and_delays(place: scenes.Regency) -> None:
    from rembuk.reports.accountability.words import drafted

    data = snapshot(place.works, FOURTH, NOW)
    data["answers"] |= {"given": 3, "days": 12, "heard": 4, "considered": 2, "explained": 1}
    data["proposals"]["decisions"] = {"publish": 5, "appeal": 1}
    data["consultations"] |= {"n": 2, "heard": 40, "considered": 30, "explained": 20, "overdue": 1}
    data["programs"] |= {"n": 2, "late_days": {"n": 2, "median": 5, "most": 9}}
    words = drafted(data)
    assert "Separuhnya diberikan dalam 12 hari." in words["answers"]
    assert "Dari 4 usulan yang diterima, 2 dipertimbangkan dan 1 dijelaskan." in words["answers"]
    assert "Moderator menerbitkan 5" in words["proposals"]
    assert "Dari 40 masukan, 30 dipertimbangkan dan 20 dijelaskan." in words["consultations"]
    assert "1 uji publik melewati batas waktu" in words["consultations"]
    assert "nilai tengah 5 hari, paling lama 9 hari" in words["programs"]


def test_drafting_editing_refreshing_publishing_leave_their_trail(place: scenes.Regency) -> None:
    by = report_scenes.head(place)
    report = report_scenes.account(place.works, by)
    words = {**report.words, "next": "Menambah **petugas**."}
    edited = account.edit_account(report, words, seen=report.changed_at, by=by, at=NOW + timedelta(minutes=1))
    assert edited.html["next"] == "<p>Menambah <strong>petugas</strong>.</p>\n"
    with pytest.raises(ChangedMeanwhile):
        account.edit_account(report, {"summary": "Lain."}, seen=report.changed_at, by=by)
    dated(scenes.published(place), OCTOBER)
    fresh = account.refresh_account(edited, by=by, at=NOW + timedelta(minutes=2))
    assert fresh.data["proposals"]["n"] == 1
    assert fresh.words["next"] == "Menambah **petugas**."
    published = account.publish_account(fresh, by=by, at=NOW + timedelta(minutes=3))
    assert published.published_at == NOW + timedelta(minutes=3)
    trail = AuditEntry.objects.filter(target_kind="accountability", target_key=report.code).order_by("id")
    assert [entry.verb for entry in trail] == [
        "accountability.drafted",
        "accountability.edited",
        "accountability.refreshed",
        "accountability.published",
    ]
    assert trail[1].after == {"period": "2026-TW4", "parts": ["next"]}
    for again in (
        lambda: account.refresh_account(published, by=by),
        lambda: account.edit_account(published, {}, seen=published.changed_at, by=by),
        lambda: account.discard_account(published, by=by),
        lambda: account.publish_account(published, by=by),
    ):
        with pytest.raises(AlreadyPublished):
            again()
    with pytest.raises(IntegrityError), transaction.atomic():
        AccountabilityReport.objects.update(data={})


def test_report_without_summary_is_not_published(place: scenes.Regency) -> None:
    by = report_scenes.head(place)
    report = report_scenes.account(place.works, by)
    empty = account.edit_account(report, {}, seen=report.changed_at, by=by, at=NOW)
    with pytest.raises(Invalid):
        account.publish_account(empty, by=by)


def test_one_report_for_a_unit_and_period(place: scenes.Regency) -> None:
    by = report_scenes.head(place)
    report = report_scenes.account(place.works, by, YEAR)
    with pytest.raises(WrongState):
        report_scenes.account(place.works, by, YEAR)
    with pytest.raises(IntegrityError), transaction.atomic():
        AccountabilityReport.objects.create(
            code="LPJ-lain", unit=place.works, year=2026, drafted_at=NOW, changed_at=NOW
        )
    report_scenes.account(place.roads, by, YEAR)
    account.discard_account(report, by=by)
    assert AuditEntry.objects.filter(verb="accountability.discarded", target_key=report.code).exists()
    assert report_scenes.account(place.works, by, YEAR).code == report.code


@pytest.mark.parametrize("period", [Period(2027, 1), Period(2027), Period(1999, 4)])
def test_period_that_has_not_begun_or_is_long_past_is_refused(place: scenes.Regency, period: Period) -> None:
    with pytest.raises(Invalid):
        report_scenes.account(place.works, report_scenes.head(place), period)


def test_without_the_right_in_that_unit_nothing_is_done(place: scenes.Regency) -> None:
    report = report_scenes.account(place.works, report_scenes.head(place))
    strangers = [
        people.citizen(),
        people.staff("unit-admin", place.health),
        people.staff("unit-admin", place.roads),
        people.staff("program-manager", place.works),
        people.staff("auditor", place.root),
    ]
    for by in strangers:
        acts: list[Callable[[], object]] = [
            lambda by=by: report_scenes.account(place.works, by, YEAR),  # type: ignore[misc]
            lambda by=by: account.refresh_account(report, by=by),  # type: ignore[misc]
            lambda by=by: account.edit_account(report, {}, seen=report.changed_at, by=by),  # type: ignore[misc]
            lambda by=by: account.discard_account(report, by=by),  # type: ignore[misc]
            lambda by=by: account.publish_account(report, by=by),  # type: ignore[misc]
        ]
        for act in acts:
            with pytest.raises(Denied):
                act()
        assert not AccountabilityReport.objects.filter(selectors.accounts_for_staff(by), unit=place.works)
    assert AccountabilityReport.objects.count() == 1


def test_snapshot_takes_the_same_queries_for_one_programme_and_for_many(
    place: scenes.Regency, django_assert_num_queries: Any
) -> None:
    layer_scenes.running(place)
    snapshot(place.works, FOURTH, NOW)
    with django_assert_num_queries(11):
        snapshot(place.works, FOURTH, NOW)
    for _n in range(3):
        scenes.published(place)
        program_scenes.published(place, at=OCTOBER)
    with django_assert_num_queries(11):
        data = snapshot(place.works, FOURTH, NOW)
    assert data["programs"]["n"] == Program.objects.count() == 4


def test_reports_are_called_by_their_codes(place: scenes.Regency) -> None:
    by = report_scenes.head(place)
    assert str(report_scenes.account(place.works, by)) == f"LPJ-2026-TW4-{place.works.code}"
    program = program_scenes.published(place)
    assert str(report_scenes.evaluation(program, by)).endswith("e1")

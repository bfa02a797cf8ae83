"""What the demonstration shows of work programmes: twelve, one in each condition, with every layer in some of them."""

from decimal import Decimal

import pytest
from django.db.models import Sum
from django.test import Client

from rembuk.common.clock import local_date, now
from rembuk.programs.choices import Likeness, Survey
from rembuk.programs.evaluation import rounds, witnesses
from rembuk.programs.models import (
    Evidence,
    IndicatorValue,
    Milestone,
    Pagu,
    Program,
    Realisation,
    Revision,
    Round,
    Suggestion,
)
from rembuk.programs.plan.reading import standing_of
from rembuk.programs.portfolio.silence import silent
from rembuk.programs.states import MilestoneState, State, SuggestionState
from rembuk.reports.models import AccountabilityReport, EvaluationReport
from rembuk.reports.states import ReportState

pytestmark = [pytest.mark.usefixtures("demo")]


def _program(words: str) -> Program:
    return Program.objects.get(title__startswith=words)


@pytest.mark.parametrize(
    ("words", "state", "condition"),
    [
        ("Rehabilitasi posyandu", State.COMPLETED, "on_time"),
        ("Air bersih", State.PUBLISHED, "on_time"),
        ("Rehabilitasi jaringan irigasi", State.PUBLISHED, "critical"),
        ("TPS 3R", State.PUBLISHED, "on_time"),
        ("Peningkatan jalan desa", State.PUBLISHED, "late"),
        ("Saluran air dan trotoar", State.PUBLISHED, "on_time"),
        ("Perbaikan pintu dan pagar", State.PUBLISHED, "on_time"),
        ("Lampu jalan", State.POSTPONED, "critical"),
        ("Angkutan pelajar", State.CANCELLED, None),
        ("Penataan rute", State.PUBLISHED, "on_time"),
        ("Perbaikan selokan", State.PUBLISHED, "on_time"),
        ("Internet balai desa", State.DRAFT, None),
    ],
)
def test_demo_has_a_programme_in_each_condition(words: str, state: str, condition: str | None) -> None:
    found = _program(words)
    assert (found.state, standing_of(found, local_date()).condition) == (state, condition)


def test_demo_has_twelve_programmes() -> None:
    assert Program.objects.count() == 12


def test_simplest_programme_has_name_unit_dates_and_one_update_alone() -> None:
    simple = _program("Perbaikan pintu dan pagar")
    layers = [simple.milestones, simple.pagu, simple.indicators, simple.links, simple.rounds]
    assert [layer.count() for layer in layers] == [0, 0, 0, 0, 0]
    assert simple.updates.count() == 1


def test_milestones_are_in_every_state_but_dropped_and_each_that_is_done_has_open_evidence() -> None:
    states = set(Milestone.objects.values_list("state", flat=True))
    assert states == {MilestoneState.PLANNED, MilestoneState.ONGOING, MilestoneState.DONE}
    done = Milestone.objects.filter(state=MilestoneState.DONE)
    assert done.count() >= 20
    assert Evidence.objects.filter(access_class="open").values("milestone").distinct().count() == done.count()


def test_revised_programme_shows_first_and_present_dates_and_pagu() -> None:
    revised = _program("TPS 3R")
    fields = {change["field"] for row in revised.revisions.all() for change in row.changes}
    assert fields == {"planned_end_on", "pagu"}
    assert Revision.objects.exclude(program=revised).count() == 0
    pagu = revised.pagu.get(fund="apbd")
    assert (pagu.first_amount, pagu.amount) == (Decimal("1150000000.00"), Decimal("1425000000.00"))


def test_money_is_spent_within_the_pagu_and_one_entry_is_struck_out() -> None:
    assert Realisation.objects.filter(struck_at__isnull=False).count() == 1
    for pagu in Pagu.objects.all():
        spent = pagu.realisations.filter(struck_at=None).aggregate(sum=Sum("amount"))["sum"]
        assert (spent or 0) <= pagu.amount
    assert Realisation.objects.filter(spent_on__gt=local_date()).count() == 0


def test_indicators_have_values_and_missing_ones() -> None:
    values = IndicatorValue.objects.filter(indicator__program__state=State.PUBLISHED)
    assert values.filter(actual__isnull=False).exists()
    assert values.filter(actual=None).exists()


def test_completed_programme_has_a_closed_skm_and_a_published_evaluation() -> None:
    done = _program("Rehabilitasi posyandu")
    round_ = done.rounds.get()
    result = rounds.result(round_)
    assert (round_.survey, round_.closed_at is not None) == (Survey.SKM, True)
    assert result is not None
    assert result.n >= 30
    assert result.skm is not None
    assert EvaluationReport.objects.get(program=done).state == ReportState.PUBLISHED


def test_a_round_is_open_for_those_who_try_it() -> None:
    found = Round.objects.get(rounds.open_at(now()))
    assert (found.program, found.survey) == (_program("Air bersih"), Survey.SHORT)
    assert found.ratings.count() >= 15


def test_citizens_contradict_one_milestone_that_is_called_done() -> None:
    (found,) = witnesses.contradicted(Milestone.objects.all())
    assert found.program == _program("Saluran air dan trotoar")
    assert found.witnesses.filter(picture__isnull=False).exists()


def test_one_programme_is_silent_for_thirty_days() -> None:
    assert list(Program.objects.filter(silent(now()))) == [_program("Rehabilitasi jaringan irigasi")]


def test_one_programme_comes_from_a_suggested_group_and_others_wait_to_be_used() -> None:
    used = Suggestion.objects.filter(program=_program("Perbaikan selokan"), state=SuggestionState.USED)
    assert used.count() == 1
    waiting = Suggestion.objects.filter(state=SuggestionState.OPEN)
    assert set(waiting.values_list("kind", flat=True)) == set(Likeness.values)


def test_last_quarter_is_accounted_for_by_a_unit_and_the_instansi() -> None:
    rows = AccountabilityReport.objects.order_by("unit__path")
    assert [(row.unit.code, row.state) for row in rows] == [
        ("LEMBAYUNG", ReportState.PUBLISHED),
        ("DPUPR", ReportState.PUBLISHED),
    ]
    assert all(row.quarter for row in rows)


def test_pages_of_every_public_programme_open() -> None:
    for found in Program.objects.exclude(state=State.DRAFT):
        assert Client().get(f"/program/{found.code}/").status_code == 200, found.title

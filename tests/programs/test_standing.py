"""From rows and settings to the standing of a programme; kinds and templates as the site has them."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils.translation import override

from rembuk.programs import kinds
from rembuk.programs.actions.milestones.course import begin_milestone, drop_milestone
from rembuk.programs.actions.milestones.plan import add_milestone
from rembuk.programs.kinds.seeds import seed_phases
from rembuk.programs.models import KindOfPhase, PhaseTemplate, Program
from rembuk.programs.plan.condition import Condition, Thresholds
from rembuk.programs.plan.curve import Deviation
from rembuk.programs.plan.progress import Progress
from rembuk.programs.plan.reading import standing_of, stones_of, thresholds
from rembuk.siteconfig.actions import change_settings
from tests import program_scenes as programs
from tests import scenes
from tests.management.test_phases import admin
from tests.programs.milestones import scenes as stones
from tests.siteconfig.test_settings import ADMIN

pytestmark = pytest.mark.django_db


def test_standing_of_milestones_follows_plan_course_and_settings() -> None:
    place = scenes.regency()
    by = programs.manager(place)
    program = programs.draft(place, by=by)
    rows = [
        add_milestone(program, stones.words(program, title=str(weight), weight=Decimal(weight)), by=by)
        for weight in (1, 1, 6)
    ]
    Program.objects.filter(pk=program.pk).update(state="published")
    program.refresh_from_db()
    stones.done(rows[0], by)
    drop_milestone(begin_milestone(rows[1], by=by, at=programs.MORNING), reason=programs.REASON, by=by)
    assert [(row.done_on, row.is_dropped) for row in stones_of(program)] == [
        (stones.TODAY, False),
        (None, True),
        (None, False),
    ]
    found = standing_of(program, date(2027, 3, 5))
    # Of 1 and 6, the dropped one left out: 14.29 reached, all planned five days ago.
    assert found.progress == Progress(Decimal(100), Decimal("14.29"), None)
    assert (found.condition, found.deviation) == (Condition.CRITICAL, Deviation(Decimal("-85.71"), -5))
    change_settings({"late_points": 50, "critical_points_after": 90}, by=ADMIN, reason="SK Bupati")
    assert standing_of(program, date(2027, 3, 5)).condition == Condition.LATE


@pytest.mark.parametrize(
    ("state", "day", "condition"),
    [
        ("published", date(2026, 10, 1), Condition.ON_TIME),
        ("published", date(2026, 12, 1), Condition.LATE),
        ("postponed", date(2026, 12, 1), Condition.LATE),
        ("draft", date(2026, 12, 1), None),
        ("cancelled", date(2026, 12, 1), None),
    ],
)
def test_standing_without_milestones_follows_the_phases(
    state: str, day: date, condition: Condition | None
) -> None:
    place = scenes.regency()
    program = programs.published(place)
    Program.objects.filter(pk=program.pk).update(state=state)
    program.refresh_from_db()
    found = standing_of(program, day)
    assert (found.condition, found.progress, found.deviation) == (condition, None, None)


def test_thresholds_are_those_of_a_critical_contract_until_the_settings_change() -> None:
    assert thresholds() == Thresholds(Decimal(0), Decimal(10), Decimal(70), Decimal(5))


def test_standing_of_rows_at_hand_asks_nothing(django_assert_num_queries: object) -> None:
    place = scenes.regency()
    by = programs.manager(place)
    row = stones.planned(place, by)
    phases, rows = list(row.program.phases.all()), list(row.program.milestones.all())
    thresholds()
    with django_assert_num_queries(0):  # type: ignore[operator]
        standing_of(row.program, stones.TODAY, rows, phases)


def test_seeding_twice_changes_nothing_and_brings_back_what_is_missing() -> None:
    KindOfPhase.objects.filter(code="planning").update(name="Persiapan")
    seed_phases()
    assert KindOfPhase.objects.get(code="planning").name == "Persiapan"
    PhaseTemplate.objects.all().delete()
    seed_phases()
    (template,) = PhaseTemplate.objects.all()
    assert (template.is_default, kinds.kinds_in(template)) == (True, ["planning", "execution", "evaluation"])


def test_templates_are_offered_with_the_default_first_and_retired_ones_never() -> None:
    from rembuk.management.actions import phases as actions
    from rembuk.management.actions.lists import entries
    from rembuk.management.actions.lists.listings import PHASE_TEMPLATES
    from rembuk.management.facts import PhaseTemplateFacts

    by = admin()
    made = actions.create_phase_template(
        "satu", PhaseTemplateFacts(name="Satu", name_en="One", kinds=("execution",)), by=by
    )
    entries.shift(PHASE_TEMPLATES, made, "up", by=by)
    assert [row.code for row in kinds.templates()] == ["baku", "satu"]
    retired = PhaseTemplateFacts(name="Satu", name_en="One", kinds=("execution",), is_active=False)
    actions.change_phase_template(made, retired, by=by)
    assert [row.code for row in kinds.templates()] == ["baku"]
    assert kinds.template_of("satu") is None


def test_choices_of_kinds_are_in_the_readers_language() -> None:
    with override("en"):
        assert kinds.choices()[0] == ("planning", "Planning")
    with override("id"):
        assert kinds.choices()[0] == ("planning", "Perencanaan")

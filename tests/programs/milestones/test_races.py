"""Two officials at once, with real threads: one claim, one revision after the other. With a negative control."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import partial

import pytest
from django.db import transaction

from rembuk.accounts.models import Person
from rembuk.programs.actions.milestones import course, plan
from rembuk.programs.errors import AlreadyMoved
from rembuk.programs.models import Evidence, Milestone, Program
from tests import program_scenes as programs
from tests import scenes
from tests.engagement import races
from tests.programs.milestones import scenes as stones

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 6


@pytest.fixture
def running() -> tuple[Milestone, Person]:
    """A milestone of a programme that runs."""
    with transaction.atomic():
        place = scenes.regency()
        by = programs.manager(place)
        return stones.planned(place, by), by


def _claims(row: Milestone, by: Person) -> list[Callable[[], object]]:
    proofs = [stones.proof(f"Foto {number}") for number in range(AT_ONCE)]
    return [
        partial(course.reach_milestone, row, evidence=[proof], by=by, at=programs.MORNING) for proof in proofs
    ]


def test_many_who_call_it_done_at_once_make_one_claim(running: tuple[Milestone, Person]) -> None:
    row, by = running
    outcomes = races.at_once(*_claims(row, by))
    refused = [outcome for outcome in outcomes if isinstance(outcome, AlreadyMoved)]
    assert len(refused) == AT_ONCE - 1
    assert (stones.fresh(row).claims, Evidence.objects.count()) == (1, 1)
    assert row.program.events.filter(step="milestone_reach").count() == 1


def test_without_the_lock_several_claims_go_through(
    running: tuple[Milestone, Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: what the lock of the programme prevents can happen."""
    row, by = running

    def unlocked(program: Program) -> Program:
        return Program.objects.select_related("subject", "unit").get(pk=program.pk)

    monkeypatch.setattr(course, "lock", unlocked)
    seen = 0
    for _ in range(5):
        races.at_once(*_claims(row, by))
        seen = max(seen, Evidence.objects.count())
        if seen > 1:
            break
        Evidence.objects.all().delete()
        Milestone.objects.filter(pk=row.pk).update(state="planned", actual_end_on=None)
    assert seen > 1


def test_milestones_added_at_once_get_places_and_revisions_of_their_own(
    running: tuple[Milestone, Person],
) -> None:
    row, by = running
    words = [
        stones.words(row.program, title=f"Tonggak {number}", weight=Decimal(1), ends_on=date(2027, 3, 31))
        for number in range(AT_ONCE)
    ]
    adding = [partial(plan.add_milestone, row.program, one, by=by, reason=programs.REASON) for one in words]
    assert all(isinstance(outcome, Milestone) for outcome in races.at_once(*adding))
    places = list(row.program.milestones.values_list("position", flat=True))
    assert places == list(range(1, AT_ONCE + 2))
    numbers = row.program.revisions.values_list("number", flat=True)
    assert sorted(numbers) == list(range(1, AT_ONCE + 1))

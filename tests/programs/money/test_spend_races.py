"""Two payments at once, with real threads: together they never spend more than the pagu."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal

import psycopg
import pytest
from django.db.models import Sum

from rembuk.accounts.models import Person
from rembuk.common.errors import Invalid
from rembuk.programs.actions.money import spend
from rembuk.programs.models import Program, Realisation
from tests import money_scenes as money
from tests import program_scenes as programs
from tests import scenes
from tests.engagement.races import at_once

pytestmark = pytest.mark.django_db(transaction=True)
HALF_AND_MORE = "300000000"


@contextmanager
def trigger_asleep(owner: psycopg.Connection) -> Iterator[None]:
    """The database without its guard, as it would be if the trigger were forgotten; only its owner can do that."""
    owner.execute("ALTER TABLE programs_realisation DISABLE TRIGGER realisation_within_pagu")
    owner.commit()
    try:
        yield
    finally:
        owner.execute("ALTER TABLE programs_realisation ENABLE TRIGGER realisation_within_pagu")
        owner.commit()


def world() -> tuple[Program, Person]:
    """A published programme with half a billion, and its manager."""
    place = scenes.regency()
    by = programs.manager(place)
    return money.planned(programs.published(place, by=by), by), by


def payments(program: Program, by: Person) -> list[Callable[[], object]]:
    """Two payments that fit the pagu alone but not together."""
    return [lambda n=n: money.entered(program, by, f"SP2D-{n}", HALF_AND_MORE) for n in (1, 2)]


def total() -> Decimal:
    """What is spent in all."""
    return Realisation.objects.filter(struck_at=None).aggregate(total=Sum("amount"))["total"]


def read_without_lock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every act read what it is about without locking it, so that only the database can stop two at once."""
    monkeypatch.setattr(
        spend, "lock", lambda program: Program.objects.select_related("subject", "unit").get(pk=program.pk)
    )
    monkeypatch.setattr(spend, "refuse_beyond", lambda pagu, amount: None)


def test_two_spending_the_last_rupiah_at_once_leave_one_and_tell_the_other_what_is_left() -> None:
    program, by = world()
    outcomes = at_once(*payments(program, by))
    refused = [one for one in outcomes if isinstance(one, Invalid)]
    assert len(refused) == 1
    assert "Rp200.000.000,00" in str(refused[0].fields["amount"][0])
    assert total() == Decimal(HALF_AND_MORE)


def test_trigger_alone_stops_the_second_and_the_person_reads_why(monkeypatch: pytest.MonkeyPatch) -> None:
    program, by = world()
    read_without_lock(monkeypatch)
    outcomes = at_once(*payments(program, by))
    refused = [one for one in outcomes if isinstance(one, Invalid)]
    assert len(refused) == 1
    assert list(refused[0].fields) == ["amount"]
    assert total() == Decimal(HALF_AND_MORE)


def test_negative_control_without_lock_rule_and_trigger_too_much_is_spent(
    monkeypatch: pytest.MonkeyPatch, owner: psycopg.Connection
) -> None:
    program, by = world()
    read_without_lock(monkeypatch)
    with trigger_asleep(owner):
        at_once(*payments(program, by))
    assert total() == 2 * Decimal(HALF_AND_MORE)

"""The gate of the schedule: by the database's clock, in or out, and held open until the sender is done."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from rembuk.common.clock import now
from rembuk.common.errors import WrongState
from rembuk.consultations.actions.steps import in_zone, pass_gate
from rembuk.consultations.errors import Closed, NotOpenYet
from rembuk.consultations.models import Consultation
from tests import consultation_scenes as consultations
from tests import scenes

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
TICK = timedelta(microseconds=1)


def _opened(**fields: object) -> Consultation:
    return consultations.opened(scenes.regency(), at=NOON, **fields)


def test_gate_lets_in_from_the_opening_and_not_from_the_closing_on() -> None:
    made = _opened()
    assert made.opens_at
    assert made.closes_at
    assert pass_gate(made, made.opens_at) == made.opens_at
    assert pass_gate(made, made.closes_at - TICK) == made.closes_at - TICK
    with pytest.raises(NotOpenYet):
        pass_gate(made, made.opens_at - TICK)
    with pytest.raises(Closed):
        pass_gate(made, made.closes_at)


def test_gate_asks_the_clock_of_the_database_and_not_the_stored_state() -> None:
    lagging = consultations.scheduled(scenes.regency(), at=now() - timedelta(days=3))
    begun = now()
    assert begun - timedelta(seconds=5) < pass_gate(lagging) < begun + timedelta(seconds=30)


def test_gate_names_the_instant_in_the_zone_of_the_consultation() -> None:
    made = _opened(zone="WIT")
    assert made.closes_at
    with pytest.raises(Closed, match="WIT"):
        pass_gate(made, made.closes_at)
    assert in_zone(made, NOON).endswith("14.00 WIT")


@pytest.mark.parametrize("state", ["draft", "cancelled", "concluded"])
def test_gate_is_shut_where_nothing_is_open(state: str) -> None:
    made = _opened()
    Consultation.objects.filter(pk=made.pk).update(state=state, result_published_at=NOON)
    with pytest.raises(WrongState):
        pass_gate(made, NOON)


@pytest.mark.django_db(transaction=True)
def test_gate_holds_the_schedule_until_the_sender_is_done(django_db_blocker: object) -> None:
    from django.db import connections

    made = consultations.opened(scenes.regency())
    other = connections.create_connection("default")
    try:
        with transaction.atomic():
            pass_gate(made)
            with other.cursor() as cursor:
                cursor.execute("SET lock_timeout = '200ms'")
                with pytest.raises(Exception, match="lock timeout"):
                    cursor.execute(
                        "SELECT 1 FROM consultations_consultation WHERE id = %s FOR UPDATE", [made.pk]
                    )
    finally:
        other.close()

"""Counts up to a bound: exact as long as they are within it, one more where there is more."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from time_machine import TimeMachineFixture

from rembuk.common import counting
from rembuk.engagement.models import Case
from rembuk.web.components import formats
from tests import scenes
from tests.web.moderation.test_queue import signed_in

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Client:
    """The desk of a moderator with three proposals that wait, two of them late, where no more than two are counted."""
    monkeypatch.setattr(counting, "MOST", 2)
    place = scenes.regency()
    for days in (90, 80, 0):
        scenes.submitted(place, at=AT - timedelta(days=days))
    return signed_in("moderator", place)


def test_count_is_exact_up_to_the_bound(
    desk: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    waiting, moment = Case.objects.order_by("due_at", "id"), AT + timedelta(days=1)
    with django_assert_num_queries(2):
        assert counting.counted(waiting) == 3
        assert counting.counted_with_late(waiting, "due_at", moment) == (3, 2)
    first = Case.objects.filter(pk=waiting[0].pk)
    assert counting.counted(first) == 1
    assert counting.counted_with_late(first, "due_at", moment) == (1, 1)
    Case.objects.filter(pk=waiting[2].pk).delete()
    assert counting.counted(Case.objects.all()) == 2


def test_what_was_more_is_taken_to_be_more_for_a_minute_only_where_it_has_a_mark(
    desk: Client, django_assert_num_queries: DjangoAssertNumQueries, time_machine: TimeMachineFixture
) -> None:
    time_machine.move_to(AT, tick=False)
    waiting, moment = Case.objects.order_by("due_at", "id"), AT + timedelta(days=1)
    assert counting.counted(waiting, mark="desk") == 3
    assert counting.counted_with_late(waiting, "due_at", moment, mark="queue") == (3, 2)
    Case.objects.filter(pk=waiting[0].pk).delete()
    with django_assert_num_queries(0):
        assert counting.counted(waiting, mark="desk") == 3
    with django_assert_num_queries(3):
        assert counting.counted(waiting) == 2
        assert counting.counted(waiting, mark="another desk") == 2
        assert counting.counted_with_late(waiting, "due_at", moment, mark="queue") == (3, 1)
    time_machine.shift(counting.KEEP_SECONDS + 1)
    assert counting.counted(waiting, mark="desk") == 2
    assert counting.counted_with_late(waiting, "due_at", moment, mark="queue") == (2, 1)


def test_rows_that_were_all_read_are_not_counted(
    desk: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    waiting = Case.objects.order_by("due_at", "id")
    first = list(waiting[:2])
    with django_assert_num_queries(0):
        assert counting.counted_beyond(first, waiting, are_all=True) == 2
    with django_assert_num_queries(1):
        assert counting.counted_beyond(first, waiting, are_all=False) == 3
    assert counting.counted(waiting, along=("due_at", "id")) == 3


def test_what_was_within_the_bound_is_counted_each_time(desk: Client) -> None:
    waiting = Case.objects.order_by("due_at", "id")
    first = waiting.filter(pk=waiting[0].pk)
    assert counting.counted(first, mark="desk") == 1
    first.delete()
    assert counting.counted(first, mark="desk") == 0


def test_more_late_ones_than_the_bound_are_not_counted_again(
    desk: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    waiting, moment = Case.objects.order_by("due_at", "id"), AT + timedelta(days=90)
    assert counting.counted_with_late(waiting, "due_at", moment, mark="queue") == (3, 3)
    with django_assert_num_queries(0):
        assert counting.counted_with_late(waiting, "due_at", moment, mark="queue") == (3, 3)


def test_pages_say_that_there_is_more_than_they_counted(desk: Client) -> None:
    home, queue = (desk.get(page).content.decode() for page in ("/kelola/", "/kelola/moderasi/"))
    assert "<b>2+</b>" in home
    assert "<b>2+</b>" in queue
    assert "Semua yang ditemukan (lebih dari 2)" in queue
    listed = desk.get("/kelola/usulan/").content.decode()
    assert "lebih dari 2 usulan ditemukan" in listed.casefold()


def test_number_that_was_not_counted_up_to_a_bound_is_written_as_it_is() -> None:
    assert formats.counted(counting.MOST) == "500"
    assert formats.counted(counting.MOST + 1) == "lebih dari 500"
    assert formats.found_words({"found": 1234}) == "1.234"
    assert formats.found_words({"found": 1234, "is_bounded": True}) == "lebih dari 500"

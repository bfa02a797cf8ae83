"""The worker makes anew what somebody asks for before it is a minute old, and deletes what nobody asks for."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client

from rembuk.insights import figures
from rembuk.insights.kept import EVERY, remake_asked
from rembuk.keeping import worker
from rembuk.keeping.models import KeptValue
from rembuk.keeping.values import Kept
from rembuk.ops.loops import LOOPS
from tests import kept, scenes

pytestmark = pytest.mark.django_db


def asked(seconds: float) -> None:
    """Somebody asked for everything so long ago."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE keeping_keptvalue SET asked_at = clock_timestamp() - make_interval(secs => %s)", [seconds]
        )


def test_no_page_waits_for_a_making_while_the_worker_lives(
    client: Client, django_assert_num_queries: Callable[[int], object]
) -> None:
    place = scenes.regency()
    client.get("/statistik/")
    scenes.published(place)
    kept.age(45)
    assert remake_asked() == 6, "all but moderation and conditions, which the page doesn't show"
    kept.age(30)
    with django_assert_num_queries(6):  # type: ignore[attr-defined]
        page = client.get("/statistik/")
    assert page.context["figures"].heard == 1
    assert remake_asked() == 0, "made half a minute ago"


def test_worker_that_is_killed_leaves_the_making_to_the_pages(client: Client) -> None:
    place = scenes.regency()
    assert client.get("/").context["figures"].heard == 0
    scenes.published(place)
    kept.age(61)
    assert client.get("/").context["figures"].heard == 1


@pytest.mark.parametrize(
    ("age", "ago", "made"), [(35, 0, 0), (41, 0, 1), (41, 590, 1), (41, 610, 0), (7200, 590, 1)]
)
def test_worker_makes_what_was_asked_for_and_is_soon_a_minute_old(age: float, ago: float, made: int) -> None:
    figures.SITE.get()
    kept.age(age)
    asked(ago)
    assert worker.remake_asked(EVERY) == made


def test_making_ahead_is_no_asking() -> None:
    figures.SITE.get()
    asked(500)
    kept.age(41)
    before = KeptValue.objects.get().asked_at
    assert worker.remake_asked(EVERY) == 1
    assert KeptValue.objects.get().asked_at == before


def test_nothing_is_made_that_nobody_asked_for() -> None:
    assert worker.remake_asked(EVERY) == 0
    assert not KeptValue.objects.exists()


def test_rows_nobody_asks_for_are_deleted_after_a_day() -> None:
    figures.SITE.get()
    asked(86_300)
    worker.remake_asked(EVERY)
    assert KeptValue.objects.count() == 1
    asked(86_500)
    worker.remake_asked(EVERY)
    assert not KeptValue.objects.exists()


def test_row_of_another_version_of_the_software_is_left_alone() -> None:
    Kept("figures", int, lambda: 5).get()
    kept.age(41)
    assert worker.remake_asked(EVERY) == 0
    assert KeptValue.objects.get().value == "5"


def test_value_that_fails_does_not_stop_the_others() -> None:
    count = [0]

    def fail_later() -> int:
        count[0] += 1
        if count[0] > 1:
            raise ZeroDivisionError
        return 1

    every = (Kept("bad", int, fail_later), Kept("good", int, lambda: 2))
    for each in every:
        each.get()
    kept.age(41)
    with pytest.raises(ExceptionGroup) as caught:
        worker.remake_asked(every)
    assert [type(problem) for problem in caught.value.exceptions] == [ZeroDivisionError]
    kept.forget_here()
    ages = dict(KeptValue.objects.values_list("key", "made_at"))
    assert ages[every[1].key] > ages[every[0].key]


def test_worker_does_it_all_the_time() -> None:
    (loop,) = [loop for loop in LOOPS if loop.run_once is remake_asked]
    assert worker.AHEAD_SECONDS + 2 * loop.seconds < 60, "it can fail once and still be in time"

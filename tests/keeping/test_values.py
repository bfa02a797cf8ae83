"""A kept value is made once a minute for everybody, is never older where it can be made, and is data, not code."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import ProgrammingError, connection, transaction

from rembuk.insights.kept import EVERY
from rembuk.keeping import rows, values
from rembuk.keeping.models import KeptValue
from rembuk.keeping.values import Kept, Made
from tests import kept

pytestmark = pytest.mark.django_db


@dataclass(frozen=True, slots=True)
class Row:
    """Something of each kind that pages count."""

    name: str
    money: Decimal
    day: date | None
    share: float = 0.0


type Rows = tuple[Row, ...]


class Maker:
    """Counts how often it makes; one instance of ``Kept`` by it stands for one process."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> Rows:
        self.times += 1
        return (
            Row(f"nr. {self.times}", Decimal("1.10"), date(2026, 11, 27), 0.5),
            Row("–", Decimal(0), None),
        )


@pytest.fixture
def make() -> Maker:
    return Maker()


@pytest.fixture
def process(make: Maker) -> Callable[[], Kept[Rows]]:
    """A process that has read nothing yet."""
    return lambda: Kept("things", tuple[Row, ...], make)


def names(found: Rows) -> list[str]:
    return [row.name for row in found]


def test_first_reader_makes_it_and_every_process_reads_the_same(
    make: Maker, process: Callable[[], Kept[Rows]]
) -> None:
    first = process().get()
    assert first == (Row("nr. 1", Decimal("1.10"), date(2026, 11, 27), 0.5), Row("–", Decimal(0), None))
    second = process().made()
    assert (second.value, make.times) == (first, 1)
    assert str(second.value[0].money) == "1.10", "as exact as it was"
    assert second.at == KeptValue.objects.get().made_at


def test_process_asks_the_table_once_a_minute(
    process: Callable[[], Kept[Rows]], django_assert_num_queries: Callable[[int], object]
) -> None:
    process().get()
    other = process()
    with django_assert_num_queries(1):  # type: ignore[attr-defined]
        other.get()
    with django_assert_num_queries(0):  # type: ignore[attr-defined]
        assert other.get() is other.get()


@pytest.mark.parametrize(("seconds", "shown"), [(55, "nr. 1"), (61, "nr. 2"), (-30, "nr. 2")])
def test_what_is_older_than_a_minute_is_made_anew(
    process: Callable[[], Kept[Rows]], seconds: float, shown: str
) -> None:
    """Also what was made in the future, by a server whose clock was ahead."""
    process().get()
    kept.age(seconds)
    assert process().get()[0].name == shown


def test_process_holds_a_value_until_that_is_a_minute_old(
    process: Callable[[], Kept[Rows]], monkeypatch: pytest.MonkeyPatch
) -> None:
    process().get()
    kept.age(50)
    monkeypatch.setattr(values, "monotonic", lambda: 1000.0)
    reader = process()
    assert names(reader.get())[0] == "nr. 1"
    KeptValue.objects.update(made_at=datetime(2020, 1, 1, tzinfo=UTC))
    monkeypatch.setattr(values, "monotonic", lambda: 1009.0)
    assert names(reader.get())[0] == "nr. 1"
    monkeypatch.setattr(values, "monotonic", lambda: 1011.0)
    assert names(reader.get())[0] == "nr. 2"


@pytest.mark.parametrize(
    "stored",
    ["", "[", '[{"name":1}]', '{"py/object":"os.system"}', "gASVHQAAAAAAAACMBXBvc2l4lIwGc3lzdGVtlJOU"],
)
def test_row_of_another_shape_is_made_anew(process: Callable[[], Kept[Rows]], stored: str) -> None:
    process().get()
    KeptValue.objects.update(value=stored)
    assert names(process().get())[0] == "nr. 2"
    assert names(process().get())[0] == "nr. 2", "and stored"


def test_versions_of_the_software_with_other_shapes_do_not_share_a_row(make: Maker) -> None:
    @dataclass(frozen=True, slots=True)
    class Later:
        name: str
        money: Decimal
        day: date | None
        share: float = 0.0
        more: int = 7

    before = Kept("things", tuple[Row, ...], make)
    after = Kept("things", tuple[Later, ...], lambda: (Later("new", Decimal(1), None, more=8),))
    assert names(before.get())[0] == "nr. 1"
    assert [row.more for row in after.get()] == [8], "not the default, which nobody counted"
    kept.forget_here()
    assert (names(before.get())[0], make.times, KeptValue.objects.count()) == ("nr. 1", 1, 2)


def test_maker_that_fails_leaves_the_row_and_the_right_to_make(
    make: Maker, process: Callable[[], Kept[Rows]]
) -> None:
    process().get()
    kept.age(61)

    def fail() -> Rows:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        Kept("things", tuple[Row, ...], fail).get()
    assert names(process().get())[0] == "nr. 2"


def test_reading_notes_that_somebody_asked_no_more_often_than_every_two_minutes(
    process: Callable[[], Kept[Rows]],
) -> None:
    process().get()
    for seconds, is_noted in ((100, False), (130, True)):
        moment = KeptValue.objects.get().made_at
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE keeping_keptvalue SET asked_at = clock_timestamp() - make_interval(secs => %s)",
                [seconds],
            )
        asked = KeptValue.objects.get().asked_at
        process().get()
        assert (KeptValue.objects.get().asked_at > asked, KeptValue.objects.get().made_at) == (
            is_noted,
            moment,
        )


def test_all_counted_values_come_back_from_the_table_as_they_were_made() -> None:
    for each in EVERY:
        made = each.made()
        kept.forget_here()
        assert each.made() == Made(made.value, made.at)
        hash(made.at)
    assert KeptValue.objects.count() == len(EVERY) == len({each.key for each in EVERY})


def test_worker_makes_every_value_that_a_module_names() -> None:
    named = {each for each in values._known if each.key.split(":")[0] not in {"things"}}
    assert named == set(EVERY)


def test_application_may_write_values_and_not_change_the_table() -> None:
    Kept("things", tuple[Row, ...], Maker()).get()
    for statement in ("ALTER TABLE keeping_keptvalue ADD x int", "DROP TABLE keeping_keptvalue"):
        with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_table_is_not_in_the_log_of_the_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relpersistence::text FROM pg_class WHERE relname = 'keeping_keptvalue'")
        assert cursor.fetchone() == ("u",)


def test_lock_and_row_are_of_one_value() -> None:
    assert rows.lock("one") is not None
    assert rows.read("one") is None

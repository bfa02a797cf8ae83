"""Finding entries: filters, pages, units below, rows of an export."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rembuk.audit import actions, selectors
from rembuk.audit.actors import SYSTEM, Actor
from rembuk.audit.models import VisibleChange
from rembuk.audit.selectors import EXPORT_HEAD, Filter
from rembuk.common.clock import now

FIRST = datetime(2026, 3, 1, tzinfo=UTC)


def _entry(key: str, hours: int = 0, path: str = "", by: Actor = SYSTEM, reason: str = "") -> int:
    target = actions.Target("proposal", key, unit_path=path)
    at = FIRST + timedelta(hours=hours)
    return actions.record("page.published", by=by, target=target, at=at, reason=reason).pk


@pytest.mark.django_db
def test_entries_page_by_page_show_each_once_newest_first() -> None:
    wanted = Filter(target_kind="proposal", until=FIRST + timedelta(days=1))
    made = [_entry("A"), _entry("B"), _entry("C", hours=2)]
    shown, last = [], None
    while page := selectors.entries(wanted, after=last, limit=1):
        shown += [entry.pk for entry in page]
        last = (page[-1].at, page[-1].pk)
    assert shown == [made[2], made[1], made[0]]


_APART = (0, 1, 24 * 30, 24 * 33, 24 * 90, 24 * 90 + 1, 24 * 200)


@pytest.mark.django_db
@pytest.mark.parametrize("limit", [1, 2, 3, 10])
@pytest.mark.parametrize(
    ("since", "until", "places"),
    [
        (None, None, slice(0, 7)),
        (None, FIRST + timedelta(hours=24 * 90), slice(0, 4)),
        (FIRST + timedelta(hours=1), None, slice(1, 7)),
        (FIRST + timedelta(days=199), None, slice(6, 7)),
        (FIRST + timedelta(hours=1), FIRST + timedelta(days=80), slice(1, 4)),
    ],
)
def test_entries_of_quiet_months_are_shown_as_those_of_busy_ones(
    limit: int, since: datetime | None, until: datetime | None, places: slice
) -> None:
    made = [_entry(str(place), hours=hours, path="000001.") for place, hours in enumerate(_APART)]
    wanted = Filter(unit_paths=("000001.",), since=since, until=until)
    shown, last = [], None
    while page := selectors.entries(wanted, after=last, limit=limit):
        shown += [entry.pk for entry in page]
        last = (page[-1].at, page[-1].pk)
    assert shown == made[places][::-1]


@pytest.mark.django_db
def test_entry_of_a_clock_that_is_fast_comes_first() -> None:
    later = actions.record(
        "page.published", by=SYSTEM, target=actions.Target("proposal", "B"), at=now() + timedelta(days=2)
    )
    earlier = actions.record("page.published", by=SYSTEM, target=actions.Target("proposal", "A"), at=now())
    shown = selectors.entries(Filter(target_kind="proposal"))
    assert [entry.pk for entry in shown][:2] == [later.pk, earlier.pk]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("number", "is_opened"), [(2, False), (1, True)], ids=["a full page", "a page with room"]
)
def test_page_that_the_newest_fill_opens_no_older_month(number: int, is_opened: bool) -> None:
    for place in range(number):
        actions.record("page.published", by=SYSTEM, target=actions.Target("rehearsal", str(place)))
    with CaptureQueriesContext(connection) as seen:
        selectors.entries(Filter(target_kind="rehearsal"), limit=2)
    with connection.cursor() as cursor:
        plans = []
        for query in seen:
            cursor.execute(f"EXPLAIN {query['sql']}")
            plans += [line for (line,) in cursor.fetchall()]
    assert any(f"entry_{now():%Y_%m}" in line for line in plans)
    assert any(f"entry_{now() - timedelta(days=70):%Y_%m}" in line for line in plans) == is_opened


@pytest.mark.django_db
def test_entries_of_a_unit_have_an_index() -> None:
    _entry("A", path="000001.000002.")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    plan = selectors.found(Filter(unit_paths=("000001.000002.",))).explain()
    assert "target_unit_path_at_idx" in plan
    assert "Seq Scan" not in plan


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wanted", "keys"),
    [
        (Filter(target_kind="proposal", target_key="B"), ["B"]),
        (Filter(target_kind="proposal", person_ids=(9,)), ["B"]),
        (Filter(target_kind="proposal", person_ids=()), []),
        (Filter(target_kind="proposal", since=FIRST + timedelta(hours=2)), ["C"]),
        (Filter(target_kind="proposal", until=FIRST + timedelta(hours=1)), ["A"]),
        (Filter(target_kind="proposal", text="salah"), ["C"]),
        (Filter(target_kind="proposal", unit_paths=("000001.",)), ["B", "A"]),
        (Filter(target_kind="proposal", unit_paths=("000001.000002.",)), ["B"]),
        (Filter(target_kind="proposal", unit_paths=()), []),
        (Filter(target_kind="proposal", channel="import"), []),
    ],
)
def test_entries_filtered(wanted: Filter, keys: list[str]) -> None:
    _entry("A", path="000001.")
    _entry("B", hours=1, path="000001.000002.", by=Actor(person_id=9))
    _entry("C", hours=2, path="000010.", reason="Salah unit")
    assert [entry.target_key for entry in selectors.entries(wanted)] == keys


@pytest.mark.django_db
def test_export_rows_come_oldest_first_with_a_sentence() -> None:
    _entry("A", hours=1)
    _entry("B")
    rows = [
        dict(zip(EXPORT_HEAD, row, strict=True))
        for row in selectors.export_rows(Filter(target_kind="proposal"))
    ]
    assert [(row["target_key"], row["sentence"] != row["verb"]) for row in rows] == [("B", True), ("A", True)]


@pytest.mark.django_db
def test_trail_of_a_thing_has_nothing_of_others() -> None:
    mine = _entry("A")
    _entry("B")
    assert [entry.pk for entry in selectors.trail_of("proposal", "A")] == [mine]


@pytest.mark.django_db
def test_entry_unknown_is_none() -> None:
    assert selectors.entry(_entry("A")) is not None
    assert selectors.entry(10**9) is None


@pytest.mark.django_db
def test_mark_differs_after_each_change_in_whatever_order_they_become_readable() -> None:
    marks = [selectors.mark_of_changes("program", "PRG-1", apart=())]
    for number in (1_000_012, 1_000_010, 1_000_011):
        VisibleChange.objects.create(pk=number, kind="program", key="PRG-1")
        marks.append(selectors.mark_of_changes("program", "PRG-1", apart=()))
    assert len(set(marks)) == 4


@pytest.mark.django_db
def test_mark_counts_what_may_concern_the_thing() -> None:
    def mark() -> str:
        return selectors.mark_of_changes("program", "PRG-1", apart=("proposal",))

    first = mark()
    VisibleChange.objects.create(kind="program", key="PRG-2")
    VisibleChange.objects.create(kind="proposal", key="PRG-1")
    VisibleChange.objects.create(kind="unit", key="1", at=now() - timedelta(hours=4))
    assert mark() == first
    VisibleChange.objects.create(kind="unit", key="1")
    assert mark() != first

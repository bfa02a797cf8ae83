"""The list of people narrowed: every filter against somebody who fits and somebody who doesn't; orders and speed."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from rembuk.access import permissions as izin
from rembuk.access.models import Role
from rembuk.accounts.models import Person
from rembuk.management import selectors
from rembuk.management.people import directory
from rembuk.management.people.directory import ORDERS, Group, Silence, State, Wanted
from rembuk.web.paging import page_of
from tests import people, scenes

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 7, 1, 3, tzinfo=UTC)
TODAY = date(2026, 7, 1)


def names(wanted: Wanted) -> list[str]:
    """Names of those who fit, in their order."""
    return sorted(directory.found(Person.objects.all(), wanted, NOW).values_list("name", flat=True))


def change(person: Person, **fields: Any) -> None:
    """Set fields past all rules."""
    Person.objects.filter(pk=person.pk).update(**fields)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("wulan sari", ["Sari Wulandari"]),
        ("sari.w", ["Sari Wulandari"]),
        ("SARI.W@", ["Sari Wulandari"]),
        ("contoh.id", []),
        ("suka-00", ["Darmo"]),
        ("suka 00", []),
        ("", ["Darmo", "Sari Wulandari"]),
    ],
)
def test_words_find_names_and_beginnings_of_addresses_and_sign_in_names(
    words: str, expected: list[str]
) -> None:
    people.citizen("Sari Wulandari", email="sari.w@contoh.id")
    Person.objects.create(name="Darmo", email=None, sign_in_name="suka-0012")
    assert names(Wanted(words=words)) == expected


def test_groups_and_grants_narrow_to_those_in_force_there_or_below() -> None:
    place = scenes.regency()
    people.citizen("Warga")
    people.staff("moderator", place.roads, "Di bawah")
    people.staff("assessor", place.works, "Penelaah")
    people.staff("moderator", place.health, "Kesehatan")
    past = people.citizen("Dulu")
    people.grant(past, "moderator", place.roads, ends_at=NOW - timedelta(days=1))
    soon = people.citizen("Nanti")
    people.grant(soon, "moderator", place.roads, starts_at=NOW + timedelta(days=1))
    assert names(Wanted(group=Group.STAFF)) == ["Di bawah", "Kesehatan", "Nanti", "Penelaah"]
    assert names(Wanted(unit=place.works)) == ["Di bawah", "Penelaah"]
    assert names(Wanted(role="moderator")) == ["Di bawah", "Kesehatan"]
    assert names(Wanted(unit=place.works, role="moderator")) == ["Di bawah"]


def test_unit_and_role_have_to_come_from_one_grant() -> None:
    place = scenes.regency()
    both = people.staff("moderator", place.health, "Berdua")
    people.grant(both, "assessor", place.works)
    assert names(Wanted(unit=place.works, role="moderator")) == []
    assert names(Wanted(unit=place.works, role="assessor")) == ["Berdua"]


def test_somebody_whose_only_role_gives_nothing_is_no_staff() -> None:
    place = scenes.regency()
    empty = Role.objects.create(slug="kosong", name="Kosong", name_en="Empty", permissions=[])
    people.grant(people.citizen("Kosong"), empty.slug, place.works)
    assert names(Wanted(group=Group.STAFF)) == []


STATES: list[tuple[State | None, list[str]]] = [
    (None, ["Darmo", "Ditutup", "Diundang", "Pemakai"]),
    (State.IN_USE, ["Darmo", "Pemakai"]),
    (State.INVITED, ["Diundang"]),
    (State.SUSPENDED, ["Ditutup"]),
    (State.NEVER, ["Darmo", "Diundang"]),
    (State.DESK, ["Darmo"]),
    (State.DELETED, [""]),
]


@pytest.mark.parametrize(("state", "expected"), STATES)
def test_states_fit_their_accounts_only(state: State | None, expected: list[str]) -> None:
    change(people.citizen("Pemakai"), last_login=NOW)
    change(people.citizen("Ditutup"), last_login=NOW, is_active=False, suspended_at=NOW)
    change(people.citizen("Diundang"), invited_at=NOW)
    change(people.citizen("Lenyap"), name="", is_active=False, suspended_at=NOW, deleted_at=NOW, email=None)
    Person.objects.create(name="Darmo", email=None, sign_in_name="suka-0012")
    assert names(Wanted(state=state)) == expected


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Wanted(silence=Silence.NEVER), ["Belum"]),
        (Wanted(silence=Silence.QUARTER), ["Lama", "Setahun"]),
        (Wanted(silence=Silence.YEAR), ["Setahun"]),
        (Wanted(since=TODAY - timedelta(days=91)), ["Kini", "Lama"]),
        (Wanted(until=TODAY - timedelta(days=91)), ["Lama", "Setahun"]),
        (Wanted(since=TODAY, until=TODAY), ["Kini"]),
    ],
)
def test_last_visit_narrows_by_days_and_by_silence(wanted: Wanted, expected: list[str]) -> None:
    people.citizen("Belum")
    for name, days in (("Kini", 0), ("Lama", 91), ("Setahun", 366)):
        came = NOW - timedelta(days=days)
        change(people.citizen(name), last_active_on=TODAY - timedelta(days=days), joined_at=came)
    came = NOW - timedelta(days=90)
    change(people.citizen("Tiga bulan"), last_active_on=TODAY - timedelta(days=90), joined_at=came)
    wanted_names = [name for name in names(wanted) if name != "Tiga bulan"]
    assert wanted_names == expected
    assert ("Tiga bulan" in names(wanted)) == (wanted.since is not None and wanted.until is None)


def test_until_the_last_day_of_all_is_everybody_who_was_ever_here() -> None:
    change(people.citizen("Kini"), last_active_on=TODAY)
    people.citizen("Belum")
    assert names(Wanted(until=date.max)) == ["Kini"]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("terbaru", ["budi", "Ani", "Citra", "Dodi"]),
        ("aktif", ["Citra", "Ani", "Dodi", "budi"]),
        ("nama", ["Ani", "budi", "Citra", "Dodi"]),
    ],
)
@pytest.mark.parametrize("size", [1, 3, 9])
def test_pages_of_every_order_hold_each_account_once(order: str, expected: list[str], size: int) -> None:
    for number, (name, here) in enumerate((("Dodi", 1), ("Citra", 3), ("Ani", 2), ("budi", None))):
        day = None if here is None else TODAY + timedelta(days=here)
        change(people.citizen(name), last_active_on=day, joined_at=NOW + timedelta(hours=number))
    assert paged(directory.ordered(Person.objects.all()), order, size) == expected


def paged(found: QuerySet[Person], order: str, size: int) -> list[str]:
    """Names page by page to the end."""
    names, token = [], ""
    while True:
        page = page_of(found, order=ORDERS[order][1], after=token, size=size)
        names += [person.name for person in page.items]
        token = page.next_token
        if not token:
            return names


def test_reach_of_another_permission_is_that_of_its_own_grants() -> None:
    place = scenes.regency()
    by = people.staff("unit-admin", place.works, "Ratna")
    mine, other = people.staff("moderator", place.roads), people.staff("moderator", place.health)
    assert set(selectors.managed_people(by, izin.PERSON_EXPORT)) == {by, mine}
    assert set(selectors.managed_people(other, izin.PERSON_EXPORT)) == set()


BIG = """
INSERT INTO accounts_person (public_id, password, email, name, language, is_active, joined_at, suspension_reason,
    begun_drafts, last_active_on)
SELECT gen_random_uuid(), '', 'warga' || n || '@ramai.id', 'Warga ' || md5(n::text), 'id', true,
    timestamptz '2025-01-01' + n * interval '1 minute', '', '{}',
    CASE WHEN n % 3 > 0 THEN date '2025-01-01' + n % 500 END
FROM generate_series(1, 100000) n
"""
GRANTS = """
INSERT INTO access_grant (person_id, role_id, unit_id, starts_at, reason, standing, standing_title, letter, created_at)
SELECT id, %s, %s, timestamptz '2025-01-01', '', '', '', '', timestamptz '2025-01-01'
FROM accounts_person WHERE email LIKE 'warga%%@ramai.id' ORDER BY id LIMIT 2000
"""


def reads(found: QuerySet[Any], order: str, after: str = "") -> tuple[int, str]:
    """Blocks that a page of a list reads, however warm the machine is, and the token of the next page."""
    with CaptureQueriesContext(connection) as queries:
        page = page_of(found, order=ORDERS[order][1], after=after, size=50)
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) " + queries[0]["sql"].replace("%", "%%"), [])
        plan = cursor.fetchone()[0][0]["Plan"]
    return int(plan["Shared Hit Blocks"] + plan["Shared Read Blocks"]), page.next_token


# A hundred thousand accounts fill some 1,900 blocks; the tests own no tables and can't gather statistics, so what an
# index can serve is served by it. What the index of words has not sorted in yet costs up to 512 blocks more.
FEW = 700


@pytest.fixture
def crowd() -> scenes.Regency:
    """2,000 staff among 100,000 accounts."""
    place = scenes.regency()
    with connection.cursor() as cursor:
        cursor.execute(BIG)
        cursor.execute(GRANTS, [Role.objects.get(slug="moderator").pk, place.works.pk])
        cursor.execute("SET LOCAL enable_seqscan = off")
    return place


def test_first_and_deep_pages_read_little_of_a_hundred_thousand_accounts(crowd: scenes.Regency) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_sort = off")
    whole = directory.ordered(directory.found(Person.objects.all(), Wanted(), NOW))
    for order in ORDERS:
        first, token = reads(whole, order)
        assert first < FEW, order
        far = page_of(whole, order=ORDERS[order][1], size=30_000).next_token
        assert reads(whole, order, far)[0] < FEW, order
        assert token


def test_search_reads_little_of_a_hundred_thousand_accounts(crowd: scenes.Regency) -> None:
    with connection.cursor() as cursor:
        # Without statistics the planner may walk an order to its end, looking for the words; with them it does not.
        cursor.execute("SET LOCAL enable_indexscan = off")
    for words in ("abcdef", "warga777@", "warga777"):
        few = directory.ordered(directory.found(Person.objects.all(), Wanted(words=words), NOW))
        assert reads(few, "terbaru")[0] < FEW, words

"""Keyset pages: every row once, in order, whatever the directions and gaps; bad tokens are the first page."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db.models import F
from django.db.models.functions import Length

from rembuk.accounts.models import Person
from rembuk.web.paging import Keyset, page_of, rows_before

pytestmark = pytest.mark.django_db

START = datetime(2026, 1, 1, tzinfo=UTC)


def _people() -> None:
    """Seven people; the instant of suspension repeats and is partly absent."""
    for number, days in enumerate((None, 1, 2, 2, None, 3, 1)):
        suspended = None if days is None else START + timedelta(days=days)
        Person.objects.create(
            name="Warga" + "x" * (number % 3), email=f"w{number}@contoh.id", suspended_at=suspended
        )


def _walk(keyset: Keyset, queryset=None) -> list[int]:
    rows = Person.objects.all() if queryset is None else queryset
    found, token = [], ""
    while True:
        page = keyset.page(rows, token)
        found += [person.pk for person in page.items]
        if not page.next_token:
            return found
        token = page.next_token


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8])
@pytest.mark.parametrize(
    "order",
    [
        ("-suspended_at", "-id"),
        ("suspended_at", "id"),
        ("-suspended_at", "id"),
        ("suspended_at", "-id"),
        ("-name", "id"),
        ("name", "id"),
        ("id",),
    ],
)
def test_pages_together_are_the_whole_list_in_order(order: tuple[str, ...], size: int) -> None:
    _people()
    whole = list(Person.objects.order_by(*order).values_list("pk", flat=True))
    assert _walk(Keyset(order, size)) == whole


def test_pages_work_over_annotations() -> None:
    _people()
    rows = Person.objects.annotate(size=Length(F("name")))
    whole = list(rows.order_by("-size", "-id").values_list("pk", flat=True))
    assert _walk(Keyset(("-size", "-id"), 2), rows) == whole


def test_page_asks_once_without_count_or_offset(django_assert_num_queries) -> None:
    _people()
    token = page_of(Person.objects.all(), order=("-joined_at", "-id"), size=2).next_token
    with django_assert_num_queries(1) as asked:
        page_of(Person.objects.all(), order=("-joined_at", "-id"), after=token, size=2)
    sql = asked.captured_queries[0]["sql"]
    assert ("COUNT" in sql, "OFFSET" in sql) == (False, False)
    assert '("accounts_person"."joined_at", "accounts_person"."id") < (' in sql


@pytest.mark.parametrize("token", ["", "x", "~", "WyJpZCJd~aaaa", "\x00", "é~é", "a" * 3000])
def test_token_that_is_not_ours_is_the_first_page(token: str) -> None:
    _people()
    first = page_of(Person.objects.all(), order=("id",), size=2)
    assert page_of(Person.objects.all(), order=("id",), after=token, size=2) == first


def test_token_of_another_order_is_the_first_page() -> None:
    _people()
    token = page_of(Person.objects.all(), order=("-id",), size=2).next_token
    first = page_of(Person.objects.all(), order=("id",), size=2)
    assert page_of(Person.objects.all(), order=("id",), after=token, size=2) == first


def test_token_needs_no_quoting_in_an_address() -> None:
    from urllib.parse import quote

    _people()
    token = page_of(Person.objects.all(), order=("-joined_at", "-id"), size=2).next_token
    assert quote(token, safe="~") == token


@pytest.mark.parametrize("size", [1, 2, 7])
def test_rows_chosen_before_they_are_dressed_make_the_same_pages(size: int) -> None:
    _people()
    order = ("-suspended_at", "-id")
    rows = Person.objects.exclude(name="Warga")
    whole = list(rows.order_by(*order).values_list("pk", flat=True))
    found, token = [], ""
    while len(found) < len(whole):
        page = Keyset(order, size).page(
            rows, token, dressed=lambda chosen: chosen.annotate(size=Length("name"))
        )
        assert all(person.size == len(person.name) for person in page.items)
        found += [person.pk for person in page.items]
        token = page.next_token
    assert (found, token) == (whole, "")


@pytest.mark.parametrize(
    ("token", "start"),
    [("20", 20), ("40", 40), ("", 0), ("60", 0), ("30", 0), ("-20", 0), ("٢٠", 0), ("²0", 0), ("20" * 20, 0)],
)
def test_rows_before_a_page_in_memory_are_those_of_our_own_tokens(token: str, start: int) -> None:
    assert rows_before(token, count=60, size=20) == start

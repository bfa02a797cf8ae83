"""No page reads a big table from end to end: the plan of every statement of every page, asked of a filled site.

docs/decisions/0063-query-plans.md
"""

import re
from typing import Any

import pytest
from django.db import connections, transaction

from rembuk.engagement.models import Comment, Figures
from rembuk.engagement.selectors import newest_roots
from tests.scale.heard import Heard
from tests.scale.plans import SMALL, Planner, Statement
from tests.scale.whole import WHOLE, excuse

pytestmark = pytest.mark.xdist_group("plans")

# Lists that have to be gone through: with a filter, and on to the second page.
LISTS = ("/usulan/", "/program/", "/kelola/usulan/", "/kelola/program/", "/kelola/moderasi/", "/kelola/pengguna/",
         "/kelola/hak-akses/", "/kelola/jejak-audit/")  # fmt: skip
ALONE = ("/", "/cari/?q=jalan", "/uji-publik/", "/satuan-kerja/", "/statistik/", "/statistik/satuan-kerja/", "/transparansi/",
         "/kelola/", "/kelola/log/", "/kelola/satuan-kerja/", "/kelola/laporan/", "/akun/masukan/", "/akun/komentar/",
         "/akun/dukungan/", "/akun/diikuti/", "/akun/pemberitahuan/")  # fmt: skip
# Lists whose first rows an index gives in their order, and the table of each.
ORDERED = {
    "/": "proposals_proposal",
    "/usulan/": "proposals_proposal",
    "/usulan/?urut=dukungan": "proposals_proposal",
    "/usulan/?urut=komentar": "proposals_proposal",
    "/usulan/?tenggat=lewat": "proposals_proposal",
    "/program/": "programs_program",
    "/kelola/usulan/": "proposals_proposal",
    "/kelola/usulan/?tenggat=lewat": "proposals_proposal",
    "/kelola/usulan/?urut=terlama": "proposals_proposal",
    "/kelola/usulan/?urut=tenggat": "proposals_proposal",
    "/kelola/moderasi/": "engagement_case",
}


def _scans(statements: list[Statement]) -> dict[str, str]:
    """Each sequential scan over a big table with the first page that leads to it, exceptions left out."""
    found: dict[str, str] = {}
    with transaction.atomic(using="owner"):
        planner = Planner()
        for said in statements:
            for scan in () if excuse(said.sql) else planner.scans(said):
                found.setdefault(str(scan), f"{said.page}: {said.shape[:200]}")
    return found


def test_no_page_reads_a_big_table_from_end_to_end(heard: Heard) -> None:
    assert _scans(heard.statements) == {}


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("proposals_decision", "proposal_id"),
        ("programs_milestone", "program_id"),
    ],
)
def test_check_notices_a_missing_index(heard: Heard, table: str, column: str) -> None:
    about = [said for said in heard.statements if f'"{table}"' in said.sql]
    with transaction.atomic(using="owner"):
        with connections["owner"].cursor() as cursor:
            cursor.execute(
                "SELECT i.indexrelid::regclass, c.conname FROM pg_index i JOIN pg_attribute a"
                " ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0] LEFT JOIN pg_constraint c"
                " ON c.conindid = i.indexrelid AND c.conrelid = i.indrelid"
                " WHERE i.indrelid = %s::regclass AND a.attname = %s",
                [table, column],
            )
            indexes = cursor.fetchall()
            assert indexes, f"No index of {table} begins with {column}."
            for index, constraint in indexes:
                cursor.execute(
                    f"ALTER TABLE {table} DROP CONSTRAINT {constraint}"
                    if constraint
                    else f"DROP INDEX {index}"
                )
        found = _scans(about)
        transaction.set_rollback(True, using="owner")
    assert [scan for scan in found if scan.startswith(table)]
    assert _scans(about) == {}


@pytest.mark.parametrize(
    ("index", "table", "page"),
    [
        ("proposal_figures", "proposals_proposal", "/: "),
        ("votedelta_ballot", "engagement_votedelta", "/kelola/uji-publik/"),
        ("phase_kind", "programs_phase", "/kelola/pengaturan/fase/"),
        ("region_full_name_trgm", "regions_region", "/kelola/satuan-kerja/"),
    ],
)
def test_check_notices_that_a_single_index_is_missing(
    heard: Heard, index: str, table: str, page: str
) -> None:
    """Of these each serves a page alone; many others have a second one beside them that serves as well."""
    about = [said for said in heard.statements if re.search(rf"\b{table}\b", said.sql)]
    with transaction.atomic(using="owner"):
        with connections["owner"].cursor() as cursor:
            cursor.execute(f"DROP INDEX {index}")
        found = _scans(about)
        transaction.set_rollback(True, using="owner")
    assert found.keys()
    assert [scan for scan in found if not scan.startswith(table)] == []
    assert [first for first in found.values() if first.startswith(page)]
    assert _scans(about) == {}


def _lists(statements: list[Statement]) -> list[Statement]:
    """The statements that give the first rows of an ordered list."""
    return [
        said
        for said in statements
        if f' FROM "{ORDERED.get(said.page, "-")}"' in said.sql
        and " ORDER BY " in said.sql
        and " LIMIT " in said.sql
    ]


def _sorted(statements: list[Statement]) -> set[str]:
    with transaction.atomic(using="owner"):
        planner = Planner()
        return {said.page for said in statements if planner.sorts(said)}


def test_first_rows_of_a_list_come_in_the_order_of_an_index(heard: Heard) -> None:
    lists = _lists(heard.statements)
    assert {said.page for said in lists} == ORDERED.keys()
    assert _sorted(lists) == set()


@pytest.mark.parametrize(
    ("index", "page"),
    [("figures_support", "/usulan/?urut=dukungan"), ("proposal_due_first", "/kelola/usulan/?urut=tenggat")],
)
def test_check_notices_a_list_that_has_to_be_sorted(heard: Heard, index: str, page: str) -> None:
    with transaction.atomic(using="owner"):
        with connections["owner"].cursor() as cursor:
            cursor.execute(f"DROP INDEX {index}")
        found = _sorted(_lists(heard.statements))
        transaction.set_rollback(True, using="owner")
    assert page in found


def _rows_read(plan: dict[str, Any]) -> list[float]:
    """How many rows each step of a plan gave, all its turns together."""
    below = [rows for step in plan.get("Plans", ()) for rows in _rows_read(step)]
    return [plan["Actual Rows"] * plan["Actual Loops"], *below]


def test_kept_plan_of_comments_reads_no_further_than_its_page_on_the_busiest_subject(heard: Heard) -> None:
    busiest = Figures.objects.select_related("subject").latest("comments").subject
    assert Comment.objects.filter(subject=busiest, depth=1).count() > 100
    with connections["default"].cursor() as cursor:
        cursor.execute("SET plan_cache_mode = force_generic_plan")
        newest_roots(busiest, None, at_most=20)
        cursor.execute(
            "SELECT name FROM pg_prepared_statements WHERE statement LIKE '%engagement_comment%' ORDER BY prepare_time DESC"
        )
        kept = cursor.fetchall()[0][0]
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) EXECUTE {kept} ({busiest.pk})")
        ((plan,),) = cursor.fetchone()
        cursor.execute("RESET plan_cache_mode")
    assert max(_rows_read(plan["Plan"])) <= 20


def test_exceptions_are_still_needed(heard: Heard) -> None:
    with transaction.atomic(using="owner"):
        planner = Planner()
        needed = {excuse(said.sql) for said in heard.statements if excuse(said.sql) and planner.scans(said)}
    assert needed == WHOLE.keys()


def test_walk_comes_to_every_list_its_filters_and_its_second_page(heard: Heard) -> None:
    opened = [page for page, status in heard.answers.items() if status == 200]
    for page in LISTS:
        queries = [address.partition("?")[2] for address in opened if address.startswith(f"{page}?")]
        assert any("after=" in query for query in queries), page
        assert any("after=" not in query for query in queries), page
    assert [page for page in ALONE if page not in opened] == []
    broken = {page: status for page, status in heard.answers.items() if status >= 500}
    assert broken.keys() <= {"/readyz"}, broken


def test_small_tables_are_tables(heard: Heard) -> None:
    there = connections["owner"].introspection.table_names()
    assert SMALL.keys() - set(there) == set()

"""No page reads a big table from end to end: the plan of every statement of every page, asked of a filled site.

docs/decisions/0063-query-plans.md
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connections, transaction
from django.test import Client, override_settings

from rembuk.access.models import Grant
from rembuk.accounts.models import Person
from rembuk.consultations.models import Consultation
from rembuk.engagement.models import Comment, Figures
from rembuk.engagement.selectors import newest_roots
from rembuk.programs.models import Program
from rembuk.proposals.models import Proposal
from tests import people
from tests.scale import site
from tests.scale.plans import SMALL, Listener, Planner, Statement
from tests.scale.walking import Walk
from tests.scale.whole import WHOLE, excuse
from tests.security import world

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
    "/kelola/usulan/?urut=terlama": "proposals_proposal",
    "/kelola/usulan/?urut=tenggat": "proposals_proposal",
    "/kelola/moderasi/": "engagement_case",
}
# Signs out.
_NOT_GONE_TO = "/akun/keluar/"


def _addresses(made: world.World) -> list[str]:
    """One of every route, and a thing of the filled site in each of its states, in public and at the desk."""
    found = [page for page in world.addresses(made).values() if page != _NOT_GONE_TO]
    for kind, model in (("usulan", Proposal), ("program", Program), ("uji-publik", Consultation)):
        rows = model.objects.exclude(code=None).order_by("pk")  # type: ignore[attr-defined]
        for code in dict(rows.values_list("state", "code")).values():
            found += [f"/{kind}/{code}/", f"/kelola/{kind}/{code}/"]
    return found


def _cast(made: world.World) -> list[Person | None]:
    """An administrator of both instansi, a moderator of one unit, a member, a visitor."""
    filled = Grant.objects.filter(person__email__endswith="@ukur.example").order_by("pk")
    everywhere = filled.get(role__slug="administrator")
    people.grant(made.admin, "administrator", everywhere.unit)
    moderator = filled.filter(role__slug="moderator").exclude(unit=everywhere.unit)[0].person
    return [made.admin, moderator, made.author, None]


class Heard:
    """What everybody's walk sent to the database, and what the pages answered at best."""

    def __init__(self) -> None:
        listener, made = Listener(), world.furnish()
        self.answers: dict[str, int] = {}
        with listener.listening():
            for person in _cast(made):
                client = Client()
                if person is not None:
                    client.force_login(person)
                walk = Walk(client, listener)
                is_staff = person is not None and Grant.objects.filter(person=person).exists()
                for page in _addresses(made):
                    is_hers = page.startswith("/kelola/") == is_staff
                    if is_hers or person == made.admin:
                        walk.visit(page, is_alone=not is_hers)
                for page, status in walk.answers.items():
                    self.answers[page] = min(status, self.answers.get(page, status))
        self.statements = listener.statements


@pytest.fixture(scope="module")
def heard(
    django_db_setup: None, django_db_blocker: object, worker_id: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Heard]:
    """A site filled at N = 1, with a thing of every kind beside, after everybody's walk through it."""
    uploads = str(tmp_path_factory.mktemp("uploads"))
    with (
        django_db_blocker.unblock(),  # type: ignore[attr-defined]
        site.empty_database(f"test_rembuk_plans_{worker_id}"),
        override_settings(MEDIA_ROOT=uploads),
    ):
        site.fill_quietly(1)
        yield Heard()


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

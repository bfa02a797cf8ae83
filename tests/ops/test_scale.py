"""The made-up site for measuring: its amounts, that its rows are what the actions leave, and that its pages open."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

import pytest
from django.db import connection
from django.db.models import Avg, Count, Max
from django.test import Client

from rembuk.access.models import Grant
from rembuk.accounts.models import Person
from rembuk.audit.models import AuditEntry
from rembuk.common import clock
from rembuk.common.errors import Invalid
from rembuk.consultations.models import Consultation, Submission
from rembuk.engagement.actions.recount import find_drift
from rembuk.engagement.models import CodeSeries, Comment, Figures, Tally, Vote
from rembuk.ops.scale import people
from rembuk.ops.scale.drawing import SEED, Draw
from rembuk.ops.scale.filling import Amounts, fill
from rembuk.ops.scale.rows import Loader
from rembuk.ops.scale.talk import Topic, allot
from rembuk.programs.models import Milestone, Program, ProgramEvent
from rembuk.proposals.models import Assessment, Decision, Proposal
from rembuk.workunits.models import WorkUnit
from tests.scale import site

NAME = "test_rembuk_scale"
SHAPE = """
    SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
    UNION ALL SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) || convalidated
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace
"""


def _shape() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(SHAPE)
        return {row[0] for row in cursor.fetchall()}


@pytest.fixture(scope="module")
def shapes(
    django_db_setup: None, django_db_blocker: object, worker_id: str
) -> Iterator[tuple[set[str], set[str]]]:
    """A database of its own, filled at a thirtieth: COPY by the owner can't be rolled back. Gives its shape before and after."""
    with (
        django_db_blocker.unblock(),  # type: ignore[attr-defined]
        site.empty_database(f"{NAME}_{worker_id}"),
    ):
        old = _shape()
        site.fill_quietly(0.03)
        yield old, _shape()


pytestmark = pytest.mark.usefixtures("shapes")


def test_one_is_a_small_regency_after_a_year() -> None:
    amounts = Amounts.at(1)
    assert (amounts.proposals, amounts.programs, amounts.consultations, amounts.submissions) == (
        1_000,
        100,
        10,
        300,
    )
    assert (amounts.units, amounts.people, amounts.comments, amounts.votes) == (50, 5_000, 10_000, 100_000)
    assert Amounts.at(100).votes == 10_000_000


def test_no_instansi_has_more_than_five_hundred_units(worker_id: str) -> None:
    amounts, loader = Amounts.at(100), Loader()
    assert amounts.units > people.MOST_UNITS == 500
    with site.empty_database(f"{NAME}_units_{worker_id}"):
        made = people.settle(loader, Draw(SEED), people=1_200, units=amounts.units, now=clock.now())
        assert len(made.offices) == WorkUnit.objects.count() == 500
        assert (Grant.objects.count(), len(made.citizens)) == (1_000, 200)


def test_site_has_the_amounts_of_its_scale() -> None:
    wanted = Amounts.at(0.03)
    counts = (Proposal, Program, Consultation, Submission, WorkUnit, Comment, Vote, Person)
    assert [model.objects.count() for model in counts] == [
        wanted.proposals,
        wanted.programs,
        wanted.consultations,
        wanted.submissions,
        wanted.units,
        wanted.comments,
        wanted.votes,
        wanted.people,
    ]
    assert Proposal.objects.filter(state="submitted").count() == wanted.proposals // 10
    assert Milestone.objects.values("program").distinct().count() == wanted.programs
    assert Grant.objects.count() == 2 * wanted.units


def test_counts_are_what_a_recount_finds() -> None:
    assert find_drift() == []
    support = Tally.objects.filter(choice=1, ballot__kind="support", ballot__subject__kind="proposal")
    for tally in support.select_related("ballot__subject__figures"):
        assert tally.ballot.subject.figures.support == tally.count
    talked = Comment.objects.values("subject").annotate(count=Count("pk"))
    figures = dict(Figures.objects.values_list("pk", "comments"))
    assert all(figures[row["subject"]] == row["count"] for row in talked)


def test_one_vote_in_ten_and_every_decision_stand_in_the_trail() -> None:
    assert AuditEntry.objects.filter(verb="ballot.voted").count() == Vote.objects.count() // 10
    told = AuditEntry.objects.filter(target_kind="proposal").exclude(verb="ballot.voted")
    decided = [*_steps_of_proposals(), *_assessments()]
    assert Counter(told.values_list("verb", "target_key", "at", "actor_person_id")) == Counter(decided)
    assert len({verb for verb, *_rest in decided}) >= 8
    steps = list(_steps_of_programs())
    told = AuditEntry.objects.filter(verb__in={verb for verb, *_rest in steps})
    assert Counter(told.values_list("verb", "target_key", "at", "actor_person_id")) == Counter(steps)
    assert len(steps) >= 3


type Deed = tuple[str, str, datetime, int | None]


def _steps_of_proposals() -> Iterator[Deed]:
    for row in Decision.objects.select_related("proposal"):
        done = "referred" if row.step == "refer" else row.to_state
        yield f"proposal.{done}", str(row.proposal.code), row.at, row.by_id


def _assessments() -> Iterator[Deed]:
    for row in Assessment.objects.select_related("proposal"):
        yield "proposal.assessed", str(row.proposal.code), row.at, row.by_id


def _steps_of_programs() -> Iterator[Deed]:
    for row in ProgramEvent.objects.select_related("program"):
        yield f"program.{row.to_state}", row.program.code, row.at, row.by_id


def test_few_things_are_busy_and_many_are_quiet() -> None:
    talked = Figures.objects.filter(subject__kind="proposal", comments__gt=0)
    told = talked.aggregate(most=Max("comments"), mean=Avg("comments"))
    assert told["most"] > 3 * told["mean"]
    counts = sorted(talked.values_list("comments", flat=True))
    assert counts[len(counts) // 2] < told["mean"]


def test_votes_too_go_to_a_few_busy_things_and_many_quiet_ones() -> None:
    """As shared out at the scale of one; at that of this database nearly everybody votes on everything."""
    total, most = Amounts.at(1).votes, 3_900
    root = WorkUnit.objects.get(parent=None)
    topics = [Topic(n, n, f"T{n}", "proposal", root, clock.now(), (1, -1)) for n in range(1_000)]
    allot(Draw(SEED), topics, total, most=most)
    counts = sorted((topic.votes for topic in topics), reverse=True)
    assert (sum(counts), counts[0]) == (total, most)
    assert sum(counts[:100]) > total / 2
    assert 0 < counts[500] < total / 1_000 / 2


def test_shares_are_exact() -> None:
    assert sum(Draw(1).shares(7, 100)) == 100
    assert sum(Draw(1).shares(100, 7)) == 7


def test_codes_go_on_behind_the_made_up_ones() -> None:
    for prefix, model in (("USL", Proposal), ("PRG", Program), ("UJP", Consultation)):
        for series in CodeSeries.objects.filter(prefix=prefix):
            codes = model.objects.filter(code__startswith=f"{prefix}-{series.year}").values_list(
                "code", flat=True
            )
            assert series.last == max(int(str(code).split("-")[2]) for code in codes)


def test_indexes_and_keys_are_as_before(shapes: tuple[set[str], set[str]]) -> None:
    assert shapes[0] == shapes[1]


def test_filled_site_is_not_filled_again() -> None:
    with pytest.raises(Invalid, match="already"):
        fill(0.03, tell=lambda part: None)


def test_pages_of_visitors_open() -> None:
    client = Client()
    lists = [
        "/",
        "/usulan/",
        "/program/",
        "/uji-publik/",
        "/satuan-kerja/",
        "/cari/?q=jalan",
        "/statistik/",
        "/statistik/satuan-kerja/",
        "/transparansi/",
    ]
    pages = [
        f"/usulan/{code}/"
        for code in Proposal.objects.exclude(state="submitted").values_list("code", flat=True)
    ]
    pages += [
        f"/program/{code}/" for code in Program.objects.exclude(state="draft").values_list("code", flat=True)
    ]
    pages += [f"/uji-publik/{code}/" for code in Consultation.objects.values_list("code", flat=True)]
    pages += [f"/uji-publik/{code}/masukan/" for code in Consultation.objects.values_list("code", flat=True)]
    pages += [f"/uji-publik/{code}/butir/1/" for code in Consultation.objects.values_list("code", flat=True)]
    closed = {"returned", "withdrawn"}
    unseen = {
        f"/usulan/{code}/" for code, state in Proposal.objects.values_list("code", "state") if state in closed
    }
    wrong = [(page, client.get(page).status_code) for page in [*lists, *pages] if page not in unseen]
    assert [entry for entry in wrong if entry[1] != 200] == []
    assert "/usulan/USL" in client.get("/cari/?q=jalan").content.decode()


def test_pages_of_the_desk_open() -> None:
    administrator = Grant.objects.get(role__slug="administrator").person
    client = Client()
    client.force_login(administrator)
    pages = ["/kelola/", "/kelola/moderasi/", "/kelola/usulan/", "/kelola/program/", "/kelola/uji-publik/",
             "/kelola/satuan-kerja/", "/kelola/pengguna/", "/kelola/hak-akses/", "/kelola/jejak-audit/"]  # fmt: skip
    pages += [f"/kelola/usulan/{code}/" for code in Proposal.objects.values_list("code", flat=True)]
    pages += [f"/kelola/program/{code}/" for code in Program.objects.values_list("code", flat=True)]
    pages += [
        f"/kelola/uji-publik/{code}/matriks/" for code in Consultation.objects.values_list("code", flat=True)
    ]
    wrong = [(page, client.get(page).status_code) for page in pages]
    assert [entry for entry in wrong if entry[1] != 200] == []

"""The made-up site's trail: what its tables say that staff did stands there once, in the shape that the actions write."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test import Client

from rembuk.access.models import Grant
from rembuk.accounts.models import Person
from rembuk.audit import verbs
from rembuk.audit.models import AuditEntry
from rembuk.consultations.models import Consultation, DraftVersion, MatrixRow
from rembuk.programs.models import Link, Milestone, Phase, Program, Realisation, Update
from tests.scale import site

NAME = "test_rembuk_scale_trail"
_EMPTY: set[str] = set()
_MILESTONE = {"milestone", "title", "state", "actual_start_on", "actual_end_on"}
# Kind of target, and the named fields before and after, as each deed's own action writes them.
SHAPES = {
    "grant.given": ("person", _EMPTY, {"role", "unit", "starts_at", "ends_at"}),
    "consultation.created": ("consultation", _EMPTY, {"title", "kind", "unit"}),
    "draft_version.published": ("consultation", _EMPTY, {"version", "note"}),
    "consultation.announced": ("consultation", {"state"}, {"state"}),
    "row.proposed": ("matrix_row", {"state"}, {"state", "verdict"}),
    "row.published": ("matrix_row", {"state"}, {"state", "verdict"}),
    "consultation.result_published": ("consultation", _EMPTY, _EMPTY),
    "consultation.concluded": ("consultation", {"state"}, {"state"}),
    "program.created": ("program", _EMPTY, {"title", "unit", "year"}),
    "phase.started": ("phase", {"state", "actual_start_on"}, {"state", "actual_start_on"}),
    "phase.finished": ("phase", {"state", "actual_end_on"}, {"state", "actual_end_on"}),
    "milestone.reached": ("program", {"state", "actual_start_on", "actual_end_on"}, _MILESTONE),
    "program.update_posted": ("program", _EMPTY, {"title", "pictures"}),
    "program.realisation_entered": ("program", _EMPTY, {"document_number", "fund", "amount", "spent_on"}),
}


@pytest.fixture(scope="module")
def filled(django_db_setup: None, django_db_blocker: Any, worker_id: str) -> Iterator[None]:
    """A database of its own, filled at a thirtieth."""
    with django_db_blocker.unblock(), site.empty_database(f"{NAME}_{worker_id}"):
        site.fill_quietly(0.03)
        yield


pytestmark = pytest.mark.usefixtures("filled")


def _targets(verb: str) -> Counter[str]:
    return Counter(AuditEntry.objects.filter(verb=verb).values_list("target_key", flat=True))


def _codes(rows: QuerySet[Any], *fields: str) -> Counter[str]:
    return Counter("".join(str(part) for part in row) for row in rows.values_list(*fields))


def _rows(rows: QuerySet[MatrixRow]) -> Counter[str]:
    return Counter(f"{code}#{number}" for code, number in rows.values_list("submission__code", "number"))


def _phases(rows: QuerySet[Phase]) -> Counter[str]:
    return Counter(f"{code}-{place}" for code, place in rows.values_list("program__code", "position"))


def test_every_act_on_a_consultation_stands_in_the_trail_once() -> None:
    announced, concluded = Consultation.objects.all(), Consultation.objects.filter(state="concluded")
    proposed = MatrixRow.objects.exclude(proposed_at=None)
    published = MatrixRow.objects.exclude(published_at=None)
    assert proposed.count() >= 5
    assert published.count() >= 5
    assert _targets("consultation.created") == _targets("consultation.announced") == _codes(announced, "code")
    versions = DraftVersion.objects.exclude(published_at=None)
    assert _targets("draft_version.published") == _codes(versions, "consultation__code")
    assert _targets("row.proposed") == _rows(proposed)
    assert _targets("row.published") == _rows(published)
    results = Consultation.objects.exclude(result_published_at=None)
    assert _targets("consultation.result_published") == _codes(results, "code")
    assert _targets("consultation.concluded") == _codes(concluded, "code")
    assert _targets("row.approved") == Counter()
    assert not MatrixRow.objects.exclude(approved_at=None).exists()


def test_every_act_on_a_programme_stands_in_the_trail_once() -> None:
    done = Milestone.objects.filter(state="done")
    assert done.count() >= 2
    assert _targets("milestone.reached") == _codes(done, "program__code")
    told = AuditEntry.objects.filter(verb="milestone.reached").values_list("after__milestone", flat=True)
    assert sorted(told) == sorted(str(key) for key in done.values_list("public_id", flat=True))
    assert _targets("phase.started") == _phases(Phase.objects.exclude(actual_start_on=None))
    assert _targets("phase.finished") == _phases(Phase.objects.filter(state="done"))
    assert _targets("program.created") == _codes(Program.objects.all(), "code")
    linked: dict[str, dict[str, str]] = {}
    for program, proposal, extent in Link.objects.values_list("program__code", "proposal__code", "extent"):
        linked.setdefault(program, {})[proposal] = extent
    entries = AuditEntry.objects.filter(verb="program.proposal_linked")
    assert linked
    assert dict(entries.values_list("target_key", "after")) == linked
    assert entries.count() == len(linked)
    assert _targets("program.update_posted") == _codes(Update.objects.all(), "program__code")
    assert _targets("program.realisation_entered") == _codes(Realisation.objects.all(), "program__code")


def test_every_grant_stands_in_the_trail_as_given_by_the_command() -> None:
    assert _targets("grant.given") == _codes(Grant.objects.all(), "person_id")
    entries = AuditEntry.objects.filter(verb="grant.given")
    assert set(entries.values_list("actor_person_id", "actor_label", "channel")) == {
        (None, "seed", "command")
    }
    given = Grant.objects.values_list("role__slug", "unit__code", "unit__path")
    assert sorted(entries.values_list("after__role", "after__unit", "target_unit_path")) == sorted(given)


@pytest.mark.parametrize("verb", SHAPES)
def test_entries_have_the_shape_that_their_action_writes(verb: str) -> None:
    kind, before, after = SHAPES[verb]
    found = list(AuditEntry.objects.filter(verb=verb))
    assert found
    for entry in found:
        assert (entry.target_kind, set(entry.before or ()), set(entry.after or ())) == (kind, before, after)


def test_acts_happen_in_an_order_that_the_states_allow() -> None:
    order = (
        "draft_version.published",
        "consultation.announced",
        "row.proposed",
        "row.published",
        "consultation.result_published",
        "consultation.concluded",
    )
    for code in Consultation.objects.filter(state="concluded").values_list("code", flat=True):
        entries = AuditEntry.objects.filter(verb__in=order, target_key__startswith=code).order_by("at", "id")
        places = [order.index(verb) for verb in entries.values_list("verb", flat=True)]
        assert places == sorted(places)


def test_every_entry_is_of_a_known_deed_by_somebody_with_that_role_and_lies_in_its_month() -> None:
    for verb in AuditEntry.objects.order_by().values_list("verb", flat=True).distinct():
        assert verbs.known(verb)
    actors = AuditEntry.objects.exclude(actor_person_id=None)
    people = set(Person.objects.values_list("pk", flat=True))
    assert set(actors.values_list("actor_person_id", flat=True)) <= people
    held = {
        (person, (role,), unit)
        for person, role, unit in Grant.objects.values_list("person_id", "role__slug", "unit_id")
    }
    acted = actors.exclude(actor_roles=[]).values_list("actor_person_id", "actor_roles", "actor_unit_id")
    assert {(person, tuple(roles), unit) for person, roles, unit in acted} <= held
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT tableoid::regclass::text FROM audit_entry")
        months = {name for (name,) in cursor.fetchall()}
    assert months
    assert "audit.entry_default" not in months


@pytest.mark.parametrize("verb", SHAPES)
def test_audit_page_shows_each_kind(verb: str) -> None:
    client = Client()
    client.force_login(Grant.objects.get(role__slug="administrator").person)
    page = client.get("/kelola/jejak-audit/", {"perbuatan": verb})
    assert page.status_code == 200
    assert {row["entry"].verb for row in page.context["rows"]} == {verb}

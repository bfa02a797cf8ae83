"""An entry stands or falls with its deed, says what an auditor asks, and names nobody."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.db import connection, transaction
from django.db.transaction import TransactionManagementError

from rembuk.audit import actions
from rembuk.audit.actors import SYSTEM, Actor, command_actor, network_of
from rembuk.audit.models import AuditEntry
from rembuk.audit.statements import COLUMNS, VALUES, Change, params
from rembuk.audit.verbs import UnknownVerb
from rembuk.logbook import context

SARI = Actor(
    person_id=7, label="Sari", roles=("moderator",), unit_id=3, unit_code="DPU", address="203.0.113.77"
)
PAGE = actions.Target("page", "trial/id", unit_id=3, unit_path="000001.000003.")
AT = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)


@pytest.mark.django_db
def test_record_keeps_who_what_why_and_the_change() -> None:
    with context.bound(request_id="r-1"):
        actions.record(
            "page.published",
            by=SARI,
            target=PAGE,
            before={"version": 1},
            after={"version": 2, "at": AT},
            reason="kontak baru",
            at=AT,
        )
    entry = AuditEntry.objects.get(target_key="trial/id")
    assert (entry.verb, entry.at, entry.reason, entry.request_id) == (
        "page.published",
        AT,
        "kontak baru",
        "r-1",
    )
    assert (entry.actor_person_id, entry.actor_roles, entry.actor_unit_code) == (7, ["moderator"], "DPU")
    assert (entry.before, entry.after) == ({"version": 1}, {"version": 2, "at": "2026-11-24T03:00:00Z"})
    assert (entry.target_unit_path, entry.channel) == ("000001.000003.", "web")


@pytest.mark.django_db
def test_record_of_a_person_keeps_neither_name_nor_full_address() -> None:
    entry = actions.record("page.published", by=SARI, target=PAGE)
    assert (entry.actor_label, entry.address) == ("", "203.0.113.0/24")


@pytest.mark.django_db
def test_record_of_a_command_says_which() -> None:
    entry = actions.record("page.published", by=command_actor("create-admin"), target=PAGE)
    assert entry.actor_label.startswith("create-admin (")
    assert (entry.channel, entry.actor_person_id) == ("command", None)


@pytest.mark.django_db
def test_record_without_a_time_takes_the_clock_of_the_database() -> None:
    with time_machine.travel("2001-01-01"):
        entry = actions.record("page.published", by=SYSTEM, target=PAGE)
    assert entry.at.year > 2001


@pytest.mark.django_db(transaction=True)
def test_record_outside_of_a_transaction_is_refused() -> None:
    with pytest.raises(TransactionManagementError):
        actions.record("page.published", by=SYSTEM, target=PAGE)


@pytest.mark.django_db
def test_record_rolled_back_leaves_no_entry() -> None:
    with transaction.atomic():
        actions.record("page.published", by=SYSTEM, target=PAGE)
        transaction.set_rollback(True)
    assert not AuditEntry.objects.filter(target_key="trial/id").exists()


@pytest.mark.django_db
def test_record_of_an_unknown_deed_is_refused() -> None:
    with pytest.raises(UnknownVerb):
        actions.record("page.painted", by=SYSTEM, target=PAGE)


@pytest.mark.django_db
def test_statement_parts_write_an_entry_within_another_statement() -> None:
    sql = f"WITH deed AS (SELECT 1) INSERT INTO audit_entry ({COLUMNS}) SELECT {VALUES} FROM deed"
    with connection.cursor() as cursor:
        cursor.execute(sql, params("page.published", SARI, PAGE, Change(after={"value": None}), None))
    assert AuditEntry.objects.get(target_key="trial/id").after == {"value": None}


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:1:2::9", "2001:db8:1::/48"),
        ("::ffff:203.0.113.77", "203.0.113.0/24"),
        ("", ""),
        ("unix:", ""),
    ],
)
def test_network_of_an_address_names_no_household(address: str, network: str) -> None:
    assert network_of(address) == network


@pytest.mark.django_db
def test_record_many_writes_one_entry_for_each_deed_under_one_mark() -> None:
    deeds = [
        ("page.published", actions.Target("page", f"bulk/{number}"), {"version": number}) for number in (1, 2)
    ]
    actions.record_many(deeds, by=SARI, at=AT, bulk="b-1")
    rows = AuditEntry.objects.filter(bulk="b-1").order_by("pk").values_list("target_key", "after", "at")
    assert list(rows) == [("bulk/1", {"version": 1}, AT), ("bulk/2", {"version": 2}, AT)]


@pytest.mark.django_db(transaction=True)
def test_record_many_outside_of_a_transaction_is_refused() -> None:
    with pytest.raises(TransactionManagementError):
        actions.record_many([], by=SARI, at=AT, bulk="b-1")

"""Many grants in one act, ends that move, delegations for a time, reminders before the end."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rembuk.access.models import Grant, Role
from rembuk.accounts.models import Person
from rembuk.audit.models import AuditEntry
from rembuk.common.errors import Denied, Invalid, WrongState
from rembuk.management.actions import grants as actions
from rembuk.management.actions.grants import ending, many
from rembuk.management.actions.grants.reminding import remind_of_ends
from rembuk.management.facts import GrantFacts
from rembuk.management.tasks import remind_of_ends as task
from rembuk.notifications.models import Notice
from rembuk.workunits.models import WorkUnit
from tests import people, scenes

pytestmark = pytest.mark.django_db
WHY = "SK Bupati Nomor 12 Tahun 2026"
NOW = datetime.now(UTC)
DAY = timedelta(days=1)


def terms(role: str, unit: WorkUnit, **fields: object) -> GrantFacts:
    """A role in a unit, with a reason."""
    return GrantFacts(role=Role.objects.get(slug=role), unit=unit, **{"reason": WHY, **fields})  # type: ignore[arg-type]


def test_end_many_ends_all_under_one_mark_and_takes_back_what_was_to_come() -> None:
    place = scenes.regency()
    admin = people.staff("administrator", place.root)
    running = [people.staff("moderator", place.works).grants.get() for _ in range(2)]
    to_come = people.grant(people.citizen(), "assessor", place.roads, starts_at=NOW + DAY)
    numbers = [grant.pk for grant in (*running, to_come)]
    assert actions.end_grants(numbers, by=admin, reason=WHY) == 3
    assert not Grant.objects.filter(pk__in=numbers, ends_at=None).exists()
    assert not Grant.objects.filter(pk=to_come.pk).exists()
    entries = AuditEntry.objects.filter(verb="grant.ended")
    assert {(entry.bulk != "", entry.bulk, entry.reason) for entry in entries} == {
        (True, entries[0].bulk, WHY)
    }
    assert entries.count() == 3


@pytest.mark.parametrize("case", ["own", "over", "gone", "outside", "higher"])
def test_end_many_with_one_that_can_not_be_ended_ends_none(case: str) -> None:
    place = scenes.regency()
    by = people.staff("unit-admin", place.works)
    good = people.staff("moderator", place.roads).grants.get()
    if case == "own":
        bad = by.grants.get().pk
    elif case == "over":
        bad = people.grant(people.citizen(), "moderator", place.works, ends_at=NOW - DAY).pk
    elif case == "gone":
        bad = 999_999_999
    elif case == "outside":
        bad = people.staff("moderator", place.health).grants.get().pk
    else:
        bad = people.staff("administrator", place.works).grants.get().pk
    with pytest.raises(Invalid):
        actions.end_grants([good.pk, bad], by=by, reason=WHY)
    good.refresh_from_db()
    assert good.ends_at is None
    assert not AuditEntry.objects.filter(verb="grant.ended").exists()


def test_end_many_keeps_an_administrator() -> None:
    place = scenes.regency()
    admins = [people.staff("administrator", place.root) for _ in range(2)]
    lonely = people.staff("administrator", place.root)
    everybody = [admin.grants.get() for admin in admins]
    assert not ending.refusals(everybody, by=lonely)
    keys = Role.objects.get(slug="administrator").permissions
    Role.objects.create(
        slug="semua", name="s", name_en="s", permissions=[k for k in keys if k != "page.edit"]
    )
    powerful = people.staff("unit-admin", place.root)
    for role in ("semua",):
        people.grant(powerful, role, place.works)
    lonely.grants.all().delete()
    split = _two_halves(place.root)
    assert set(ending.refusals(everybody, by=split)) == {grant.pk for grant in everybody}
    with pytest.raises(Invalid):
        actions.end_grants([grant.pk for grant in everybody], by=split, reason=WHY)
    assert not ending.refusals(everybody[:1], by=split)


def _two_halves(unit: WorkUnit) -> Person:
    """Somebody with an administrator's permissions in two roles, who is none."""
    keys = Role.objects.get(slug="administrator").permissions
    person = people.citizen("Wati")
    for slug, part in (("a", [k for k in keys if k != "setting.change"]), ("b", ["setting.change"])):
        Role.objects.create(slug=slug, name=slug, name_en=slug, permissions=part)
        people.grant(person, slug, unit)
    return person


def test_end_many_without_a_reason_or_too_many_is_refused() -> None:
    admin = people.staff("administrator", scenes.regency().root)
    with pytest.raises(Invalid) as refusal:
        actions.end_grants([1], by=admin, reason=" ")
    assert list(refusal.value.fields) == ["reason"]
    with pytest.raises(Invalid):
        actions.end_grants(range(1, ending.MOST + 2), by=admin, reason=WHY)


def test_end_many_asks_as_often_for_three_as_for_one() -> None:
    place = scenes.regency()
    admin = people.staff("administrator", place.root)
    counts = []
    for size in (1, 3):
        numbers = [people.staff("moderator", place.works).grants.get().pk for _ in range(size)]
        with CaptureQueriesContext(
            connection,
        ) as queries:
            actions.end_grants(numbers, by=Person.objects.get(pk=admin.pk), reason=WHY)
        counts.append(
            len([q for q in queries.captured_queries if not q["sql"].startswith("INSERT INTO audit")])
        )
    assert counts[0] == counts[1]


def test_give_many_gives_all_under_one_mark() -> None:
    place = scenes.regency()
    by = people.staff("unit-admin", place.works)
    crowd = [people.citizen() for _ in range(3)]
    assert actions.give_many(crowd, terms("moderator", place.roads, ends_at=NOW + DAY), by=by) == 3
    rows = Grant.objects.filter(role__slug="moderator")
    assert {(row.unit, row.given_by, row.reason, row.ends_at) for row in rows} == {
        (place.roads, by, WHY, NOW + DAY)
    }
    entries = AuditEntry.objects.filter(verb="grant.given")
    assert len(set(entries.values_list("bulk", flat=True))) == 1
    assert set(entries.values_list("target_key", flat=True)) == {str(person.pk) for person in crowd}


@pytest.mark.parametrize("case", ["oneself", "suspended", "deleted", "held"])
def test_give_many_with_one_who_can_not_get_it_gives_none(case: str) -> None:
    place = scenes.regency()
    by = people.staff("unit-admin", place.works)
    bad = {
        "oneself": lambda: by,
        "suspended": lambda: people.citizen(is_active=False),
        "deleted": lambda: people.citizen(deleted_at=NOW),
        "held": lambda: people.staff("moderator", place.roads),
    }[case]()
    before = Grant.objects.count()
    facts = terms("moderator", place.roads)
    assert set(many.refusals([people.citizen(), bad], facts, by=by)) == {bad.pk}
    with pytest.raises(Invalid):
        actions.give_many([people.citizen(), bad], facts, by=by)
    assert Grant.objects.count() == before


def test_give_many_beyond_ones_rights_or_what_can_make_an_administrator_is_denied() -> None:
    place = scenes.regency()
    unit_admin, admin = people.staff("unit-admin", place.works), people.staff("administrator", place.root)
    for facts, by in (
        (terms("moderator", place.health), unit_admin),
        (terms("administrator", place.works), unit_admin),
        (terms("administrator", place.root), admin),
        (terms("unit-admin", place.root), admin),
    ):
        with pytest.raises(Denied):
            actions.give_many([people.citizen()], facts, by=by)


def test_give_many_to_nobody_or_with_bad_terms_is_refused() -> None:
    place = scenes.regency()
    admin = people.staff("administrator", place.root)
    with pytest.raises(Invalid):
        actions.give_many([], terms("moderator", place.works), by=admin)
    with pytest.raises(Invalid):
        actions.give_many([people.citizen()], terms("moderator", place.works, reason=""), by=admin)


def test_change_of_the_end_keeps_the_grant_and_tells_both_ends() -> None:
    place = scenes.regency()
    admin = people.staff("administrator", place.root)
    grant = people.grant(people.citizen(), "moderator", place.works, ends_at=NOW + DAY)
    actions.change_grant_end(grant, NOW + 9 * DAY, by=admin, reason=WHY)
    grant.refresh_from_db()
    assert grant.ends_at == NOW + 9 * DAY
    entry = AuditEntry.objects.get(verb="grant.end_changed")
    assert (entry.before["ends_at"] < entry.after["ends_at"], entry.reason) == (True, WHY)
    actions.change_grant_end(grant, None, by=admin, reason=WHY)
    grant.refresh_from_db()
    assert grant.ends_at is None


@pytest.mark.parametrize("ends_at", [NOW - DAY, NOW + 5 * DAY])
def test_change_to_an_end_that_is_over_or_the_same_is_refused(ends_at: datetime) -> None:
    place = scenes.regency()
    grant = people.grant(people.citizen(), "moderator", place.works, ends_at=NOW + 5 * DAY)
    with pytest.raises(Invalid) as refusal:
        actions.change_grant_end(grant, ends_at, by=people.staff("administrator", place.root), reason=WHY)
    assert list(refusal.value.fields) == ["until"]


def test_change_without_a_reason_for_a_suspended_person_or_into_another_grant_is_refused() -> None:
    place, person = scenes.regency(), people.citizen()
    admin = people.staff("administrator", place.root)
    grant = people.grant(person, "moderator", place.works, ends_at=NOW + 5 * DAY)
    people.grant(person, "moderator", place.works, starts_at=NOW + 7 * DAY)
    for ends_at, reason in ((NOW + 6 * DAY, ""), (NOW + 8 * DAY, WHY)):
        with pytest.raises(Invalid):
            actions.change_grant_end(grant, ends_at, by=admin, reason=reason)
    Person.objects.filter(pk=person.pk).update(is_active=False)
    with pytest.raises(Invalid):
        actions.change_grant_end(grant, NOW + 6 * DAY, by=admin, reason=WHY)


def test_change_of_a_grant_that_is_over_or_gone_is_refused() -> None:
    place = scenes.regency()
    admin = people.staff("administrator", place.root)
    grant = people.grant(people.citizen(), "moderator", place.works, ends_at=NOW - DAY)
    with pytest.raises(WrongState):
        actions.change_grant_end(grant, NOW + DAY, by=admin, reason=WHY)
    Grant.objects.filter(pk=grant.pk).delete()
    with pytest.raises(WrongState):
        actions.change_grant_end(grant, NOW + DAY, by=admin, reason=WHY)


def test_change_of_ones_own_or_outside_is_denied() -> None:
    place = scenes.regency()
    by = people.staff("unit-admin", place.works)
    for grant in (by.grants.get(), people.staff("moderator", place.health).grants.get()):
        with pytest.raises(Denied):
            actions.change_grant_end(grant, NOW + DAY, by=by, reason=WHY)


def test_change_lengthens_no_administrator_by_one_person() -> None:
    place = scenes.regency()
    admin = people.staff("administrator", place.root)
    grant = people.grant(people.citizen(), "administrator", place.root, ends_at=NOW + 5 * DAY)
    for ends_at in (NOW + 6 * DAY, None):
        with pytest.raises(Denied):
            actions.change_grant_end(grant, ends_at, by=admin, reason=WHY)
    assert actions.change_grant_end(grant, NOW + 3 * DAY, by=admin, reason=WHY).ends_at == NOW + 3 * DAY


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"standing": "plh", "standing_title": "Kepala Dinas"}, "until"),
        ({"standing": "plt", "ends_at": NOW + DAY}, "standing_title"),
        ({"standing": "raja", "standing_title": "Raja", "ends_at": NOW + DAY}, "standing"),
    ],
)
def test_delegation_without_end_or_post_is_refused(changes: dict[str, object], field: str) -> None:
    place = scenes.regency()
    admin = people.staff("administrator", place.root)
    with pytest.raises(Invalid) as refusal:
        actions.give_grant(people.citizen(), terms("moderator", place.works, **changes), by=admin)
    assert list(refusal.value.fields) == [field]


def test_delegation_is_kept_and_told_with_post_and_letter() -> None:
    place = scenes.regency()
    facts = terms(
        "unit-admin",
        place.health,
        standing="plh",
        standing_title=" Kepala Dinas  Kesehatan ",
        letter="800/12/2026",
        ends_at=NOW + DAY,
    )
    grant = actions.give_grant(people.citizen(), facts, by=people.staff("administrator", place.root))
    assert (grant.standing, grant.standing_title) == ("plh", "Kepala Dinas Kesehatan")
    after = AuditEntry.objects.get(verb="grant.given").after
    assert (after["standing"], after["standing_title"], after["letter"]) == (
        "plh",
        "Kepala Dinas Kesehatan",
        "800/12/2026",
    )


def test_reminder_goes_once_to_the_holder_and_to_those_who_can_give_a_later_end() -> None:
    place = scenes.regency()
    manager, above = people.staff("unit-admin", place.works), people.staff("administrator", place.root)
    holders = [people.citizen() for _ in range(2)]
    for holder in holders:
        people.grant(holder, "moderator", place.roads, ends_at=NOW + 13 * DAY)
    people.grant(people.citizen(), "moderator", place.roads, ends_at=NOW + 15 * DAY)
    people.grant(people.citizen(), "moderator", place.roads, starts_at=NOW - DAY, ends_at=NOW + 5 * DAY)
    people.grant(people.citizen(), "auditor", place.works, ends_at=NOW + 13 * DAY)
    assert remind_of_ends(NOW) == 5
    assert remind_of_ends(NOW + timedelta(hours=3)) == 0
    task.func(int(NOW.timestamp()))
    assert Notice.objects.count() == 5
    rows = Notice.objects.filter(event__kind="grant.ending").values_list("person_id", flat=True)
    assert len(rows) == 3
    assert {*rows} >= {holder.pk for holder in holders}
    office = Notice.objects.filter(event__kind="grant.ending_office")
    counts = {notice.person_id: notice.event.params["count"] for notice in office.select_related("event")}
    assert counts == {manager.pk: 2, above.pk: 1}


def test_reminder_comes_again_after_the_end_was_moved() -> None:
    place = scenes.regency()
    admin = people.staff("administrator", place.root)
    grant = people.grant(people.citizen(), "moderator", place.roads, ends_at=NOW + 13 * DAY)
    assert remind_of_ends(NOW) == 2
    actions.change_grant_end(grant, NOW + 40 * DAY, by=admin, reason=WHY)
    assert remind_of_ends(NOW + DAY) == 0
    assert remind_of_ends(NOW + 30 * DAY) == 2

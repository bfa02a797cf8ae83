"""Two timelines of a person: what stands on them, what never does, and how far the reader's reach goes."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from rembuk.access.rights import actor_of
from rembuk.accounts.models import Person
from rembuk.audit import actions as audit
from rembuk.audit import selectors, verbs
from rembuk.audit.models import AuditEntry
from rembuk.engagement.models import Comment
from rembuk.management.actions import people as actions
from rembuk.management.people import trails
from rembuk.management.people.trails import Direction, Kind
from tests import people, scenes
from tests.engagement import talks

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 7, 1, 3, tzinfo=UTC)


def note(verb: str, by: Person, kind: str = "proposal", key: str = "USL-2026-000001", path: str = "") -> None:
    """An entry of the trail."""
    with transaction.atomic():
        audit.record(verb, by=actor_of(by), target=audit.Target(kind, key, unit_path=path), at=NOW)


def told(filters: Iterable[selectors.Filter]) -> list[str]:
    """The deeds on a timeline, newest first."""
    return [entry.verb for entry in trails.merged(filters, after=None, limit=50)]


def activity(person: Person, by: Person, kind: Kind | None = None) -> list[str]:
    """The deeds of the activity."""
    return told(trails.activity(person, by, kind, selectors.Filter()))


def account(
    person: Person, by: Person, direction: Direction | None = None, kind: Kind | None = None
) -> list[str]:
    """The deeds of the trail of the account."""
    return told(trails.account_trail(person, by, direction, kind, selectors.Filter()))


def test_every_deed_of_the_code_is_of_one_kind_and_private_ones_exist() -> None:
    keys = {key for key, _words in verbs.choices()}
    assert set(trails.PRIVATE) <= keys
    listed = [key for kind in Kind for key in trails.verbs_of([kind])]
    assert sorted(listed) == sorted(keys - set(trails.PRIVATE))


@pytest.mark.parametrize(
    ("verb", "kind"),
    [
        ("person.signed_in", Kind.COMING),
        ("person.suspended", Kind.ACCOUNT),
        ("grant.given", Kind.ACCOUNT),
        ("proposal.submitted", Kind.PROPOSALS),
        ("comment.posted", Kind.TALK),
        ("submission.sent", Kind.CONSULTATIONS),
        ("program.published", Kind.PROGRAMS),
        ("settings.changed", Kind.MANAGEMENT),
    ],
)
def test_deeds_are_of_the_kind_people_look_for(verb: str, kind: Kind) -> None:
    assert trails.kind_of(verb) == kind


def test_votes_follows_reports_ratings_and_drafts_stand_on_no_timeline() -> None:
    place, sari = scenes.regency(), people.citizen("Sari")
    by = people.staff("administrator", place.root)
    for verb in trails.PRIVATE:
        note(verb, sari)
        note(verb, sari, "person", str(sari.pk))
    note("proposal.submitted", sari)
    assert activity(sari, by) == ["proposal.submitted"]
    assert account(sari, by) == []


def test_activity_is_cut_to_the_units_of_the_reader_and_account_deeds_to_who_answers_for_all_of_it() -> None:
    place = scenes.regency()
    by = people.staff("unit-admin", place.works, "Ratna")
    mine, mixed = people.staff("moderator", place.roads), people.staff("moderator", place.roads)
    people.grant(mixed, "moderator", place.health)
    for person in (mine, mixed):
        note("proposal.published", person, path=place.roads.path)
        note("proposal.rejected", person, path=place.health.path)
        note("person.signed_in", person, "person", str(person.pk))
    assert activity(mine, by) == ["person.signed_in", "proposal.published"]
    assert activity(mixed, by) == ["proposal.published"]
    assert activity(mine, by, Kind.COMING) == ["person.signed_in"]
    assert activity(mixed, people.staff("administrator", place.root)) == [
        "person.signed_in",
        "proposal.rejected",
        "proposal.published",
    ]


def test_account_trail_tells_what_was_done_to_and_by_the_person() -> None:
    place = scenes.regency()
    chief, tono = (
        people.staff("administrator", place.root, "Kepala"),
        people.staff("unit-admin", place.works, "Tono"),
    )
    note("grant.given", chief, "person", str(tono.pk), place.works.path)
    note("person.suspended", tono, "person", str(people.citizen().pk))
    note("proposal.published", tono, path=place.works.path)
    assert account(tono, chief) == ["person.suspended", "grant.given"]
    assert account(tono, chief, Direction.TO) == ["grant.given"]
    assert account(tono, chief, Direction.BY) == ["person.suspended"]
    assert account(tono, chief, kind=Kind.PROPOSALS) == []
    assert account(tono, chief, Direction.TO, Kind.COMING) == []


def test_looks_at_personal_data_are_left_out_of_the_account_trail_unless_asked_for() -> None:
    place = scenes.regency()
    by, sari = people.staff("administrator", place.root), people.citizen()
    note("person.suspended", by, "person", str(sari.pk))
    actions.see_person(sari, by=by)
    assert account(sari, by) == ["person.suspended"]
    assert account(sari, by, kind=Kind.LOOKS) == ["person.data_seen"]
    assert account(by, by, Direction.BY) == ["person.suspended"]
    assert account(by, by, Direction.BY, Kind.LOOKS) == ["person.data_seen"]


def test_account_trail_of_somebody_with_roles_elsewhere_holds_only_what_lies_in_reach() -> None:
    place = scenes.regency()
    by, mixed = people.staff("unit-admin", place.works), people.staff("moderator", place.roads)
    people.grant(mixed, "moderator", place.health)
    chief = people.staff("administrator", place.root)
    note("grant.given", chief, "person", str(mixed.pk), place.roads.path)
    note("grant.ended", chief, "person", str(mixed.pk), place.health.path)
    note("person.suspended", chief, "person", str(mixed.pk))
    assert account(mixed, by) == ["grant.given"]


def test_pages_of_a_timeline_hold_each_entry_once_and_end() -> None:
    place = scenes.regency()
    by, sari = people.staff("administrator", place.root), people.citizen()
    for _number in range(7):
        note("person.suspended", by, "person", str(sari.pk))
        note("person.signed_in", sari, "person", str(sari.pk))
    wanted = trails.account_trail(sari, by, None, None, selectors.Filter())
    seen: list[AuditEntry] = []
    while page := trails.merged(wanted, after=(seen[-1].at, seen[-1].pk) if seen else None, limit=3):
        seen += page
    assert len(seen) == len({entry.pk for entry in seen}) == 14


def test_period_cuts_a_timeline() -> None:
    place, sari = scenes.regency(), people.citizen()
    by = people.staff("administrator", place.root)
    note("proposal.submitted", sari)
    later = selectors.Filter(since=NOW + timedelta(seconds=1))
    assert told(trails.activity(sari, by, None, later)) == []
    assert told(trails.activity(sari, by, None, selectors.Filter(since=NOW))) == ["proposal.submitted"]


def test_counts_leave_out_what_was_said_under_a_hidden_name() -> None:
    place, sari = scenes.regency(), people.citizen()
    shown = scenes.published(place, author=sari)
    hidden = scenes.published(place, author=sari, is_name_masked=True)
    assert shown.subject is not None
    assert hidden.subject is not None
    talks.comment(shown.subject, sari, body="Terima kasih atas dukungannya")
    talks.comment(hidden.subject, sari, body="Ini tulisan saya sendiri")
    assert Comment.objects.filter(author=sari).count() == 2
    assert trails.counts(sari) == {"proposals": 1, "comments": 1, "submissions": 0, "votes": 0, "ratings": 0}

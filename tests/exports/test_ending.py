"""Fetching a file, and every end of one: cancelled, removed, after a week, with the account."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from rembuk.access.models import Grant
from rembuk.audit.actors import SYSTEM
from rembuk.audit.models import AuditEntry
from rembuk.common.errors import Denied, NotVisible, WrongState
from rembuk.exports import doors, shelf
from rembuk.exports.actions.ending import cancel, discard, remove_old
from rembuk.exports.actions.taking import take
from rembuk.exports.models import Export
from rembuk.exports.states import State
from rembuk.exports.tasks import remove_old_exports
from rembuk.management.actions.erasure import delete_account
from tests import export_scenes as exports
from tests import people, scenes

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 2, 3, tzinfo=UTC)
WEEK = timedelta(days=7)


def ready(place: scenes.Regency, at: datetime = AT, **fields: object) -> Export:
    """A file that lies ready, as its job leaves it."""
    by = fields.pop("person", None) or people.staff("administrator", place.root)
    key = shelf.new_key("csv")
    shelf.place(key).write_bytes(b"kode\r\n")
    facts: dict[str, object] = {
        "person": by, "kind": "proposals", "form": "csv", "language": "id", "asked_at": at, "made_at": at,
        "expires_at": at + WEEK, "state": State.READY, "storage_key": key, "name": "usulan.csv", "size": 6, "rows_done": 1,
        "reach": {"proposal.export": [place.root.path]},
    }  # fmt: skip
    return Export.objects.create(**{**facts, **fields})


def test_file_is_fetched_and_each_time_stands_in_the_trail() -> None:
    found = ready(scenes.regency())
    by = exports.fresh(found.person)
    for turn in (1, 2):
        with take(found, by=by, at=AT + timedelta(days=turn)) as file:
            assert file.read() == b"kode\r\n"
    found.refresh_from_db()
    assert found.taken_at == AT + timedelta(days=2)
    entries = AuditEntry.objects.filter(verb="export.downloaded", target_key=str(found.public_id))
    assert [entry.actor_person_id for entry in entries] == [by.pk, by.pk]


def test_file_is_refused_once_her_rights_are_narrower() -> None:
    place = scenes.regency()
    found = ready(place)
    Grant.objects.filter(person=found.person).update(unit=place.works)
    with pytest.raises(Denied):
        take(found, by=exports.fresh(found.person), at=AT)
    Grant.objects.filter(person=found.person).update(unit=place.root, ends_at=AT)
    with pytest.raises(Denied):
        take(found, by=exports.fresh(found.person), at=AT)
    assert not AuditEntry.objects.filter(verb="export.downloaded").exists()


@pytest.mark.parametrize("state", [state for state in State if state != State.READY])
def test_there_is_nothing_to_fetch_unless_it_is_ready(state: State) -> None:
    found = ready(scenes.regency(), state=state)
    with pytest.raises(WrongState):
        take(found, by=found.person, at=AT)


def test_file_past_its_week_or_gone_from_the_disk_is_refused() -> None:
    found = ready(scenes.regency())
    with pytest.raises(WrongState):
        take(found, by=found.person, at=AT + WEEK)
    exports.path_of(found).unlink()
    with pytest.raises(WrongState, match="minta lagi"):
        take(found, by=found.person, at=AT)
    found.expires_at = None
    with pytest.raises(WrongState):
        take(found, by=found.person, at=AT)


def test_somebody_elses_is_absent() -> None:
    place = scenes.regency()
    found = ready(place)
    other = people.staff("administrator", place.root, "Kepala Lain")
    with pytest.raises(NotVisible):
        doors.own(found.public_id, other)
    assert doors.own_among([found.public_id], other) == []
    assert doors.own(found.public_id, found.person) == found


def test_finished_one_is_not_cancelled() -> None:
    found = ready(scenes.regency())
    with pytest.raises(WrongState):
        cancel(found, by=found.person)
    waiting = ready(scenes.regency(), state=State.QUEUED)
    cancel(waiting, by=waiting.person, at=AT)
    waiting.refresh_from_db()
    assert waiting.state == State.CANCELLED
    assert AuditEntry.objects.filter(verb="export.cancelled").count() == 1


def test_removed_ones_go_with_their_files_all_or_none(django_capture_on_commit_callbacks) -> None:
    place = scenes.regency()
    first = ready(place)
    by = first.person
    second, running = ready(place, person=by), ready(place, person=by, state=State.RUNNING, storage_key="")
    with pytest.raises(WrongState):
        discard([first, running], by=by)
    assert (Export.objects.count(), len(exports.files())) == (3, 3)
    with django_capture_on_commit_callbacks(execute=True):
        assert discard([first, second], by=by, at=AT) == 2
    assert list(Export.objects.all()) == [running]
    assert AuditEntry.objects.filter(verb="export.discarded").count() == 2
    assert exports.path_of(first).name not in exports.files()


def test_night_removes_files_after_a_week_and_rows_after_a_month(django_capture_on_commit_callbacks) -> None:
    place = scenes.regency()
    old, young = ready(place), ready(place, AT + timedelta(days=1))
    failed = ready(place, AT - timedelta(days=40), state=State.FAILED, storage_key="")
    shelf.remove(
        *(
            f"ekspor/{name}"
            for name in exports.files()
            if name not in (exports.path_of(old).name, exports.path_of(young).name)
        )
    )
    with django_capture_on_commit_callbacks(execute=True):
        assert remove_old(at=AT + WEEK) == 1
    old.refresh_from_db()
    assert (old.state, old.storage_key, old.size) == (State.EXPIRED, "", 0)
    assert exports.files() == [exports.path_of(young).name]
    assert not Export.objects.filter(pk=failed.pk).exists()
    assert AuditEntry.objects.get(verb="export.expired").after == {"count": 1}
    assert remove_old(at=AT + WEEK) == 0
    assert AuditEntry.objects.filter(verb="export.expired").count() == 1


def test_night_removes_what_a_killed_worker_left(django_capture_on_commit_callbacks) -> None:
    found = ready(scenes.regency(), datetime.now(UTC))
    stray = shelf.new_key("xlsx")
    shelf.place(stray).write_bytes(b"half")
    now = datetime.now(UTC)
    assert remove_old(at=now) == 0
    with django_capture_on_commit_callbacks(execute=True):
        remove_old_exports(int((now + timedelta(days=2)).timestamp()))
    assert exports.files() == [exports.path_of(found).name]


def test_deleted_account_leaves_no_file(django_capture_on_commit_callbacks) -> None:
    place = scenes.regency()
    people.staff("administrator", place.root, "Ketua")
    found = ready(place)
    with django_capture_on_commit_callbacks(execute=True):
        delete_account(found.person, by=SYSTEM)
    assert (Export.objects.count(), exports.files()) == (0, [])


def test_account_that_is_not_deleted_after_all_keeps_its_file() -> None:
    place = scenes.regency()
    people.staff("administrator", place.root, "Ketua")
    found = ready(place)
    with transaction.atomic():
        delete_account(found.person, by=SYSTEM)
        transaction.set_rollback(True)
    assert exports.files() == [exports.path_of(found).name]

"""Writing a file: at one instant, in steps, with the rights of that moment; taken up again, overtaken, cancelled, failed."""

import csv
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import OperationalError, connection
from python_calamine import CalamineWorkbook

from rembuk.access.models import Grant
from rembuk.accounts.models import Person
from rembuk.audit.models import AuditEntry
from rembuk.common import reading
from rembuk.exports import errors
from rembuk.exports.actions import making
from rembuk.exports.actions.ending import cancel
from rembuk.exports.actions.making import KEEP, MOST_ATTEMPTS, make
from rembuk.exports.models import Export
from rembuk.exports.states import Problem, State
from rembuk.exports.tasks import make_export
from rembuk.notifications.models import Delivery, Notice
from rembuk.notifications.texts import words_of
from rembuk.proposals.models import Proposal
from rembuk.web.exports import catalogue, writing
from tests import export_scenes as exports
from tests import scenes

# The file is read by a connection of its own, which sees what is committed.
pytestmark = pytest.mark.django_db(transaction=True)
AT = datetime(2026, 11, 2, 3, tzinfo=UTC)


def rows_of(export: Export) -> list[list[str]]:
    """The rows of a CSV file, with its head."""
    with exports.path_of(export).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def made(export: Export, at: datetime = AT) -> Export:
    """The export after its job."""
    make(export.pk, at=at)
    export.refresh_from_db()
    return export


def test_file_holds_the_rows_and_whoever_asked_is_told() -> None:
    place = scenes.regency()
    codes = [scenes.published(place, title=f"=Jalan {n} desa kami").code for n in range(3)]
    by = exports.asker(place)
    done = made(exports.asked(by))
    assert rows_of(done) == [
        exports.COLUMNS,
        *([code, f"'=Jalan {n} desa kami", "Diterbitkan"] for n, code in enumerate(codes)),
    ]
    assert (done.state, done.rows_done, done.rows_expected, done.percent) == (State.READY, 3, 3, 100)
    assert (done.made_at, done.expires_at, done.is_from_replica) == (AT, AT + KEEP, False)
    assert done.size == exports.path_of(done).stat().st_size
    assert exports.path_of(done).stat().st_mode & 0o777 == 0o640
    assert len(exports.path_of(done).stem) == 40
    assert done.name.startswith("usulan-")
    assert done.reach == {"proposal.read": [place.root.path], "proposal.export": [place.root.path]}
    notice = Notice.objects.get(person_id=by.pk)
    assert (words_of(notice.event).subject, notice.event.url) == (
        "Berkas Anda siap: Usulan",
        f"/kelola/unduhan/{done.public_id}/",
    )
    assert Delivery.objects.filter(notice=notice, person_id=by.pk).exists()


def test_entries_tell_of_the_file_in_the_words_of_the_area_and_of_the_export() -> None:
    place = scenes.regency()
    scenes.published(place)
    by = exports.asker(place)
    done = made(exports.asked(by, status=["published"]))
    own = AuditEntry.objects.get(verb="proposal.exported")
    assert own.after == {
        "filters": {"status": "published"},
        "columns": exports.COLUMNS,
        "form": "csv",
        "count": 1,
    }
    ready = AuditEntry.objects.get(verb="export.ready")
    assert (ready.target_key, ready.actor_person_id, ready.channel) == (str(done.public_id), by.pk, "worker")
    assert ready.after["count"] == 1


@pytest.mark.parametrize(
    ("source", "head", "verb"),
    [
        (catalogue.PEOPLE, "Nama", "person.list_exported"),
        (catalogue.GRANTS, "Orang", "grant.exported"),
        (catalogue.AUDIT, "id", "audit.exported"),
    ],
)
def test_spreadsheet_of_every_list(source: Any, head: str, verb: str) -> None:
    place = scenes.regency()
    by = exports.asker(place)
    done = made(exports.asked(by, source=source, form="xlsx"))
    rows = CalamineWorkbook.from_path(exports.path_of(done)).get_sheet_by_index(0).to_python()
    assert (rows[0][0], len(rows) - 1) == (head, done.rows_done)
    assert done.rows_done == done.rows_expected
    assert AuditEntry.objects.filter(verb=verb, actor_person_id=by.pk).count() == 1


def test_consultation_with_names_has_all_its_sheets() -> None:
    from tests import consultation_scenes

    place = scenes.regency()
    found = consultation_scenes.opened(place)
    consultation_scenes.sent(found)
    by = exports.asker(place)
    done = made(exports.asked(by, source=catalogue.CONSULTATION, form="xlsx", kode=[found.code]))
    book = CalamineWorkbook.from_path(exports.path_of(done))
    assert (done.state, done.name.startswith(found.code)) == (State.READY, True)
    assert {"Masukan", "Naskah"} <= {name.split()[0] for name in book.sheet_names}
    assert done.reach == {key: [found.unit.path] for key in ("consultation.read", "consultation.export")}


def test_all_rows_are_of_the_instant_at_which_it_began(monkeypatch: pytest.MonkeyPatch) -> None:
    place = scenes.regency()
    first, second = (
        scenes.published(place, title="Jalan satu desa kami"),
        scenes.published(place, title="Jalan dua desa kami"),
    )
    by = exports.asker(place)
    monkeypatch.setattr(writing, "STEP", 1)
    seen = []

    def meanwhile(export: Export, **facts: int) -> None:
        if facts.get("rows_done") == 1:
            with reading.outside():
                Proposal.objects.filter(pk=second.pk).update(title="Jalan lain")
                seen.append(connection.in_atomic_block)

    monkeypatch.setattr(making, "_step", meanwhile)
    done = made(exports.asked(by))
    assert [row[1] for row in rows_of(done)[1:]] == [first.title, "Jalan dua desa kami"]
    assert seen == [False]


def test_progress_is_seen_by_others_while_it_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    place = scenes.regency()
    for _turn in range(3):
        scenes.published(place)
    by, seen = exports.asker(place), []
    monkeypatch.setattr(writing, "STEP", 2)
    step = making._step

    def watched(export: Export, **facts: int) -> None:
        step(export, **facts)
        with reading.outside():
            now = Export.objects.get(pk=export.pk)
            seen.append((now.state, now.rows_done, now.rows_expected, now.percent))

    monkeypatch.setattr(making, "_step", watched)
    made(exports.asked(by))
    assert seen == [("running", 0, 3, 0), ("running", 2, 3, 66), ("running", 3, 3, 99)]


def test_rows_are_those_she_may_see_when_it_is_written() -> None:
    place = scenes.regency()
    mine, other = scenes.published(place), scenes.published(place, category=place.other_category)
    assert mine.unit != other.unit
    by = exports.asker(place)
    waiting = exports.asked(by)
    Grant.objects.filter(person=by).update(unit=place.works)
    done = made(waiting)
    assert [row[0] for row in rows_of(done)[1:]] == [mine.code]
    assert done.reach["proposal.export"] == [place.works.path]


@pytest.mark.parametrize("how", ["grant", "suspended"])
def test_right_that_ended_meanwhile_makes_no_file(how: str) -> None:
    place = scenes.regency()
    by = exports.asker(place)
    waiting = exports.asked(by)
    if how == "grant":
        Grant.objects.filter(person=by).update(ends_at=AT - timedelta(days=1))
    else:
        Person.objects.filter(pk=by.pk).update(is_active=False)
    failed = made(waiting)
    assert (failed.state, failed.problem, exports.files()) == (State.FAILED, Problem.DENIED, [])
    assert AuditEntry.objects.get(verb="export.failed").after["why"] == "denied"
    assert not AuditEntry.objects.filter(verb="proposal.exported").exists()
    notice = Notice.objects.get(person_id=by.pk)
    assert notice.event.kind == "export.failed"
    assert "hak" in words_of(notice.event).body.lower()


@pytest.mark.parametrize("how", ["grant", "narrower", "suspended"])
def test_right_that_ends_while_it_is_written_leaves_no_file(
    how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = scenes.regency()
    scenes.published(place)
    by = exports.asker(place)
    step = making._step

    def meanwhile(export: Export, **facts: int) -> None:
        step(export, **facts)
        with reading.outside():
            grants, person = Grant.objects.filter(person=by), Person.objects.filter(pk=by.pk)
            if how == "grant":
                grants.update(ends_at=AT - timedelta(days=1))
            elif how == "narrower":
                grants.update(unit=place.works)
            else:
                person.update(is_active=False)

    waiting = exports.asked(by)
    monkeypatch.setattr(making, "_step", meanwhile)
    failed = made(waiting)
    assert (failed.state, failed.problem, exports.files()) == (State.FAILED, Problem.DENIED, [])
    assert not AuditEntry.objects.filter(verb__in=["export.ready", "proposal.exported"]).exists()
    assert [one.event.kind for one in Notice.objects.filter(person_id=by.pk)] == ["export.failed"]


def test_finished_export_is_not_made_again() -> None:
    place = scenes.regency()
    scenes.published(place)
    by = exports.asker(place)
    done = made(exports.asked(by))
    before = exports.files()
    make_export(done.pk)
    assert (made(done).attempt, exports.files()) == (1, before)
    assert Notice.objects.filter(person_id=by.pk).count() == 1
    make_export(-1)


def test_job_of_a_killed_worker_starts_again_from_the_beginning() -> None:
    place = scenes.regency()
    scenes.published(place)
    waiting = exports.asked(exports.asker(place))
    Export.objects.filter(pk=waiting.pk).update(state=State.RUNNING, attempt=1, rows_done=100_000)
    done = made(waiting)
    assert (done.state, done.attempt, done.rows_done) == (State.READY, 2, 1)


def test_worker_that_was_overtaken_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    place = scenes.regency()
    scenes.published(place)
    waiting = exports.asked(exports.asker(place))
    step = making._step

    def overtaken(export: Export, **facts: int) -> None:
        if export.attempt == 1:
            with reading.outside():
                monkeypatch.setattr(making, "_step", step)
                make(export.pk, at=AT)
        step(export, **facts)

    monkeypatch.setattr(making, "_step", overtaken)
    done = made(waiting)
    assert (done.state, done.attempt) == (State.READY, 2)
    assert exports.files() == [exports.path_of(done).name]
    assert AuditEntry.objects.filter(verb="export.ready").count() == 1


@pytest.mark.parametrize("when", ["before", "during", "at the end"])
def test_cancelled_export_leaves_no_file(when: str, monkeypatch: pytest.MonkeyPatch) -> None:
    place = scenes.regency()
    scenes.published(place)
    by = exports.asker(place)
    waiting = exports.asked(by)

    def stop(*_args: object, **_facts: object) -> None:
        with reading.outside():
            cancel(waiting, by=by)

    if when == "before":
        stop()
    elif when == "during":
        step = making._step
        monkeypatch.setattr(making, "_step", lambda export, **facts: (stop(), step(export, **facts)))
    else:
        monkeypatch.setattr(making, "_step", lambda export, **facts: "rows_done" in facts and stop())
    cancelled = made(waiting)
    assert (cancelled.state, exports.files()) == (State.CANCELLED, [])
    assert not Notice.objects.filter(person_id=by.pk).exists()


@pytest.mark.parametrize("known_before", [True, False])
def test_more_rows_than_a_sheet_holds_are_refused_in_words(
    known_before: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = scenes.regency()
    for _turn in range(2):
        scenes.published(place)
    by = exports.asker(place)
    waiting, text = exports.asked(by, form="xlsx"), exports.asked(by)
    monkeypatch.setattr(making if known_before else writing, "MOST_ROWS_XLSX", 1)
    failed = made(waiting)
    assert (failed.state, failed.problem, exports.files()) == (State.FAILED, Problem.TOO_LONG, [])
    assert "CSV" in str(Problem(failed.problem).label)
    assert made(text).state == State.READY
    assert errors.MOST_ROWS_XLSX == 1_048_575


def test_fault_of_ours_is_told_and_logged(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    by = exports.asker(scenes.regency())
    waiting = exports.asked(by)

    def breaks(*_args: object, **_facts: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(making, "_step", breaks)
    failed = made(waiting)
    assert (failed.state, failed.problem) == (State.FAILED, Problem.BROKEN)
    assert "export_failed" in caplog.text
    assert Notice.objects.filter(person_id=by.pk).count() == 1


def test_database_that_goes_away_lets_the_job_come_again_and_not_for_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    waiting = exports.asked(exports.asker(scenes.regency()))

    def breaks(*_args: object, **_facts: object) -> None:
        raise OperationalError("terminating connection due to conflict with recovery")

    monkeypatch.setattr(making, "_step", breaks)
    for _turn in range(MOST_ATTEMPTS - 1):
        with pytest.raises(OperationalError):
            make(waiting.pk, at=AT)
    failed = made(waiting)
    assert (failed.state, failed.problem) == (State.FAILED, Problem.BROKEN)


def test_export_that_kills_every_worker_is_given_up() -> None:
    waiting = exports.asked(exports.asker(scenes.regency()))
    Export.objects.filter(pk=waiting.pk).update(state=State.RUNNING, attempt=MOST_ATTEMPTS)
    failed = made(waiting)
    assert (failed.state, failed.problem) == (State.FAILED, Problem.BROKEN)


def test_source_that_a_later_version_no_longer_has_is_told() -> None:
    waiting = exports.asked(exports.asker(scenes.regency()))
    Export.objects.filter(pk=waiting.pk).update(kind="gone")
    assert made(waiting).state == State.FAILED


def test_export_cancelled_while_it_fails_stays_cancelled(monkeypatch: pytest.MonkeyPatch) -> None:
    by = exports.asker(scenes.regency())
    waiting = exports.asked(by)

    def breaks(*_args: object, **_facts: object) -> None:
        with reading.outside():
            cancel(waiting, by=by)
        raise ZeroDivisionError

    monkeypatch.setattr(making, "_step", breaks)
    assert made(waiting).state == State.CANCELLED
    assert not Notice.objects.filter(person_id=by.pk).exists()


def test_words_are_in_the_language_it_was_asked_in() -> None:
    place = scenes.regency()
    scenes.published(place)
    done = made(exports.asked(exports.asker(place), language="en"))
    assert rows_of(done)[1][2] == "Published"

"""Asking for a large file: one row, one job, one entry; limits for each person; never beyond her rights."""

from datetime import UTC, datetime, timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from rembuk.access.models import Grant
from rembuk.audit.models import AuditEntry
from rembuk.common.errors import Denied, NotVisible, WrongState
from rembuk.exports import rules
from rembuk.exports.actions.ending import cancel
from rembuk.exports.models import Export
from rembuk.exports.sources import known, register
from rembuk.exports.states import State
from rembuk.web.exports import catalogue
from tests import export_scenes as exports
from tests import people, scenes

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 2, 3, tzinfo=UTC)


def jobs() -> list[int]:
    """The exports that jobs were queued for."""
    rows = ProcrastinateJob.objects.filter(task_name="exports.make")
    return [row.args["export_id"] for row in rows]


def test_request_is_a_row_a_job_and_an_entry() -> None:
    by = exports.asker(scenes.regency())
    made = exports.asked(by, at=AT, q=["jalan"], status=["published"])
    assert (made.state, made.person, made.kind, made.asked_at) == (State.QUEUED, by, "proposals", AT)
    assert made.given == {"q": ["jalan"], "status": ["published"], "kolom": exports.COLUMNS}
    assert "jalan" in made.words
    assert jobs() == [made.pk]
    entry = AuditEntry.objects.get(verb="export.asked")
    assert (entry.target_key, entry.actor_person_id) == (str(made.public_id), by.pk)
    # Words that were searched for are mostly names.
    assert entry.after["filters"] == {"q": True, "status": "published", "kolom": ", ".join(exports.COLUMNS)}


def test_same_request_while_it_is_made_is_the_same_export() -> None:
    by = exports.asker(scenes.regency())
    first = exports.asked(by)
    assert exports.asked(by).pk == first.pk
    assert exports.asked(by, form="xlsx").pk != first.pk
    cancel(first, by=by)
    assert exports.asked(by).pk != first.pk
    assert len(jobs()) == 3


def test_fourth_file_in_the_making_is_refused_and_queues_nothing() -> None:
    by = exports.asker(scenes.regency())
    for year in ("2024", "2025", "2026"):
        exports.asked(by, tahun=[year])
    with pytest.raises(WrongState, match="3"):
        exports.asked(by, tahun=["2027"])
    assert (len(jobs()), Export.objects.count()) == (3, 3)
    # Somebody else has limits of her own.
    exports.asked(exports.fresh(people.staff("administrator", scenes.regency().root)))


def test_with_twenty_files_kept_no_further_one_is_begun() -> None:
    by = exports.asker(scenes.regency())
    facts = {"person": by, "kind": "proposals", "form": "csv", "language": "id", "asked_at": AT}
    Export.objects.bulk_create(Export(**facts, state=State.READY) for _ in range(rules.MOST_KEPT))
    with pytest.raises(WrongState, match="20"):
        exports.asked(by)
    Export.objects.filter(person=by).first().delete()  # type: ignore[union-attr]
    assert exports.asked(by).state == State.QUEUED


def test_files_leave_places_of_the_worker_to_mail() -> None:
    for _person in range(5):
        exports.asked(exports.asker(scenes.regency()))
    locks = ProcrastinateJob.objects.filter(task_name="exports.make").values_list("lock", flat=True)
    assert set(locks) == {"exports.0", "exports.1"}


def test_without_the_right_nothing_is_asked_for() -> None:
    place = scenes.regency()
    citizen = people.citizen()
    for source in (catalogue.PROPOSALS, catalogue.PEOPLE, catalogue.GRANTS, catalogue.AUDIT):
        with pytest.raises(Denied):
            exports.asked(citizen, source=source)
    assessor = exports.fresh(people.staff("assessor", place.works))
    for source in (catalogue.PEOPLE, catalogue.GRANTS, catalogue.AUDIT):
        with pytest.raises(Denied):
            exports.asked(assessor, source=source)
    assert (Export.objects.count(), jobs()) == (0, [])


def test_consultation_of_another_unit_is_not_there() -> None:
    with pytest.raises(NotVisible):
        exports.asked(exports.asker(scenes.regency()), source=catalogue.CONSULTATION, kode=["UJP-2026-9999"])


def test_right_covers_a_file_while_each_unit_it_was_taken_from_is_held() -> None:
    place = scenes.regency()
    by = people.staff("administrator", place.works)
    reach = {"proposal.export": [place.works.path]}
    assert rules.may_take(exports.fresh(by), reach).ok
    assert rules.may_take(exports.fresh(by), {"proposal.export": [place.roads.path]}).ok
    assert not rules.may_take(exports.fresh(by), {"proposal.export": [place.health.path]}).ok
    assert not rules.may_take(exports.fresh(by), {"proposal.export": [place.works.path, place.root.path]}).ok
    assert not rules.may_take(exports.fresh(by), {}).ok
    assert not rules.may_take(exports.fresh(by), {"proposal.export": []}).ok
    Grant.objects.filter(person=by).update(ends_at=AT - timedelta(days=1), starts_at=AT - timedelta(days=2))
    assert not rules.may_take(exports.fresh(by), reach).ok


def test_sources_are_named_once() -> None:
    register(catalogue.PROPOSALS)
    assert known("proposals") is catalogue.PROPOSALS
    assert known("gone") is None
    other = type(catalogue.PROPOSALS)(key="proposals", label=catalogue.PEOPLE.label, opening="x.y")
    with pytest.raises(ValueError, match="proposals"):
        register(other)

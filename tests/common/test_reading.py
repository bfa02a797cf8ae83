"""Reading for files: one instant, no write, nothing that decides; the replica only where it is there and keeps up."""

import logging
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.db import InternalError, connection, connections, transaction

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.audit import actions as audit
from rembuk.audit.actors import SYSTEM
from rembuk.common import reading
from rembuk.engagement.models import Vote
from rembuk.proposals.models import Proposal
from rembuk.proposals.rules import may_moderate
from rembuk.siteconfig.models import Setting
from rembuk.siteconfig.selectors import current, forget
from tests import people, scenes

pytestmark = pytest.mark.django_db(transaction=True)


def test_everything_read_is_of_one_instant_and_outside_is_now() -> None:
    scenes.published(scenes.regency())
    with reading.snapshot() as moment:
        before = Proposal.objects.get().title
        with reading.outside():
            Proposal.objects.update(title="Judul lain")
            assert Proposal.objects.get().title == "Judul lain"
        assert Proposal.objects.get().title == before != "Judul lain"
        with reading.snapshot() as inner:
            assert inner is moment
        assert not moment.is_replica
        assert abs(moment.at - datetime.now(UTC)) < timedelta(minutes=5)
    assert Proposal.objects.get().title == "Judul lain"
    with reading.outside():
        assert not reading.is_on()


def test_database_refuses_every_write_there() -> None:
    scenes.published(scenes.regency())
    with pytest.raises(InternalError, match="read-only"), reading.snapshot():
        Proposal.objects.update(title="Judul lain")
    with pytest.raises(InternalError, match="read-only"), reading.snapshot(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM engagement_vote")
    assert Vote.objects.count() == 0
    assert not reading.is_on()


def test_rights_rules_entries_and_notices_refuse_to_work_there() -> None:
    place = scenes.regency()
    waiting, by = scenes.submitted(place), people.staff("moderator", place.root)

    def entry() -> None:
        with transaction.atomic():
            audit.record("page.published", by=SYSTEM, target=audit.Target("page", "x"))

    for decide in (
        lambda: rights.can(by, izin.PROPOSAL_MODERATE),
        lambda: may_moderate(waiting, by),
        entry,
    ):
        with pytest.raises(reading.DecidedFromCopy), reading.snapshot():
            decide()
    assert may_moderate(waiting, by).ok


def test_settings_that_others_decide_by_are_read_from_the_primary() -> None:
    forget()
    with reading.snapshot():
        connection.ensure_connection()
        with reading.outside():
            Setting.objects.create(key="site_name", value="Baru", changed_at=datetime.now(UTC))
        forget()
        assert current().site_name == "Baru"


def test_other_threads_go_on_with_their_own_connection() -> None:
    seen: list[bool] = []
    with reading.snapshot():
        thread = threading.Thread(target=lambda: seen.append(reading.is_on()))
        thread.start()
        thread.join()
    assert seen == [False]


@pytest.fixture
def as_replica(settings: object) -> Iterator[dict[str, object]]:
    """An alias ``replica`` that leads to this very database; the fixture's dictionary can be bent."""
    bent = {**connections["default"].settings_dict}
    connections.settings["replica"] = bent
    yield bent
    del connections.settings["replica"]


def test_replica_that_is_away_is_passed_over_with_a_word_in_the_log(
    as_replica: dict[str, object], caplog: pytest.LogCaptureFixture
) -> None:
    scenes.published(scenes.regency())
    as_replica["HOST"] = "/nowhere"
    with caplog.at_level(logging.WARNING), reading.snapshot() as moment:
        assert (Proposal.objects.count(), moment.is_replica) == (1, False)
    assert "replica_passed_over" in caplog.text
    assert caplog.records[-1].why == "away"  # type: ignore[attr-defined]
    with reading.from_replica() as seen:
        assert (seen, reading.is_on()) == (None, False)


def test_server_that_is_no_replica_is_passed_over(
    as_replica: dict[str, object], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING), reading.from_replica() as seen:
        assert seen is None
    assert [record.why for record in caplog.records] == ["replays nothing"]  # type: ignore[attr-defined]

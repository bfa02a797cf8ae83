"""Records reach the table whatever becomes of the request, and never get in its way."""

import logging
import time
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connections, transaction

from rembuk.common.clock import now
from rembuk.logbook import context, events, retention, selectors
from rembuk.logbook.handler import TableHandler, WithoutNoise
from rembuk.logbook.models import LogRecord
from rembuk.logbook.selectors import Filter
from rembuk.logbook.writing import Writer

logger = logging.getLogger("rembuk.trial")


@pytest.fixture
def table() -> Iterator[TableHandler]:
    handler = TableHandler()
    handler.addFilter(WithoutNoise())
    logging.getLogger().addHandler(handler)
    yield handler
    logging.getLogger().removeHandler(handler)
    handler.flush()


@pytest.mark.django_db(transaction=True)
def test_security_event_outlives_the_rollback_of_its_request(table: TableHandler) -> None:
    with context.bound(request_id="r-7", path="/akun/masuk/"), transaction.atomic():
        events.security("sign_in.failed", person_id=7, address="203.0.113.9", email="sari@contoh.id")
        transaction.set_rollback(True)
    table.flush()
    record = LogRecord.objects.get(event="sign_in.failed")
    assert (record.request_id, record.path, record.person_id, record.is_security) == (
        "r-7",
        "/akun/masuk/",
        7,
        True,
    )
    assert (record.address, record.detail) == ("203.0.113.9", {"email": "[hidden]"})


@pytest.mark.django_db(transaction=True)
def test_error_is_kept_with_its_trace_and_without_its_data(table: TableHandler) -> None:
    try:
        raise ValueError("bad row of sari@contoh.id")
    except ValueError:
        logger.exception("import of %s failed", "sheet", extra={"row": 12})
    table.flush()
    record = LogRecord.objects.get(logger="rembuk.trial")
    assert (record.event, record.level) == ("import of sheet failed", logging.ERROR)
    assert (record.detail["error"], record.detail["message"]) == ("ValueError", "bad row of [hidden]")
    assert (record.detail["row"], len(record.detail["trace"])) == (12, 1)


@pytest.mark.django_db(transaction=True)
def test_ordinary_messages_and_missing_pages_are_not_kept(table: TableHandler) -> None:
    logger.info("all is well")
    logging.getLogger("django.request").warning("Not Found: /x", extra={"status_code": 404})
    logging.getLogger("django.db.backends").error("would run in circles")
    table.flush()
    assert not LogRecord.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_full_queue_drops_the_record_and_says_so_without_waiting(capsys: pytest.CaptureFixture[str]) -> None:
    handler = TableHandler(capacity=1)
    handler._ensure_thread = lambda: None  # type: ignore[method-assign]  # nobody takes anything out
    began = time.monotonic()
    for _turn in range(3):
        handler.handle(logger.makeRecord("x", logging.ERROR, "f", 1, "m", (), None))
    assert (handler.dropped, time.monotonic() - began < 1) == (2, True)
    assert "queue is full" in capsys.readouterr().err


@pytest.mark.django_db(transaction=True)
def test_database_away_sends_records_to_stderr_and_comes_back(
    table: TableHandler, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(self: Writer, rows: object) -> None:
        raise connections["default"].Database.OperationalError("gone")

    with monkeypatch.context() as patch:
        patch.setattr(Writer, "write", refuse)
        logger.error("lost in the table")
        table.flush()
    logger.error("kept again")
    table.flush()
    assert "lost in the table" in capsys.readouterr().err
    assert list(LogRecord.objects.values_list("event", flat=True)) == ["kept again"]


def _record(hours: int, level: int = logging.WARNING, **fields: object) -> LogRecord:
    values = {"event": "x", "logger": "x", "at": now() - timedelta(hours=hours), "level": level, **fields}
    return LogRecord.objects.create(**values)


@pytest.mark.django_db
def test_records_page_by_page_newest_first() -> None:
    made = [_record(3), _record(2), _record(1)]
    first = selectors.records(limit=2)
    rest = selectors.records(after=(first[-1].at, first[-1].pk), limit=2)
    assert [*first, *rest] == made[::-1]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wanted", "hours"),
    [
        (Filter(level=logging.ERROR), [2]),
        (Filter(event="sign_in."), [1]),
        (Filter(person_ids=(7,)), [1]),
        (Filter(request_id="r-1"), [2]),
        (Filter(address="203.0.113.9"), [3]),
        (Filter(security_only=True), [1]),
        (Filter(), [1, 2, 3]),
    ],
)
def test_records_filtered(wanted: Filter, hours: list[int]) -> None:
    made = {
        _record(1, logging.INFO, event="sign_in.failed", is_security=True, person_id=7).pk: 1,
        _record(2, logging.ERROR, request_id="r-1").pk: 2,
        _record(3, address="203.0.113.9").pk: 3,
    }
    assert [made[record.pk] for record in selectors.records(wanted)] == hours


@pytest.mark.django_db
def test_prune_removes_only_what_is_older() -> None:
    old, young = _record(24 * 31), _record(24 * 29)
    assert retention.prune(30) == 1
    assert list(LogRecord.objects.all()) == [young] != [old]

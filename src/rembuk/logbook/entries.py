"""What a log record becomes as a row of the table. No database here."""

import logging
import traceback
from collections.abc import Mapping
from datetime import UTC, datetime
from ipaddress import ip_address
from typing import Any

from structlog.contextvars import get_contextvars

from .events import LOGGER_NAME as SECURITY
from .redaction import clean_text, clean_value

type Row = dict[str, Any]

_COLUMNS = ("request_id", "person_id", "address", "path", "status")
_LEFT_OUT = {
    "event",
    "level",
    "logger",
    "timestamp",
    "ip",
    "user_id",
    "exc_info",
    "stack_info",
    "request",
    "code",
}
_STANDARD = set(vars(logging.makeLogRecord({}))) | {"message", "asctime"}


def row_of(record: logging.LogRecord) -> Row:
    """The row of a record: columns for what is common, cleaned detail for the rest."""
    fields = {**get_contextvars(), **_fields(record)}
    return {
        "at": datetime.fromtimestamp(record.created, UTC),
        "level": record.levelno,
        "event": clean_text(_event(record, fields))[:200],
        "logger": record.name[:100],
        "request_id": str(fields.get("request_id") or "")[:64],
        "person_id": _whole(fields.get("person_id")),
        "address": _address(fields.get("address") or fields.get("ip")),
        "path": clean_text(str(fields.get("path") or fields.get("request") or "").split("?")[0])[:300],
        "status": _whole(fields.get("status") or fields.get("status_code") or fields.get("code")),
        "is_security": record.name == SECURITY,
        "detail": _detail(record, fields),
    }


def _fields(record: logging.LogRecord) -> dict[str, Any]:
    if isinstance(record.msg, Mapping):
        return dict(record.msg)
    return {name: value for name, value in vars(record).items() if name not in _STANDARD and name[0] != "_"}


def _event(record: logging.LogRecord, fields: Mapping[str, Any]) -> str:
    if isinstance(record.msg, Mapping):
        return str(fields.get("event") or "")
    try:
        return record.getMessage()
    except (TypeError, ValueError):
        return str(record.msg)


def _detail(record: logging.LogRecord, fields: Mapping[str, Any]) -> Row:
    known = {*_COLUMNS, *_LEFT_OUT, "status_code"}
    detail = {str(name): clean_value(str(name), value) for name, value in fields.items() if name not in known}
    error = record.exc_info or fields.get("exc_info")
    if isinstance(error, tuple) and error[0] is not None:
        detail["error"] = error[0].__name__
        detail["message"] = clean_text(str(error[1]))
        detail["trace"] = [
            f"{step.filename}:{step.lineno} {step.name}" for step in traceback.extract_tb(error[2])[-15:]
        ]
    elif isinstance(error, BaseException):
        detail["error"], detail["message"] = type(error).__name__, clean_text(str(error))
    return detail


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _address(value: object) -> str | None:
    try:
        return str(ip_address(str(value))) if value else None
    except ValueError:
        return None

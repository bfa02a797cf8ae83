"""The stream: JSON in production, cleaned, with the request's id."""

import json
import logging
from dataclasses import dataclass
from logging.config import DictConfigurator

import pytest
import structlog

from rembuk.logbook import context
from rembuk.logbook.config import logging_config


@dataclass
class Env:
    kind: str
    log_level: str = "INFO"


def _line(kind: str) -> str:
    config = DictConfigurator(logging_config(Env(kind)))  # type: ignore[arg-type]
    formatter = config.configure_formatter(config.config["formatters"]["stream"])
    record = logging.makeLogRecord({"name": "x", "levelno": 30, "levelname": "WARNING", "msg": "to a@b.id"})
    with context.bound(request_id="r-9"):
        return str(formatter.format(record))


def test_production_writes_one_json_object_without_addresses() -> None:
    line = json.loads(_line("production"))
    assert (line["event"], line["request_id"], line["level"]) == ("to [hidden]", "r-9", "warning")


def test_demo_writes_a_readable_line_without_addresses() -> None:
    line = _line("demo")
    assert "to [hidden]" in line
    assert "r-9" in line


@pytest.mark.parametrize(
    ("kind", "handlers"),
    [("test", ["stream"]), ("demo", ["stream", "table"]), ("production", ["stream", "table"])],
)
def test_records_go_to_the_table_except_in_tests(kind: str, handlers: list[str]) -> None:
    assert logging_config(Env(kind))["root"]["handlers"] == handlers


def test_request_id_outside_of_a_request_is_empty() -> None:
    assert context.request_id() == ""


def test_config_made_twice_keeps_the_loggers_that_are_in_use_together() -> None:
    logger = structlog.stdlib.get_logger("rembuk.test")
    logging_config(Env("test"))
    logger.warning("before")
    logging_config(Env("production"))
    with structlog.testing.capture_logs() as logs:
        logger.warning("after")
    assert [log["event"] for log in logs] == ["after"]

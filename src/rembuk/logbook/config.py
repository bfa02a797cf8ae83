"""What is logged where: one stream (JSON, or readable in the demo) and the table of the system log.

The settings module imports this, so nothing here may touch models or settings at import time.
"""

from typing import Any, Protocol

import structlog

from .redaction import processor as redact


class Environment(Protocol):
    """What is needed of ``runtime.env.Environment``."""

    @property
    def kind(self) -> str:
        """``demo``, ``production`` or ``test``."""

    @property
    def log_level(self) -> str:
        """The least level that reaches the stream."""


_SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.stdlib.ExtraAdder(),
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]
# One list for the life of the process: loggers keep the list they first saw, so a second configuration with
# a new list would part those that exist from those that come.
_PROCESSORS: list[Any] = [
    structlog.stdlib.filter_by_level,
    *_SHARED,
    structlog.stdlib.PositionalArgumentsFormatter(),
    structlog.processors.StackInfoRenderer(),
    structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
]


def logging_config(env: Environment) -> dict[str, Any]:
    """The value of Django's LOGGING for an environment; sets structlog up as well.

    JSON lines in production, readable lines otherwise. Tests write no records to the table unless they ask
    for it (``handler.TableHandler``).
    """
    _configure_structlog()
    is_json = env.kind == "production"
    handlers = ["stream"] if env.kind == "test" else ["stream", "table"]
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {
            "quiet": {"()": "rembuk.logbook.handler.WithoutNoise"},
            "short": {"()": "rembuk.logbook.handler.OneShortWarning"},
        },
        "formatters": {"stream": _formatter(is_json)},
        "handlers": {
            "stream": {"class": "logging.StreamHandler", "formatter": "stream", "filters": ["quiet"]},
            "table": {"class": "rembuk.logbook.handler.TableHandler", "filters": ["quiet"]},
            "null": {"class": "logging.NullHandler"},
        },
        "root": {"handlers": handlers, "level": env.log_level},
        "loggers": {
            "rembuk.security": {"level": "INFO"},
            "django": {"handlers": [], "level": "INFO", "propagate": True},
            "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
            "django.security.DisallowedHost": {
                "level": "ERROR",
                "handlers": ["stream"],
                "filters": ["short"],
                "propagate": False,
            },
            "procrastinate": {"level": "WARNING"},
            "PIL": {"level": "WARNING"},
        },
    }


def _formatter(is_json: bool) -> dict[str, Any]:
    last: list[Any] = (
        [structlog.processors.format_exc_info, redact, structlog.processors.JSONRenderer(ensure_ascii=False)]
        if is_json
        else [
            redact,
            structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback),
        ]
    )
    return {
        "()": structlog.stdlib.ProcessorFormatter,
        "foreign_pre_chain": _SHARED,
        "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
    }


def _configure_structlog() -> None:
    structlog.configure(
        processors=_PROCESSORS,
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )

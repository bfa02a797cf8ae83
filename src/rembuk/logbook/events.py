"""Named security events: sign-ins and failures, denials, limits reached. Kept in the table at any level."""

from typing import Any

import structlog

LOGGER_NAME = "rembuk.security"
_logger = structlog.stdlib.get_logger(LOGGER_NAME)


def security(event: str, **fields: Any) -> None:
    """Note a security event such as ``sign_in.failed``; never raises and never waits for the database.

    ``person_id``, ``address``, ``path`` and ``status`` have columns of their own, the request's context adds
    them where it knows them; other fields go to the detail, without personal data.
    """
    _logger.info(event, **fields)

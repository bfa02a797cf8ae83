"""Taking personal data and secrets out of what is logged. Pure; applied to the stream and to the table."""

import re
from collections.abc import Mapping, MutableMapping
from typing import Any

HIDDEN = "[hidden]"
LONGEST = 2000
_SECRET_NAMES = re.compile(
    r"passw|kata_?sandi|secret|token|cookie|session|csrf|authori[sz]ation|api_?key|signature|otp|nik$|nip$",
    re.IGNORECASE,
)
_PERSONAL_NAMES = re.compile(
    r"^(e?mail|surel|phone|telepon|full_?name|display_?name|recipient)s?$", re.IGNORECASE
)
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_ROW = re.compile(r"(Key|Failing row contains) ?\([^\n]*", re.IGNORECASE)
_LONG_NUMBER = re.compile(r"(?<![\w.-])\+?\d{9,}(?![\w-]|\.\d)")
_QUERY_SECRET = re.compile(r"((?:token|key|code|password|sig)=)[^&\s\"']+", re.IGNORECASE)
_TOKEN_PATH = re.compile(r"(/(?:berhenti|konfirmasi|atur-ulang|confirm-email|reset/key)/)[^/\s\"']+")


def clean_text(text: str) -> str:
    """A text without addresses, long numbers, tokens and row contents, cut at ``LONGEST`` characters."""
    text = _ROW.sub(rf"\1 ({HIDDEN})", text[: 2 * LONGEST].replace("\x00", ""))
    text = _QUERY_SECRET.sub(rf"\1{HIDDEN}", text)
    text = _TOKEN_PATH.sub(rf"\1{HIDDEN}", text)
    text = _LONG_NUMBER.sub(HIDDEN, _EMAIL.sub(HIDDEN, text))
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def clean_value(name: str, value: object) -> Any:
    """A value as it may be logged under a name: hidden, cleaned, or as it is for numbers and flags."""
    if _SECRET_NAMES.search(name) or _PERSONAL_NAMES.search(name):
        return HIDDEN
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, Mapping):
        return {str(key): clean_value(str(key), inner) for key, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [clean_value("", inner) for inner in list(value)[:50]]
    return clean_text(str(value))


def processor(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """The same for structlog: cleans every field of an event but those structlog itself needs."""
    for name, value in list(event.items()):
        if not name.startswith("_") and name not in {"exc_info", "exception"}:
            event[name] = clean_value(name, value)
    if isinstance(event.get("exception"), str):
        event["exception"] = _clean_trace(event["exception"])
    return event


def _clean_trace(text: str) -> str:
    lines = [clean_text(line) for line in text.splitlines()]
    return "\n".join(lines[-60:])

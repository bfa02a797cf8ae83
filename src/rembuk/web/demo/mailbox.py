"""Reading the mails that a demonstration keeps as files instead of sending them."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

_BETWEEN = b"\n" + b"-" * 79 + b"\n"
"""What Django writes after each mail of a file."""


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail that was not sent: ``key`` names it in an address."""

    key: str
    to: str
    subject: str
    at: datetime | None
    text: str


def mails(folder: Path, most: int = 200) -> list[Mail]:
    """The newest mails, newest first."""
    found = [mail for path in _newest(folder) for mail in _mails_of(path)]
    return sorted(found, key=lambda mail: (mail.at is not None, mail.at), reverse=True)[:most]


def mail(folder: Path, key: str) -> Mail | None:
    """One mail by its key."""
    return next((found for path in _newest(folder) for found in _mails_of(path) if found.key == key), None)


def _newest(folder: Path, most: int = 400) -> list[Path]:
    return sorted(folder.glob("*.log"), reverse=True)[:most] if folder.is_dir() else []


def _mails_of(path: Path) -> Iterator[Mail]:
    for number, raw in enumerate(path.read_bytes().split(_BETWEEN)):
        if raw.strip():
            yield _mail(message_from_bytes(raw, policy=policy.default), f"{path.name}#{number}")


def _mail(message: EmailMessage, name: str) -> Mail:
    body = message.get_body(("plain",))
    return Mail(
        key=hashlib.sha256(name.encode()).hexdigest()[:16],
        to=str(message["To"] or ""),
        subject=str(message["Subject"] or ""),
        at=_date(str(message["Date"] or "")),
        text=str(body.get_content()) if body else "",
    )


def _date(text: str) -> datetime | None:
    try:
        return parsedate_to_datetime(text)
    except ValueError:
        return None

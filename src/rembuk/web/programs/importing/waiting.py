"""The workbook a person is bringing in: laid aside on the shelf, named in her session, until it is written.

One per session; a new one takes the place of the old. The bytes never lie in the session.
"""

from collections.abc import MutableMapping
from typing import Any

from django.core.files.base import File
from django.utils.translation import gettext as _

from rembuk.common.errors import Invalid, WrongState
from rembuk.programs.models import Program
from rembuk.programs.sheets.book import Book, read_book
from rembuk.proposals.imports import shelf

KEY = "program-import"
type Session = MutableMapping[str, Any]


def lay(session: Session, program: Program, sheet: "File[bytes]") -> None:
    """Lay a workbook aside for its preview.

    Raises:
        Invalid: when it can't be read; then nothing is kept.
    """
    token = shelf.lay(sheet)
    try:
        _read(token)
    except Invalid:
        shelf.clear(token)
        raise
    forget(session)
    session[KEY] = {"token": token, "code": program.code}


def book_of(session: Session, program: Program) -> Book:
    """The workbook that waits for this programme.

    Raises:
        WrongState: when none waits, or it was brought in already.
    """
    kept = session.get(KEY, {})
    if kept.get("code") != program.code or not shelf.is_there(kept["token"]):
        raise WrongState(
            _("No workbook is waiting. It may have been imported already; choose it again to be sure.")
        )
    return _read(kept["token"])


def forget(session: Session) -> None:
    """Remove what waits, if anything."""
    kept = session.pop(KEY, {})
    if kept:
        shelf.clear(kept["token"])


def _read(token: str) -> Book:
    with shelf.taken(token) as path:
        return read_book(path)

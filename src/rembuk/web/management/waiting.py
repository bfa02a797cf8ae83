"""A sheet between its preview and the confirmation: one per session and kind; a new one takes the place of the old.

The bytes never lie in the session.
"""

from collections.abc import Callable, MutableMapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.files.base import File

from rembuk.common.errors import Invalid, Words, WrongState
from rembuk.management.actions.rows import wrong
from rembuk.proposals.imports import shelf

type Session = MutableMapping[str, Any]


@dataclass(frozen=True, slots=True)
class Waiting[Row]:
    """Sheets of one kind: where the session keeps their token, how they are read, and what is said when none waits."""

    key: str
    read: Callable[[Path], list[Row]]
    none_waits: Words

    def lay(self, session: Session, sent: "File[bytes]") -> None:
        """Lay a sheet aside for its preview.

        Raises:
            Invalid: when it can't be read; then nothing is kept.
        """
        token = shelf.lay(sent)
        try:
            self._rows(token)
        except Invalid as fault:
            shelf.clear(token)
            raise wrong("sheet", fault.message) from fault
        self.forget(session)
        session[self.key] = token

    def rows(self, session: Session) -> list[Row]:
        """The rows of the sheet that waits.

        Raises:
            WrongState: when none waits, or it was brought in already.
        """
        token = session.get(self.key, "")
        if not shelf.is_there(token):
            raise WrongState(self.none_waits)
        return self._rows(token)

    def forget(self, session: Session) -> None:
        """Remove what waits, if anything."""
        token = session.pop(self.key, "")
        if token:
            shelf.clear(token)

    def _rows(self, token: str) -> list[Row]:
        with shelf.taken(token) as path:
            return self.read(path)

"""What can be exported. Whoever has the rows registers a source; this app knows none of them.

A source is named by the dotted path of a function, so that nothing is imported before somebody exports.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.module_loading import import_string

from rembuk.accounts.models import Person

MOST_AT_ONCE: Final = 5_000

type Given = Mapping[str, list[str]]
type Reach = Mapping[str, Sequence[str]]
type Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """What one person asked for, within her rights of this moment; nothing is read yet.

    ``stem`` begins the file's name, ``words`` are the filters to be read, ``reach`` has the paths of units by
    permission, ``rows`` are counted; ``write`` fills the path with a file of a form and calls its progress with the rows
    done, in steps; ``note`` records in the words of the area that a file of a form with so many rows was made.
    """

    stem: str
    words: str = ""
    reach: Reach
    rows: Sequence[QuerySet[Any]]
    write: Callable[[Path, str, Progress], None]
    note: Callable[[str, int], None]

    def count(self) -> int:
        """How many rows there are."""
        return sum(rows.count() for rows in self.rows)

    def is_small(self) -> bool:
        """Whether the file can be made while somebody waits; looks at no more rows than decide it."""
        left = MOST_AT_ONCE
        for rows in self.rows:
            left -= rows.order_by()[: left + 1].count()
            if left < 0:
                return False
        return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Rows that can be exported: ``opening`` names a function of person and filters that returns ``Opened``.

    It raises ``Denied`` or ``NotVisible`` where the person may not have them, ``Unreadable`` where a filter can't be read.
    """

    key: str
    label: Promise
    opening: str

    def opened(self, by: Person, given: Given) -> Opened:
        """What this person asked for."""
        function: Callable[[Person, Given], Any] = import_string(self.opening)
        found = function(by, given)
        assert isinstance(found, Opened)
        return found


_registered: dict[str, Source] = {}


def register(*sources: Source) -> None:
    """Add sources to the list.

    Raises:
        ValueError: when a key is taken by a different source.
    """
    for source in sources:
        if _registered.setdefault(source.key, source) != source:
            raise ValueError(f"source registered twice: {source.key}")


def known(key: str) -> Source | None:
    """The source with this key; ``None`` for one that a later version of the program no longer has."""
    return _registered.get(key)


def every() -> list[Source]:
    """All of them, in the order in which they were registered."""
    return list(_registered.values())

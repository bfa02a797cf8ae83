"""Pieces of pages, rendered once and kept in the process: a card, a comment, the foot of the page.

A piece is known by its template, the language, and **every fact it is given**; it is rendered with these facts alone. So it
cannot show what its key does not hold: whoever changes a fact gets another piece, at once, and nothing has to be forgotten.
Time, person and request never take part. Templates ask by ``{% piece %}`` and ``{% pieces %}`` (``templatetags.ui``).

Not here: whole pages (``web.pagecache``).
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from datetime import date, datetime
from decimal import Decimal
from threading import Lock
from typing import Any
from uuid import UUID

from django.conf import settings
from django.template.loader import get_template
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from prometheus_client import Counter

MOST_CHARACTERS = 16_000_000
"""Of HTML and of the keys that it is known by, in one process; about half of it is keys."""
_SHORT = 8
"""So many characters a fact counts for that is no text, and the kind of each."""

type Key = tuple[Hashable, ...]

MADE = Counter("rembuk_fragments_made", "Pieces of pages that had to be rendered")
DROPPED = Counter("rembuk_fragments_dropped", "Kept pieces of pages that made room for others")

_PLAIN = frozenset({str, SafeString, int, bool, float, type(None), date, datetime, UUID})


class Kept:
    """Texts by key, at most so many characters of both in all; those longest unused go first. For any number of threads."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._texts: OrderedDict[Key, SafeString] = OrderedDict()
        self._characters = 0
        self._lock = Lock()

    def get(self, key: Key, make: Callable[[], SafeString]) -> SafeString:
        """The text of a key; made now where it is not kept. Two threads may make the same one: the first stays."""
        with self._lock:
            if (found := self._texts.get(key)) is not None:
                self._texts.move_to_end(key)
                return found
        made = make()
        MADE.inc()
        with self._lock:
            if key not in self._texts:
                self._texts[key] = made
                self._characters += _length(key) + len(made)
                self._make_room()
        return made

    def _make_room(self) -> None:
        while self._characters > self._most:
            key, text = self._texts.popitem(last=False)
            self._characters -= _length(key) + len(text)
            DROPPED.inc()

    def forget(self) -> None:
        """Drop all of them; for tests."""
        with self._lock:
            self._texts.clear()
            self._characters = 0

    def __len__(self) -> int:
        return len(self._texts)

    @property
    def characters(self) -> int:
        """How many characters are kept, those of the keys among them."""
        return self._characters


_kept = Kept(MOST_CHARACTERS)
forget = _kept.forget


def piece(template: str, facts: Mapping[str, Any]) -> SafeString:
    """A template rendered with these facts and nothing else, from the kept ones where it was rendered before.

    Facts are texts, numbers, dates, yes and no, and lists and mappings of them.

    Raises:
        TypeError: for anything else, a model instance for example: it could show what the key does not hold.
    """
    return kept(template, facts, lambda: _rendered(template, facts))


def kept(name: str, facts: Mapping[str, Any], make: Callable[[], SafeString]) -> SafeString:
    """As ``piece``, for what no template of ours renders (the fields of a form): ``make`` may use these facts only."""
    if settings.DEBUG:
        return make()  # templates are being written
    return _kept.get(_key(name, facts), make)


def _rendered(template: str, facts: Mapping[str, Any]) -> SafeString:
    return SafeString(get_template(template).render(dict(facts)).strip())


def _key(name: str, facts: Mapping[str, Any]) -> Key:
    """Every fact with its kind before it (1 is not True, and text is not HTML), and before parts how many they are.

    All in one row: a list of cards has hundreds of facts, and tuples in tuples take three times as long.
    """
    row: list[Any] = [name, get_language()]
    _put(row, facts)
    return tuple(row)


def _put(row: list[Any], value: Any) -> None:
    kind = type(value)
    if kind in _PLAIN:
        row += (kind, value)
    elif kind is dict:
        row += (kind, len(value))
        for name, one in value.items():
            row.append(name)
            _put(row, one)
    elif kind is list or kind is tuple:
        row += (kind, len(value))
        for one in value:
            _put(row, one)
    elif isinstance(value, (str, int, Decimal, Promise)):
        row += (kind, str(value))
    else:
        message = f"{type(value).__name__} is no plain fact"
        raise TypeError(message)


def _length(key: Key) -> int:
    return sum([len(one) if isinstance(one, str) else _SHORT for one in key])

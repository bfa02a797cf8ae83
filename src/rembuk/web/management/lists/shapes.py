"""What makes each managed list its own: words, form, door, notes of a row. The pages are the same, in ``desk``."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.functional import Promise

from rembuk.accounts.models import Person
from rembuk.management.actions.lists.listings import Listing
from rembuk.web.management.fields import ManagedForm
from rembuk.web.management.lists.filters import Choice

type Row = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The sentences of a list: its name and lede, of a new row, and what is said after each act."""

    title: Promise
    lede: Promise
    new: Promise
    make: Promise
    made: Promise
    saved: Promise
    removed: Promise
    edit_lede: Promise | str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """One list. ``name`` begins its routes, ``many`` is the route of the list itself, ``key`` the part of an address."""

    listing: Listing
    name: str
    many: str
    address: str
    key: str
    words: Words
    door: Callable[[Any], Any]
    form: Callable[..., ManagedForm]
    create: Callable[[Any, Person], object]
    change: Callable[[Any, Any, Person], object]
    label: Callable[[Any], str] = str
    note: Callable[[Any], str] = str
    group: Callable[[Any], str] = lambda _row: ""
    searched: Callable[[Any], str] = str
    counts: Callable[[], dict[int, str]] = dict
    filters: Sequence[Choice] = ()
    tabs: Callable[[str], Sequence[Row]] = lambda _here: ()
    extras: Callable[[Any], Row] = lambda _row: {}
    begin: Callable[[HttpRequest], dict[str, Any]] = lambda _request: {}

    def key_of(self, row: Any) -> str:
        """What names a row in addresses and forms."""
        return str(getattr(row, self.listing.key))

"""The difference between what somebody saw, what is stored now, and what she typed."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from rembuk.common.difference import Part, word_difference
from rembuk.web.programs.editing.reading import Field, Fields, shown, tidy, typed

LONG = 120
"""From this length on what others changed of a text is shown word by word."""


@dataclass(frozen=True, slots=True)
class Row:
    """One field that somebody else changed."""

    label: str
    before: str
    now: str
    mine: str
    is_mine: bool
    parts: Sequence[Part] = ()


@dataclass(slots=True)
class Clash:
    """All fields that others changed, the values that are taken over, and the deeds behind them."""

    rows: list[Row] = field(default_factory=list)
    taken: dict[str, str] = field(default_factory=dict)
    deeds: list[dict[str, Any]] = field(default_factory=list)


def clash_of(
    seen: Mapping[str, str], now: Fields, posted: Sequence[forms.BaseForm], data: QueryDict
) -> Clash | None:
    """What others changed and she has not typed likewise; ``None`` when there is nothing of that kind."""
    sent = typed(posted, data)
    clash = Clash()
    for name in {**now, **sent}:
        before, stored, mine = seen.get(name, ""), now.get(name), sent.get(name)
        present = stored.text if stored else ""
        if before == present or (mine is not None and mine.text == present):
            continue
        clash.rows.append(_row(before, present, stored or sent[name], mine))
        if mine is None or mine.text == before:
            clash.taken[name] = present
    clash.rows += _lost(seen, {*now, *sent}, data)
    return clash if clash.rows else None


def _row(before: str, present: str, known: Field, mine: Field | None) -> Row:
    is_mine = mine is not None and mine.text != before
    words = [shown(known.bound, text) for text in (before, present)]
    is_long = max(len(text) for text in words) > LONG
    return Row(
        label=known.label,
        before=words[0],
        now=words[1],
        mine=mine.shown
        if mine is not None and is_mine
        else _("You left it as it was; the new value is taken."),
        is_mine=is_mine,
        parts=word_difference(*words) if is_long else (),
    )


def _lost(seen: Mapping[str, str], known: Collection[str], data: QueryDict) -> list[Row]:
    """What she typed into fields that are no longer there, so that she can keep her words."""
    label = _("Can't be changed here any more")
    typed_there = {name: tidy(str(data[name])) for name in seen if name not in known and name in data}
    return [
        Row(label, seen[name], "", mine, is_mine=True)
        for name, mine in typed_there.items()
        if mine != seen[name]
    ]

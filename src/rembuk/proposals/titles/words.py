"""The words by which a title is told from others, and what to look for by them.

How common a word is decides what it tells, so the newest titles are counted once a minute. Not here: which rows (``alike``).
Why: docs/decisions/0076-titles-alike.md.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import combinations

from django.db import connection

from rembuk.common.search import MOST_WORDS, is_stop_word, words_of, written_out
from rembuk.common.words.roots import root_of
from rembuk.keeping.values import Kept

MOST_SEARCHES = 3
_MOST_TITLES = 5_000
# A word is rare that at most this part of all titles holds, or so few where there are few titles. Titles are found by the
# rarest of these; first by as many words together as tell something, which a word that more titles hold does not.
_RARE, _FEW, _COMMON = 0.06, 40, 0.2
_MOST_RARE, _MOST_TOGETHER, _LEAST_TOGETHER = 4, 5, 3
# Shorter words are too near to others to be taken for a slip of the finger.
_SHORTEST_SLIP, _NEAR_ENOUGH, _MOST_SLIPS = 5, 0.87, 3

_HOLDING = f"""
    SELECT word, ndoc FROM ts_stat($$
        SELECT ts_filter(search, '{{a}}') FROM proposals_proposal
        WHERE published_at IS NOT NULL ORDER BY published_at DESC, id DESC LIMIT {_MOST_TITLES}
    $$)
"""  # noqa: S608
_TITLES = f"""
    SELECT count(*) FROM (
        SELECT FROM proposals_proposal WHERE published_at IS NOT NULL ORDER BY published_at DESC, id DESC LIMIT {_MOST_TITLES}
    ) newest
"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class TitleWords:
    """How many of ``titles``, the newest ones, hold each word; nothing is changed in it."""

    titles: int
    holding: dict[str, int]


def count_words() -> TitleWords:
    """Words of the newest published titles and of their places, as they stand in the index; numbers tell nothing."""
    with connection.cursor() as cursor:
        cursor.execute(_HOLDING)
        holding = {word: titles for word, titles in cursor.fetchall() if not word.isdigit()}
        cursor.execute(_TITLES)
        return TitleWords(cursor.fetchone()[0], holding)


COUNTED = Kept("title-words", TitleWords, count_words)


def mended(title: str, counted: TitleWords) -> str:
    """The title in lower case and without marks, with what look like slips of the finger written as titles hold them.

    A word that is new may be taken for one, so what was typed is looked for as well. People hardly miss the first letter.
    """
    words, left = written_out(title)[:MOST_WORDS], _MOST_SLIPS
    for place, word in enumerate(words):
        is_known = root_of(word) in counted.holding or is_stop_word(word)
        if not is_known and len(word) >= _SHORTEST_SLIP and left:
            words[place], left = _nearest(word, counted), left - 1
    return " ".join(words)


def searches(title: str, meant: str, counted: TitleWords) -> list[str]:
    """What to look for to find titles like this, as ``tsquery`` texts, the narrowest first; at most ``MOST_SEARCHES``.

    First all words that tell something, then a part of the rarest: of these few titles hold any, however many titles there
    are. A word that no title counted holds is looked for by itself, which finds hardly a row. ``meant`` is the title mended.
    """
    asked = [word for word in words_of(title)[:MOST_WORDS] if not word.isdigit()]
    unknown = [_quoted(word) for word in dict.fromkeys(asked) if word not in counted.holding]
    known = {word for word in [*asked, *words_of(meant)] if word in counted.holding}
    by_rarity = sorted(known, key=lambda word: (counted.holding[word], word))
    found = list(dict.fromkeys(_narrow_first(by_rarity, counted)))
    first = " | ".join([*unknown, *found[:1]])
    return [first, *found[1:MOST_SEARCHES]] if first else []


def _narrow_first(words: list[str], counted: TitleWords) -> Iterator[str]:
    """All that tell something, the rare ones, a part of these, and where they are few, any; of words from the rarest on."""
    rare = [word for word in words if counted.holding[word] <= max(_FEW, _RARE * counted.titles)][:_MOST_RARE]
    telling = [word for word in words if counted.holding[word] <= _COMMON * counted.titles]
    telling = max(telling, words[:_LEAST_TOGETHER], key=len)[:_MOST_TOGETHER]
    groups = [(telling, len(telling)), *[(rare, size) for size in (_MOST_RARE, 3, 2, 1)], (telling, 1)]
    for group, size in groups:
        if 0 < size <= len(group):
            yield " | ".join(" & ".join(map(_quoted, some)) for some in combinations(group, size))


def _nearest(word: str, counted: TitleWords) -> str:
    """The known word that is spelled nearly so, else the same."""
    alike = [known for known in counted.holding if known[0] == word[0] and abs(len(known) - len(word)) < 3]
    return next(iter(get_close_matches(word, alike, 1, _NEAR_ENOUGH)), word)


def _quoted(word: str) -> str:
    """The word as a lexeme in the text of a ``tsquery``."""
    return "'" + word.replace("'", "''") + "'"

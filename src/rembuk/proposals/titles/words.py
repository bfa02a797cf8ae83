"""The words by which a title is told from others, and what to look for by them.

How common a word is decides what it tells, so the newest titles are counted once a minute. Not here: which rows (``alike``).
Why: docs/decisions/0076-titles-alike.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import combinations

from django.db import connection

from rembuk.common.search import is_stop_word, words_of, written_out
from rembuk.common.words.roots import root_of
from rembuk.keeping.values import Kept
from rembuk.proposals.states import LISTED

MOST_SEARCHES = 6
MOST_OF_ONE = 20
"""So many rows of one search are compared."""
# Of the newest titles, the words that most of them hold: the others are as rare as those that none does.
_MOST_TITLES, _MOST_WORDS = 5_000, 5_000
# A word is rare that at most this part of all titles holds, or so few where there are few titles. Titles are found by the
# rarest of these; first by as many words together as tell something, which a word that more titles hold does not.
_RARE, _FEW, _COMMON = 0.06, 40, 0.2
_MOST_RARE, _MOST_TOGETHER, _LEAST_TOGETHER, _MOST_UNKNOWN = 4, 5, 3, 6
# Shorter words are too near to others to be taken for a slip of the finger.
_SHORTEST_SLIP, _NEAR_ENOUGH, _MOST_SLIPS = 5, 0.87, 2

_LISTED = f"""
    FROM proposals_proposal WHERE published_at IS NOT NULL AND state IN ({", ".join(f"'{state}'" for state in sorted(LISTED))})
    ORDER BY published_at DESC, id DESC LIMIT {_MOST_TITLES}
"""
_HOLDING = f"""
    SELECT word, ndoc FROM ts_stat($$ SELECT ts_filter(search, '{{a}}') {_LISTED} $$)
    WHERE word ~ '[[:alpha:]]' ORDER BY ndoc DESC, word LIMIT {_MOST_WORDS}
"""  # noqa: S608
_TITLES = f"SELECT count(*) FROM (SELECT {_LISTED}) newest"  # noqa: S608
# Some words are several for PostgreSQL.
_SPELLED = """
    SELECT plainto_tsquery('indonesian', word)::text, tsvector_to_array(to_tsvector('indonesian', word)),
        plainto_tsquery('simple', word)::text, tsvector_to_array(to_tsvector('simple', word))
    FROM unnest(%s::text[]) AS word
"""


@dataclass(frozen=True, slots=True)
class TitleWords:
    """How many of ``titles``, the newest that are listed, hold each word; nothing is changed in it."""

    titles: int
    holding: dict[str, int]


@dataclass(frozen=True, slots=True)
class _Word:
    """A word as the text of a ``tsquery``, and how many titles hold it."""

    query: str
    titles: int


def count_words() -> TitleWords:
    """Words of the newest listed titles and of their places, as they stand in the index; numbers tell nothing."""
    with connection.cursor() as cursor:
        cursor.execute(_HOLDING)
        holding = dict(cursor.fetchall())
        cursor.execute(_TITLES)
        return TitleWords(cursor.fetchone()[0], holding)


COUNTED = Kept("title-words", TitleWords, count_words)


def mended(title: str, counted: TitleWords) -> str:
    """The title with what look like slips of the finger written as titles hold them; empty where there are none.

    A word that is new may be taken for one, so what was typed counts as well. People hardly miss the first letter.
    """
    typed, slips = written_out(title), 0
    words = list(typed)
    for place, word in enumerate(typed):
        is_known = root_of(word) in counted.holding or is_stop_word(word)
        if not is_known and len(word) >= _SHORTEST_SLIP and slips < _MOST_SLIPS:
            words[place], slips = _nearest(word, counted), slips + 1
    return " ".join(words) if words != typed else ""


def searches(title: str, meant: str, counted: TitleWords) -> list[str]:
    """What to look for to find titles like this, as ``tsquery`` texts, the narrowest first; at most ``MOST_SEARCHES``.

    All words, all that tell something, a part of the rare ones or a word that no title counted holds: few titles hold these,
    however many titles there are. Then those without the rarest, and what holds any: the rarest word alone where it leads to as
    many rows as are compared, as each further word has all its titles read.
    ``meant`` is the title mended.
    """
    asked = [word for word in dict.fromkeys([*words_of(title), *words_of(meant)]) if not word.isdigit()]
    words = sorted(_spelled(asked, counted), key=lambda word: (word.titles, word.query))
    known = [word for word in words if word.titles]
    return _narrow_first(known, words[: len(words) - len(known)][:_MOST_UNKNOWN], counted)


def _spelled(words: list[str], counted: TitleWords) -> list[_Word]:
    """The words as titles are indexed (``common.search.vector``): by their stems; names of places stand only as written."""
    with connection.cursor() as cursor:
        cursor.execute(_SPELLED, [words])
        return [_word(counted, *spelled) for spelled in cursor.fetchall() if spelled[0]]


def _word(counted: TitleWords, stem: str, stems: list[str], plain: str, plains: list[str]) -> _Word:
    by_stem, as_written = (max(counted.holding.get(one, 0) for one in parts) for parts in (stems, plains))
    is_enough = stem == plain or (by_stem and by_stem >= as_written)
    return _Word(f"({stem})" if is_enough else f"({plain} | {stem})", max(by_stem, as_written))


def _narrow_first(known: list[_Word], unknown: list[_Word], counted: TitleWords) -> list[str]:
    """The searches for these words, which come from the rarest on."""
    few = max(_FEW, _RARE * counted.titles)
    rare = [word for word in known if word.titles <= few][:_MOST_RARE]
    telling = [word for word in known if word.titles <= _COMMON * counted.titles]
    rest = [word for word in telling[len(rare) :] if word.titles <= _COMMON / 2 * counted.titles][:_MOST_RARE]
    # One word that many titles hold leads to no title.
    rest = rest if len(rare) > 1 and len(rest) > 1 else []
    telling = max(telling, known[:_LEAST_TOGETHER], key=len)[:_MOST_TOGETHER]
    new = _some(unknown, 1)
    parts = [_or(_some(rare, size), new) for size in (3, 2) if size <= len(rare)]
    whole = [_some([*telling, *unknown], len(telling) + len(unknown)), _some(telling, len(telling))]
    any_known = _some(_enough(rare if len(rare) > 1 else telling), 1)
    # What was asked for by itself leads to nothing more.
    wider = [_some(rest, len(rest)), _or("" if any_known in whole else any_known, new)]
    return list(dict.fromkeys(filter(None, [*whole, *parts, *wider])))


def _enough(words: list[_Word]) -> list[_Word]:
    """The rarest alone where so many titles hold it as are compared, else all."""
    return words[:1] if words and words[0].titles >= MOST_OF_ONE else words


def _or(*texts: str) -> str:
    """Either of these, those aside that are empty."""
    return " | ".join(filter(None, texts))


def _some(words: Sequence[_Word], size: int) -> str:
    """Any so many of these words together; empty where there are not as many."""
    groups = combinations(words, size) if size else ()
    return " | ".join(" & ".join(word.query for word in group) for group in groups)


def _nearest(word: str, counted: TitleWords) -> str:
    """The known word that is spelled nearly so, else the same."""
    alike = [known for known in counted.holding if known[0] == word[0] and abs(len(known) - len(word)) < 3]
    return next(iter(get_close_matches(word, alike, 1, _NEAR_ENOUGH)), word)

"""Which roots a form of an Indonesian word may come from: me-, pe-, di-, ter-, ber-, ke-, -kan, -i, -an, -nya, spoken -in, nge-.

More than the stemmer of search does, for lexicons that know their roots: every possible root is named, the
fewest cuts first, and the caller takes the first it knows.
"""

from collections.abc import Iterator

import Stemmer

from rembuk.common.words.roots import root_of

_SHORTEST = 3
_CLITICS = ("nya", "lah", "kah", "pun", "ku", "mu")
_ENDINGS = ("kan", "an", "in", "i")
_PREFIXES = (
    "memper",
    "diper",
    "keter",
    "keber",
    "pember",
    "berke",
    "di",
    "ter",
    "ber",
    "per",
    "ke",
    "se",
    "be",
    "te",
    "pe",
    "me",
)
# Me- and pe- before a root: how it begins then, and which first letter may have been swallowed.
_NASAL = (("nge", ("",)), ("ng", ("", "k")), ("ny", ("s",)), ("n", ("", "t")), ("m", ("", "p")))
_stemmer = Stemmer.Stemmer("indonesian")


def possible_roots(word: str) -> Iterator[str]:
    """The roots this form may come from, itself first; not every one is a word."""
    seen: set[str] = set()
    for base in _bases(word):
        for root in (base, *_without_prefix(base)):
            if len(root) >= _SHORTEST and root not in seen:
                seen.add(root)
                yield root
    found = root_of(word)
    if found not in seen:
        yield found


def stem(word: str) -> str:
    """One stem for all forms of a word the lexicon does not know, as good as the stemmer can."""
    known = root_of(word)
    if known != word or not word.isalpha():
        return known
    return str(_stemmer.stemWord(word))


def _bases(word: str) -> Iterator[str]:
    """The word without repetition, clitic and ending: «pohon-pohonnya» as «pohon-pohonnya», «pohon-pohon», «pohon»."""
    yield word
    bare = [word]
    for clitic in _CLITICS:
        if word.endswith(clitic):
            bare.append(word.removesuffix(clitic))
    for form in bare:
        yield form
        head, joined, tail = form.partition("-")
        if joined and head and (tail.startswith(head[:3]) or tail.endswith(head[-3:])):
            yield head
            bare.append(head)
    for form in bare:
        for ending in _ENDINGS:
            if form.endswith(ending):
                yield form.removesuffix(ending)


def _without_prefix(base: str) -> Iterator[str]:
    for prefix in _PREFIXES:
        if base.startswith(prefix):
            rest = base.removeprefix(prefix)
            yield rest
            if prefix in {"me", "pe"}:
                yield from _unswallowed(rest)
    yield from _unswallowed(base)  # spoken: «nambah», «ngurus», «nyapu»


def _unswallowed(rest: str) -> Iterator[str]:
    for joined, firsts in _NASAL:
        if rest.startswith(joined):
            for first in firsts:
                yield first + rest.removeprefix(joined)

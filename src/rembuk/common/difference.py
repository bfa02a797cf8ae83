"""The difference between two texts, word by word, as the component ``diff`` shows it."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

# A number keeps the dots, commas and colons inside it: 05.30, Rp1.250.000,50.
_TOKEN = re.compile(r"\s+|\d+(?:[.,:]\d+)+|[\w'’-]+|[^\w\s]")
# Beyond this many words the comparison goes by lines, so that a page never takes long.
MOST_WORDS = 6_000


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of text that stayed, was added or was removed."""

    op: Literal["same", "ins", "del"]
    text: str


def word_difference(old: str, new: str) -> list[Part]:
    """The parts of both texts in reading order; what was removed stands before what was added in its place."""
    before, after = _tokens(old, new)
    parts: list[Part] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        removed, added = "".join(before[i1:i2]), "".join(after[j1:j2])
        if tag == "equal":
            parts.append(Part("same", added))
            continue
        parts += [Part("del", removed)] if removed else []
        parts += [Part("ins", added)] if added else []
    return parts


def _tokens(old: str, new: str) -> tuple[list[str], list[str]]:
    words = _TOKEN.findall(old), _TOKEN.findall(new)
    if sum(map(len, words)) <= MOST_WORDS:
        return words
    return old.splitlines(keepends=True), new.splitlines(keepends=True)

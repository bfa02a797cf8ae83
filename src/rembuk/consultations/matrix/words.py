"""What the author of a row wrote herself, apart from the passage she quotes and from the word that marks her suggested wording.

``actions.rows`` puts them together; whatever compares rows or names a group by one reads the author's words alone.
"""

import re
from functools import cache
from typing import NamedTuple

from django.conf import settings
from django.utils.translation import gettext, override


class Words(NamedTuple):
    """A row's text: the quoted passage, or nothing, and the rest."""

    passage: str
    rest: str


class Labels(NamedTuple):
    """The words that stand before a passage and before a suggested wording."""

    passage: str
    wording: str


def labels() -> Labels:
    """In the language of the instansi, whoever reads or writes."""
    with override(settings.LANGUAGE_CODE):
        return Labels(passage=gettext("Passage:"), wording=gettext("Suggested wording:"))


def parted(text: str) -> Words:
    """The passage a text begins with, without its marks, and what follows; a passage that was cut through stays."""
    found = _patterns()[0].match(text)
    return Words(found["passage"], text[found.end() :]) if found else Words("", text)


def own_words(text: str) -> str:
    """What the author wrote herself; nothing where she only quotes."""
    return _patterns()[1].sub("", parted(text).rest).strip()


def passage_mark() -> str:
    """What a text with a passage begins with."""
    return f"{labels().passage} “"


def passage_pattern() -> str:
    """The passage for the database's own expressions, to be replaced by nothing."""
    return f"^{passage_mark()}.*?”[ ]*(\\n+|$)"


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = labels()
    passage = re.compile(rf"{re.escape(words.passage)} “(?P<passage>.*?)”[ ]*(?:\n+|\Z)", re.DOTALL)
    return passage, re.compile(rf"^{re.escape(words.wording)} ", re.MULTILINE)

"""Proposals whose title resembles another: few are found by their words, and trigrams tell how near each is."""

from functools import partial, reduce
from operator import or_
from typing import Any

from django.contrib.postgres.search import SearchQueryField, TrigramWordDistance
from django.db.models import BooleanField, Func, Q, QuerySet
from django.db.models.functions import Least, Lower

from rembuk.common.composed import Composed, Given
from rembuk.proposals.models import TITLE_WORDS, Proposal
from rembuk.proposals.selectors import listed
from rembuk.proposals.titles.words import COUNTED, MOST_OF_ONE, MOST_SEARCHES, mended, searches

# Below this, a title resembles too many others; beyond, no title is longer.
SHORTEST_TITLE, LONGEST_TITLE = 8, 300
MOST_SIMILAR = 5
# So many are compared, however many share the words.
_MOST_COMPARED = 40
_SHOWN = ("code", "title", "state", "subject__figures__support")
# Holds for no row, where there are fewer searches than the statement has places for.
_NOTHING = "' '"


def similar(title: str, *, apart_from: int | None = None) -> list[Proposal]:
    """Listed proposals whose title resembles what somebody types, the likeliest first, at most ``MOST_SIMILAR``.

    Each has ``distance``: how far it is from holding what is typed, 0 to 1. ``apart_from`` is a proposal left out. Of
    their fields only those of the list are read: code, title, state, support.
    """
    asked = title.replace("\0", " ").strip().lower()[:LONGEST_TITLE]
    if len(asked) < SHORTEST_TITLE:
        return []
    counted = COUNTED.get()
    meant = mended(asked, counted)
    told = searches(asked, meant, counted)
    if not told:
        return []
    places = {name: told[place] if place < len(told) else _NOTHING for place, name in enumerate(_PLACES)}
    if meant:
        return _ALIKE_MENDED.rows(asked=asked, meant=meant, apart_from=apart_from or 0, **places)
    return _ALIKE.rows(asked=asked, apart_from=apart_from or 0, **places)


def _alike(*texts: str) -> QuerySet[Proposal]:
    """The narrowest search fills the places of those compared first; what is left is for the wider ones."""
    first, *wider = map(_holding, _PLACES)
    compared: QuerySet[Any] = first.union(*wider, all=True)[:_MOST_COMPARED]
    rows: QuerySet[Any] = Proposal.objects.filter(pk__in=compared).exclude(pk=Given("apart_from"))
    asked: list[Any] = [Given(text) for text in texts]
    distances = [TrigramWordDistance(text, "lower") for text in asked]
    near = [Q(lower__trigram_word_similar=text) | Q(lower__trigram_similar=text) for text in asked]
    rows = rows.annotate(lower=Lower("title")).filter(reduce(or_, near))
    rows = rows.annotate(distance=Least(*distances) if len(distances) > 1 else distances[0])
    shown = rows.select_related("subject__figures").only(*_SHOWN)
    return shown.order_by("distance", "-pk")[:MOST_SIMILAR]


def _holding(name: str) -> QuerySet[Any]:
    search = Func(Given(name), template="%(expressions)s::tsquery", output_field=SearchQueryField())
    holds = Func(
        TITLE_WORDS, search, template="(%(expressions)s)", arg_joiner=" @@ ", output_field=BooleanField()
    )
    return listed().filter(holds).values("pk")[:MOST_OF_ONE]


_PLACES = [f"search_{place}" for place in range(MOST_SEARCHES)]
_ALIKE = Composed(partial(_alike, "asked"))
# What was typed and what it may be meant to be: the nearer counts.
_ALIKE_MENDED = Composed(partial(_alike, "asked", "meant"))

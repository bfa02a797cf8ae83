"""Proposals whose title resembles another: few are found by their words, and trigrams tell how near each is."""

from typing import Any

from django.contrib.postgres.search import SearchQueryField, TrigramWordDistance
from django.db.models import BooleanField, Func, Q, QuerySet
from django.db.models.functions import Lower

from rembuk.common.composed import Composed, Given
from rembuk.proposals.models import TITLE_WORDS, Proposal
from rembuk.proposals.selectors import listed
from rembuk.proposals.titles.words import COUNTED, MOST_SEARCHES, mended, searches

# Below this, a title resembles too many others.
SHORTEST_TITLE = 8
MOST_SIMILAR = 5
# So many are compared, however many share the words.
_MOST_COMPARED = 40
_SHOWN = ("code", "title", "state", "subject__figures__support")
# A search that finds nothing, where there are fewer than the statement has places for.
_NOTHING = ""


def similar(title: str, *, apart_from: int | None = None) -> list[Proposal]:
    """Listed proposals whose title resembles what somebody types, the likeliest first, at most ``MOST_SIMILAR``.

    Each has ``distance``: how far it is from holding what is typed, 0 to 1. ``apart_from`` is a proposal left out. Of
    their fields only those of the list are read: code, title, state, support.
    """
    if len(title.strip()) < SHORTEST_TITLE:
        return []
    counted = COUNTED.get()
    asked = mended(title, counted)
    told = searches(title, asked, counted)
    places = {
        f"search_{place}": told[place] if place < len(told) else _NOTHING for place in range(MOST_SEARCHES)
    }
    return _ALIKE.rows(asked=asked, apart_from=apart_from or 0, **places)


def _alike() -> QuerySet[Proposal]:
    """The narrowest search fills the places of those compared first; what is left is for the wider ones."""
    first, *wider = [_holding(f"search_{place}") for place in range(MOST_SEARCHES)]
    asked: Any = Given("asked")
    compared: QuerySet[Any] = first.union(*wider, all=True)[:_MOST_COMPARED]
    rows: QuerySet[Any] = Proposal.objects.filter(pk__in=compared).exclude(pk=Given("apart_from"))
    rows = rows.annotate(lower=Lower("title"), distance=TrigramWordDistance(asked, "lower"))
    near = rows.filter(Q(lower__trigram_word_similar=asked) | Q(lower__trigram_similar=asked))
    shown = near.select_related("subject__figures").only(*_SHOWN)
    return shown.order_by("distance", "-pk")[:MOST_SIMILAR]


def _holding(name: str) -> QuerySet[Any]:
    search = Func(Given(name), template="%(expressions)s::tsquery", output_field=SearchQueryField())
    holds = Func(
        TITLE_WORDS, search, template="(%(expressions)s)", arg_joiner=" @@ ", output_field=BooleanField()
    )
    return listed().filter(holds).values("pk")


_ALIKE = Composed(_alike)

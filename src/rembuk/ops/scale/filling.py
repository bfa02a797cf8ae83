"""Filling an empty site: N = 1 is what a small regency has after a year."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from rembuk.common import clock
from rembuk.common.errors import Invalid
from rembuk.engagement.models import CodeSeries
from rembuk.ops.scale import consultations, programs, proposals, talk
from rembuk.ops.scale.drawing import SEED, Draw
from rembuk.ops.scale.making import Making
from rembuk.ops.scale.people import settle
from rembuk.ops.scale.rows import OWNER, Loader
from rembuk.proposals.models import Proposal


@dataclass(frozen=True, slots=True)
class Amounts:
    """How many of everything, at a scale of ``n``."""

    proposals: int
    programs: int
    consultations: int
    submissions: int
    units: int
    comments: int
    votes: int
    people: int

    @classmethod
    def at(cls, n: float) -> "Amounts":
        """Those of the scale ``n``; parts of one are for trying it out."""
        given = (1_000, 100, 10, 300, 50, 10_000, 100_000, 5_000)
        least = (20, 4, 10, 20, 6, 50, 100, 60)
        return cls(*(max(low, round(amount * n)) for amount, low in zip(given, least, strict=True)))


def fill(n: float, *, tell: Callable[[str], object] = print, now: datetime | None = None) -> Loader:
    """Fill an empty site; ``tell`` hears of each part with its seconds. The same scale gives the same site.

    Raises:
        Invalid: when there are proposals already.
    """
    if Proposal.objects.exists():
        raise Invalid("This site has proposals already. A made-up site is filled into an empty one only.")
    amounts, loader, draw = Amounts.at(n), Loader(), Draw(SEED)
    timed = _Telling(tell)
    site = settle(loader, draw, people=amounts.people, units=amounts.units, now=now or clock.now())
    timed("units and people")

    def of() -> Making:
        return Making(loader, draw, site)

    year, made = site.now.year, list[proposals.Made]()
    for part in proposals.propose(of, amounts.proposals, lambda place: _program_of(year, place, amounts)):
        made.extend(part)
    timed("proposals")
    topics, silent = (
        [one.topic for one in made if one.is_open],
        [one.topic.subject for one in made if not one.is_open],
    )
    for phases, others in programs.undertake(of, amounts.programs, _taken(made)):
        topics.extend(phases)
        silent.extend(others)
    timed("programmes")
    silent.extend(consultations.consult(of(), amounts.consultations, amounts.submissions))
    timed("consultations")
    talk.open_ballots(loader, topics)
    talk.vote(loader, draw, site, topics, amounts.votes)
    timed("votes")
    talk.comment(loader, draw, site, topics, amounts.comments)
    talk.follow(loader, draw, site, topics)
    talk.count(loader, topics, silent)
    timed("comments")
    _go_on_numbering(made, amounts, year)
    loader.finish()
    timed("statistics for the planner")
    return loader


def _program_of(year: int, place: int, amounts: Amounts) -> str:
    return programs.code_of(year, place % amounts.programs + 1)


def _taken(made: list[proposals.Made]) -> dict[str, dict[str, int]]:
    """Numbers of the proposals that each programme takes up, by their codes."""
    taken: dict[str, dict[str, int]] = {}
    for one in made:
        if one.program:
            taken.setdefault(one.program, {})[one.code] = one.number
    return taken


def _go_on_numbering(made: list[proposals.Made], amounts: Amounts, year: int) -> None:
    """Codes given out from now on follow those of the made-up rows."""
    last: dict[tuple[str, int], int] = {("PRG", year): amounts.programs, ("UJP", year): amounts.consultations}
    for one in made:
        key = (one.code[:3], int(one.code[4:8]))
        last[key] = max(last.get(key, 0), int(one.code[9:]))
    with transaction.atomic(using=OWNER):
        for (prefix, of_year), number in last.items():
            CodeSeries.objects.using(OWNER).update_or_create(
                prefix=prefix, year=of_year, defaults={"last": number}
            )


class _Telling:
    def __init__(self, tell: Callable[[str], object]) -> None:
        self._tell, self._began = tell, time.monotonic()

    def __call__(self, part: str) -> None:
        now = time.monotonic()
        self._tell(f"{part}: {now - self._began:.0f} s")
        self._began = now

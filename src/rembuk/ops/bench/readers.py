"""Readers: a page from the page cache beside nginx, and pages that Django makes anew beside an empty view."""

import statistics
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

from rembuk.keeping.worker import AHEAD_SECONDS
from rembuk.ops.bench import server, tools
from rembuk.ops.bench.amounts import MAKING, Amounts
from rembuk.ops.bench.server import Served
from rembuk.ops.bench.sites import Failed, Site, Told
from rembuk.ops.bench.table import Row, milliseconds, times

CACHED = "/usulan/"
ANEW = "/usulan/?ukur=1"
"""The page cache leaves a query alone that the page does not read."""
_PACKING = "gzip"
CONNECTIONS = 8
# Times an empty view; twice as much for somebody signed in.
_AIMS = {"list of proposals": 20, "proposal with 50 comments": 40}
_MOST_QUERIES = {"list of proposals": 6, "proposal with 50 comments": 10}
_GROWTH, _GROWTH_OF_SEARCH = 1.1, 1.5
# The first one's filter leaves the smaller site no full page, so the aim is that of the second one, which shows as many at both.
_WITH_AS_MANY = {
    "programmes without a budget": "programmes of a unit without a budget",
    "desk: programmes without a budget": "desk: programmes of a unit without a budget",
    "desk: moderation of a category": "desk: moderation of a unit and a category",
    "desk: reasons on many rows": "auditor: reasons on many rows",
}
_DEAREST = 3
_EMPTY = "empty view"
_EMPTY_CALLS = 10
"""So many times as often as a page: the empty view is short, and what the page before it left in the caches would count."""

type Figures = dict[str, dict[str, float]]


def cached(web: Served, folder: Path, amounts: Amounts) -> Iterator[Row]:
    """CPU of a hit beside nginx, taken in turns so that both meet the same machine."""
    with server.nginx(folder, _bytes_of(f"{web.url}{CACHED}")) as beside:
        ours, theirs = [], []
        for _ in range(amounts.turns):
            ours.append(per_answer(web, CACHED, amounts))
            theirs.append(per_answer(beside, "", amounts))
    figure = statistics.median(ours) / statistics.median(theirs)
    yield times(
        "cached page / nginx static, CPU of a hit", figure, "2", "list of proposals, gzip, same bytes"
    )


def per_answer(served: Served, path: str, amounts: Amounts, script: Path | None = None) -> float:
    """CPU seconds of the served program for one answer."""
    headers = (f"Accept-Encoding: {_PACKING}",)
    load = tools.Load(f"{served.url}{path}", CONNECTIONS, amounts.seconds, script, headers)
    before = served.used()
    answers = tools.wrk(load)
    return max(served.used() - before, 0.01) / answers.count


def _bytes_of(url: str) -> bytes:
    """The packed bytes of a page that comes from the cache."""
    asked = urllib.request.Request(url, headers={"Accept-Encoding": _PACKING})  # noqa: S310
    for _ in range(2):
        with urllib.request.urlopen(asked, timeout=60) as answer:  # noqa: S310
            body: bytes = answer.read()
            packing, age = answer.headers["Content-Encoding"], answer.headers["Age"]
    if packing != _PACKING or age is None:
        raise Failed(f"{url} does not come packed from the page cache.")
    return body


def anew(sites: Sequence[Site], amounts: Amounts, *, are_all: bool) -> list[Figures]:
    """CPU and queries of the pages of each site: of all that may grow with it, or of those opened most.

    Every page is made in turns with the same page of the other sites and, where it is opened often, with the empty view,
    so that all of them meet the same machine. ``application``, ``database`` and ``empty``, in seconds, are the least of
    the turns, as whatever else a machine does only adds (``timeit`` of the standard library says so of times). ``growth``
    is how many times as much the page costs as in the first site, told within each turn, as a machine shared with others
    may be slower for minutes: the median of the turns. Of several processes all are the median: each lies differently in
    memory, which makes one a tenth slower than the next. A page that then lies above what it may cost more has as many
    processes again, and all of them count.
    """
    several = [_by_one_process_each(sites, amounts, are_all=are_all) for _ in range(amounts.processes)]
    if above := _above(_medians(several)[-1]):
        several += [
            _by_one_process_each(sites, amounts, are_all=are_all, only=above)
            for _ in range(amounts.processes)
        ]
    return _medians(several)


def _above(figures: Figures) -> frozenset[str]:
    """The pages of the largest site that cost more than they may beside the smallest."""
    return frozenset(
        page
        for page, seen in figures.items()
        if not page.startswith(MAKING) and page not in _WITH_AS_MANY and seen["growth"] > _most_growth(page)
    )


def _by_one_process_each(
    sites: Sequence[Site], amounts: Amounts, *, are_all: bool, only: frozenset[str] = frozenset()
) -> list[Figures]:
    with ExitStack() as stack:
        told = [stack.enter_context(site.told("pages", all=int(are_all))) for site in sites]
        shapes: list[Figures] = [each.hear() for each in told]
        found = [{page: of[page] for page in of if page in only or not only} for of in shapes]
        for page, shape in found[0].items():
            beside = _EMPTY if shape["is_often"] else None
            turns = [_turn(told, page, beside, amounts, step) for step in _there_and_back(amounts.rounds)]
            for figures, seen in zip(found, zip(*turns, strict=True), strict=True):
                figures[page] |= {key: min(one[key] for one in seen) for key in seen[0]}
                figures[page]["growth"] = _growth(turns, seen)
    return found


def _growth(turns: Sequence[Sequence[dict[str, float]]], seen: Sequence[dict[str, float]]) -> float:
    pairs = zip(turns, seen, strict=True)
    return statistics.median(one["quarter"] / turn[0]["quarter"] for turn, one in pairs)


def _medians(several: Sequence[Sequence[Figures]]) -> list[Figures]:
    """Of each site the median of every figure over the processes that measured the page."""
    return [
        {page: _median([one[page] for one in found if page in one]) for page in found[0]}
        for found in zip(*several, strict=True)
    ]


def _median(found: Sequence[dict[str, float]]) -> dict[str, float]:
    return {key: statistics.median(one[key] for one in found) for key in found[0]}


def _there_and_back(rounds: int) -> list[int]:
    """Which of the sites comes first changes, so that a machine that slows down meets both alike."""
    return [-1 if turn % 2 else 1 for turn in range(rounds)]


def _turn(
    told: Sequence[Told], page: str, beside: str | None, amounts: Amounts, step: int
) -> list[dict[str, float]]:
    return [_part(site, page, beside, amounts) for site in told[::step]][::step]


def _part(site: Told, page: str, beside: str | None, amounts: Amounts) -> dict[str, float]:
    empty = {"empty": site.tell([beside, amounts.calls * _EMPTY_CALLS])["application"]} if beside else {}
    calls = 1 if page.startswith(MAKING) else amounts.calls
    return {**site.tell([page, calls]), **empty}


def page_rows(figures: Figures, scale: float) -> Iterator[Row]:
    """Each page that is opened often beside the empty view of the same process, and that itself: the unit."""
    for page, seen in figures.items():
        if page == _EMPTY:
            yield milliseconds(
                f"{_EMPTY}, N = {scale:g}", seen["application"], "CPU of /healthz; the unit of pages"
            )
        if page == _EMPTY or not seen["is_often"]:
            continue
        base = seen["empty"]
        visitors = page.removesuffix(", signed in")
        aim = _AIMS.get(visitors, 0) * (1 if page == visitors else 2)
        most = _MOST_QUERIES.get(visitors, 0) * (1 if page == visitors else 2)
        told = f" (aim {most})" if most else ""
        beside = f"queries: {seen['queries']:.0f}{told}; database {seen['database'] / base:.1f} ×"
        yield times(f"{page}, N = {scale:g} / empty view", seen["application"] / base, f"{aim or ''}", beside)


def growth_rows(small: Figures, large: Figures, scales: tuple[float, float]) -> Iterator[Row]:
    """What a page costs more, application and database together, with more rows in the tables."""
    low, high = scales
    for page, seen in small.items():
        if page == _EMPTY or page.startswith(MAKING):
            continue
        grown = large[page]
        aim = f"{_most_growth(page)}"
        queries, size, calls = ([one[key] for one in (seen, grown)] for key in ("queries", "bytes", "calls"))
        beside = f"queries: {queries[0]:.0f}, then {queries[1]:.0f}; KB: {size[0] / 1000:.0f}, then {size[1] / 1000:.0f}"
        beside += f"; calls {calls[1] / calls[0]:.2f} ×"
        if page in _WITH_AS_MANY:
            as_many = large[_WITH_AS_MANY[page]]["growth"]
            aim, beside = "", f"shows more; with as many at both {as_many:.2f} ×; {beside}"
        yield times(f"{page}, N = {high:g} / N = {low:g}", grown["growth"], aim, beside)


def _most_growth(page: str) -> float:
    return _GROWTH_OF_SEARCH if "search" in page else _GROWTH


def making_rows(figures: Figures, scale: float) -> Iterator[Row]:
    """What the worker makes once a minute for all processes (0075): all of it, and the dearest parts."""
    cost = {
        page.removeprefix(MAKING): seen["application"] + seen["database"]
        for page, seen in figures.items()
        if page.startswith(MAKING)
    }
    if cost:
        dearest = sorted(cost.items(), key=lambda one: one[1], reverse=True)[:_DEAREST]
        parts = ", ".join(f"{name} {seconds * 1000:.0f} ms" for name, seconds in dearest)
        beside = f"with the database; {sum(cost.values()) / AHEAD_SECONDS:.2%} of a core; {parts}"
        yield milliseconds(f"{MAKING}all figures, N = {scale:g}", sum(cost.values()), beside)

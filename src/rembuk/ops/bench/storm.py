"""Storms: many at once who sign in, or who vote past their limit, beside readers of a kept page.

A person who is told to wait comes again a quarter of a second later, on a connection of her own. wrk does not say how
long a refusal took beside other answers, so the crowd is made here.
"""

import asyncio
import itertools
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from tempfile import TemporaryFile
from urllib.parse import urlsplit

from rembuk.accounts.passwords import hasher
from rembuk.ops.bench.amounts import Amounts
from rembuk.ops.bench.readers import CACHED
from rembuk.ops.bench.server import LOCAL, Served
from rembuk.ops.bench.sites import Failed, Site
from rembuk.ops.bench.table import Row, share, times
from rembuk.ops.bench.writers import Ground
from rembuk.runtime.spare import stand_behind

READERS, LET_IN = 4, 12
"""So many at once may wait for one place of a hash (``web.serving.admission``): none is refused."""
CROWD = max(64, LET_IN * (os.cpu_count() or 1))
"""Twice as many as all places take, one for every two cores."""
PAUSE_SECONDS, READERS_PAUSE_SECONDS = 0.25, 0.02
LATE_SECONDS = 0.2
PATIENCE_SECONDS = 30
_ENOUGH = 5_000
_SIGN_INS = "sign-ins"
FEW = 8
"""So many people vote past their limit, on all connections: programs that go on."""
_REFUSALS = frozenset({429, 503})
_PAST_THE_LIMIT = """
    INSERT INTO accounts_limit (key, window_start, count)
    SELECT 'vote:' || id || ':86400', date_trunc('day', clock_timestamp(), 'UTC') + days * interval '1 day', 1000000
    FROM accounts_person, generate_series(0, 1) AS days
    ON CONFLICT (key, window_start) DO UPDATE SET count = excluded.count
"""
_NETWORKS = 200
"""Sign-ins come from so many networks: from one, the limit of its wrong tries would soon refuse them before a hash."""

type Words = Callable[[], bytes]
type Seen = list[tuple[int, float]]


@dataclass(slots=True)
class _Turns:
    """What was seen in all turns: of readers alone, beside who is let in, and in the storm; and of its crowd."""

    calm: list[float] = field(default_factory=list)
    beside: list[float] = field(default_factory=list)
    alone: Seen = field(default_factory=list)
    stormy: list[float] = field(default_factory=list)
    crowd: Seen = field(default_factory=list)


def storm_rows(copy: Site, web: Served, ground: Ground, amounts: Amounts) -> Iterator[Row]:
    """How many refusals came late, and what readers noticed. Nobody can vote on the copy afterwards."""
    with copy.connect() as connection:
        connection.execute(_PAST_THE_LIMIT)
    for name, words in ((_SIGN_INS, _sign_ins(web, ground)), ("votes past the limit", _votes(web, ground))):
        turns = _Turns()
        _seen(web, words, 1)
        for _ in range(amounts.turns):
            turns.calm += _times_of(_seen(web, None, amounts.seconds)[1])
            if name == _SIGN_INS:
                alone, readers = _seen(web, words, amounts.seconds, LET_IN)
                turns.alone += alone
                turns.beside += _times_of(readers)
            crowd, readers = _seen(web, words, amounts.seconds)
            turns.crowd += crowd
            turns.stormy += _times_of(readers)
        refused = [seconds for status, seconds in turns.crowd if status in _REFUSALS]
        if not refused:
            raise Failed(f"The storm of {name} was let in as a whole, so nothing is told of refusals.")
        late = sum(seconds > LATE_SECONDS for seconds in refused)
        beside = f"{late} of {len(refused)}; {len(turns.crowd) - len(refused)} others were let in"
        yield share(f"storm of {name}: refusals after 200 ms", late / len(refused), "0", beside)
        figure = statistics.median(turns.stormy) / statistics.median(turns.calm)
        slow = sum(seconds > LATE_SECONDS for seconds in turns.stormy)
        beside = f"median of the time; {slow} of {len(turns.stormy)} after 200 ms"
        yield times(f"storm of {name}: kept page in it / without", figure, "about 1", beside)
        if turns.beside:
            yield _beside_those_let_in(turns)
    yield _beside_hashes(web, amounts)


def _beside_those_let_in(turns: _Turns) -> Row:
    """What readers notice of those who are refused: beside as many sign-ins as one place of a hash takes, and no more."""
    figure = statistics.median(turns.stormy) / statistics.median(turns.beside)
    refused = sum(status in _REFUSALS for status, _seconds in turns.alone)
    beside = f"what excess costs readers; {refused} of {len(turns.alone)} alone were refused"
    return times(f"storm of {_SIGN_INS}: kept page in it / beside those let in", figure, "about 1", beside)


def _beside_hashes(web: Served, amounts: Amounts) -> Row:
    """What readers notice of hashes that nobody waits for."""
    calm, beside = list[float](), list[float]()
    for _ in range(amounts.turns):
        calm += _times_of(_seen(web, None, amounts.seconds)[1])
        with _hashes_alone():
            beside += _times_of(_seen(web, None, amounts.seconds)[1])
    figure = statistics.median(beside) / statistics.median(calm)
    return times(
        "kept page beside hashes alone / without", figure, "", "what a busy core costs readers on another"
    )


@contextmanager
def _hashes_alone() -> Iterator[None]:
    """A program like those of the web server hashes all the time."""
    with TemporaryFile() as questions:
        questions.writelines(
            b"%d %b\n" % (number, hasher.to_hash("x", "saltsaltsalt")) for number in range(_ENOUGH)
        )
        questions.seek(0)
        command = [sys.executable, "-I", hasher.__file__]
        with subprocess.Popen(command, stdin=questions, stdout=subprocess.DEVNULL) as program:  # noqa: S603
            stand_behind(program.pid)
            try:
                yield
                if program.poll() is not None:
                    raise Failed("The program that hashes ended.")
            finally:
                program.kill()


def _sign_ins(web: Served, ground: Ground) -> Words:
    numbers = itertools.count()
    token, (_session, cookie) = ground.crowd.token, ground.crowd.cookies

    def words() -> bytes:
        number = next(numbers)
        body = (
            f"csrfmiddlewaretoken={token}&email=orang-{number}%40contoh.example&password=bukan-kata-sandinya"
        )
        return _post(web, "/akun/masuk/", f"{cookie}={token}", body, f"198.51.100.{number % _NETWORKS}")

    return words


def _votes(web: Served, ground: Ground) -> Words:
    people = itertools.cycle(ground.crowd.sessions[:FEW])
    codes = itertools.cycle([code for _, code in ground.ballots])
    token, (session, cookie) = ground.crowd.token, ground.crowd.cookies

    def words() -> bytes:
        path, cookies = f"/diskusi/usulan/{next(codes)}/suara/", f"{session}={next(people)}; {cookie}={token}"
        return _post(web, path, cookies, f"csrfmiddlewaretoken={token}&value=1")

    return words


def _post(web: Served, path: str, cookies: str, body: str, address: str = LOCAL) -> bytes:
    more = f"X-Forwarded-For: {address}\r\nCookie: {cookies}\r\nContent-Length: {len(body)}\r\n"
    more += "Content-Type: application/x-www-form-urlencoded\r\n"
    return _lines(web, "POST", path, more) + body.encode()


def _lines(web: Served, method: str, path: str, more: str = "") -> bytes:
    host = urlsplit(web.url).netloc
    return f"{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{more}\r\n".encode()


def _times_of(seen: Seen) -> list[float]:
    if wrong := [status for status, _seconds in seen if status != 200]:
        raise Failed(f"Readers of {CACHED} got {wrong[:5]}.")
    return [seconds for _status, seconds in seen]


def _seen(web: Served, crowd: Words | None, seconds: float, size: int = CROWD) -> tuple[Seen, Seen]:
    """Send for so long; what the crowd, if there is one, and the readers saw."""
    return asyncio.run(_together(web, crowd, seconds, size if crowd else 0))


async def _together(web: Served, crowd: Words | None, seconds: float, size: int) -> tuple[Seen, Seen]:
    ends, many, few = time.monotonic() + seconds, list[tuple[int, float]](), list[tuple[int, float]]()
    kept = _lines(web, "GET", CACHED)
    async with asyncio.TaskGroup() as group:
        for number in range(size):
            group.create_task(_one(web, crowd or bytes, (ends, PAUSE_SECONDS, number / size), many))
        for number in range(READERS):
            group.create_task(_one(web, lambda: kept, (ends, READERS_PAUSE_SECONDS, number / READERS), few))
    return many, few


async def _one(web: Served, words: Words, when: tuple[float, float, float], seen: Seen) -> None:
    """One client after the other on this place, until the time ends; the first comes at a share of the pause."""
    ends, pause, first = when
    await asyncio.sleep(pause * first)
    while (began := time.monotonic()) < ends:
        async with asyncio.timeout(PATIENCE_SECONDS):
            status = await _ask(web, words())
        seen.append((status, time.monotonic() - began))
        await asyncio.sleep(pause)


async def _ask(web: Served, words: bytes) -> int:
    """The status of one request; all of the answer is read, and a refusal has to say when to come again."""
    address = urlsplit(web.url)
    reader, writer = await asyncio.open_connection(address.hostname, address.port)
    try:
        writer.write(words)
        answer = await reader.read()
    finally:
        writer.close()
    if not answer:
        raise Failed("A connection was ended without an answer.")
    status = int(answer[9:12])
    if status in _REFUSALS and b"\r\nretry-after:" not in answer.partition(b"\r\n\r\n")[0].lower():
        raise Failed(f"A refusal ({status}) does not say when to come again.")
    return status

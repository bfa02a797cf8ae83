"""What people were told against what the database holds. Pure: logs and rows come in, a verdict goes out."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

type Pair = tuple[int, str]
"""A voter and the code of what she voted on."""

WITHDRAWN = 0


@dataclass(frozen=True, slots=True)
class Attempt:
    """One request of a voter; seconds by one clock. It was acknowledged, or nobody knows what became of it."""

    sent: float
    done: float
    voter: int
    code: str
    value: int
    answer: str

    @property
    def is_acknowledged(self) -> bool:
        """Whether the voter was told that her vote counts."""
        return self.answer == "ok"

    def line(self) -> str:
        """As it stands in a log."""
        return f"{self.sent:.6f}\t{self.done:.6f}\t{self.voter}\t{self.code}\t{self.value}\t{self.answer}\n"


def read(lines: Iterable[str]) -> Iterator[Attempt]:
    """The attempts of a log; a last line that was cut off is left out, since nobody saw it end."""
    for line in lines:
        words = line.rstrip("\n").split("\t")
        if line.endswith("\n") and len(words) == 6:
            sent, done, voter, code, value, answer = words
            yield Attempt(float(sent), float(done), int(voter), code, int(value), answer)


@dataclass(frozen=True, slots=True)
class Held:
    """What the database holds on one pair: the values of its rows (there should be one), entries in the trail."""

    values: tuple[int, ...] = ()
    entries: int = 0


@dataclass(slots=True)
class Verdict:
    """What is wrong, pair by pair, in words; all empty when nothing is."""

    acknowledged: int = 0
    unknown: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    strange: list[str] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        """Nothing lost, nothing doubled, nothing that nobody sent."""
        return not (self.lost or self.doubled or self.strange)


def outcome(verdict: Verdict, drift: int, *, is_control: bool) -> tuple[int, str]:
    """The code the drill ends with, and why. The control has to lose votes, and to fail by it like any other run."""
    if verdict.acknowledged == 0:
        return 2, "No vote was acknowledged: nothing is proven."
    if is_control:
        if not verdict.lost:
            return 2, "The control lost no vote: it does not prove that the drill would see one."
        return 1, f"Expected of the control: {len(verdict.lost)} votes are lost, and the drill sees it."
    if not verdict.is_clean or drift:
        return 1, "Failed."
    return 0, "Every acknowledged vote stands, once."


def judge(attempts: Iterable[Attempt], held: Mapping[Pair, Held]) -> Verdict:
    """Compare what each voter was told with rows and trail. The attempts of one pair come in the order they were sent."""
    verdict, by_pair = Verdict(), defaultdict[Pair, list[Attempt]](list)
    for attempt in attempts:
        by_pair[attempt.voter, attempt.code].append(attempt)
        if attempt.is_acknowledged:
            verdict.acknowledged += 1
        else:
            verdict.unknown += 1
    for pair, told in by_pair.items():
        _judge_pair(verdict, pair, told, held.get(pair, Held()))
    for pair in held.keys() - by_pair.keys():
        verdict.strange.append(f"{pair}: nobody sent it")
    return verdict


def _judge_pair(verdict: Verdict, pair: Pair, told: Sequence[Attempt], held: Held) -> None:
    sure, perhaps = _changes(told)
    may_stand = _may_stand(told)
    lost, doubled = list[str](), list[str]()
    if len(held.values) > 1:
        doubled.append(f"{len(held.values)} rows")
    if held.values and held.values[0] not in may_stand:
        lost.append(f"{held.values[0]} stands, told was {told[-1].value}")
    if not held.values and None not in may_stand:
        lost.append("no row")
    if held.entries < sure:
        lost.append(f"{held.entries} of {sure} changes in the trail")
    if held.entries > perhaps:
        doubled.append(f"{held.entries} entries in the trail for {perhaps} changes")
    for words, cases in ((lost, verdict.lost), (doubled, verdict.doubled)):
        if words:
            cases.append(f"{pair}: {'; '.join(words)}")


def _changes(told: Sequence[Attempt]) -> tuple[int, int]:
    """How many changes of the value are in the trail at least and at most. The same value again changes nothing."""
    steps = list[tuple[int, bool]]()
    for attempt in told:
        if steps and steps[-1][0] == attempt.value:
            steps[-1] = (attempt.value, steps[-1][1] or attempt.is_acknowledged)
        else:
            steps.append((attempt.value, attempt.is_acknowledged))
    # To take back what was never given changes nothing.
    if steps and steps[0][0] == WITHDRAWN:
        steps = steps[1:]
    sure = [value for value, is_acknowledged in steps if is_acknowledged]
    at_least = sum(1 for at, value in enumerate(sure) if value != (sure[at - 1] if at else WITHDRAWN))
    return at_least, len(steps)


def _may_stand(told: Sequence[Attempt]) -> set[int | None]:
    """Which values may stand at the end; ``None`` is no row at all."""
    may: set[int | None] = {None}
    for attempt in told:
        may = {attempt.value} if attempt.is_acknowledged else {*may, attempt.value}
    return may


def longest_gap(attempts: Iterable[Attempt], begin: float, end: float) -> float:
    """The longest time between two acknowledged votes from ``begin`` to ``end``, the edges included."""
    times = sorted(each.done for each in attempts if each.is_acknowledged and begin <= each.done <= end)
    marks = [begin, *times, end]
    return max(after - before for before, after in pairwise(marks))

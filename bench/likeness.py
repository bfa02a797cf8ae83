"""Precision and recall of likeness on hand-labelled pairs, beside plain trigrams, and the time to group many rows.

`python bench/likeness.py` prints the held-out half, and the fresh pairs on subjects the lexicon was not made for. `--tune` prints
the other half with every mistake, for those who work on the lexicon: whoever reads the held-out or fresh pairs one by one must
write new ones. `--group 5000` groups that many rows.
"""

import argparse
import random
import sys
import time
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

from rembuk.consultations.likeness import compare, grouping
from rembuk.consultations.likeness.meaning import meaning_of

PAIRS = Path(__file__).with_name("likeness_pairs.toml")
KINDS = ("paraphrase", "lookalike", "ordinary")


@dataclass(frozen=True)
class Pair:
    """Two texts and what a person says of them."""

    kind: str
    set: str
    same: bool
    a: str
    b: str
    differs: str = ""


def pairs() -> list[Pair]:
    """All labelled pairs."""
    return [Pair(**row) for row in tomllib.loads(PAIRS.read_text(encoding="utf-8"))["pair"]]


def trigrams(first: str, second: str) -> float:
    """The baseline: trigrams of words as pg_trgm takes them (Jaccard), nothing else."""
    one, other = (meaning_of(text).trigrams for text in (first.lower(), second.lower()))
    return len(one & other) / len(one | other) if one | other else 0.0


def best_line(rows: list[Pair], score: Callable[[str, str], float]) -> float:
    """The line with the best F1 on these rows."""
    found = {line / 100: f1(rows, score, line / 100) for line in range(5, 96)}
    return max(found, key=lambda line: (found[line], -line))


def counts(rows: list[Pair], score: Callable[[str, str], float], line: float) -> tuple[int, int, int, int]:
    """True positives, false positives, false negatives, true negatives."""
    said = [(row.same, score(row.a, row.b) >= line) for row in rows]
    return tuple(said.count(case) for case in ((True, True), (False, True), (True, False), (False, False)))  # type: ignore[return-value]


def f1(rows: list[Pair], score: Callable[[str, str], float], line: float) -> float:
    """The harmonic mean of precision and recall."""
    hit, wrong, missed, _ = counts(rows, score, line)
    return 2 * hit / (2 * hit + wrong + missed) if hit else 0.0


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.2f} ({part}/{whole})" if whole else "–"


def report(rows: list[Pair], name: str, score: Callable[[str, str], float], line: float) -> None:
    """One table."""
    print(
        f"\n{name}, line {line:.2f}\n{'part':<12}{'pairs':>6}{'precision':>18}{'recall':>18}{'unlike kept apart':>20}"
    )
    for kind in (*KINDS, "all"):
        chosen = [row for row in rows if kind in {row.kind, "all"}]
        hit, wrong, missed, apart = counts(chosen, score, line)
        precision, recall = _share(hit, hit + wrong), _share(hit, hit + missed)
        print(f"{kind:<12}{len(chosen):>6}{precision:>18}{recall:>18}{_share(apart, apart + wrong):>20}")


def mistakes(rows: list[Pair]) -> None:
    """Every mistake, with what was found."""
    for row in rows:
        found = compare.compared(meaning_of(row.a), meaning_of(row.b))
        if (found.score >= compare.ALIKE) is not row.same:
            reasons = ", ".join(sorted(reason.value for reason in found.apart))
            print(
                f"{row.kind:<11}{row.differs:<10} {found.score:.2f} [{reasons}; {found.exchanged}] {row.a} | {row.b}"
            )


FILL = (
    "mohon",
    "tolong",
    "kami",
    "harap",
    "sebaiknya",
    "sekali",
    "juga",
    "ya",
    "pak",
    "bu",
    "saja",
    "memang",
    "tentu",
    "agar",
)


def made_up(rows: list[Pair], number: int) -> tuple[list[grouping.Item], dict[int, int]]:
    """So many texts, each a labelled one with some words put in and now and then a letter lost; and which text each came from.

    Both texts of a pair that means the same have one number there.
    """
    chance = random.Random(20261124)
    texts = [
        (text, 2 * place + (0 if row.same else side))
        for place, row in enumerate(rows)
        for side, text in enumerate((row.a, row.b))
    ]
    items, origins = [], {}
    for key in range(number):
        text, origin = chance.choice(texts)
        words = text.split()
        for _ in range(chance.randrange(3)):
            words.insert(chance.choice((0, len(words))), chance.choice(FILL))
        place = chance.randrange(len(words))
        if chance.random() < 0.3 and len(words[place]) > 5:
            words[place] = words[place][:3] + words[place][4:]
        items.append(grouping.Item(key=key, text=" ".join(words)))
        origins[key] = origin
    return items, origins


def group(rows: list[Pair], number: int, line: float) -> None:
    """Group made-up rows; how long it took, and how many pairs within groups come from one text or its labelled like."""
    items, origins = made_up(rows, number)
    begun = time.process_time()
    groups = grouping.groups_of(items, line=line)
    seconds = time.process_time() - begun
    together = [(origins[one], origins[other]) for keys in groups for one, other in combinations(keys, 2)]
    right = sum(one == other for one, other in together)
    sizes: dict[int, int] = {}
    for origin in origins.values():
        sizes[origin] = sizes.get(origin, 0) + 1
    all_right = sum(size * (size - 1) // 2 for size in sizes.values())
    print(
        f"{number} rows, line {line:.2f}: {len(groups)} groups, largest {len(groups[0])}, {seconds:.1f} s of one core; "
        f"pairs in groups right {_share(right, len(together))}, of all right ones found {_share(right, all_right)}"
    )


def main() -> None:
    """Print what was asked for."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--tune", action="store_true", help="the half for tuning, with every mistake")
    arguments.add_argument(
        "--group", type=int, default=0, metavar="ROWS", help="also group so many made-up rows"
    )
    options = arguments.parse_args()
    tuning = [row for row in pairs() if row.set == "tune"]
    base = best_line(tuning, trigrams)
    for name in ("tune",) if options.tune else ("held", "fresh"):
        rows = [row for row in pairs() if row.set == name]
        print(f"\n== set {name!r}: {len(rows)} pairs")
        report(rows, "likeness", compare.likeness, compare.ALIKE)
        report(rows, "plain trigrams, line with the best F1 in tuning", trigrams, base)
        report(rows, "plain trigrams, usual line of pg_trgm", trigrams, 0.3)
        if options.group:
            lines = (0.4, 0.45, 0.5, 0.55) if options.tune else (grouping.LINE,)
            for line in lines:
                group(rows, options.group, line)
    if options.tune:
        print(f"\nbest line here: {best_line(tuning, compare.likeness):.2f}")
        mistakes(tuning)


if __name__ == "__main__":
    main()

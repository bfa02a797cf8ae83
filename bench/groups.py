"""Precision and recall of suggested groups, beside trigrams and other methods.

`python bench/groups.py [usulan_musrenbang.csv]` prints two tables:

- *sejenis*: the texts of `groups/texts/`, written for a kind and a place. Tuned on five places, held out four others; `fresh` was
  written when all else was done, in tongues no other text is in. Whoever reads the mistakes of `fresh` must write new ones.
- *sama* (with the path of the file, which is in no repository): pairs of real records, labelled by hand before there was a method
  (`groups/pairs.csv`, numbers of records only). Used of a record: place text, village, district and executing unit.

Lines of other methods are those best by F1 on the tuning half, the line of trigrams on real records the best on those very pairs.
With `wordllama` installed (word vectors shipped in its package, for English) it is measured too.
"""

import csv
import math
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

from rembuk.common.words.forms import stem
from rembuk.consultations.likeness.compare import likeness
from rembuk.programs.suggestions.grouping import Group, Item, like_groups, same_groups
from rembuk.programs.suggestions.places import place_of
from rembuk.programs.suggestions.themes import theme_of
from rembuk.programs.suggestions.words import placed_words

HERE = Path(__file__).with_name("groups")
HELD_OUT = frozenset({"Pasirhuni", "Banjarmulya", "Tanjungbaru", "Karangtengah"})
FRESH = frozenset({"Muarabaru"})

type Score = Callable[[int, int], float]


@dataclass(frozen=True)
class Wish:
    """A text, and the kind and place it was written for."""

    kind: str
    place: str
    text: str


@dataclass(frozen=True)
class Figures:
    """How many pairs were rightly and wrongly put together, and how many were missed."""

    hit: int
    wrong: int
    missed: int

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.hit / (2 * self.hit + self.wrong + self.missed) if self.hit else 0.0

    def __str__(self) -> str:
        said, true = self.hit + self.wrong, self.hit + self.missed
        precision = f"{self.hit / said:.2f} ({self.hit}/{said})" if said else "-"
        return f"{precision:>16}{f'{self.hit / true:.2f} ({self.hit}/{true})':>16}"


def main(path: str | None) -> None:
    """Print both tables."""
    print("sejenis, by the kind and place a text was written for")
    measure_kinds(wishes())
    if path:
        print("\nsama, by hand-labelled pairs of real records")
        measure_records(Path(path))


def wishes() -> list[Wish]:
    """All written texts."""
    rows: list[Wish] = []
    for file in sorted((HERE / "texts").glob("*.csv")):
        with file.open(encoding="utf-8") as lines:
            rows += [Wish(**row) for row in csv.DictReader(lines)]
    return rows


def measure_kinds(rows: list[Wish]) -> None:
    """One line for each method and part."""
    parts = {
        "tuning": [row for row in rows if row.place not in HELD_OUT | FRESH],
        "held out": [row for row in rows if row.place in HELD_OUT],
        "fresh": [row for row in rows if row.place in FRESH],
    }
    print(f"{'method':<38}{'part':<10}{'texts':>6}{'precision':>16}{'recall':>16}")
    for name, is_within, method in methods():
        tuned = scored(parts["tuning"], method, is_within=is_within)
        line = max(range(2, 98), key=lambda cut: figures(tuned, cut / 100).f1) / 100
        for part, texts in parts.items():
            found = figures(scored(texts, method, is_within=is_within), line)
            print(f"{f'{name}, line {line:.2f}':<38}{part:<10}{len(texts):>6}{found}")
    for part, texts in parts.items():
        print(f"{'themes (chosen)':<38}{part:<10}{len(texts):>6}{chosen(texts)}")


def methods() -> Iterable[tuple[str, bool, Callable[[list[Wish]], Score]]]:
    """The other methods: their name, whether they know the area beside the text, and how they score."""
    yield "trigrams of the text alone", False, trigram_score
    yield "trigrams within the area", True, trigram_score
    yield "stems (Jaccard)", True, stem_score
    yield "TF-IDF over stems", True, tfidf_score
    yield "likeness of consultations", True, likeness_score
    try:
        import wordllama
    except ImportError:
        return
    model = wordllama.WordLlama.load(cache_dir=Path(str(wordllama.__file__)).parent, disable_download=True)

    def embedded(rows: list[Wish]) -> Score:
        vectors = model.embed([row.text for row in rows], norm=True)
        return lambda one, other: float(vectors[one] @ vectors[other])

    yield "embeddings (wordllama)", True, embedded


def scored(
    rows: list[Wish], method: Callable[[list[Wish]], Score], *, is_within: bool
) -> list[tuple[float, bool]]:
    """Every pair with its score, and whether it was written for one kind and place."""
    score = method(rows)
    return [
        (0.0 if is_within and one.place != other.place else score(left, right), is_same(one, other))
        for (left, one), (right, other) in combinations(enumerate(rows), 2)
    ]


def is_same(one: Wish, other: Wish) -> bool:
    """Whether both were written for one kind and place."""
    return (one.kind, one.place) == (other.kind, other.place)


def figures(pairs: list[tuple[float, bool]], line: float) -> Figures:
    """What a line makes of scored pairs."""
    said = Counter((same, score >= line) for score, same in pairs)
    return Figures(said[True, True], said[False, True], said[True, False])


def chosen(rows: list[Wish]) -> Figures:
    """The method of the product: pairs in one group."""
    items = [Item(key=key, area=row.place, theme=theme_of(row.text).theme) for key, row in enumerate(rows)]
    together = pairs_of(like_groups(items))
    true = {
        (left, right)
        for (left, one), (right, other) in combinations(enumerate(rows), 2)
        if is_same(one, other)
    }
    return Figures(len(together & true), len(together - true), len(true - together))


def pairs_of(groups: Iterable[Group]) -> set[tuple[int, int]]:
    """The pairs that stand in one group."""
    return {pair for group in groups for pair in combinations(group.keys, 2)}


def trigrams(text: str) -> frozenset[str]:
    """Trigrams as pg_trgm takes them."""
    words = [f"  {word} " for word in re.findall(r"\w+", text.lower())]
    return frozenset(word[index : index + 3] for word in words for index in range(len(word) - 2))


def jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    """Shared parts of all parts."""
    return len(one & other) / len(one | other) if one | other else 0.0


def stems(text: str) -> frozenset[str]:
    """The stems of a text, short forms written out, without stop words."""
    return frozenset(stem(word) for word, _ in placed_words(text))


def trigram_score(rows: list[Wish]) -> Score:
    """Trigram similarity."""
    parts = [trigrams(row.text) for row in rows]
    return lambda one, other: jaccard(parts[one], parts[other])


def stem_score(rows: list[Wish]) -> Score:
    """Shared stems of all stems."""
    parts = [stems(row.text) for row in rows]
    return lambda one, other: jaccard(parts[one], parts[other])


def tfidf_score(rows: list[Wish]) -> Score:
    """Cosine of stems weighted by their rarity."""
    parts = [stems(row.text) for row in rows]
    found_in = Counter(one for part in parts for one in part)
    rarity = {one: math.log((1 + len(rows)) / count) for one, count in found_in.items()}
    lengths = [math.sqrt(math.fsum(rarity[one] ** 2 for one in part)) or 1.0 for part in parts]
    return lambda one, other: (
        math.fsum(rarity[each] ** 2 for each in parts[one] & parts[other]) / lengths[one] / lengths[other]
    )


def likeness_score(rows: list[Wish]) -> Score:
    """What consultations compare submissions by."""
    return lambda one, other: likeness(rows[one].text, rows[other].text)


def measure_records(path: Path) -> None:
    """The labelled pairs of real records: trigrams of the place at their best line, and the groups of the product."""
    with path.open(encoding="utf-8-sig") as lines:
        records = {row["nomor"]: row for row in csv.DictReader(lines)}
    with (HERE / "pairs.csv").open(encoding="utf-8") as lines:
        pairs = [(row["nomor_a"], row["nomor_b"], row["label"] == "1") for row in csv.DictReader(lines)]
    places = {number: trigrams(row["lokasi"]) for number, row in records.items()}
    likely = [(jaccard(places[one], places[other]), same) for one, other, same in pairs]
    line = max((score for score, _ in likely), key=lambda cut: figures(likely, cut).f1)
    together = pairs_of(same_groups(record_items(records)))
    said = [(tuple(sorted((int(one), int(other)))) in together, same) for one, other, same in pairs]
    found = figures([(float(is_said), same) for is_said, same in said], 0.5)
    print(f"{len(pairs)} pairs, {sum(same for *_, same in pairs)} of them the same wish")
    print(f"{'method':<38}{'precision':>16}{'recall':>16}")
    print(f"{f'trigrams of the place, line {line:.2f}':<38}{figures(likely, line)}")
    print(f"{'places and unit (chosen)':<38}{found}")


def record_items(records: dict[str, dict[str, str]]) -> list[Item]:
    """Records by their place, region and executing unit; kegiatan, uraian and all else are not read."""
    return [
        Item(
            key=int(number),
            region=f"{row['kecamatan']}/{row['desa_kelurahan']}",
            subject=row["satuan_kerja_pelaksana"],
            place=place_of(row["lokasi"], [row["desa_kelurahan"], row["kecamatan"]]),
        )
        for number, row in records.items()
    ]


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else None)

"""Random edits of a text that remember which part is which: the truth that matching is held against."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rembuk.consultations.choices import ClauseKind
from rembuk.consultations.drafts.matching import Match, match_parts
from rembuk.consultations.drafts.parts import Part, settled

WORDS = (
    "pemerintah",
    "daerah",
    "warga",
    "sampah",
    "angkut",
    "iuran",
    "bulan",
    "pengurus",
    "jadwal",
    "tempat",
    "wajib",
    "dapat",
    "setiap",
    "petugas",
    "laporan",
    "biaya",
    "izin",
    "tarif",
    "layanan",
    "lingkungan",
    "desa",
    "kota",
    "sanksi",
    "denda",
    "rumah",
    "pasar",
    "jalan",
    "air",
    "pajak",
    "usaha",
    "dana",
    "kerja",
)
EDITS = ("insert", "delete", "reword", "move", "renumber", "swap")


@dataclass(frozen=True, slots=True)
class Marked:
    """A part with the mark of who it is; parts put in later have marks of their own."""

    part: Part
    mark: int


def text(seed: int, articles: int) -> list[Marked]:
    """A regulation of some articles with ayat, huruf, and words that often repeat («Cukup jelas.»)."""
    chance = random.Random(seed)
    parts: list[Part] = []
    for number in range(1, articles + 1):
        parts.append(_article(number, _sentence(chance) if chance.random() < 0.5 else ""))
        for ayat in range(1, chance.randint(0, 3) + 1):
            words = "Cukup jelas." if chance.random() < 0.15 else _sentence(chance)
            parts.append(Part(kind=ClauseKind.PARAGRAPH, depth=1, label=f"ayat ({ayat})", body=words))
    return [Marked(part, mark) for mark, part in enumerate(settled(parts))]


def edited(parts: Sequence[Marked], edits: Sequence[tuple[str, int]]) -> list[Marked]:
    """The text after edits, each a kind with a seed."""
    made = list(parts)
    for count, (kind, seed) in enumerate(edits):
        chance = random.Random(seed)
        if made:
            made = _ACTS[kind](made, chance, 10_000 + count)
    whole = settled([marked.part for marked in made])
    return [Marked(part, marked.mark) for part, marked in zip(whole, made, strict=True)]


def matched(old: Sequence[Marked], new: Sequence[Marked]) -> list[Match]:
    """The matches of two marked texts."""
    return match_parts([m.part for m in old], [m.part for m in new])


def _article(number: int, body: str) -> Part:
    return Part(kind=ClauseKind.ARTICLE, depth=0, label=f"Pasal {number}", body=body)


def _sentence(chance: random.Random) -> str:
    return " ".join(chance.choice(WORDS) for _ in range(chance.randint(6, 18))).capitalize() + "."


def _block(parts: Sequence[Marked], index: int) -> slice:
    end = index + 1
    while end < len(parts) and parts[end].part.depth > parts[index].part.depth:
        end += 1
    return slice(index, end)


def _insert(parts: list[Marked], chance: random.Random, mark: int) -> list[Marked]:
    at = chance.randint(0, len(parts))
    depth = parts[at].part.depth if at < len(parts) else 0
    kind, label = (ClauseKind.PARAGRAPH, "ayat (9)") if depth else (ClauseKind.ARTICLE, "Pasal 99")
    new = Marked(Part(kind=kind, depth=depth, label=label, body=_sentence(chance)), mark)
    return [*parts[:at], new, *parts[at:]]


def _delete(parts: list[Marked], chance: random.Random, _mark: int) -> list[Marked]:
    gone = _block(parts, chance.randrange(len(parts)))
    return parts[: gone.start] + parts[gone.stop :]


def _reword(parts: list[Marked], chance: random.Random, _mark: int) -> list[Marked]:
    at = chance.randrange(len(parts))
    words = parts[at].part.body.split()
    for _turn in range(max(1, len(words) // 6)) if words else ():
        words[chance.randrange(len(words))] = chance.choice(WORDS)
    changed = replace(parts[at].part, body=" ".join(words))
    return [*parts[:at], Marked(changed, parts[at].mark), *parts[at + 1 :]]


def _move(parts: list[Marked], chance: random.Random, _mark: int) -> list[Marked]:
    taken = _block(parts, chance.randrange(len(parts)))
    block, rest = parts[taken], parts[: taken.start] + parts[taken.stop :]
    places = [i for i, m in enumerate(rest) if m.part.depth <= block[0].part.depth] or [0]
    at = chance.choice([*places, len(rest)])
    return rest[:at] + block + rest[at:]


def _renumber(parts: list[Marked], _chance: random.Random, _mark: int) -> list[Marked]:
    made, article, ayat = [], 0, 0
    for marked in parts:
        if marked.part.depth == 0:
            article, ayat, label = article + 1, 0, f"Pasal {article + 1}"
        else:
            ayat, label = ayat + 1, f"ayat ({ayat + 1})"
        made.append(Marked(replace(marked.part, label=label), marked.mark))
    return made


def _swap(parts: list[Marked], chance: random.Random, _mark: int) -> list[Marked]:
    heads = [i for i, m in enumerate(parts) if m.part.depth == 0]
    if len(heads) < 2:
        return parts
    first, second = sorted(chance.sample(heads, 2))
    one, two = _block(parts, first), _block(parts, second)
    return parts[: one.start] + parts[two] + parts[one.stop : two.start] + parts[one] + parts[two.stop :]


_ACTS = {
    "insert": _insert,
    "delete": _delete,
    "reword": _reword,
    "move": _move,
    "renumber": _renumber,
    "swap": _swap,
}

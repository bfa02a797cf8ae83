"""The legal texts of the tests: what stands in them, counted by eye, and how much of it the reading finds."""

import itertools
import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from rembuk.consultations.choices import ClauseKind
from rembuk.consultations.drafts.parts import Part
from rembuk.consultations.drafts.reading import read_text

FOLDER = Path(__file__).parent / "laws"
NAMES = sorted(path.stem for path in FOLDER.glob("*.txt"))
_RANGE = re.compile(r"\{(\w+)-(\w+)\}")


@dataclass(frozen=True, slots=True)
class Score:
    """How many numbered parts were put in their place, which were not, and which were found that do not exist."""

    expected: int
    right: int
    missing: list[str]
    extra: list[str]

    @property
    def share(self) -> float:
        """Right ones of all that stand in the text."""
        return self.right / self.expected


def expected(name: str) -> list[str]:
    """The full labels of a text's numbered parts in reading order."""
    lines = (FOLDER / f"{name}.labels").read_text(encoding="utf-8").split("\n")
    return list(itertools.chain.from_iterable(_spread(line) for line in lines if line))


def found(name: str) -> list[str]:
    """The full labels of the numbered parts the reading finds; titles, closing words and paragraphs have no number."""
    parts = read_text((FOLDER / f"{name}.txt").read_text(encoding="utf-8")).parts
    return [part.full_label for part in parts if _is_numbered(part)]


def score(name: str) -> Score:
    """Both compared in order: a part counts as right under its own label at its own place among the others."""
    there, here = expected(name), found(name)
    missing: list[str] = []
    extra: list[str] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, there, here, autojunk=False).get_opcodes():
        if tag != "equal":
            missing += there[i1:i2]
            extra += here[j1:j2]
    return Score(len(there), len(there) - len(missing), missing, extra)


def _is_numbered(part: Part) -> bool:
    is_title = part.kind == ClauseKind.HEADING and not part.depth
    return part.kind != ClauseKind.TEXT and not is_title


def _spread(line: str) -> list[str]:
    match = _RANGE.search(line)
    if match is None:
        return [line]
    first, last = match[1], match[2]
    if first.isdecimal():
        signs = [str(n) for n in range(int(first), int(last) + 1)]
    else:
        signs = [chr(n) for n in range(ord(first), ord(last) + 1)]
    return [line[: match.start()] + sign + line[match.end() :] for sign in signs]

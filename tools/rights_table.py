"""Writes docs/rights.md, who gets in at which address, from docs/rights.toml; ``--check`` only tells whether it is up to date.

The rows of docs/rights.toml are written by hand. What they mean for each seeded role is computed here and, on another
way, in tests/security/rights, where the running site has to answer the same.
"""

import re
import sys
import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]
ROWS = ROOT / "docs" / "rights.toml"
PAGE = ROOT / "docs" / "rights.md"
PLACES = "IPOCX"
ROLES = "AUMPCTRK"
# Where a role must have been given, for each scope that a clause may name; without one any place will do.
REACH = {"": "IPOCX", "unit": "IPO", "above": "IP", "whole": "I", "exact": "O", "nowhere": ""}
# Public addresses: who asks, and which of them each kind lets in.
READERS = ("visitor", "member", "owner", "staff")
PUBLIC = {
    "anyone": set(READERS),
    "signed in": {"member", "owner", "staff"},
    "own": {"owner"},
    "staff": {"staff"},
    "not by staff": {"member", "owner"},
    "not by the owner": {"member", "staff"},
    "nobody": set(),
}


@dataclass(frozen=True, slots=True)
class Clause:
    """Any of these permissions, given at one of these places."""

    permissions: tuple[str, ...]
    scope: str

    @property
    def places(self) -> str:
        """Letters of the places that satisfy the scope."""
        return REACH[self.scope]

    def __str__(self) -> str:
        words = " or ".join(f"`{key}`" for key in self.permissions)
        return f"{words} *{self.scope}*" if self.scope else words


@dataclass(frozen=True, slots=True)
class Row:
    """One address with one or more methods: the guard, the thing that must be within reach, and the act."""

    area: str
    route: str
    methods: tuple[str, ...]
    clauses: tuple[Clause, ...]
    public: str = ""
    why: str = ""
    changes: dict[str, str] = field(default_factory=dict)

    @property
    def is_staff(self) -> bool:
        """Whether permissions decide."""
        return not self.public


@cache
def load() -> tuple[tuple[Row, ...], tuple[str, ...]]:
    """All rows in order, and the titles of their areas."""
    found = tomllib.loads(ROWS.read_text(encoding="utf-8"))
    words: dict[str, str] = found["words"]
    rows = [_row(area, entry, words) for area in found["area"] for entry in area["rows"]]
    return tuple(rows), tuple(area["title"] for area in found["area"])


def _row(area: dict[str, str], entry: list[object], words: dict[str, str]) -> Row:
    *cells, last = entry
    notes = last if isinstance(last, dict) else {}
    texts = [str(cell) for cell in (cells if notes else entry)]
    route, methods, *rest = texts
    public = area.get("kind") == "public"
    return Row(
        area=area["title"],
        route=route[1:] if route.startswith("/") else area.get("prefix", "") + route,
        methods=tuple(methods.split()),
        clauses=() if public else tuple(_clause(text, words) for text in rest),
        public=rest[0] if public else "",
        why=str(notes.get("why", "")),
        changes={str(key): str(value) for key, value in notes.items() if key != "why"},
    )


def _clause(text: str, words: dict[str, str]) -> Clause:
    names, _, scope = text.partition("@")
    keys = [key for name in names.strip().split("|") for key in words.get(name, name).split("|")]
    return Clause(tuple(keys), scope.strip())


def places(row: Row, held: set[str], letter: str) -> str:
    """The letters of the places from which a role that holds these permissions gets in."""
    if letter in row.changes:
        return row.changes[letter]
    fit = (clause.places if held & set(clause.permissions) else "" for clause in row.clauses)
    open_to = set(PLACES)
    for letters in fit:
        open_to &= set(letters)
    return "".join(place for place in PLACES if place in open_to)


def address(route: str) -> str:
    """A route as people read it."""
    plain = re.sub(r"\(\?P<(\w+)>[^)]*\)", r"<\1>", route).replace("^", "").replace("$", "").replace("\\", "")
    return "/" + re.sub(r"<\w+:(\w+)>", r"<\1>", plain)


def page() -> str:
    """The whole document."""
    from rembuk.access.seeds import SEEDS

    held = {letter: set(seed.permissions) for letter, seed in zip(ROLES, SEEDS.values(), strict=True)}
    rows, areas = load()
    lines = [HEAD]
    for letter, seed in zip(ROLES, SEEDS.values(), strict=True):
        lines.append(f"| {letter} | {seed.name} | {seed.name_en} | `{seed.slug}` |")
    for area in areas:
        lines += _area(area, [row for row in rows if row.area == area], held)
    return "\n".join(lines) + "\n"


def _area(title: str, rows: list[Row], held: dict[str, set[str]]) -> list[str]:
    lines = ["", f"## {title}", ""]
    if rows[0].is_staff:
        lines.append(f"| address | methods | guard | thing and act | {' | '.join(ROLES)} |")
        lines.append("|---|---|---|---|" + "---|" * len(ROLES))
    else:
        lines.append(f"| address | methods | for | {' | '.join(READERS)} |")
        lines.append("|---|---|---|" + "---|" * len(READERS))
    reasons: list[str] = []
    for row in rows:
        mark = ""
        if row.why:
            reasons.append(row.why)
            mark = f" [{len(reasons)}]"
        lines.append(_line(row, mark, held))
    lines += [f"\n[{number}] {why}" for number, why in enumerate(reasons, 1)]
    return lines


def _line(row: Row, mark: str, held: dict[str, set[str]]) -> str:
    begin = f"| `{address(row.route)}`{mark} | {' '.join(row.methods)} "
    if not row.is_staff:
        let_in = PUBLIC[row.public]
        cells = [_public(row.changes.get(reader, "yes" if reader in let_in else "")) for reader in READERS]
        return f"{begin}| {row.public} | {' | '.join(cells)} |"
    guard, *further = row.clauses
    asked = "; ".join(str(clause) for clause in further)
    cells = [cell(places(row, held[letter], letter)) for letter in ROLES]
    return f"{begin}| {guard} | {asked} | {' | '.join(cells)} |"


def cell(letters: str) -> str:
    """A cell of the table: the places, ``all`` or ``–``."""
    return "all" if letters == PLACES else letters or "–"


def _public(value: str) -> str:
    return "yes" if value == "yes" else "–"


HEAD = """# Who gets in where

Every address of the site and who gets in, for auditors and administrators. Written by `python tools/rights_table.py` from
`docs/rights.toml`; do not edit it here. A test asks the running site every cell of this page, at a site with every kind of
thing, and a new address without a row fails (tests/security/rights, docs/decisions/0058-rights-table.md).

**How to read it.** A role counts in the unit in which it was given and in all below it. For each seeded role the letters
tell from which places it opens the address, seen from the unit of the thing:

| letter | the role was given in |
|---|---|
| I | the instansi itself |
| P | the unit above that of the thing |
| O | the unit of the thing |
| C | a unit below that of the thing |
| X | any other unit |

"all": from every place; "–": from none. Everybody else is refused: without a session by being led to the sign-in page, by
the guard with 403, where the thing lies outside of the reader's units with 404 as if there were none. Roles can be changed
on the site; this page tells of the roles as they are seeded, the two columns before tell which permissions decide.
*unit*: held in the unit of the thing; *above*: in the unit above it; *whole*: in the instansi itself; *exact*: given in that
very unit. POST is asked with the form that the page itself offers. "Gets in" means that neither guard, thing nor act refuses;
a state that no longer allows the act (409) or a field that is wrong (422) is no matter of rights.

| letter | role | in English | key |
|---|---|---|---|"""


def main() -> int:
    """Write or check; returns the exit code."""
    from tools.pages import write_or_check

    return write_or_check(PAGE, _in_english, __doc__)


def _in_english() -> str:
    from django.utils import translation

    with translation.override("en"):
        return page()


if __name__ == "__main__":
    sys.exit(main())

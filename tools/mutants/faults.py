"""The list of faults: what each changes in which file, and the tests that should notice."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDER = Path(__file__).resolve().parent / "faults"


class WrongFault(ValueError):
    """An entry of the list no longer fits the project; the message names it and says why."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: in `file`, `old` becomes `new`; at least one of `tests` (arguments to pytest) has to fail."""

    name: str
    area: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]

    def put_into(self, root: Path) -> str:
        """Change the file under `root` and return its text from before.

        Raises WrongFault where `old` does not stand exactly once in the file, so that an entry never tests nothing.
        """
        path = root / self.file
        text = path.read_text(encoding="utf-8") if path.is_file() else ""
        if (times := text.count(self.old)) != 1:
            raise WrongFault(f"{self.name}: its text stands {times} times in {self.file}, not once.")
        path.write_text(text.replace(self.old, self.new), encoding="utf-8")
        return text


def listed(folder: Path = FOLDER) -> list[Fault]:
    """Every fault, by file and place in it. Raises WrongFault for an entry without a part, or a name given twice."""
    found = [_fault(path.stem, entry) for path in sorted(folder.glob("*.toml")) for entry in _entries(path)]
    names = [fault.name for fault in found]
    if doubled := {name for name in names if names.count(name) > 1}:
        raise WrongFault(f"Names given twice: {', '.join(sorted(doubled))}.")
    return found


def misfits(faults: list[Fault], root: Path = ROOT) -> list[str]:
    """A sentence for each fault whose text is not in its file exactly once, or whose tests are gone."""
    return [sentence for fault in faults for sentence in _misfits(fault, root)]


def _misfits(fault: Fault, root: Path) -> list[str]:
    path = root / fault.file
    times = path.read_text(encoding="utf-8").count(fault.old) if path.is_file() else 0
    wrong = [] if times == 1 else [f"{fault.name}: its text stands {times} times in {fault.file}, not once."]
    if not fault.tests:
        wrong.append(f"{fault.name}: names no test.")
    for test in fault.tests:
        place, *names = test.split("::")
        name = names[-1].partition("[")[0] if names else ""
        if not (root / place).exists():
            wrong.append(f"{fault.name}: {place} is not there.")
        elif name and f"{name}" not in (root / place).read_text(encoding="utf-8"):
            wrong.append(f"{fault.name}: {place} has no {name}.")
    return wrong


def _entries(path: Path) -> list[dict[str, object]]:
    entries = tomllib.loads(path.read_text(encoding="utf-8")).get("fault", [])
    assert isinstance(entries, list)
    return entries


def _fault(area: str, entry: dict[str, object]) -> Fault:
    try:
        given = {part: str(entry[part]) for part in ("name", "file", "old", "new")}
        tests = entry["tests"]
    except KeyError as missing:
        raise WrongFault(f"{area}: {entry.get('name', 'a fault')} has no {missing}.") from missing
    if given["old"] == given["new"] or not given["old"] or not isinstance(tests, list):
        raise WrongFault(f"{area}: {given['name']} changes nothing, or its tests are no list.")
    return Fault(area=area, tests=tuple(map(str, tests)), **given)

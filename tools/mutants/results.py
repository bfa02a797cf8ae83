"""What was found, remembered in a file of one line a fault, so that a run that was stopped goes on where it stood."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

Outcome = Literal["found", "missed", "broken"]


@dataclass(frozen=True, slots=True)
class Result:
    """The outcome of one fault in one state of the project; `seconds` its tests took, `detail` what they said last."""

    name: str
    state: str
    outcome: Outcome
    seconds: float
    detail: str


class Results:
    """The results of one state of the project, kept in `file`; those of other states stay there, unread."""

    def __init__(self, file: Path, state: str) -> None:
        self._file, self._state = file, state
        lines = file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
        known = (Result(**json.loads(line)) for line in lines)
        self._known = {result.name: result for result in known if result.state == state}

    def of(self, key: str) -> Result | None:
        """What is known of a fault (or of the tests without one), if anything."""
        return self._known.get(key)

    def add(self, key: str, outcome: Outcome, seconds: float, detail: str) -> Result:
        """Remember one, on disk before this returns."""
        result = Result(key, self._state, outcome, round(seconds, 1), detail)
        self._known[key] = result
        self._file.parent.mkdir(parents=True, exist_ok=True)
        with self._file.open("a", encoding="utf-8") as file:
            file.write(json.dumps(asdict(result), ensure_ascii=False) + "\n")
        return result

"""What happens when: deeds of all stories in one list, played in the order of time."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

type Act = Callable[[datetime], object]


@dataclass(order=True, slots=True)
class Deed:
    """One act at an instant; acts of the same instant keep the order in which they were planned."""

    at: datetime
    number: int
    act: Act = field(compare=False)
    story: str = field(compare=False)


class Schedule:
    """Deeds of people and offices, planned in any order."""

    def __init__(self) -> None:
        self._deeds: list[Deed] = []

    def add(self, at: datetime, act: Act, story: str) -> None:
        """Plan an act of a story, which is called with its instant."""
        self._deeds.append(Deed(at, len(self._deeds), act, story))

    def play(self) -> int:
        """Do everything; returns how many deeds it was."""
        for deed in sorted(self._deeds):
            try:
                deed.act(deed.at)
            except Exception as error:
                error.add_note(f"in {deed.story} at {deed.at}")
                raise
        return len(self._deeds)

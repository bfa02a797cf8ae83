"""Story: one proposal of the texts with its steps, when each happens and who takes it.

What a step does is in ``writing`` (author, moderators) and ``handling`` (offices).
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from rembuk.access import permissions as izin
from rembuk.accounts.models import Person
from rembuk.engagement.models import Subject
from rembuk.ops.demo.content import Entry
from rembuk.ops.demo.schedule import Schedule
from rembuk.ops.demo.world import World
from rembuk.proposals.choices import ParticipantKind
from rembuk.proposals.content import Content
from rembuk.proposals.models import Proposal
from rembuk.regions.models import Region
from rembuk.workunits.models import WorkUnit

# Steps of offices, which happen in office hours; all others are the author's.
OFFICE_STEPS = frozenset(
    {"enter", "publish", "return", "reject", "duplicate", "undo_duplicate", "hide", "unhide", "note"}
    | {"refer", "change_disposition", "assess", "defer", "forward", "decline", "claim"}
)
_APART = timedelta(minutes=17)

type Step = Callable[["Story", Entry, datetime], object]
"""What a word of the texts means, done with a story at an instant."""


class Story:
    """A proposal of the texts."""

    def __init__(self, world: World, entry: Entry) -> None:
        self.world = world
        self.entry = entry
        self.key = str(entry["key"])
        self.moments = self._moments()
        self.author = self._author()
        self._subject: Subject | None = None

    def plan(self, schedule: Schedule, steps: Mapping[str, Step]) -> None:
        """Plan every step of the story; ``steps`` says what their words mean."""
        for step, at in zip(self.entry["steps"], self.moments, strict=True):
            schedule.add(at, self._act(steps[step["do"]], step), f"{self.key}: {step['do']}")

    def moment_of(self, *names: str) -> datetime | None:
        """When the last step of one of these names happens."""
        found = [
            at for step, at in zip(self.entry["steps"], self.moments, strict=True) if step["do"] in names
        ]
        return found[-1] if found else None

    @property
    def proposal(self) -> Proposal:
        """The proposal as it is now."""
        return self.world.proposal(self.key)

    @property
    def subject(self) -> Subject:
        """What its talk hangs on, kept until the next step."""
        if self._subject is None:
            self._subject = Subject.objects.select_related("unit").get(
                proposal=self.world.proposals[self.key]
            )
        return self._subject

    @property
    def writer(self) -> Person:
        """The author with an account.

        Raises:
            LookupError: where an office entered it.
        """
        if self.author is None:
            raise LookupError(self.key)
        return self.author

    def moderator(self) -> Person:
        """Who moderates it: the village's own approver, else a moderator who has not decided on it before."""
        proposal = self.proposal
        if proposal.origin_unit is not None and proposal.origin_unit.releases_own:
            return self.world.officer(izin.PROPOSAL_RELEASE, proposal.origin_unit, exact=True)
        decided = proposal.objections.values_list("first_decided_by", flat=True)
        pair = [self.world.people["moderator"], self.world.people["moderator2"]]
        return next(person for person in pair if person.pk not in set(decided))

    def unit(self, code: str) -> WorkUnit:
        """A work unit by its code."""
        return self.world.units[code]

    def content(self, **changes: object) -> Content:
        """The text of the proposal, with some answers replaced."""
        entry = self.entry
        values: dict[str, object] = {
            "title": entry["title"],
            "body": entry["body"].strip(),
            "category": self.world.categories[entry["category"]],
            "region": Region.objects.get(code=entry["region"]),
            "place": entry.get("place", ""),
            "target_unit": self.unit(entry["target"]) if "target" in entry else None,
            "estimate": entry.get("estimate"),
            "beneficiaries": entry.get("beneficiaries", ""),
            "participant_kind": entry.get("kind", ParticipantKind.PERSON),
            "participant_name": entry.get("group", ""),
            "planning_year": int(entry["year"]) if "year" in entry else None,
            "is_name_masked": entry.get("masked", False),
        }
        return Content(**{**values, **changes})  # type: ignore[arg-type]

    def _act(self, does: Step, step: Entry) -> Callable[[datetime], object]:
        def act(at: datetime) -> None:
            does(self, step, at)
            self._subject = None

        return act

    def _moments(self) -> list[datetime]:
        found: list[datetime] = []
        for number, step in enumerate(self.entry["steps"]):
            seed = f"{self.key} {number}"
            at = self.world.calendar.moment(step["ago"], seed, office=step["do"] in OFFICE_STEPS)
            if found and at <= found[-1]:
                at = min(found[-1] + _APART, self.world.calendar.now)
            found.append(at)
        return found

    def _author(self) -> Person | None:
        if self.entry.get("imported") or self.entry["steps"][0]["do"] == "enter":
            return None
        if "by" in self.entry:
            return self.world.people[self.entry["by"]]
        return self.world.author(self.key, self.moments[0])

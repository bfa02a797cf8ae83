"""Who and what the stories speak of: people, units, categories, places, and what they have made so far."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from random import Random

from rembuk.access import rights
from rembuk.access.permissions import Permission
from rembuk.accounts.models import Person
from rembuk.consultations.models import Consultation
from rembuk.ops.demo.days import Calendar
from rembuk.programs.models import Program
from rembuk.proposals.models import Proposal
from rembuk.taxonomy.models import Category, ReasonCode
from rembuk.workunits.models import WorkUnit


@dataclass
class World:
    """Everything by the short key that the texts use."""

    calendar: Calendar
    units: dict[str, WorkUnit]
    categories: dict[str, Category]
    people: dict[str, Person]
    staff: list[Person]
    citizens: list[Person]
    proposals: dict[str, int] = field(default_factory=dict)
    programs: dict[str, int] = field(default_factory=dict)
    consultations: dict[str, int] = field(default_factory=dict)
    # Who has taken part in a consultation, by its key.
    spoken: dict[str, set[int]] = field(default_factory=dict)
    _written: Counter[int] = field(default_factory=Counter)

    def proposal(self, key: str) -> Proposal:
        """A proposal of the texts as it is now."""
        return Proposal.objects.select_related("subject__unit", "unit", "author").get(pk=self.proposals[key])

    def program(self, key: str) -> Program:
        """A programme of the texts as it is now."""
        return Program.objects.select_related("subject__unit", "unit").get(pk=self.programs[key])

    def consultation(self, key: str) -> Consultation:
        """A consultation of the texts as it is now."""
        rows = Consultation.objects.select_related("subject__unit", "unit")
        return rows.get(pk=self.consultations[key])

    def officer(
        self, permission: Permission, unit: WorkUnit, *, exact: bool = False, barred: Collection[int] = ()
    ) -> Person:
        """Who does it for a unit: of those who may, the one with the nearest grant."""
        able = [
            person
            for person in self.staff
            if person.pk not in barred and rights.can(person, permission, unit, exact=exact)
        ]
        if not able:
            raise LookupError(f"nobody may {permission} in {unit.code}")
        return max(able, key=lambda person: len(rights.office_for(person, permission, unit).path))

    def author(self, key: str, at: datetime) -> Person:
        """A citizen who had an account by then, preferably one who has written little."""
        chosen = self.some(f"author {key}", 6, at)
        best = min(chosen, key=lambda person: self._written[person.pk])
        self._written[best.pk] += 1
        return best

    def some(self, seed: str, count: int, at: datetime, barred: Collection[int] = ()) -> list[Person]:
        """Different citizens who had an account by then, the same for the same ``seed``."""
        able = [person for person in self.citizens if person.joined_at < at and person.pk not in barred]
        return Random(seed).sample(able, min(count, len(able)))  # noqa: S311

    @cached_property
    def reasons(self) -> dict[str, ReasonCode]:
        """The seeded reason codes."""
        return {reason.code: reason for reason in ReasonCode.objects.all()}

"""Whether whoever brings a sheet of units may do what a row says: a command everything, a person what her rights cover."""

from collections.abc import Iterable
from functools import cached_property

from rembuk.access.models import Grant
from rembuk.accounts.models import Person
from rembuk.audit.actors import Actor
from rembuk.common.errors import ALLOWED, Verdict
from rembuk.management import rules
from rembuk.management.selectors import unended
from rembuk.management.units.endings import may_end_roles
from rembuk.management.units.widening import Widening
from rembuk.workunits.models import WorkUnit


class Judge:
    """The rules of units for one actor; what many rows need is read once."""

    def __init__(self, by: Person | Actor) -> None:
        self.by = by

    def may_manage(self, unit: WorkUnit) -> Verdict:
        """Whether the unit is one of those that she manages."""
        return rules.may_manage_unit(self.by, unit) if isinstance(self.by, Person) else ALLOWED

    def may_hang(self, unit: WorkUnit, above: Iterable[WorkUnit]) -> Verdict:
        """Whether what people gain over the unit is hers to give, when these units lie above it."""
        if not isinstance(self.by, Person):
            return ALLOWED
        return self._widening.allows(self.by, unit, [place.path for place in above])

    def may_end_roles(self, unit: WorkUnit) -> Verdict:
        """Whether she may end every role given in the unit."""
        if not isinstance(self.by, Person):
            return ALLOWED
        held = Grant.objects.filter(unended(), unit=unit).select_related("person", "role", "unit")
        return may_end_roles(self.by, list(held.order_by("pk")))

    @cached_property
    def _widening(self) -> Widening:
        return Widening()

"""What a move gives to whom: the rights that people get over a unit by its new place.

As with grants, nobody gives on what they lack there, nor anything to themselves. Not here: what is shown before a move
(``reach``), and who may touch which place (``management.rules``).
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from rembuk.access.holders import is_instansi
from rembuk.access.models import Grant
from rembuk.accounts.models import Person
from rembuk.common.clock import instant
from rembuk.common.errors import ALLOWED, Denied, Verdict
from rembuk.management.selectors import unended
from rembuk.workunits.models import WorkUnit
from rembuk.workunits.tree import chain

_MOST_NAMED = 5
type Held = dict[int, list[Grant]]


class Widening:
    """The grants that have not ended, read once for any number of moves; those of suspended people count, too."""

    def __init__(self, at: datetime | None = None) -> None:
        self.moment = instant(at)
        self.by_place = defaultdict[str, list[Grant]](list)
        rows = Grant.objects.filter(unended(self.moment), role__is_active=True, unit__is_active=True)
        for grant in rows.select_related("role", "unit"):
            self.by_place[grant.unit.path].append(grant)

    def allows(self, by: Person, unit: WorkUnit, above: Iterable[str]) -> Verdict:
        """Whether this person may hang ``unit`` where the units with the paths ``above`` lie above it.

        Every permission that anybody gains over it, now or by a grant still to come, is one that she holds over it
        already; she herself gains none, and none for longer.
        """
        old = set(chain(unit.path))
        had = self._held({*old, *self._tops()})
        gains = [
            (grant, keys)
            for path in above
            if path not in old
            for grant in self.by_place.get(path, ())
            if (keys := self._gained(grant, had.get(grant.person_id, [])))
        ]
        if any(grant.person_id == by.pk for grant, _keys in gains):
            words = _("You would get further rights over %(unit)s yourself. A colleague has to do this.")
            return Denied(words % {"unit": unit.name})
        held = {
            key
            for grant in had.get(by.pk, ())
            if grant.starts_at <= self.moment
            for key in grant.role.permissions
        }
        posts = {f"{grant.role.label} ({grant.unit.name})" for grant, keys in gains if keys - held}
        return _refused(unit, sorted(posts)) if posts else ALLOWED

    def _tops(self) -> set[str]:
        """A role in the whole instansi counts as held over a unit outside of every tree, too (``may_manage_unit``)."""
        return {path for path, grants in self.by_place.items() if is_instansi(grants[0].unit)}

    def _held(self, paths: set[str]) -> Held:
        held: defaultdict[int, list[Grant]] = defaultdict(list)
        for path in paths:
            for grant in self.by_place.get(path, ()):
                held[grant.person_id].append(grant)
        return held

    def _gained(self, grant: Grant, had: list[Grant]) -> set[str]:
        """What the grant gives beyond these: permissions that none of them gives on all of its days to come."""
        covering = [one for one in had if self._covers(one, grant)]
        return set(grant.role.permissions).difference(*(one.role.permissions for one in covering))

    def _covers(self, one: Grant, other: Grant) -> bool:
        begins = one.starts_at <= max(other.starts_at, self.moment)
        ends = one.ends_at is None or (other.ends_at is not None and other.ends_at <= one.ends_at)
        return begins and ends


def may_widen(by: Person, unit: WorkUnit, parent: WorkUnit, at: datetime | None = None) -> Verdict:
    """Whether what a move of ``unit`` below ``parent`` gives to people is this person's to give (``Widening.allows``)."""
    return Widening(at).allows(by, unit, chain(parent.path))


def _refused(unit: WorkUnit, posts: list[str]) -> Denied:
    words = _(
        "People with these roles would get rights over %(unit)s that you don't have there yourself: %(roles)s. Somebody "
        "who has them has to do this."
    )
    named = "; ".join([*posts[:_MOST_NAMED], *(["…"] if len(posts) > _MOST_NAMED else [])])
    return Denied(words % {"unit": unit.name, "roles": named})

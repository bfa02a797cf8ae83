"""The places of a programme: the first also stands on the programme itself, where lists and filters find it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from rembuk.common.errors import Invalid
from rembuk.common.text import clean_line
from rembuk.programs.models import Program, ProgramPlace
from rembuk.regions.models import Region

MOST_PLACES = 10


@dataclass(frozen=True, slots=True)
class Spot:
    """A region of the list, a place in words, or both."""

    region: Region | None = None
    words: str = ""

    def __str__(self) -> str:
        """The place in one line, as the trail and pages name it."""
        return ", ".join(part for part in (self.words, self.region.full_name if self.region else "") if part)


def tidy(spots: Sequence[Spot]) -> tuple[Spot, ...]:
    """The places that say where, cleaned, each once, in their order.

    Raises:
        Invalid: for more than ``MOST_PLACES``.
    """
    cleaned = [Spot(spot.region, clean_line(spot.words)) for spot in spots]
    found = tuple(dict.fromkeys(spot for spot in cleaned if spot.region or spot.words))
    if len(found) > MOST_PLACES:
        raise Invalid(_("At most %(most)s places fit one work programme.") % {"most": MOST_PLACES})
    return found


def places_of(program: Program) -> tuple[Spot, ...]:
    """The places as they are stored, the first one first."""
    rows = program.places.select_related("region").order_by("position")
    return tuple(Spot(row.region, row.words) for row in rows)


def write_places(program: Program, spots: Sequence[Spot]) -> None:
    """Keep these places, and only these, for a programme whose own columns hold the first already."""
    program.places.all().delete()
    ProgramPlace.objects.bulk_create(
        ProgramPlace(program=program, position=number, region=spot.region, words=spot.words)
        for number, spot in enumerate(spots, 1)
    )

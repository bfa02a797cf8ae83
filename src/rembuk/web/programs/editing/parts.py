"""The optional details of a programme as pages show them."""

from typing import Any

from rembuk.programs.actions.editing.places import places_of
from rembuk.programs.choices import level_of
from rembuk.programs.models import Program


def details(program: Program) -> dict[str, Any]:
    """Places in their order and what the code of the nomenclature names; one query."""
    return {
        "places": [str(spot) for spot in places_of(program)],
        "level": level_of(program.nomenclature).label if program.nomenclature else "",
    }

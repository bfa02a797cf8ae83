"""Keeping the words a programme is found by. Documents are not among them, so excluded ones can't leak."""

from rembuk.common import search
from rembuk.programs.actions.editing.places import places_of
from rembuk.programs.models import Program


def refresh_search(program: Program) -> None:
    """Write the search vector anew from title, summary, text, category, places, beneficiaries and offices."""
    places = " ".join(str(spot) for spot in places_of(program))
    office = program.executing_unit.name if program.executing_unit else ""
    category = f"{program.category.name} {program.category.name_en}" if program.category else ""
    words = search.vector(
        title=program.title,
        names=f"{program.code} {program.nomenclature} {places}",
        body=" ".join([program.summary, program.body, category, places, program.beneficiaries, office]),
    )
    Program.objects.filter(pk=program.pk).update(search=words)

"""Keeping the words a programme is found by. Documents are not among them, so excluded ones can't leak."""

from rembuk.common import search
from rembuk.programs.models import Program


def refresh_search(program: Program) -> None:
    """Write the search vector anew from title, summary, text, category and place."""
    region = program.region.full_name if program.region else ""
    category = f"{program.category.name} {program.category.name_en}" if program.category else ""
    words = search.vector(
        title=program.title,
        names=f"{program.code} {program.place} {region}",
        body=" ".join([program.summary, program.body, category, program.place]),
    )
    Program.objects.filter(pk=program.pk).update(search=words)

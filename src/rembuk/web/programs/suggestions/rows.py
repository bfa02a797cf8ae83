"""What the pages say of suggested groups: what they are about, where, how many stand behind them, why they belong together."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rembuk.accounts.models import Person
from rembuk.programs import suggested
from rembuk.programs.choices import Likeness
from rembuk.programs.models import Suggestion
from rembuk.programs.suggested import Figures
from rembuk.proposals.models import Proposal
from rembuk.regions import selectors as regions
from rembuk.web.components.formats import number
from rembuk.web.programs.suggestions.words import THEMES

_MOST_PLACES = 3


@dataclass(frozen=True, slots=True)
class Row:
    """A group as the list and its own page show it."""

    url: str
    title: str
    proposals: int
    people: int
    places: str
    why: str
    words: list[str]
    example: Proposal


def rows_of(found: Sequence[Suggestion], by: Person) -> list[Row]:
    """Groups with what they come to for this person; four statements for all of them."""
    figures = suggested.figures(found, by)
    examples = Proposal.objects.in_bulk([each.example for each in figures.values()])
    codes = {code for each in figures.values() for code in each.regions} | {_where(row) for row in found}
    names = {code: name.partition(",")[0] for code, name in regions.full_names(codes).items()}
    return [
        _row(row, figures[row.pk], examples[figures[row.pk].example], names)
        for row in found
        if row.pk in figures
    ]


def _row(suggestion: Suggestion, figures: Figures, example: Proposal, names: dict[str, str]) -> Row:
    about = str(THEMES.get(suggestion.why.get("theme", ""), example.title))
    where = names.get(_where(suggestion), "")
    if suggestion.kind == Likeness.SAME:
        where = ", ".join(part for part in (example.place, where) if part)
    return Row(
        url=reverse("desk_programs:suggestion", args=[suggestion.public_id]),
        title=f"{about} – {where}" if where else about,
        proposals=figures.proposals,
        people=figures.people,
        places=_places([names[code] for code in figures.regions if code in names]),
        why=_why(suggestion),
        words=suggestion.why.get("words", []),
        example=example,
    )


def _where(suggestion: Suggestion) -> str:
    """The code of the area or region a group was found in."""
    return suggestion.near.split(":", 2)[1]


def _places(names: list[str]) -> str:
    shown = ", ".join(sorted(names)[:_MOST_PLACES])
    more = len(names) - _MOST_PLACES
    if more <= 0:
        return shown
    others = ngettext("%(n)s other place", "%(n)s other places", more) % {"n": number(more)}
    return _("%(places)s and %(others)s") % {"places": shown, "others": others}


def _why(suggestion: Suggestion) -> str:
    if suggestion.kind == Likeness.LIKE:
        return _("They ask for the same kind of thing in one subdistrict.")
    if suggestion.why.get("theme"):
        return _("They ask for the same kind of thing and name the same place.")
    return _("They name the same place and would be carried out by the same office.")

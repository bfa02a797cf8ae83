"""The sheet Tonggak: new milestones; one that is there with the same title in its phase stays as it is."""

from decimal import Decimal

from django.db.models import Q
from django.utils.translation import gettext as _

from rembuk.programs.actions.first_plan import has_open_first_plan
from rembuk.programs.actions.importing.money import refuse_again
from rembuk.programs.actions.importing.outcome import Outcome
from rembuk.programs.actions.milestones.changing import MilestoneWords
from rembuk.programs.actions.milestones.plan import write_milestones
from rembuk.programs.actions.steps import Deed
from rembuk.programs.kinds import kind_of
from rembuk.programs.models import Milestone, Phase, Program
from rembuk.programs.sheets import cells
from rembuk.programs.sheets.book import Book, BookRow
from rembuk.programs.sheets.cells import BadCell
from rembuk.programs.sheets.layout import MILESTONES
from rembuk.workunits.models import WorkUnit
from rembuk.workunits.selectors import active_units

_COLUMNS = {"title": "judul", "ends_on": "selesai", "weight": "bobot", "phase": "fase"}
type Key = tuple[int, str]


def bring_milestones(program: Program, book: Book, act: Deed, outcome: Outcome) -> None:
    """Write the new milestones of a locked programme; all of one sheet are in its first plan, or none."""
    rows = book.of(MILESTONES)
    if not rows:
        return
    phases = list(program.phases.all())
    there = {_key(row.phase_id, row.title): row for row in program.milestones.all()}
    seen: dict[Key, int] = {}
    is_first = has_open_first_plan(program, act.moment)
    for row in rows:
        with outcome.reading(row, _COLUMNS):
            words = _words(row, phases)
            key = _key(words.phase.pk, words.title)
            refuse_again(seen, key, row, "judul")
            if key in there:
                outcome.know(row, _known(there[key], words))
                continue
            _made, changes = write_milestones(program, [words], is_first=is_first)
            outcome.write(row, words.title, changes)


def _words(row: BookRow, phases: list[Phase]) -> MilestoneWords:
    return MilestoneWords(
        phase=_phase(cells.needed(row, "fase"), phases),
        title=cells.needed(row, "judul"),
        weight=cells.number(row, "bobot") if row.get("bobot") else Decimal(1),
        starts_on=cells.day(row, "mulai"),
        ends_on=cells.day(row, "selesai"),
        office=_office(row.get("satuan_kerja")),
        description=row.get("keterangan"),
    )


def _phase(text: str, phases: list[Phase]) -> Phase:
    for phase in phases:
        kind = kind_of(phase.kind)
        if text.casefold() in {str(phase.position), kind.name.casefold(), kind.name_en.casefold()}:
            return phase
    raise BadCell("fase", _("This work programme has no such phase. Give its number, from 1."))


def _office(text: str) -> WorkUnit | None:
    if not text:
        return None
    found = list(active_units().filter(Q(code=text) | Q(name__iexact=text) | Q(short_name__iexact=text))[:2])
    if len(found) != 1:
        raise BadCell("satuan_kerja", _("No work unit, or more than one, goes by this name. Give its code."))
    return found[0]


def _key(phase_id: int, title: str) -> Key:
    return phase_id, " ".join(title.split()).casefold()


def _known(there: Milestone, words: MilestoneWords) -> str:
    same = (there.planned_start_on, there.planned_end_on) == (words.starts_on, words.ends_on)
    if same and there.weight == words.weight:
        return words.title
    return _("%(title)s (with other days or another weight; change it on its own page)") % {
        "title": words.title
    }

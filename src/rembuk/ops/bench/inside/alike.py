"""Lists that a small site cannot fill, with about as many rows at every scale: under a filter that finds so many."""

from collections import Counter
from collections.abc import Iterable
from urllib.parse import quote

from django.db.models import QuerySet

from rembuk.common import clock
from rembuk.consultations import selectors as consultations
from rembuk.consultations.models import Consultation
from rembuk.engagement.models import Case
from rembuk.programs import selectors as programs
from rembuk.programs.plan.reading import thresholds
from rembuk.programs.portfolio.conditions import in_condition
from rembuk.workunits.models import WorkUnit
from rembuk.workunits.tree import chain

# Few enough for the smallest site.
_PROGRAMS, _CRITICAL, _CONSULTATIONS, _CASES, _HITS, _UNITS = 8, 5, 2, 6, 10, 6
_SPANS = (1, 2, 3)
_UNIT = "U001"


def visited() -> dict[str, str]:
    """The path of each list that everybody reads."""
    running = programs.listed()
    critical = running.filter(in_condition("critical", clock.local_date(), thresholds()))
    some = _unit(running.values_list("unit", flat=True), _PROGRAMS)
    rare = _unit(critical.values_list("unit", flat=True), _CRITICAL)
    few = _unit(consultations.listed().values_list("unit", flat=True), _CONSULTATIONS)
    parents = WorkUnit.objects.exclude(parent=None).values_list("parent__code", flat=True)
    return {
        "programmes of a unit, as many cards": f"/program/?satuan={some}",
        "critical programmes of a unit, as many cards": f"/program/?kondisi=critical&satuan={rare}",
        "consultations of a unit, as many cards": f"/uji-publik/?satuan={few}",
        "work units below one, as many": f"/satuan-kerja/?di={_nearest(Counter(parents), _UNITS)}",
    }


def at_the_desk() -> dict[str, str]:
    """The path of each list that staff read."""
    waiting = Case.objects.filter(closed_at=None)
    office, sort = _branch(Consultation.objects.values_list("unit", "kind"), _CONSULTATIONS)
    unit = WorkUnit.objects.get(code=_UNIT)
    here, anywhere = (
        _phrase(waiting.filter(unit__path__startswith=unit.path), _CASES),
        _phrase(waiting, _HITS),
    )
    return {
        "desk: consultations of a unit, as many rows": f"/kelola/uji-publik/?satuan={office}&jenis={sort}",
        "desk: moderation of a unit, as many rows": f"/kelola/moderasi/?satuan={_UNIT}&q={here}",
        "desk: search in moderation, as many rows": f"/kelola/moderasi/?q={anywhere}",
        # The codes begin so of nine units at every scale.
        "desk: work units by code, as many rows": "/kelola/satuan-kerja/?q=U00",
    }


def _unit(lying: Iterable[int], wanted: int) -> str:
    """The code of the unit where, with all below it, nearly so many of these lie; told is the unit of each."""
    above = _codes_above()
    return _nearest(Counter(code for pk in lying for code in above[pk]), wanted)


def _branch(lying: Iterable[tuple[int, str]], wanted: int) -> tuple[str, str]:
    """A unit right below the instansi, which is what staff of all of it may choose, and a kind of what lies there."""
    above = _codes_above()
    return _nearest(Counter((above[pk][1], kind) for pk, kind in lying if len(above[pk]) > 1), wanted)


def _codes_above() -> dict[int, list[str]]:
    """Of each unit the codes from the top down to its own."""
    units = WorkUnit.objects.all()
    codes = {unit.path: unit.code for unit in units}
    return {unit.pk: [codes[step] for step in chain(unit.path)] for unit in units}


def _nearest[Name: (str, tuple[str, str])](counts: Counter[Name], wanted: int) -> Name:
    return min(counts, key=lambda name: (abs(counts[name] - wanted), name))


def _phrase(cases: QuerySet[Case], wanted: int) -> str:
    """Words of which nearly so many of these cases tell in their titles, as an address has them."""
    titles = cases.values_list("subject__title", flat=True)
    return quote(_nearest(Counter(part for title in titles for part in _parts(title)), wanted))


def _parts(title: str) -> set[str]:
    """What of a title one may look for: one word of it to three that follow each other."""
    words = title.lower().split()
    spans = (words[at : at + length] for length in _SPANS for at in range(len(words) - length + 1))
    return {" ".join(span) for span in spans}

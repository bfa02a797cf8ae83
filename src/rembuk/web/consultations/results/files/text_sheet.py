"""The sheet of the text: every clause as it was put to the public, and what the last version made of it."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from rembuk.consultations.choices import ClauseKind
from rembuk.consultations.results.versions import consulted_and_last
from rembuk.consultations.selectors.wording import texts_of
from rembuk.consultations.text_history import ClauseChange, Fate, changes_between, words_of
from rembuk.web.consultations.results.files.taking import Taking
from rembuk.web.sheets.workbook import Cell, Sheet


def text_sheet(taking: Taking) -> Sheet:
    """Clause by clause, in reading order; a clause that came in later stands where the last version has it."""
    columns = [
        (_("Clause number"), 10),
        (_("Clause"), 26),
        (_("Kind"), 20),
        (_("Heading"), 40),
        (pgettext("clause", "Text"), 80),
        (_("Version"), 10),
        (_("Last version"), 10),
        (_("Change in the last version"), 20),
        (_("Clause in the last version"), 26),
        (_("Text in the last version"), 80),
    ]
    return Sheet(_("Draft text"), columns, _rows(taking))


def _rows(taking: Taking) -> Iterator[list[Cell]]:
    versions = consulted_and_last(taking.consultation)
    if versions is None:
        return
    consulted, last = versions
    if consulted == last:
        for text in texts_of(consulted).iterator(chunk_size=500):
            label = str(ClauseKind(text.kind).label)
            own: list[Cell] = [text.clause.number, text.full_label, label, text.heading, text.body]
            yield [*own, consulted.number]
        return
    for change in changes_between(consulted, last, with_unchanged=True):
        yield [*_before(change, consulted.number), *_after(change, last.number)]


def _before(change: ClauseChange, version: int) -> list[Cell]:
    """The clause as it was put to the public; of one that came in later only what it is."""
    old, stands = change.old, change.old or change.new
    assert stands is not None
    kind = str(ClauseKind(stands.kind).label)
    if old is None:
        return [change.clause.number, None, kind, None, None, None]
    return [change.clause.number, old.full_label, kind, old.heading, old.body, version]


def _after(change: ClauseChange, version: int) -> list[Cell]:
    """What became of it; the words again only where they are others."""
    new = change.new
    label = new.full_label if new else None
    is_other = change.change in {Fate.CHANGED, Fate.NEW}
    return [version, str(change.change.label), label, words_of(new) if is_other else None]

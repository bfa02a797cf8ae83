"""Proposals as a CSV or XLSX file in chosen columns: safe against formulas, recorded in the trail."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.accounts.models import Person
from rembuk.exports.sources import Given, Opened
from rembuk.proposals import selectors
from rembuk.proposals.actions.hide import note_export
from rembuk.proposals.models import OfficialAnswer, Proposal
from rembuk.web.exports.writing import refuse_unreadable, words_of, writer
from rembuk.web.proposals.desk.columns import BY_NAME, COLUMNS, DEFAULT, Cell, Column
from rembuk.web.proposals.desk.filters import DeskFilter
from rembuk.web.sheets.workbook import Sheet

CHUNK = 1000
_RIGHTS = (izin.PROPOSAL_READ, izin.PROPOSAL_EXPORT)
# Shown as numbered fields, so that the order of columns is chosen without a script.
PLACES = 14
_FORMS = (("xlsx", gettext_lazy("Spreadsheet (XLSX)")), ("csv", gettext_lazy("Text table (CSV)")))
_WIDTHS = {"judul": 50, "uraian": 80, "wilayah": 40, "satuan_kerja": 40, "pelaksana": 40, "alasan": 40}


class ExportForm(forms.Form):
    """Which columns in which order, and which kind of file."""

    hide_optional = True

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        labels = [("", _("No column")), *((column.name, column.label) for column in COLUMNS)]
        for place in range(1, PLACES + 1):
            self.fields[f"kolom_{place}"] = forms.ChoiceField(
                label=_("Column %(n)s") % {"n": place},
                choices=labels,
                required=False,
                initial=DEFAULT[place - 1] if place <= len(DEFAULT) else "",
            )
        self.fields["bentuk"] = forms.ChoiceField(
            label=_("Kind of file"), choices=_FORMS, initial="xlsx", widget=forms.RadioSelect
        )

    def clean(self) -> dict[str, Any]:
        kept = super().clean() or {}
        chosen = [name for place in range(1, PLACES + 1) if (name := kept.get(f"kolom_{place}"))]
        if not chosen:
            self.add_error("kolom_1", _("Choose at least one column."))
        elif len(set(chosen)) < len(chosen):
            self.add_error("kolom_1", _("A column can be chosen once."))
        kept["columns"] = [BY_NAME[name] for name in chosen]
        return kept


def exportable(given: MultiValueDict[str, str], by: Person) -> DeskFilter:
    """The filter of an address over what this person may read and export."""
    mine = Proposal.objects.filter(selectors.in_reach(by, izin.PROPOSAL_EXPORT))
    return DeskFilter(given, queryset=mine, person=by)


def opened(by: Person, given: Given) -> Opened:
    """The proposals that the filters find for this person, in the columns named by ``kolom``."""
    filters = exportable(MultiValueDict(given), by)
    refuse_unreadable(filters.form)
    found, columns = filters.qs, [BY_NAME[name] for name in given["kolom"]]
    asked = {name: values[-1] for name, values in given.items() if name != "kolom" and values}

    def note(form: str, count: int) -> None:
        names = [column.name for column in columns]
        note_export(by=by, filters=asked, columns=names, form=form, count=count)

    return Opened(
        stem="usulan",
        words=words_of(filters.form, given),
        reach={right.key: rights.shared_paths(by, *_RIGHTS) for right in _RIGHTS},
        rows=[found],
        write=writer(lambda: [Sheet(_("Proposals"), _head(columns), _rows(found, columns))]),
        note=note,
    )


def _head(columns: Sequence[Column]) -> list[tuple[str, int]]:
    return [(column.name, _WIDTHS.get(column.name, 18)) for column in columns]


def _rows(found: QuerySet[Proposal], columns: Sequence[Column]) -> Iterator[list[Cell]]:
    """Row by row in the order of ``columns``, read in pieces by a cursor of the server."""
    for proposal in _whole(found).iterator(chunk_size=CHUNK):
        yield [column.value(proposal) for column in columns]


def _whole(found: QuerySet[Proposal]) -> QuerySet[Proposal]:
    newest = OfficialAnswer.objects.filter(proposal=OuterRef("pk")).order_by("-at", "-id")
    return (
        found.select_related("category", "region", "unit", "executing_unit", "author", "subject__figures")
        .annotate(
            answer_kind=Subquery(newest.values("kind")[:1]),
            answer_reason=Subquery(newest.values("reason")[:1]),
        )
        .order_by("id")
    )

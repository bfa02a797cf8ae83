"""The filters of lists of programmes; the choices are those of the list of proposals."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from rembuk.common.clock import local_date
from rembuk.programs import selectors
from rembuk.programs.models import Program
from rembuk.programs.kinds import choices as kind_choices
from rembuk.programs.states import PUBLIC, State
from rembuk.taxonomy.models import Category
from rembuk.web.proposals.filters import choices
from rembuk.workunits.models import WorkUnit

YEARS = (5, 6)
"""How many years back and ahead a programme may belong to."""


def years() -> list[tuple[str, str]]:
    """The years a programme may belong to, newest first."""
    this = local_date().year
    return [(str(year), str(year)) for year in range(this + YEARS[1], this - YEARS[0] - 1, -1)]


class ProgramFilter(django_filters.FilterSet):
    """Leading phase, state, unit with all below, category with its children, year."""

    fase = django_filters.ChoiceFilter(
        label=_("Phase"), method="by_phase", choices=kind_choices, empty_label=_("All phases")
    )
    status = django_filters.ChoiceFilter(
        label=_("State"),
        field_name="state",
        choices=[(state.value, state.label) for state in State if state in PUBLIC],
        empty_label=_("All states"),
    )
    satuan = django_filters.ChoiceFilter(
        label=_("Work unit"), method="by_unit", empty_label=_("All work units")
    )
    kategori = django_filters.ChoiceFilter(
        label=_("Category"), method="by_category", empty_label=_("All categories")
    )
    tahun = django_filters.ChoiceFilter(label=_("Year"), field_name="year", empty_label=_("All years"))

    class Meta:
        model = Program
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["satuan"].extra["choices"] = choices("unit")
        self.filters["kategori"].extra["choices"] = choices("category")
        self.filters["tahun"].extra["choices"] = years()
        form: Any = self.form
        form.hide_optional = True

    def by_phase(self, rows: QuerySet[Program], name: str, value: str) -> QuerySet[Program]:
        """Programmes that this phase leads."""
        return rows.filter(phases__kind=value, phases__is_leading=True)

    def by_unit(self, rows: QuerySet[Program], name: str, value: str) -> QuerySet[Program]:
        """The unit and all below it."""
        path = WorkUnit.objects.filter(code=value).values("path")[:1]
        return rows.filter(unit__path__startswith=path)

    def by_category(self, rows: QuerySet[Program], name: str, value: str) -> QuerySet[Program]:
        """The category and its children."""
        path = Category.objects.filter(slug=value).values("path")[:1]
        return rows.filter(category__path__startswith=path)


class DeskFilter(ProgramFilter):
    """The same on the desk, drafts among the states, and words."""

    q = django_filters.CharFilter(
        label=_("Words or code"), method="by_words", max_length=100, widget=forms.SearchInput
    )
    status = django_filters.ChoiceFilter(
        label=_("State"), field_name="state", choices=State.choices, empty_label=_("All states")
    )

    def by_words(self, rows: QuerySet[Program], name: str, value: str) -> QuerySet[Program]:
        """Every word, or the code."""
        return rows.filter(selectors.found_by(value))

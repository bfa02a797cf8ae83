"""Filters and sorting of lists of programmes; the choices are those of the list of proposals."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from rembuk.common.clock import local_date, now
from rembuk.common.postgresql.asking import exists_row_by_row
from rembuk.programs import selectors
from rembuk.programs.kinds import choices as kind_choices
from rembuk.programs.models import Pagu, Program, ProgramPlace
from rembuk.programs.plan.condition import Condition
from rembuk.programs.portfolio.lately import in_condition_lately, in_condition_now
from rembuk.programs.portfolio.silence import silent
from rembuk.programs.portfolio.waiting import with_overdue_milestones
from rembuk.programs.states import PUBLIC, State
from rembuk.regions import selectors as regions
from rembuk.siteconfig.selectors import current
from rembuk.taxonomy import selectors as taxonomy
from rembuk.web.proposals.filters import choices, units_asked
from rembuk.workunits import selectors as workunits

YEARS = (5, 6)
"""How many years back and ahead a programme may belong to."""
SORTS = {
    "terbaru": ("-published_at", "-id"),
    "berubah": ("-changed_at", "-id"),
    "judul": ("title", "id"),
}


def years() -> list[tuple[str, str]]:
    """The years a programme may belong to, newest first."""
    this = local_date().year
    return [(str(year), str(year)) for year in range(this + YEARS[1], this - YEARS[0] - 1, -1)]


class ProgramFilter(django_filters.FilterSet):
    """Condition, leading phase, state, unit, category and region with all below, year, silence."""

    kondisi = django_filters.ChoiceFilter(
        label=_("Condition"),
        method="by_condition",
        choices=Condition.choices,
        empty_label=_("All conditions"),
    )

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
    wilayah = django_filters.ChoiceFilter(label=_("Region"), method="by_region", empty_label=_("All regions"))
    tahun = django_filters.ChoiceFilter(label=_("Year"), field_name="year", empty_label=_("All years"))

    kabar = django_filters.ChoiceFilter(
        label=_("News"),
        method="by_news",
        choices=[("tanpa", _("Without news for 30 days"))],
        empty_label=_("All programmes"),
    )
    uang = django_filters.ChoiceFilter(
        label=_("Budget"),
        method="by_budget",
        choices=[("ada", _("With a budget")), ("tanpa", _("Without a budget"))],
        empty_label=_("All programmes"),
    )

    class Meta:
        model = Program
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["satuan"].extra["choices"] = units_asked((self.data or {}).get("satuan", ""))
        self.filters["wilayah"].extra["choices"] = choices("region")
        self.filters["kategori"].extra["choices"] = choices("category")
        self.filters["tahun"].extra["choices"] = years()
        form: Any = self.form
        form.hide_optional = True

    def by_condition(self, rows: QuerySet[Program], name: str, value: str) -> QuerySet[Program]:
        """Running and postponed programmes that stand like this today, as found at most a minute ago."""
        return rows.filter(in_condition_lately(value))

    def by_phase(self, rows: QuerySet[Program], name: str, value: str) -> QuerySet[Program]:
        """Programmes that this phase leads."""
        return rows.filter(leading_kind=value)

    def by_unit(self, rows: QuerySet[Program], name: str, value: str) -> QuerySet[Program]:
        """The unit and all below it."""
        return rows.filter(workunits.at_or_below("unit", value))

    def by_category(self, rows: QuerySet[Program], name: str, value: str) -> QuerySet[Program]:
        """The category and its children."""
        return rows.filter(taxonomy.at_or_below("category", value))

    def by_news(self, rows: QuerySet[Program], name: str, value: str) -> QuerySet[Program]:
        """Running programmes of which nothing was told for thirty days."""
        return rows.filter(silent(now()))

    def by_budget(self, rows: QuerySet[Program], name: str, value: str) -> QuerySet[Program]:
        """Those that name their pagu, or don't."""
        named = Exists(Pagu.objects.filter(program=OuterRef("pk")))
        return rows.filter(named if value == "ada" else ~named)

    def by_region(self, rows: QuerySet[Program], name: str, value: str) -> QuerySet[Program]:
        """The region and all below it, by any of the places of a programme."""
        there = regions.at_or_below("region", value)
        places = ProgramPlace.objects.filter(there, program=OuterRef("pk"))
        return rows.filter(there | Q(exists_row_by_row(places, "program")))


class DeskFilter(ProgramFilter):
    """The same on the desk, drafts among the states, and words."""

    q = django_filters.CharFilter(
        label=_("Words or code"), method="by_words", max_length=100, widget=forms.SearchInput
    )
    status = django_filters.ChoiceFilter(
        label=_("State"), field_name="state", choices=State.choices, empty_label=_("All states")
    )

    tonggak = django_filters.ChoiceFilter(
        label=_("Milestones"),
        method="by_milestones",
        choices=[("lewat", _("With overdue milestones"))],
        empty_label=_("All programmes"),
    )

    def by_condition(self, rows: QuerySet[Program], name: str, value: str) -> QuerySet[Program]:
        """Those that stand like this now: staff look at what they just changed."""
        return rows.filter(in_condition_now(value))

    def by_milestones(self, rows: QuerySet[Program], name: str, value: str) -> QuerySet[Program]:
        """With milestones past their planned day."""
        return rows.filter(with_overdue_milestones(local_date(zone=current().tz)))

    def by_words(self, rows: QuerySet[Program], name: str, value: str) -> QuerySet[Program]:
        """Every word, or the code."""
        return rows.filter(selectors.found_by(value))

"""The filters of the public list of proposals."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import django_filters
from django import forms
from django.core.cache import caches
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from rembuk.common import clock, search
from rembuk.proposals import selectors
from rembuk.proposals.choices import Source
from rembuk.proposals.models import Proposal
from rembuk.proposals.states import LISTED, State
from rembuk.regions import selectors as regions
from rembuk.taxonomy import selectors as taxonomy
from rembuk.taxonomy.models import Category
from rembuk.web import fragments
from rembuk.web.lists import Offer, active_filters, kept_form, mark_of
from rembuk.workunits import selectors as workunits
from rembuk.workunits.models import WorkUnit

# The value of a filter, here and on the desk, for those whose answer is overdue.
OVERDUE = "lewat"
SORTS = {
    "terbaru": ("-published_at", "-id"),
    "dukungan": selectors.MOST_SUPPORTED,
    "komentar": selectors.MOST_DISCUSSED,
    "tenggat": ("answer_due_at", "id"),
}
CHOICES_SECONDS = 60
_DEEP = "\u2003"


def choices(kind: str) -> Offer:
    """The choices of a filter in the reader's language, at most a minute old."""
    makers = {"category": _categories, "any-category": _any_categories, "unit": _units, "region": _regions}
    key = f"filter:{kind}:{get_language()}"
    kept: Offer | None = caches["memory"].get(key)
    if kept is None:
        kept = Offer(makers[kind]())
        caches["memory"].set(key, kept, CHOICES_SECONDS)
    return kept


def _categories() -> list[tuple[str, str]]:
    """What citizens may choose, and what an import brought as far as something public has it."""
    used = Exists(selectors.listed().filter(category=OuterRef("pk")))
    return tree_choices(taxonomy.active_categories().filter(Q(is_open=True) | used))


def _any_categories() -> list[tuple[str, str]]:
    """All of them, for staff, who work on what is not public yet."""
    return tree_choices(taxonomy.active_categories())


def tree_choices(rows: Iterable[Category]) -> list[tuple[str, str]]:
    """Categories as choices, deeper ones set in."""
    return [(row.slug, f"{_DEEP * (row.path.count('.') - 1)}{row.label}") for row in rows]


def _units() -> list[tuple[str, str]]:
    """The instansi and what lies directly below it; deeper units are reached by their own pages."""
    return unit_choices(workunits.top_levels(workunits.active_units()))


def units_asked(code: str) -> Offer:
    """The units of the lists, and the one asked for where a link names a deeper one."""
    known = choices("unit")
    if not code or "\x00" in code or any(known_code == code for known_code, _name in known):
        return known
    return Offer([*known, *WorkUnit.objects.filter(code=code).values_list("code", "name")])


def unit_choices(rows: QuerySet[WorkUnit]) -> list[tuple[str, str]]:
    """Units as choices, the instansi first, the others by name: there may be hundreds."""
    told = rows.order_by().values_list("parent_id", "code", "name")
    in_order = sorted(told, key=lambda row: (row[0] is not None, row[2].casefold()))
    return [(code, name) for _parent, code, name in in_order]


def _regions() -> list[tuple[str, str]]:
    """The regions directly within that of the instansi; the provinces while it has none."""
    area = workunits.roots().values("region")[:1]
    rows = regions.within_any(area).values_list("code", "name")
    return list(rows) or list(regions.provinces().values_list("code", "name"))


def years() -> list[tuple[str, str]]:
    """Planning years somebody may look for: from five years ago to three ahead."""
    this = clock.local_date().year
    return [(str(year), str(year)) for year in range(this + 3, this - 6, -1)]


class ProposalFilter(django_filters.FilterSet):
    """Words, category with its children, unit with all below, region, state, source, planning year."""

    q = django_filters.CharFilter(
        label=_("Words or code"), method="by_words", max_length=200, widget=forms.SearchInput
    )
    kategori = django_filters.ChoiceFilter(
        label=_("Category"), method="by_category", empty_label=_("All categories")
    )
    satuan = django_filters.ChoiceFilter(
        label=_("Work unit"), method="by_unit", empty_label=_("All work units")
    )
    wilayah = django_filters.ChoiceFilter(label=_("Region"), method="by_region", empty_label=_("All regions"))
    status = django_filters.ChoiceFilter(
        label=_("State"),
        field_name="state",
        choices=[(state.value, state.label) for state in State if state in LISTED],
        empty_label=_("All states"),
    )
    sumber = django_filters.ChoiceFilter(
        label=_("Source"), field_name="source", choices=Source.choices, empty_label=_("All sources")
    )
    tahun = django_filters.ChoiceFilter(
        label=_("Planning year"), field_name="planning_year", empty_label=_("All years")
    )
    tenggat = django_filters.ChoiceFilter(
        label=_("Answer"),
        method="by_deadline",
        choices=[(OVERDUE, _("Overdue"))],
        empty_label=_("All"),
    )

    class Meta:
        model = Proposal
        fields: list[str] = []

    def __init__(self, *args: Any, offers: Mapping[str, Iterable[tuple[str, str]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in offers.items():
            self.filters[name].extra["choices"] = rows
        self.form.fields["q"].widget = forms.TextInput(attrs={"type": "search"})
        self.form.hide_optional = True  # type: ignore[attr-defined]  # every filter is

    def by_words(self, rows: QuerySet[Proposal], name: str, value: str) -> QuerySet[Proposal]:
        """Every word, as a stem or as written."""
        wanted = search.query(value)
        return rows.filter(search=wanted) if wanted is not None else rows.none()

    def by_category(self, rows: QuerySet[Proposal], name: str, value: str) -> QuerySet[Proposal]:
        """The category and its children."""
        return rows.filter(taxonomy.at_or_below("category", value))

    def by_unit(self, rows: QuerySet[Proposal], name: str, value: str) -> QuerySet[Proposal]:
        """The unit and all below it."""
        return rows.filter(workunits.at_or_below("unit", value))

    def by_deadline(self, rows: QuerySet[Proposal], name: str, value: str) -> QuerySet[Proposal]:
        """Those whose official answer is overdue."""
        return rows.filter(selectors.overdue())

    def by_region(self, rows: QuerySet[Proposal], name: str, value: str) -> QuerySet[Proposal]:
        """The region and all below it."""
        return rows.filter(regions.at_or_below("region", value))


def filtered(
    request: HttpRequest, listed: Callable[[], QuerySet[Proposal]]
) -> tuple[QuerySet[Proposal] | None, dict[str, Any]]:
    """The rows that fit what is asked for (none where it makes no sense), and ``filter_form`` and ``active`` for the panel.

    With nothing chosen no rows are told apart from all (None), and the form is the same for everybody, kept by its choices.
    """
    if not any(request.GET.get(name) for name in ProposalFilter.base_filters):
        return None, {"filter_form": _nothing_chosen(), "active": []}
    rows = listed()
    offers: dict[str, Iterable[tuple[str, str]]] = {
        "kategori": choices("category"),
        "wilayah": choices("region"),
        "satuan": units_asked(request.GET.get("satuan", "")),
        "tahun": years(),
    }
    filters = ProposalFilter(request.GET, queryset=rows, offers=offers)
    found = filters.qs if filters.form.is_valid() else rows.none()
    form = kept_form("proposals/filters", filters.form)
    return found, {"filter_form": form, "active": active_filters(request, filters.form)}


def _nothing_chosen() -> SafeString:
    kinds = {"kategori": "category", "wilayah": "region", "satuan": "unit"}
    offers: dict[str, Iterable[tuple[str, str]]] = {name: choices(kind) for name, kind in kinds.items()}
    offers["tahun"] = years()
    facts = {name: mark_of(rows) for name, rows in offers.items()}

    def make() -> SafeString:
        return ProposalFilter({}, queryset=Proposal.objects.none(), offers=offers).form.render()

    return fragments.kept("proposals/filters", facts, make)

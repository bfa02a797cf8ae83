"""Finding work units among hundreds: level by level, or by words, kind, use, region, what is missing; always by pages."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from rembuk.accounts.models import Person
from rembuk.management.selectors import managed_units, top_managed_units
from rembuk.regions.selectors import at_or_below
from rembuk.web.components.formats import number
from rembuk.web.components.html.tags import tag
from rembuk.web.lists import active_filters, address, pager
from rembuk.web.management.fields import ManagedForm, RegionField
from rembuk.web.paging import page_of
from rembuk.workunits.models import WorkUnit
from rembuk.workunits.selectors import with_below

SIZE, MOST_WORDS = 15, 8
FLAT = "daftar"
_SHOWN = ("code", "name", "kind", "is_active", "path", "parent__name")
type Row = dict[str, Any]
ACTS = (
    ("pindah", gettext_lazy("Move"), ""),
    ("jenis", gettext_lazy("Set the kind"), ""),
    ("wilayah", gettext_lazy("Set the region"), ""),
    ("nonaktif", gettext_lazy("Retire"), "bad"),
)


class UnitSearch(ManagedForm):
    """What is looked for; every answer is optional."""

    q = forms.CharField(
        label=gettext_lazy("Name or code"), required=False, max_length=100, widget=forms.SearchInput
    )
    jenis = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)
    wilayah = RegionField(label=gettext_lazy("Region, with all in it"), required=False)
    kurang = forms.ChoiceField(
        label=gettext_lazy("Missing"),
        required=False,
        choices=[
            ("", gettext_lazy("All")),
            ("pimpinan", gettext_lazy("No head named")),
            ("kontak", gettext_lazy("No email and no telephone")),
        ],
    )
    nonaktif = forms.ChoiceField(
        label=gettext_lazy("In use"),
        required=False,
        choices=[
            ("", gettext_lazy("In use")),
            ("on", gettext_lazy("In use and retired")),
            ("saja", gettext_lazy("Retired only")),
        ],
    )
    hide_optional = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.field("jenis").choices = [("", _("All kinds")), *WorkUnit.Kind.choices]


def tree_context(request: HttpRequest, by: Person) -> Row:
    """The highest units this person manages and those below them; looked through, the hits, each with the unit above."""
    form = UnitSearch(request.GET)
    form.is_valid()
    wanted = form.cleaned_data
    is_flat = request.GET.get("tampil") == FLAT or any(wanted.get(name) for name in form.fields)
    context: Row = {
        "form": form,
        "active": active_filters(request, form),
        "reset_url": request.path,
        "tabs": _tabs(request, is_flat=is_flat),
        "is_flat": is_flat,
    }
    if not is_flat:
        return {**context, **level(request, top_managed_units(by).filter(is_active=True))}
    units = _looked_for(managed_units(by), wanted).select_related("parent").only(*_SHOWN)
    page = page_of(units, order=("path",), after=request.GET.get("after"), size=SIZE)
    rows = [{**unit_row(unit), "above": unit.parent.name if unit.parent else ""} for unit in page.items]
    return {
        **context,
        "rows": rows,
        "bulk": _bulk(),
        "keep": _keep(request),
        **pager(request, page.next_token),
    }


def level(request: HttpRequest, units: QuerySet[WorkUnit]) -> Row:
    """One level of the tree by pages, each row with how many units hang below it."""
    page = page_of(with_below(units), order=("path",), after=request.GET.get("after"), size=SIZE)
    is_branch = "is_top" not in units.query.annotations
    rows = [_branch_row(unit, 1 if is_branch else 0 if unit.is_top else 2) for unit in page.items]
    return {"rows": rows, **pager(request, page.next_token)}


def unit_row(unit: WorkUnit) -> Row:
    """A unit as tree and list show it."""
    return {
        "url": reverse("desk_management:unit", args=[unit.code]),
        "label": unit.name,
        "code": unit.code,
        "note": unit.get_kind_display(),
        "is_active": unit.is_active,
    }


def _branch_row(unit: Any, depth: int) -> Row:
    below = ngettext("%(n)s work unit below", "%(n)s work units below", unit.below)
    notes = [unit.get_kind_display(), below % {"n": number(unit.below)} if unit.below else ""]
    return {
        **unit_row(unit),
        "depth": depth,
        "note": " · ".join(filter(None, notes)),
        "tag": "" if unit.is_active else tag(_("Retired"), "mute", "minus"),
    }


def _looked_for(units: QuerySet[WorkUnit], wanted: Row) -> QuerySet[WorkUnit]:
    use = wanted.get("nonaktif")
    if use != "on":
        units = units.filter(is_active=use != "saja")
    for word in wanted.get("q", "").split()[:MOST_WORDS]:
        units = units.filter(
            Q(name__icontains=word) | Q(short_name__icontains=word) | Q(code__istartswith=word)
        )
    if wanted.get("jenis"):
        units = units.filter(kind=wanted["jenis"])
    if region := wanted.get("wilayah"):
        units = units.filter(at_or_below("region", region.code))
    missing = {"pimpinan": Q(head_name=""), "kontak": Q(email="", phone="")}
    return units.filter(missing.get(wanted.get("kurang", ""), Q()))


def _tabs(request: HttpRequest, *, is_flat: bool) -> list[Row]:
    return [
        {"label": _("Tree"), "url": request.path, "current": not is_flat},
        {"label": _("List"), "url": address(request, tampil=FLAT), "current": is_flat},
    ]


def _keep(request: HttpRequest) -> list[dict[str, str]]:
    return [{"name": "tampil", "value": FLAT}] if request.GET.get("tampil") == FLAT else []


def _bulk() -> Row:
    actions = [{"name": "aksi", "value": name, "label": label, "tone": tone} for name, label, tone in ACTS]
    return {"action_url": reverse("desk_management:units_many"), "actions": actions}

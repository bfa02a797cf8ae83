"""The pages of any managed list: the list with search and filters, a new row, one row, its place, several at once, delete.

A list is bounded (``listings.MOST_ROWS``) and shown whole: only so it can be put in order. While a filter is in force the
order is not offered.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rembuk.access import permissions as izin
from rembuk.management.actions.lists import entries
from rembuk.web.answers import see_other
from rembuk.web.guards import PersonRequest
from rembuk.web.management.fields import ReasonForm
from rembuk.web.management.lists.filters import ListFilter
from rembuk.web.management.lists.many import Asked, answer, ask
from rembuk.web.management.lists.rows import index_context
from rembuk.web.management.lists.shapes import Shape
from rembuk.web.management.lists.sight import RowSight
from rembuk.web.management.pages import Crumb, attempt, page, sent, site_wide
from rembuk.web.programs.editing.seen import Clashed, once_more

SETTINGS: list[Crumb] = [(gettext_lazy("Settings"), "desk_management:settings")]
managers = site_wide(izin.CATEGORY_MANAGE)
form_methods = require_http_methods(["GET", "HEAD", "POST"])


class ListDesk:
    """The views of one list."""

    def __init__(self, shape: Shape) -> None:
        self.shape = shape
        self.crumbs: list[Crumb] = [*SETTINGS, (shape.words.title, f"desk_management:{shape.many}")]

    def urls(self) -> list[URLPattern]:
        """All addresses of the list, for those who manage it in the whole instansi."""
        at, name, key = self.shape.address, self.shape.name, self.shape.key
        return [
            path(at, managers(require_safe(self.index)), name=self.shape.many),
            path(f"{at}baru/", managers(form_methods(self.new)), name=f"{name}_new"),
            path(f"{at}massal/", managers(require_POST(self.many)), name=f"{name}_many"),
            path(f"{at}{key}/", managers(form_methods(self.edit)), name=name),
            path(f"{at}{key}/geser/", managers(require_POST(self.place)), name=f"{name}_place"),
            path(f"{at}{key}/hapus/", managers(form_methods(self.remove)), name=f"{name}_remove"),
        ]

    @property
    def back(self) -> str:
        """Where the list is."""
        return reverse(f"desk_management:{self.shape.many}")

    def index(self, request: PersonRequest) -> HttpResponse:
        """All rows in their order, retired ones too, or those that were asked for."""
        found = index_context(self.shape, ListFilter(request, self.shape.filters))
        return page(
            request, "lists/index", title=str(self.shape.words.title), crumbs=SETTINGS, status=200, **found
        )

    def new(self, request: PersonRequest) -> HttpResponse:
        """Make a row, the last of its list."""
        form = self.shape.form(sent(request), initial=self.shape.begin(request))
        if attempt(form, lambda: self.shape.create(form, request.user)):
            return see_other(request, self.back, str(self.shape.words.made))
        context = {"form": form, "back_url": self.back, "label": self.shape.words.make}
        return page(request, "form", title=str(self.shape.words.new), crumbs=self.crumbs, **context)

    def edit(self, request: PersonRequest, **key: Any) -> HttpResponse:
        """Edit or retire a row; from here it is deleted, or the page says what hinders that."""
        (name,) = key.values()
        found = self.shape.door(name)
        target = (self.shape.listing.kind, self.shape.key_of(found))
        sight = RowSight(
            request, found, target, lambda data: self.shape.form(data, row=self.shape.door(name))
        )
        try:
            if sight.save(lambda form: self.shape.change(found, form, request.user)):
                return see_other(request, self.back, str(self.shape.words.saved))
        except Clashed:
            return once_more(self._again(key), request)
        return page(
            request,
            "lists/entry",
            title=self.shape.label(found),
            crumbs=self.crumbs,
            status=sight.status() if sight.clash else None,
            **self._entry(found, sight),
        )

    def _again(self, key: dict[str, Any]) -> Callable[[PersonRequest], HttpResponse]:
        return lambda request: self.edit(request, **key)

    def _entry(self, found: Any, sight: RowSight) -> dict[str, Any]:
        why = self.shape.listing.hinders_deleting(found)
        remove_url = reverse(f"desk_management:{self.shape.name}_remove", args=[self.shape.key_of(found)])
        return {
            "form": sight.form,
            "sight": sight,
            "lede": self.shape.words.edit_lede,
            "back_url": self.back,
            "label": _("Save over it") if sight.clash else _("Save"),
            "hindrance": why or "",
            "remove_url": "" if why else remove_url,
            **self.shape.extras(found),
        }

    def place(self, request: PersonRequest, **key: Any) -> HttpResponse:
        """Move a row: one step by a button (``arah``), or behind another one by dragging (``setelah``)."""
        (name,) = key.values()
        found, listing = self.shape.door(name), self.shape.listing
        if way := request.POST.get("arah"):
            entries.shift(listing, found, "up" if way == "naik" else "down", by=request.user)
        else:
            seen = request.POST.get("dilihat", "")
            entries.place(listing, found, request.POST.get("setelah", ""), seen=seen, by=request.user)
        return see_other(request, f"{self.back}#{self.shape.name}-{self.shape.key_of(found)}")

    def many(self, request: PersonRequest) -> HttpResponse:
        """Retire or restore the selected rows, after a question that names the count."""
        asked = Asked.of(request, ("nonaktif", "aktif"))
        keys = {self.shape.key_of(row): self.shape.label(row) for row in self.shape.listing.rows()}
        chosen = {key: keys[key] for key in asked.keys if key in keys}
        if not asked.is_confirmed or not chosen:
            here = reverse(f"desk_management:{self.shape.name}_many")
            return ask(request, asked, chosen, (here, self.back), self.crumbs)
        is_active = asked.act == "aktif"
        outcome = entries.use_many(self.shape.listing, list(chosen), is_active, by=request.user)
        done = len(outcome.done)
        words = (
            ngettext("%(n)d entry is in use again.", "%(n)d entries are in use again.", done)
            if is_active
            else ngettext("%(n)d entry was retired.", "%(n)d entries were retired.", done)
        )
        return answer(request, outcome, words % {"n": done}, self.back, self.crumbs)

    def remove(self, request: PersonRequest, **key: Any) -> HttpResponse:
        """Delete a row that nothing uses, with a reason."""
        (name,) = key.values()
        found, form = self.shape.door(name), ReasonForm(sent(request))
        if attempt(
            form,
            lambda: entries.remove(self.shape.listing, found, **form.cleaned_data, by=request.user),
        ):
            return see_other(request, self.back, str(self.shape.words.removed))
        context = {
            "form": form,
            "lede": _("Nothing uses it. The audit trail keeps that it was there."),
            "back_url": self.back,
            "label": _("Delete for good"),
            "tone": "bad",
        }
        title = _("Delete %(name)s") % {"name": self.shape.label(found)}
        return page(request, "form", title=title, crumbs=self.crumbs, **context)

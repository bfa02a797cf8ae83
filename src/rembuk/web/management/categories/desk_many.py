"""Kategori: merging one into another after a look at what moves, and acts on several at once."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from rembuk.common.errors import WrongState
from rembuk.management import doors
from rembuk.management.actions.categories import many as actions
from rembuk.management.actions.categories.merge import merge_category
from rembuk.management.actions.lists.orders import Outcome
from rembuk.management.selectors import categories
from rembuk.web.answers import see_other
from rembuk.web.desk.unit_field import suggestions
from rembuk.web.guards import PersonRequest
from rembuk.web.management.categories.desk import CRUMBS, LIST, managers
from rembuk.web.management.categories.forms import ManyDaysForm, ManyUnitForm, MergeForm
from rembuk.web.management.categories.rows import merge_preview, use_context
from rembuk.web.management.fields import ManagedForm
from rembuk.web.management.lists.many import Asked, answer, ask
from rembuk.web.management.pages import attempt, page, sent

ACTS = ("nonaktif", "aktif", "satuan", "tenggat")
FORMS: dict[str, type[ManagedForm]] = {"satuan": ManyUnitForm, "tenggat": ManyDaysForm}


@managers
@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: PersonRequest, slug: str) -> HttpResponse:
    """Choose the other category, look at what moves, and merge."""
    found = doors.category(slug)
    if found.merged_into is not None:
        raise WrongState(
            _("This category was merged already, into “%(name)s”.") % {"name": found.merged_into}
        )
    form = MergeForm(sent(request), category=found, initial={"into": request.GET.get("ke", "")})
    is_sure = "confirm" in request.POST
    if is_sure and attempt(form, lambda: merge_category(found, **form.cleaned_data, by=request.user)):
        goal = form.cleaned_data["into"]
        url = reverse("desk_management:category", args=[goal.slug])
        return see_other(request, url, _("“%(name)s” was merged into this category.") % {"name": found})
    context: dict[str, Any] = {"form": form, "category": found, **use_context(found)}
    if form.is_bound and form.is_valid():
        context["preview"] = merge_preview(found, form.cleaned_data["into"])
        context["into"] = form.cleaned_data["into"]
    back = reverse("desk_management:category", args=[found.slug])
    title = _("Merge “%(name)s”") % {"name": found}
    return page(
        request,
        "category_merge",
        title=title,
        crumbs=[*CRUMBS, (found.label, back)],
        back_url=back,
        **context,
    )


@managers
@require_POST
def many(request: PersonRequest) -> HttpResponse:
    """Retire, restore, or set unit or deadline of the selected categories, after a question that names the count."""
    asked, back = Asked.of(request, ACTS), reverse(LIST)
    names = {row.slug: row.label for row in categories().filter(slug__in=asked.keys)}
    make = FORMS.get(asked.act, ManagedForm)
    form = make(request.POST if asked.is_confirmed else None)
    done: list[Outcome] = []
    act = lambda: done.append(_act(asked.act, list(names), form, request))  # noqa: E731
    if asked.is_confirmed and names and attempt(form, act):
        return answer(request, done[0], _done(asked.act, len(done[0].done)), back, CRUMBS)
    here = reverse("desk_management:category_many")
    words = _words(asked.act, len(names))
    more = {
        "form": form,
        "words": words,
        "suggestions": suggestions(request.user) if asked.act == "satuan" else (),
    }
    return ask(request, asked, names, (here, back), CRUMBS, **more)  # type: ignore[arg-type]


def _act(name: str, slugs: list[str], form: ManagedForm, request: PersonRequest) -> Outcome:
    by = request.user
    if name == "satuan":
        return actions.assign_many(slugs, form.cleaned_data["default_unit"], by=by)
    if name == "tenggat":
        return actions.time_many(slugs, form.cleaned_data["answer_days"], by=by)
    return actions.use_many(slugs, name == "aktif", by=by)


def _words(act: str, count: int) -> tuple[str, str, str] | None:
    """Title, sentence and button of the acts that ask for something; ``None`` for those that every list has."""
    if act == "satuan":
        title = ngettext(
            "Set the work unit of %(n)d category", "Set the work unit of %(n)d categories", count
        )
        text = _("New proposals go there first. Empty the field to set none.")
        return title % {"n": count}, text, _("Set the work unit")
    if act == "tenggat":
        title = ngettext("Set the deadline of %(n)d category", "Set the deadline of %(n)d categories", count)
        text = _("It holds for deadlines that begin from now on; those that run already stay.")
        return title % {"n": count}, text, _("Set the deadline")
    return None


def _done(act: str, count: int) -> str:
    if act == "aktif":
        words = ngettext("%(n)d category is in use again.", "%(n)d categories are in use again.", count)
    elif act == "nonaktif":
        words = ngettext("%(n)d category was retired.", "%(n)d categories were retired.", count)
    else:
        words = ngettext("%(n)d category was set.", "%(n)d categories were set.", count)
    return words % {"n": count}

"""Kategori: the tree, one category, its place, retiring and deleting. Merging and many at once: ``desk_many``."""

from django.http import HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rembuk.access import permissions as izin
from rembuk.common.errors import WrongState
from rembuk.management import doors
from rembuk.management.actions import categories as actions
from rembuk.taxonomy.models import Category
from rembuk.web.answers import see_other
from rembuk.web.desk.unit_field import suggestions
from rembuk.web.guards import PersonRequest
from rembuk.web.management.categories.forms import CategoryForm
from rembuk.web.management.categories.rows import tree_context, use_context
from rembuk.web.management.lists.sight import RowSight
from rembuk.web.management.pages import Crumb, attempt, page, sent, site_wide
from rembuk.web.programs.editing.seen import Clashed, once_more

LIST = "desk_management:categories"
CRUMBS: list[Crumb] = [(gettext_lazy("Categories"), LIST)]
managers = site_wide(izin.CATEGORY_MANAGE)


@managers
@require_safe
def index(request: PersonRequest) -> HttpResponse:
    """The whole tree, or what was asked for, with how much stands in each and below."""
    return page(request, "categories", title=_("Categories"), status=200, **tree_context(request))


@managers
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: PersonRequest) -> HttpResponse:
    """Make a category."""
    form = CategoryForm(sent(request), initial={"parent": request.GET.get("di", "")})
    if attempt(form, lambda: actions.create_category(form.facts(), by=request.user)):
        return see_other(request, reverse(LIST), _("The category was made."))
    context = {
        "form": form,
        "suggestions": suggestions(request.user),
        "back_url": reverse(LIST),
        "label": _("Make the category"),
    }
    return page(request, "form", title=_("New category"), crumbs=CRUMBS, **context)


@managers
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: PersonRequest, slug: str) -> HttpResponse:
    """Edit a category; from here it is retired, merged or deleted. Old short names lead on to the new one."""
    found = doors.category(slug)
    goal = found.merged_into or found
    if request.method != "POST" and goal.slug != slug:
        return HttpResponsePermanentRedirect(reverse("desk_management:category", args=[goal.slug]))
    if goal is not found:
        raise WrongState(_("This category was merged already, into “%(name)s”.") % {"name": goal})
    sight = RowSight(
        request, found, ("category", slug), lambda data: CategoryForm(data, category=doors.category(slug))
    )
    try:
        if sight.save(lambda form: actions.change_category(found, form.facts(), by=request.user)):  # type: ignore[attr-defined]
            return see_other(request, reverse(LIST), _("The category was saved."))
    except Clashed:
        return once_more(edit, request, slug)
    return _page(request, found, sight)


def _page(request: PersonRequest, found: Category, sight: RowSight) -> HttpResponse:
    return page(
        request,
        "category",
        title=found.label,
        crumbs=CRUMBS,
        status=409 if sight.clash else None,
        category=found,
        form=sight.form,
        sight=sight,
        suggestions=suggestions(request.user),
        back_url=reverse(LIST),
        label=_("Save over it") if sight.clash else _("Save"),
        **use_context(found),
    )


@managers
@require_POST
def place(request: PersonRequest, slug: str) -> HttpResponse:
    """Move a category: one step by a button (``arah``), or under a parent and behind a sibling by dragging."""
    found, given = doors.category(slug), request.POST
    if way := given.get("arah"):
        actions.shift_category(found, "up" if way == "naik" else "down", by=request.user)
    else:
        parent = doors.category(given["di"]) if given.get("di") else None
        actions.place_category(
            found, parent, given.get("setelah", ""), seen=given.get("dilihat", ""), by=request.user
        )
    return see_other(request, f"{reverse(LIST)}#k-{found.slug}")


@managers
@require_POST
def retire(request: PersonRequest, slug: str) -> HttpResponse:
    """Take a category out of use."""
    found = doors.category(slug)
    actions.retire_category(found, by=request.user)
    return see_other(request, reverse(LIST), _("The category is retired. What stands in it stays."))


@managers
@require_POST
def restore(request: PersonRequest, slug: str) -> HttpResponse:
    """Put a category back into use."""
    found = doors.category(slug)
    actions.restore_category(found, by=request.user)
    return see_other(request, reverse(LIST), _("The category is in use again."))


@managers
@require_POST
def delete(request: PersonRequest, slug: str) -> HttpResponse:
    """Delete a category that nothing has used."""
    found = doors.category(slug)
    actions.delete_category(found, by=request.user)
    return see_other(request, reverse(LIST), _("The category was deleted."))

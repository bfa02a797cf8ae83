"""Kategori: the tree, one category, order, retiring and deleting."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rembuk.access import permissions as izin
from rembuk.management import doors, selectors
from rembuk.management.actions import categories as actions
from rembuk.web.answers import see_other
from rembuk.web.desk.unit_field import suggestions
from rembuk.web.guards import PersonRequest
from rembuk.web.management.categories.forms import CategoryForm
from rembuk.web.management.categories.rows import category_rows, facts_of
from rembuk.web.management.pages import Crumb, attempt, page, sent, site_wide

LIST = "desk_management:categories"
CRUMBS: list[Crumb] = [(gettext_lazy("Categories"), LIST)]
managers = site_wide(izin.CATEGORY_MANAGE)


@managers
@require_safe
def index(request: PersonRequest) -> HttpResponse:
    """The whole tree, with how much stands in each."""
    found = list(selectors.categories())
    rows = category_rows(found, selectors.uses(found))
    return page(request, "categories", title=_("Categories"), rows=rows)


@managers
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: PersonRequest) -> HttpResponse:
    """Make a category."""
    form = CategoryForm(sent(request), initial={"parent": request.GET.get("di", "")})
    if attempt(form, lambda: actions.create_category(form.facts(), by=request.user)):
        return see_other(request, reverse(LIST), _("The category was made."))
    context = {
        "form": form,
        "suggestions": suggestions(),
        "back_url": reverse(LIST),
        "label": _("Make the category"),
    }
    return page(request, "form", title=_("New category"), crumbs=CRUMBS, **context)


@managers
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: PersonRequest, slug: str) -> HttpResponse:
    """Edit a category; from here it is retired or deleted."""
    found = doors.category(slug)
    form = CategoryForm(sent(request), category=found)
    if attempt(form, lambda: actions.change_category(found, form.facts(), by=request.user)):
        return see_other(request, reverse(LIST), _("The category was saved."))
    context = {"form": form, "suggestions": suggestions(), "back_url": reverse(LIST), "label": _("Save")}
    return page(
        request, "category", title=found.name, crumbs=CRUMBS, category=found, facts=facts_of(found), **context
    )


@managers
@require_POST
def shift(request: PersonRequest, slug: str) -> HttpResponse:
    """Change places with the neighbour above or below."""
    found = doors.category(slug)
    actions.shift_category(found, "up" if request.POST.get("arah") == "naik" else "down", by=request.user)
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

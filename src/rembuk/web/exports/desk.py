"""Unduhan saya: one's own exports, how far they are, fetching, cancelling and removing them."""

from collections.abc import Sequence
from uuid import UUID

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rembuk.exports import doors
from rembuk.exports.actions import ending
from rembuk.exports.actions.taking import look, take
from rembuk.web.answers import see_other
from rembuk.web.components.formats import number
from rembuk.web.exports.answering import TYPES
from rembuk.web.exports.rows import detail_context, label_of, list_context, state_cell
from rembuk.web.guards import PersonRequest, staff_only
from rembuk.web.management.lists.many import Asked, ask
from rembuk.web.management.pages import Crumb

LIST = "desk_exports:list"
CRUMBS: list[Crumb] = [(gettext_lazy("My downloads"), LIST)]


@staff_only
@require_safe
def index(request: PersonRequest) -> HttpResponse:
    """Everything she asked for that was not made at once."""
    context = {"page_title": _("My downloads"), **list_context(request, request.user)}
    status = 200 if context["form"].is_valid() else 422
    return render(request, "exports/list.html", context, status=status)


@staff_only
@require_safe
def export(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """One of them; htmx asks for its state alone while it is being made."""
    found, is_short = doors.own(public_id, request.user), bool(request.GET.get("ringkas"))
    # A page that asks by itself keeps nobody signed in.
    request.is_by_itself = is_short or "HX-Request" in request.headers  # type: ignore[attr-defined]
    if is_short:
        return HttpResponse(state_cell(found))
    crumbs = [{"label": _("My downloads"), "url": reverse(LIST)}, {"label": label_of(found)}]
    title = f"{label_of(found)} ({found.form.upper()})"
    context = {"page_title": title, "crumbs": crumbs, **detail_context(found)}
    name = "_export" if request.headers.get("HX-Request") else "export"
    return render(request, f"exports/{name}.html", context)


@staff_only
@require_safe
def fetch(request: PersonRequest, public_id: UUID) -> HttpResponseBase:
    """The file, if her rights still cover its rows; each time stands in the trail, except for a mere HEAD."""
    found = doors.own(public_id, request.user)
    file = (look if request.method == "HEAD" else take)(found, by=request.user)
    answer = FileResponse(file, as_attachment=True, filename=found.name, content_type=TYPES[found.form])
    answer["Accept-Ranges"] = "none"
    return answer


@staff_only
@require_POST
def cancel(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Stop one that is waiting or being made."""
    ending.cancel(doors.own(public_id, request.user), by=request.user)
    return see_other(request, reverse(LIST), _("The file is no longer being made."))


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Remove one with its file, after a question."""
    found = doors.own(public_id, request.user)
    if request.method == "POST":
        ending.discard([found], by=request.user)
        return see_other(request, reverse(LIST), _("The file was removed."))
    here = reverse("desk_exports:discard", args=[public_id])
    confirm = {
        "title": _("Remove this file?"),
        "text": _("It can be asked for again as long as your rights cover it."),
        "action_url": here,
        "label": _("Remove"),
        "cancel_url": reverse("desk_exports:export", args=[public_id]),
        "tone": "bad",
    }
    return render(request, "exports/confirm.html", {"page_title": label_of(found), "confirm": confirm})


@staff_only
@require_POST
def many(request: PersonRequest) -> HttpResponse:
    """Remove the selected ones, after a question that names the count; all or none."""
    asked = Asked.of(request, ("hapus",))
    mine = doors.own_among(_keys(asked.keys), request.user)
    if mine and asked.is_confirmed:
        count = ending.discard(mine, by=request.user)
        done = ngettext("%(n)s file was removed.", "%(n)s files were removed.", count)
        return see_other(request, reverse(LIST), done % {"n": number(count)})
    chosen = {str(one.public_id): f"{label_of(one)} ({one.form.upper()})" for one in mine}
    title = ngettext("Remove %(n)s file?", "Remove %(n)s files?", len(mine)) % {"n": number(len(mine))}
    words = (title, _("They can be asked for again as long as your rights cover them."), _("Remove"))
    return ask(request, asked, chosen, (reverse("desk_exports:many"), reverse(LIST)), CRUMBS, words=words)


def _keys(keys: Sequence[str]) -> list[UUID]:
    """The numbers that were ticked; what is none is nobody's."""
    found = []
    for key in keys:
        try:
            found.append(UUID(key))
        except ValueError:
            continue
    return found

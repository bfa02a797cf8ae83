"""Many grants at once: the question that names the count before ending them, and one role given to many people."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from rembuk.access.models import Grant
from rembuk.accounts.quotas import LOOK_UPS
from rembuk.common.errors import Denied, Invalid, NotVisible
from rembuk.management.actions import grants as actions
from rembuk.management.actions.grants import ending, many
from rembuk.management.actions.grants.looking import look_up
from rembuk.management.selectors import managed_grants
from rembuk.web.accounts.door import spend
from rembuk.web.answers import see_other
from rembuk.web.components.formats import number
from rembuk.web.desk.unit_field import suggestions
from rembuk.web.guards import PersonRequest
from rembuk.web.lists import address
from rembuk.web.management.access.desk import CRUMBS, managers
from rembuk.web.management.access.filters import GrantFilter
from rembuk.web.management.access.forms import ManyGrantForm
from rembuk.web.management.access.rows import LIST
from rembuk.web.management.fields import ReasonForm
from rembuk.web.management.pages import attempt, page, sent

TAKES_FOUND = "semua"


@managers
@require_POST
def selection(request: PersonRequest) -> HttpResponse:
    """Ask before many grants end; once confirmed, end them all or none."""
    if request.POST.get("step") != "akhiri":
        raise NotVisible
    chosen = _chosen(request)
    if not chosen:
        return see_other(request, _back(request), _("Select at least one grant."))
    form = ReasonForm(request.POST if "confirm" in request.POST else None)
    numbers = [grant.pk for grant in chosen]
    lost = len(set(request.POST.getlist("selected"))) > len(numbers) if "confirm" in request.POST else False
    if lost and form.is_valid():
        form.add_error(
            None, _("Some of these grants have changed meanwhile. Look through the list once more.")
        )
    if attempt(
        form, lambda: actions.end_grants(numbers, by=request.user, reason=form.cleaned_data["reason"])
    ):
        words = ngettext("%(n)s grant has ended.", "%(n)s grants have ended.", len(numbers))
        return see_other(request, _back(request), words % {"n": number(len(numbers))})
    return _question(request, form, chosen)


def _chosen(request: PersonRequest) -> list[Grant]:
    """The grants ticked, or all that the filters of the address find, as far as one act reaches."""
    if TAKES_FOUND in request.POST:
        grants = GrantFilter(request.GET).found(request.user)
    else:
        ticked = [int(key) for key in request.POST.getlist("selected") if key.isdecimal() and len(key) < 19]
        grants = managed_grants(request.user).filter(pk__in=ticked[: ending.MOST])
    return list(grants.select_related("person", "role", "unit").order_by("-pk")[: ending.MOST])


def _question(request: PersonRequest, form: ReasonForm, chosen: Sequence[Grant]) -> HttpResponse:
    why = ending.refusals(chosen, by=request.user)
    taken = [grant for grant in chosen if grant.pk not in why]
    count = ngettext("%(n)s grant ends.", "%(n)s grants end.", len(taken)) % {"n": number(len(taken))}
    context: dict[str, Any] = {
        "form": form,
        "taken": taken,
        "refused": [{"grant": grant, "why": why[grant.pk]} for grant in chosen if grant.pk in why],
        "count_text": count,
        "action_url": request.get_full_path(),
        "back_url": _back(request),
    }
    return page(request, "grants_many", title=_("End these grants?"), crumbs=CRUMBS, **context)


@managers
@require_http_methods(["GET", "HEAD", "POST"])
def give_many(request: PersonRequest) -> HttpResponse:
    """One role for many people: enter, look at whom it reaches and whom not, confirm."""
    form = ManyGrantForm(sent(request), by=request.user)
    if not form.is_valid() or "change" in request.POST:
        return _form(request, form)
    try:
        many.check_for_many(form.facts(), by=request.user)
        rows = _preview(form, request)
        people = [row["person"] for row in rows if row["person"] and not row["why"]]
        is_confirmed = "confirm" in request.POST and len(people) == len(rows)
        if is_confirmed:
            count = actions.give_many(people, form.facts(), by=request.user)
            words = ngettext("%(n)s person has the role.", "%(n)s people have the role.", count)
            return see_other(request, reverse(LIST), words % {"n": number(count)})
    except (Invalid, Denied) as fault:
        if isinstance(fault, Denied):
            form.deny(fault)
        else:
            form.show(fault)
        return _form(request, form)
    spend(LOOK_UPS, str(request.user.pk))
    people = [row["person"] for row in rows if row["person"]]
    known = look_up(people, len(rows), by=request.user)
    for row in rows:
        row["name"] = row["person"].shown_name if row["person"] and row["person"].pk in known else ""
    return _asked(request, form, rows)


def _preview(form: ManyGrantForm, request: PersonRequest) -> list[dict[str, Any]]:
    """Each word with whom it means and what stands against it."""
    people = [person for person in form.found.values() if person is not None]
    why = many.refusals(people, form.facts(), by=request.user)
    return [
        {
            "word": word,
            "person": person,
            "why": _("Nobody has an account with this address or name.")
            if person is None
            else why.get(person.pk, ""),
        }
        for word, person in form.found.items()
    ]


def _asked(request: PersonRequest, form: ManyGrantForm, rows: list[dict[str, Any]]) -> HttpResponse:
    bad = sum(1 for row in rows if row["why"])
    facts, good = form.facts(), len(rows) - bad
    words = ngettext(
        "%(n)s person gets the role %(role)s in %(unit)s.",
        "%(n)s people get the role %(role)s in %(unit)s.",
        good,
    )
    context: dict[str, Any] = {
        # Sent along hidden: what was typed is not lost.
        "kept": form,
        "rows": sorted(rows, key=lambda row: not row["why"]),
        "bad": bad,
        "good": good,
        "count_text": words % {"n": number(good), "role": facts.role.label, "unit": facts.unit.name},
        "status": 422 if bad else 200,
        "back_url": reverse(LIST),
    }
    return page(request, "grants_give_many", title=_("Give a role to many people"), crumbs=CRUMBS, **context)


def _form(request: PersonRequest, form: ManyGrantForm) -> HttpResponse:
    lede = _(
        "All get the same role on the same terms, or nobody does. The next page shows whom it reaches before anything "
        "happens."
    )
    context = {
        "form": form,
        "lede": lede,
        "suggestions": suggestions(request.user),
        "back_url": reverse(LIST),
    }
    title, label = _("Give a role to many people"), _("Look through")
    return page(request, "form", title=title, crumbs=CRUMBS, label=label, **context)


def _back(request: PersonRequest) -> str:
    return reverse(LIST) + address(request)[len(request.path) :]

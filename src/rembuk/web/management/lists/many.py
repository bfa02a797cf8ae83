"""Several rows at once: what was asked, the question that names the count, and what became of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rembuk.management.actions.lists.orders import Outcome
from rembuk.web.answers import SeeOther, see_other
from rembuk.web.guards import PersonRequest
from rembuk.web.management.fields import ManagedForm
from rembuk.web.management.pages import Crumb, page

MOST = 500
"""So many rows go at once."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which act on which rows, and whether the question was answered."""

    act: str
    keys: Sequence[str]
    is_confirmed: bool

    @classmethod
    def of(cls, request: PersonRequest, acts: Sequence[str]) -> "Asked":
        """What was sent; an act nobody offers is the first one, and still asks."""
        act = request.POST.get("act", "")
        keys = list(dict.fromkeys(request.POST.getlist("selected")))[:MOST]
        return cls(act if act in acts else acts[0], keys, "confirm" in request.POST and act in acts)


def bulk_actions() -> list[dict[str, str]]:
    """The buttons below a list."""
    return [
        {"name": "act", "value": "nonaktif", "label": _("Retire"), "tone": "bad"},
        {"name": "act", "value": "aktif", "label": _("Put back into use"), "tone": ""},
    ]


def words_of(act: str, count: int) -> tuple[str, str, str]:
    """Title, sentence and button of the question before an act."""
    if act == "aktif":
        title = ngettext("Put %(n)d entry back into use?", "Put %(n)d entries back into use?", count)
        return title % {"n": count}, _("It can be chosen again."), _("Put back into use")
    title = ngettext("Retire %(n)d entry?", "Retire %(n)d entries?", count)
    return title % {"n": count}, _("Nobody can choose it any more. What has it keeps it."), _("Retire")


def ask(  # noqa: PLR0913
    request: PersonRequest,
    asked: Asked,
    chosen: Mapping[str, str],
    urls: tuple[str, str],
    crumbs: list[Crumb],
    *,
    form: ManagedForm | None = None,
    words: tuple[str, str, str] | None = None,
    **more: Any,
) -> HttpResponse:
    """The question, with the rows by name; without any, back to the list with a sentence. ``urls``: here and back."""
    here, back = urls
    if not chosen:
        messages.warning(request, _("Select at least one row first."))
        return SeeOther(back)
    title, text, label = words or words_of(asked.act, len(chosen))
    context: dict[str, Any] = {
        "act": asked.act,
        "chosen": chosen,
        "text": text,
        "label": label,
        "tone": _tone(asked.act),
    }
    context |= {"here": here, "back_url": back, **more}
    if form is not None:
        context["form"] = form
    return page(request, "lists/many", title=title, crumbs=crumbs, **context)


def answer(
    request: PersonRequest, outcome: Outcome, sentence: str, back: str, crumbs: list[Crumb]
) -> HttpResponse:
    """Back to the list with how many; where some were refused, a page that says which and why."""
    if not outcome.refused:
        return see_other(request, back, sentence)
    context = {"summary": sentence, "refused": outcome.refused, "back_url": back}
    return page(request, "lists/done", title=_("What became of it"), crumbs=crumbs, **context)


def _tone(act: str) -> str:
    return "bad" if act == "nonaktif" else ""

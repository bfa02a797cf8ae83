"""One act on a selection of people: a question that names the count and whom it can't take, then all or none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from rembuk.access import permissions as izin
from rembuk.accounts.models import Person
from rembuk.common.errors import NotVisible
from rembuk.management import selectors
from rembuk.management.actions.people_many import NotAll, Terms, act_on_many
from rembuk.management.people.together import Step, refusals
from rembuk.web.answers import see_other
from rembuk.web.guards import PersonRequest, requires
from rembuk.web.management.fields import ManagedForm, ReasonForm
from rembuk.web.management.pages import attempt, page
from rembuk.web.management.people.forms import SuspendForm

MOST = 100
LIST = "desk_management:people"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What an act on many is called, and what it does."""

    title: Promise
    label: Promise
    text: Promise
    form: type[ManagedForm] = ReasonForm
    tone: str = ""


WORDS: Mapping[Step, Words] = {
    Step.SUSPEND: Words(
        title=gettext_lazy("Suspend these accounts?"),
        label=gettext_lazy("Suspend"),
        text=gettext_lazy(
            "All their sessions end at once, and nobody can sign in to them until the suspension ends."
        ),
        form=SuspendForm,
        tone="bad",
    ),
    Step.REINSTATE: Words(
        title=gettext_lazy("Lift these suspensions?"),
        label=gettext_lazy("Lift the suspension"),
        text=gettext_lazy("These people can sign in again. Roles that have not ended hold again."),
    ),
    Step.SESSIONS: Words(
        title=gettext_lazy("End all sessions of these people?"),
        label=gettext_lazy("End all sessions"),
        text=gettext_lazy("They are signed out in every browser and can sign in again at once."),
    ),
    Step.INVITE: Words(
        title=gettext_lazy("Send these invitations again?"),
        label=gettext_lazy("Send again"),
        text=gettext_lazy("Each gets a new link, which works once, for three days."),
        form=ManagedForm,
    ),
}


@requires(izin.PERSON_MANAGE)
@require_POST
def selection(request: PersonRequest) -> HttpResponse:
    """Ask first; once confirmed, act on all that were confirmed, or say why on none."""
    step = _step(request)
    chosen = list(
        selectors.managed_people(request.user).filter(public_id__in=_keys(request)).order_by("name", "pk")
    )
    if not chosen:
        return see_other(request, reverse(LIST), _("Select at least one person."))
    form = WORDS[step].form(request.POST if "confirm" in request.POST else None)
    refused: Mapping[int, str] = {}
    try:
        if attempt(form, lambda: act_on_many(step, chosen, _terms(form), by=request.user)):
            return see_other(request, reverse(LIST), _done(step, len(chosen)))
    except NotAll as stopped:
        refused = stopped.refused
    answer = _question(request, step, form, chosen, refused)
    if refused:
        answer.status_code = 409
    return answer


def _question(
    request: PersonRequest,
    step: Step,
    form: ManagedForm,
    chosen: Sequence[Person],
    stopped: Mapping[int, str],
) -> HttpResponse:
    words, why = WORDS[step], {**stopped, **refusals(step, chosen, request.user)}
    taken = [person for person in chosen if person.pk not in why]
    count = ngettext("%(n)d account is taken.", "%(n)d accounts are taken.", len(taken))
    context: dict[str, Any] = {
        "form": form,
        "step": step,
        "words": words,
        "taken": taken,
        "refused": [{"person": person, "why": why[person.pk]} for person in chosen if person.pk in why],
        "is_stopped": bool(stopped),
        "count_text": count % {"n": len(taken)},
        "back_url": reverse(LIST),
    }
    return page(
        request, "people_many", title=str(words.title), crumbs=[(gettext_lazy("Users"), LIST)], **context
    )


def _step(request: PersonRequest) -> Step:
    try:
        return Step(request.POST.get("step", ""))
    except ValueError:
        raise NotVisible from None


def _keys(request: PersonRequest) -> list[UUID]:
    """The people ticked; what is no number of a person is nobody."""
    found = []
    for key in request.POST.getlist("selected")[:MOST]:
        try:
            found.append(UUID(key))
        except ValueError:
            continue
    return found


def _terms(form: ManagedForm) -> Terms:
    if isinstance(form, SuspendForm):
        return Terms(**form.terms())
    return Terms(reason=form.cleaned_data.get("reason", ""))


def _done(step: Step, count: int) -> str:
    words = {
        Step.SUSPEND: ngettext("%(n)d account is suspended.", "%(n)d accounts are suspended.", count),
        Step.REINSTATE: ngettext("%(n)d suspension is lifted.", "%(n)d suspensions are lifted.", count),
        Step.SESSIONS: ngettext(
            "%(n)d person is signed out everywhere.", "%(n)d people are signed out everywhere.", count
        ),
        Step.INVITE: ngettext(
            "%(n)d invitation is on its way again.", "%(n)d invitations are on their way again.", count
        ),
    }
    return words[step] % {"n": count}

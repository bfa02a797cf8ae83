"""The course of a milestone on the desk: begun, done with evidence, reopened, dropped, taken up again."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rembuk.access.permissions import PROGRAM_REPORT, PROGRAM_STEER
from rembuk.common.clock import local_date
from rembuk.common.errors import Invalid, NotVisible, require
from rembuk.programs import doors, rules
from rembuk.programs.actions.milestones import course as actions
from rembuk.programs.states import MILESTONE_STEPS, REACH
from rembuk.siteconfig.selectors import current
from rembuk.web.answers import see_other
from rembuk.web.guards import PersonRequest, requires
from rembuk.web.programs.milestones.desk import milestone_crumbs, place_of
from rembuk.web.programs.milestones.evidence_forms import ReachForm
from rembuk.web.programs.milestones.forms import BegunForm
from rembuk.web.programs.steering.forms import ReasonForm, show_refusal

ACTS: dict[str, Callable[..., object]] = {
    "begin": actions.begin_milestone,
    "reopen": actions.reopen_milestone,
    "drop": actions.drop_milestone,
    "restore": actions.restore_milestone,
}
_STEPS = {row.name: row for row in MILESTONE_STEPS if row is not REACH}

type Words = tuple[str | Promise, str | Promise, str | Promise]
# Step: question, what happens, word on the button. ``%(title)s`` is the milestone.
QUESTIONS: dict[str, Words] = {
    "begin": (
        gettext_lazy("Begin “%(title)s”?"),
        gettext_lazy("Its page shows that it is under way. Nobody is told."),
        gettext_lazy("Begin the milestone"),
    ),
    "reopen": (
        gettext_lazy("Reopen “%(title)s”?"),
        gettext_lazy(
            "It counts as not done. What citizens said and the evidence stay; followers are told why."
        ),
        gettext_lazy("Reopen the milestone"),
    ),
    "drop": (
        gettext_lazy("Drop “%(title)s”?"),
        gettext_lazy("It leaves the present plan by a public revision and stays in the first plan."),
        gettext_lazy("Drop the milestone"),
    ),
    "restore": (
        gettext_lazy("Take “%(title)s” up again?"),
        gettext_lazy("It is planned again by a public revision, with the days it had."),
        gettext_lazy("Take the milestone up again"),
    ),
}


@requires(PROGRAM_REPORT, PROGRAM_STEER)
def step(request: PersonRequest, code: str, public_id: UUID, name: str) -> HttpResponse:
    """Ask on which day or why, then take a step."""
    row = doors.milestone_for_desk(code, public_id, request.user)
    if name not in _STEPS:
        raise NotVisible
    require(rules.may_step(row.program, _STEPS[name].permission, request.user))
    data = request.POST if request.method == "POST" else None
    form = ReasonForm(data) if _STEPS[name].needs_reason else BegunForm(data, initial={"on": _today()})
    if form.is_valid():
        try:
            ACTS[name](row, by=request.user, **form.cleaned_data)
            return see_other(request, place_of(row), _("The milestone is moved."))
        except Invalid as refusal:
            show_refusal(form, refusal)
    confirm = {
        **_question(name, row.title),
        "form": form,
        "action_url": request.path,
        "cancel_url": place_of(row),
    }
    context = {
        "page_title": row.title,
        "crumbs": milestone_crumbs(row.program),
        "confirm": confirm,
        "form": form,
    }
    return render(request, "desk_programs/confirm.html", context, status=200 if data is None else 422)


@requires(PROGRAM_REPORT)
def reach(request: PersonRequest, code: str, public_id: UUID) -> HttpResponse:
    """Call a milestone done, with evidence; files that were sent are kept while something else is mended."""
    row = doors.milestone_for_desk(code, public_id, request.user)
    require(rules.may_report(row.program, request.user))
    is_sent = request.method == "POST"
    today = _today()
    form = ReachForm(
        *((request.POST, request.FILES) if is_sent else ()),
        row=row,
        initial={"on": today, "began_on": min(row.planned_start_on, today)},
    )
    if is_sent and form.keep(request.user):
        days = {name: form.cleaned_data.get(name) for name in ("on", "began_on")}
        try:
            actions.reach_milestone(row, evidence=form.evidence, **days, by=request.user)
            return see_other(request, place_of(row), _("It is done. Followers are asked whether it is."))
        except Invalid as refusal:
            show_refusal(form, refusal)
    context = {"page_title": row.title, "crumbs": milestone_crumbs(row.program), "row": row, "form": form}
    return render(request, "desk_programs/milestones/reach.html", context, status=422 if is_sent else 200)


def _question(name: str, title: str) -> dict[str, Any]:
    question, text, label = QUESTIONS[name]
    words = {"title": str(question) % {"title": title}, "text": str(text), "label": str(label)}
    return {**words, "tone": "bad" if name == "drop" else "info"}


def _today() -> Any:
    return local_date(zone=current().tz)

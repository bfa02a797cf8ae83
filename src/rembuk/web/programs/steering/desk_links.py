"""Proposals of a programme on the desk: adding, rewording in a draft, removing; and choosing a programme for
some.
"""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.access.permissions import PROGRAM_EDIT
from rembuk.common.errors import Invalid, require
from rembuk.programs import doors, rules, selectors
from rembuk.programs.actions.link import NewLink, change_link, link_proposals, unlink_proposal
from rembuk.programs.states import State
from rembuk.web.answers import see_other
from rembuk.web.guards import PersonRequest, requires
from rembuk.web.programs.steering.bench import LinkBench
from rembuk.web.programs.steering.board import crumbs, open_programs
from rembuk.web.programs.steering.forms import ReasonForm, show_refusal
from rembuk.web.programs.steering.link_forms import CHOSEN, LinkForm

SHOWN = 30


@requires(PROGRAM_EDIT)
def choose(request: PersonRequest) -> HttpResponse:
    """Which draft or running programme shall take up the proposals named by ``?usulan=``."""
    codes, words = request.GET.getlist(CHOSEN), request.GET.get("q", "")
    rows = selectors.open_to_links(request.user, words)
    context = {
        "page_title": _("Add to a work programme"),
        "crumbs": crumbs(),
        "q": words,
        "codes": codes,
        "programs": open_programs(rows[:SHOWN], codes),
        "query": urlencode({CHOSEN: codes}, doseq=True),
    }
    return render(request, "desk_programs/choose.html", context)


@requires(PROGRAM_EDIT)
def link(request: PersonRequest, code: str) -> HttpResponse:
    """Add proposals to a draft or running programme."""
    program = doors.for_desk(code, request.user)
    require(rules.may_edit(program, request.user))
    bench = LinkBench(request)
    fault = ""
    if bench.is_saving and bench.links.choices and bench.links.is_valid():
        try:
            made = link_proposals(program, [NewLink(*row) for row in bench.links.chosen], by=request.user)
        except Invalid as refusal:
            fault = str(refusal)
        else:
            url = reverse("desk_programs:detail", args=[code])
            return see_other(request, url, _("Proposals added: %(count)s.") % {"count": len(made)})
    context = {
        "page_title": _("Add proposals"),
        "crumbs": crumbs(program),
        "program": program,
        "is_answer": program.state == State.PUBLISHED,
        "fault": fault
        or (_("Choose at least one proposal.") if bench.is_saving and not bench.links.choices else ""),
        **bench.context(),
    }
    return render(request, "desk_programs/link.html", context, status=422 if bench.is_saving else 200)


@requires(PROGRAM_EDIT)
def reword(request: PersonRequest, code: str, proposal_code: str) -> HttpResponse:
    """Extent and sentence of a link in a draft."""
    found = doors.link_for_desk(code, proposal_code, request.user)
    require(rules.may_edit(found.program, request.user))
    data = request.POST if request.method == "POST" else None
    form = LinkForm(data, initial={"extent": found.extent, "sentence": found.sentence})
    if form.is_valid():
        change_link(found, **form.cleaned_data, by=request.user)
        return see_other(request, reverse("desk_programs:detail", args=[code]), _("The changes are saved."))
    context = {"page_title": _("Reword"), "crumbs": crumbs(found.program), "form": form, "link": found}
    return render(request, "desk_programs/reword.html", context, status=422 if data is not None else 200)


@requires(PROGRAM_EDIT)
def unlink(request: PersonRequest, code: str, proposal_code: str) -> HttpResponse:
    """Remove a proposal; from a public programme with a public reason."""
    found = doors.link_for_desk(code, proposal_code, request.user)
    require(rules.may_edit(found.program, request.user))
    is_draft = found.program.state == State.DRAFT
    form = None if is_draft else ReasonForm(request.POST if request.method == "POST" else None)
    url = reverse("desk_programs:detail", args=[code])
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            unlink_proposal(found, reason=form.cleaned_data["reason"] if form else "", by=request.user)
            return see_other(request, url, _("The proposal is removed."))
        except Invalid as refusal:
            show_refusal(form or ReasonForm(), refusal)
    context = {"page_title": _("Remove a proposal"), "crumbs": crumbs(found.program), "form": form}
    confirm = _removal(found.proposal.title, request.path, url, form, is_draft=is_draft)
    status = 422 if request.method == "POST" else 200
    return render(request, "desk_programs/confirm.html", {**context, "confirm": confirm}, status=status)


def _removal(
    title: str, here: str, back: str, form: ReasonForm | None, *, is_draft: bool
) -> dict[str, object]:
    told = _(
        "Its author, supporters and followers are told, with the reason. Without another work programme it"
        " is open again."
    )
    return {
        "title": _("Remove “%(title)s” from this work programme?") % {"title": title},
        "text": _("It is a draft; nobody is told.") if is_draft else told,
        "action_url": here,
        "cancel_url": back,
        "label": _("Remove the proposal"),
        "tone": "bad",
        "form": form,
    }

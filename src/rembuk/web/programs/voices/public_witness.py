"""A milestone with the office's word and the citizens' beside it; answering whether it is finished."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from rembuk.access import rights
from rembuk.access.permissions import COMMENT_MODERATE
from rembuk.access.rights import acting
from rembuk.accounts.models import Person
from rembuk.common.clock import now
from rembuk.common.errors import Invalid
from rembuk.files.actions import store_upload
from rembuk.programs import doors, rules
from rembuk.programs.actions.voices.witness import Answer, bear_witness
from rembuk.programs.errors import NotAsked
from rembuk.programs.evaluation import witnesses
from rembuk.programs.models import Milestone, Witness
from rembuk.web.answers import see_other
from rembuk.web.engagement import pace
from rembuk.web.guards import open_form, visitors_page
from rembuk.web.lists import pager
from rembuk.web.paging import page_of
from rembuk.web.programs.steering.forms import show_refusal
from rembuk.web.programs.voices import keeping, parts
from rembuk.web.programs.voices.forms import PURPOSE, WitnessForm
from rembuk.web.programs.voices.public_rating import head
from rembuk.web.proposals.file_answers import send_file

PAGE = 20


@open_form
@require_http_methods(["GET", "HEAD", "POST"])
def milestone(request: HttpRequest, code: str, public_id: UUID) -> HttpResponse:
    """What the office says, what citizens say, and the form while people are asked."""
    found = doors.milestone_for_reader(code, public_id, request.user)
    is_asked = witnesses.is_asked(found, now())
    mine = witnesses.answer_of(found, request.user) if isinstance(request.user, Person) else None
    if request.method != "POST":
        form = WitnessForm(milestone=found, mine=mine, initial=keeping.kept(request)) if is_asked else None
        return _page(request, found, mine, form)
    if not isinstance(request.user, Person):
        return keeping.keep_and_sign_in(request)
    return _send(request, found, mine, WitnessForm(request.POST, request.FILES, milestone=found, mine=mine))


@visitors_page(lifetime=60, reads=("lebar",))
def picture(request: HttpRequest, code: str, public_id: UUID) -> HttpResponse:
    """The picture of an answer, in the width asked for."""
    stored = doors.witness_picture(code, public_id, request.user)
    return send_file(request, stored, shared=request.user.is_anonymous)


def _send(request: HttpRequest, found: Milestone, mine: Witness | None, form: WitnessForm) -> HttpResponse:
    assert isinstance(request.user, Person)
    pace.keep("witness", request.user)
    if _is_complete(form, found, request.user):
        said = {name: form.cleaned_data[name] for name in ("value", "claim", "remark")}
        try:
            bear_witness(found, Answer(**said, picture=form.picture_to_keep), by=request.user)
            keeping.forget(request)
            told = _("Thank you. Your answer counts; you can change it while people are asked.")
            return see_other(request, request.path, told)
        except Invalid as refusal:
            show_refusal(form, refusal)
        except NotAsked as refusal:
            return _page(request, found, mine, form, fault=str(refusal), status=409)
    return _page(request, found, mine, form, status=422)


def _is_complete(form: WitnessForm, found: Milestone, by: Person) -> bool:
    """Store the picture by itself, so that a fault in it costs no word and a fault elsewhere costs no picture."""
    form.recall(by)
    is_valid = form.is_valid()
    upload = form.files.get("picture")
    if upload is None or not rules.may_speak(found.program, by).ok:
        return is_valid
    try:
        form.keep(store_upload(upload, by=acting(by), purpose=PURPOSE))
    except Invalid as refusal:
        form.add_error("picture", str(refusal))
        return False
    return is_valid


def _page(
    request: HttpRequest,
    found: Milestone,
    mine: Witness | None,
    form: WitnessForm | None,
    *,
    fault: str = "",
    status: int = 200,
) -> HttpResponse:
    is_member = isinstance(request.user, Person)
    verdict = rules.may_speak(found.program, request.user) if isinstance(request.user, Person) else None
    context = {
        **head(found.program, found.title),
        **_said(request, found),
        "program": found.program,
        "milestone": found,
        "form": form if verdict is None or verdict.ok else None,
        "bar": "" if verdict is None or verdict.ok else str(verdict),
        "fault": fault,
        "mine": mine,
        "my_picture": parts.picture_of(mine, found.program.code) if mine and mine.picture else None,
        "is_member": is_member,
        "was_kept": is_member and bool(keeping.kept(request)) and status == 200,
        "sign_in_url": "" if is_member else keeping.sign_in_url(request),
    }
    return render(request, "programs/voices/milestone.html", context, status=status)


def _said(request: HttpRequest, found: Milestone) -> dict[str, Any]:
    """Both words about the milestone, and one page of remarks and pictures."""
    program = found.program
    said = witnesses.said([found])[found.pk]
    spoken = witnesses.with_words(found)
    page = page_of(spoken, order=("-at", "-id"), after=request.GET.get("after"), size=PAGE)
    moderates = rights.can(request.user, COMMENT_MODERATE, program.unit)
    return {
        "row": parts.milestone_row(found, said, now()),
        "bars": parts.said_bars(said) if said.n else None,
        "witnesses": parts.witness_rows(page.items, program.code, request, moderates=moderates),
        **pager(request, page.next_token),
    }

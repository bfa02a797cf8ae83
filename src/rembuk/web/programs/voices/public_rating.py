"""Rating a programme, and the results of its rounds."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from rembuk.accounts.models import Person
from rembuk.common.clock import now
from rembuk.common.errors import Invalid, NotVisible
from rembuk.programs import doors, rules
from rembuk.programs.actions.voices.rating import Given, rate
from rembuk.programs.errors import RoundClosed
from rembuk.programs.evaluation import rounds
from rembuk.programs.models import Program, Round
from rembuk.web.answers import see_other
from rembuk.web.engagement import pace
from rembuk.web.guards import open_form
from rembuk.web.programs.steering.forms import show_refusal
from rembuk.web.programs.voices import keeping, parts
from rembuk.web.programs.voices.forms import RatingForm


@open_form
@require_http_methods(["GET", "HEAD", "POST"])
def rating(request: HttpRequest, code: str) -> HttpResponse:
    """The form of the round that is open, and results; what a visitor typed waits until she has signed in."""
    program = doors.for_reader(code, request.user)
    found = rounds.open_round(program, now())
    if request.method != "POST":
        return _page(request, program, found, _form(request, program, found))
    if not isinstance(request.user, Person):
        return keeping.keep_and_sign_in(request)
    form = _form(request, program, found or program.rounds.first())
    if found is None or form is None:
        return _page(request, program, None, form, fault=str(RoundClosed()), status=409)
    return _send(request, program, found, form)


def _send(request: HttpRequest, program: Program, found: Round, form: RatingForm) -> HttpResponse:
    assert isinstance(request.user, Person)
    if form.is_valid():
        pace.keep("rating", request.user)
        remark = form.cleaned_data["remark"]
        try:
            rate(found, Given(scores=form.scores, remark=remark, region=form.region), by=request.user)
            keeping.forget(request)
            return see_other(request, request.path, _("Thank you. Your rating counts; you can change it."))
        except Invalid as refusal:
            show_refusal(form, refusal)
        except RoundClosed as refusal:
            return _page(request, program, None, form, fault=str(refusal), status=409)
    return _page(request, program, found, form, status=422)


def _form(request: HttpRequest, program: Program, found: Round | None) -> RatingForm | None:
    if found is None:
        return None
    choices = rounds.region_choices(program)
    if request.method == "POST":
        return RatingForm(request.POST, found=found, regions=choices)
    mine = rounds.rating_of(found, request.user) if isinstance(request.user, Person) else None
    initial = {**RatingForm.initial_of(mine), **keeping.kept(request)}
    return RatingForm(found=found, regions=choices, initial=initial)


def _page(
    request: HttpRequest,
    program: Program,
    found: Round | None,
    form: RatingForm | None,
    *,
    fault: str = "",
    status: int = 200,
) -> HttpResponse:
    """``found`` is the round that takes ratings; without one the form only shows what was typed."""
    is_member = isinstance(request.user, Person)
    verdict = rules.may_speak(program, request.user) if isinstance(request.user, Person) else None
    mine = rounds.rating_of(found, request.user) if found and isinstance(request.user, Person) else None
    context = {
        **head(program, _("Rate this programme") if found else _("How it is rated")),
        "program": program,
        "round": found,
        "form": form if verdict is None or verdict.ok else None,
        "bar": "" if verdict is None or verdict.ok else str(verdict),
        "fault": fault,
        "mine": mine,
        "is_member": is_member,
        "was_kept": is_member and not mine and bool(keeping.kept(request)) and status == 200,
        "sign_in_url": "" if is_member else keeping.sign_in_url(request),
        **results(request, program),
    }
    return render(request, "programs/voices/rating.html", context, status=status)


def head(program: Program, title: str) -> dict[str, Any]:
    """Title and way of a page below the programme's own."""
    return {
        "page_title": title,
        "section": "programs",
        "canonical_url": settings.BASE_URL + reverse("programs:detail", args=[program.code]),
        "crumbs": [
            {"label": _("Work programmes"), "url": reverse("programs:list")},
            {"label": program.code, "url": reverse("programs:detail", args=[program.code])},
            {"label": title},
        ],
    }


def results(request: HttpRequest, program: Program) -> dict[str, Any]:
    """The round asked for by ``?putaran=`` (else the newest) with its result, and the way to the others.

    Raises:
        NotVisible: for a round that does not exist.
    """
    numbers = list(program.rounds.values_list("number", flat=True))
    asked = request.GET.get("putaran", "")
    if asked and (not asked.isdecimal() or len(asked) > 4 or int(asked) not in numbers):
        raise NotVisible
    if not numbers:
        return {"result": None, "result_row": None, "round_tabs": []}
    chosen = program.rounds.get(number=int(asked) if asked else numbers[0])
    chosen.program = program
    figures = rounds.result(chosen)
    tabs = [
        {
            "label": _("Round %(number)s") % {"number": number},
            "url": f"{request.path}?putaran={number}#hasil",
            "current": number == chosen.number,
        }
        for number in reversed(numbers)
    ]
    return {
        "result_row": parts.round_row(chosen, figures, now()),
        "result": parts.result_parts(chosen, figures) if figures else None,
        "round_tabs": tabs if len(tabs) > 1 else [],
    }

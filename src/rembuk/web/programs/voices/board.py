"""What the desk shows of rounds of rating, and the questions before acts. The part of a programme's page: ``section``."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.accounts.models import Person
from rembuk.programs import rules
from rembuk.programs.choices import Survey
from rembuk.programs.evaluation import rounds
from rembuk.programs.models import Program, Round, Witness
from rembuk.web.lists import pager
from rembuk.web.paging import page_of
from rembuk.web.programs.steering.board import crumbs
from rembuk.web.programs.voices import parts
from rembuk.web.programs.voices.public_rating import results
from rembuk.web.programs.voices.section import open_url

type Row = dict[str, Any]


def rounds_context(request: HttpRequest, program: Program) -> Row:
    """The page of the rounds: the result of one (``?putaran=``), its remarks, and what may be done."""
    assert isinstance(request.user, Person)
    shown = results(request, program)
    row = shown["result_row"]
    newest = list(program.rounds.all()[:1])
    may_run = rules.may_run_rounds(program, request.user).ok
    found = program.rounds.get(number=row["number"]) if row else None
    return {
        "page_title": _("Ratings"),
        "crumbs": [*crumbs(program), {"label": _("Ratings")}],
        "program": program,
        "open_url": open_url(program, request.user, newest),
        "close_url": reverse("desk_programs:close_round", args=[program.code, row["number"]])
        if row and may_run and row["is_open"]
        else "",
        "public_url": reverse("programs:rating", args=[program.code]),
        **shown,
        **(_remarks(request, found) if found else {"remarks": []}),
    }


def _remarks(request: HttpRequest, found: Round) -> Row:
    spoken = found.ratings.exclude(remark="")
    page = page_of(spoken, order=("-at", "-id"), after=request.GET.get("after"))
    return {
        "remarks": [{"on": row.at, "text": row.remark} for row in page.items],
        **pager(request, page.next_token),
    }


def opening(program: Program, form: forms.Form, here: str) -> Row:
    """The question before a round is opened."""
    survey = Survey.SKM if program.is_public_service else Survey.SHORT
    words = {"survey": str(Survey(survey).label)}
    title = _("Open a rating?")
    return _asked(
        title,
        {
            "title": title,
            "text": _(
                "Members rate the work programme with: %(survey)s. Each may change the rating until it closes."
            )
            % words,
            "label": _("Open the rating"),
            "action_url": here,
            "cancel_url": reverse("desk_programs:rounds", args=[program.code]),
            "form": form,
        },
    )


def closing(found: Round, here: str) -> Row:
    """The question before a round is closed."""
    title = _("Close the rating?")
    return _asked(
        title,
        {
            "title": title,
            "text": _("Nobody can rate or change a rating afterwards. The result stays public."),
            "count_text": parts.people_words(rounds.people(found)),
            "label": _("Close the rating"),
            "action_url": here,
            "cancel_url": reverse("desk_programs:rounds", args=[found.program.code]),
            "tone": "bad",
        },
    )


def moderating(found: Witness, form: forms.Form, here: str) -> Row:
    """The question before what somebody said is hidden or shown again."""
    is_hidden = found.hidden_at is not None
    title = _("Show this again?") if is_hidden else _("Hide this?")
    return _asked(
        title,
        {
            "title": title,
            "text": found.remark or _("There is a picture and no remark."),
            "count_text": _("The answer stays counted either way."),
            "label": _("Show it again") if is_hidden else _("Hide it"),
            "action_url": here,
            "cancel_url": page_of_milestone(found),
            "tone": "info" if is_hidden else "bad",
            "form": form,
        },
    )


def page_of_milestone(found: Witness) -> str:
    """The page on which it stands, at its place."""
    milestone = found.milestone
    page = reverse("programs:milestone", args=[milestone.program.code, milestone.public_id])
    return f"{page}#kata-{found.public_id}"


def _asked(title: str, confirm: Row) -> Row:
    return {"page_title": title, "confirm": confirm}

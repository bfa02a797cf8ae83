"""What is asked before a step: the question, what it brings about, how many people are told, and the form."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from rembuk.programs import selectors
from rembuk.programs.models import Phase, Program
from rembuk.programs.states import Step
from rembuk.web.components.formats import number
from rembuk.web.programs.parts import phase_name
from rembuk.web.programs.steering.forms import DayForm, PublishForm, ReasonForm

type Words = tuple[Promise, Promise, Promise]

# Step: question, what happens, word on the button. ``%(title)s`` is the programme.
STEPS: dict[str, Words] = {
    "publish": (
        gettext_lazy("Publish “%(title)s”?"),
        gettext_lazy(
            "The plan becomes public and is kept as the first plan. Every linked proposal gets its "
            "official answer: the "
            "sentence to its author."
        ),
        gettext_lazy("Publish the work programme"),
    ),
    "postpone": (
        gettext_lazy("Postpone “%(title)s”?"),
        gettext_lazy(
            "Its proposals stay in it; the page says since when and why. The clock of the plan runs on."
        ),
        gettext_lazy("Postpone"),
    ),
    "resume": (
        gettext_lazy("Go on with “%(title)s”?"),
        gettext_lazy("The page says since when and why."),
        gettext_lazy("Go on"),
    ),
    "cancel": (
        gettext_lazy("Cancel “%(title)s” for good?"),
        gettext_lazy(
            "This can't be taken back. Proposals that no other work programme carries are open again, with"
            " all their votes."
        ),
        gettext_lazy("Cancel the work programme"),
    ),
    "complete": (
        gettext_lazy("Complete “%(title)s”?"),
        gettext_lazy(
            "All phases must be finished. Proposals that no other work programme carries are completed too."
        ),
        gettext_lazy("Complete the work programme"),
    ),
    "reopen": (
        gettext_lazy("Reopen “%(title)s”?"),
        gettext_lazy("It runs again, and its proposals with it."),
        gettext_lazy("Reopen"),
    ),
}
# Step: question, what happens, word on the button. ``%(phase)s`` is the phase.
PHASES: dict[str, Words] = {
    "start": (
        gettext_lazy("Begin the phase %(phase)s?"),
        gettext_lazy("People can comment and answer its question from now on."),
        gettext_lazy("Begin the phase"),
    ),
    "finish": (
        gettext_lazy("Finish the phase %(phase)s?"),
        gettext_lazy("Its comments and its question stay open."),
        gettext_lazy("Finish the phase"),
    ),
    "restart": (
        gettext_lazy("Go on with the phase %(phase)s?"),
        gettext_lazy("Its last day is open again; the page says why."),
        gettext_lazy("Go on with the phase"),
    ),
    "unstart": (
        gettext_lazy("Take back the start of the phase %(phase)s?"),
        gettext_lazy("It counts as not begun; the page says why."),
        gettext_lazy("Take the start back"),
    ),
}


def question_form(step: Step, data: Mapping[str, Any] | None) -> forms.Form | None:
    """What a step asks for: a reason, a day, whether planning begins, or nothing."""
    if step.needs_reason:
        return ReasonForm(data)
    makers: dict[str, type[forms.Form]] = {"publish": PublishForm, "start": DayForm, "finish": DayForm}
    maker = makers.get(step.name)
    return maker(data) if maker else None


def step_question(program: Program, name: str) -> dict[str, Any]:
    """The question before a step of a programme, with the number of people who will be told."""
    title, text, label = STEPS[name]
    return {
        "title": str(title) % {"title": program.title},
        "text": str(text),
        "label": str(label),
        "count_text": listeners_words(program),
        "tone": "bad" if name == "cancel" else "info",
    }


def phase_question(phase: Phase, name: str) -> dict[str, Any]:
    """The question before a step of a phase."""
    title, text, label = PHASES[name]
    return {"title": str(title) % {"phase": phase_name(phase.kind)}, "text": str(text), "label": str(label)}


def listeners_words(program: Program) -> str:
    """How many people are told, in one or two sentences."""
    told = selectors.listeners(program)
    authors = ngettext(
        "%(count)s author is told at once.", "%(count)s authors are told at once.", told.authors
    ) % {"count": number(told.authors)}
    others = ngettext(
        "%(count)s supporter or follower is told in the daily letter.",
        "%(count)s supporters and followers are told in the daily letter.",
        told.others,
    ) % {"count": number(told.others)}
    return " ".join(part for part, count in ((authors, told.authors), (others, told.others)) if count) or _(
        "Nobody has to be told."
    )

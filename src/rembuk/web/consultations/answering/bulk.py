"""Acts on many rows at once: the question that names the count, the act in one transaction, what became of it."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from rembuk.accounts.models import Person
from rembuk.common.codes import read_uuid
from rembuk.common.errors import Invalid, NotVisible, WrongState
from rembuk.consultations.actions.answering import assigning, deciding, publishing
from rembuk.consultations.actions.answering.acts import MOST, Done
from rembuk.consultations.matrix.rows import readable
from rembuk.consultations.models import Consultation, MatrixRow
from rembuk.web import errors
from rembuk.web.answers import see_other
from rembuk.web.components.formats import number
from rembuk.web.consultations.answering import forms
from rembuk.web.consultations.answering.lists import found_rows
from rembuk.web.consultations.tabs import desk_frame
from rembuk.web.desk.acts import ActForm
from rembuk.web.desk.unit_field import LIST_ID, suggestions
from rembuk.web.lists import address

# The field of the selection bar that takes what the filters found.
TAKES_FOUND = "semua"
_MOST_NAMED = 3

type Deed = Callable[[Sequence[MatrixRow], Any, Person], Done]


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkStep:
    """One act for many rows: its words, its form, the deed."""

    title: Promise
    button: Promise
    text: Promise
    form: type[ActForm]
    deed: Deed


STEPS = {
    "assign": BulkStep(
        title=gettext_lazy("Assign the selected rows"),
        button=gettext_lazy("Assign"),
        text=gettext_lazy("The person or the unit is told once, with the number of rows."),
        form=forms.AssignForm,
        deed=lambda rows, form, by: assigning.assign_rows(rows, to=form.assignment, by=by),
    ),
    "propose": BulkStep(
        title=gettext_lazy("Propose one answer for the selected rows"),
        button=gettext_lazy("Propose"),
        text=gettext_lazy(
            "Rows whose answer is proposed already are left out. One reason on more than ten rows outside a confirmed "
            "group is shown to the auditor."
        ),
        form=forms.AnswerForm,
        deed=lambda rows, form, by: deciding.propose_answer(rows, answer=form.answer, by=by),
    ),
    "approve": BulkStep(
        title=gettext_lazy("Approve the selected answers"),
        button=gettext_lazy("Approve"),
        text=gettext_lazy("Your own proposals and returned ones are left out."),
        form=forms.NothingForm,
        deed=lambda rows, form, by: deciding.approve_answer(rows, by=by),
    ),
    "return": BulkStep(
        title=gettext_lazy("Return the selected answers with a note"),
        button=gettext_lazy("Return"),
        text=gettext_lazy("Each proposer is told once, with your note."),
        form=forms.NoteForm,
        deed=lambda rows, form, by: deciding.return_answer(rows, note=form.cleaned_data["note"], by=by),
    ),
    "publish": BulkStep(
        title=gettext_lazy("Publish the selected answers"),
        button=gettext_lazy("Publish"),
        text=gettext_lazy(
            "Everybody can read them then; they can't be changed any more. Each author whose rows are all published "
            "gets one message."
        ),
        form=forms.NothingForm,
        deed=lambda rows, form, by: publishing.publish_answers(rows, by=by),
    ),
}


def chosen_rows(consultation: Consultation, request: HttpRequest, by: Person) -> list[MatrixRow]:
    """The rows she reads that are ticked, or all that the filters of the address find."""
    if TAKES_FOUND in request.POST:
        return list(found_rows(consultation, request, by).only("consultation")[:MOST])
    wanted = [key for value in request.POST.getlist("selected")[:MOST] if (key := read_uuid(value))]
    rows = readable(consultation, by).filter(public_id__in=wanted)
    return list(rows.order_by("id"))


def act_on_many(
    request: HttpRequest, consultation: Consultation, rows: Sequence[MatrixRow], by: Person
) -> HttpResponse:
    """Ask first, naming the count; once confirmed, do it in one transaction and lead back with what became of it."""
    name, back = request.POST.get("step", ""), _back(request, consultation)
    if name not in STEPS:
        raise NotVisible
    step = STEPS[name]
    if not rows:
        return see_other(request, back, _("Select at least one row."))
    is_sent = "confirm" in request.POST and request.POST.get("count") == str(len(rows))
    form = step.form(request.POST if is_sent else None, thing=consultation, by=by)
    if not is_sent or not form.is_valid():
        return _question(request, form, (consultation, rows, name), 422 if is_sent else 200)
    try:
        done = step.deed(rows, form, by)
    except Invalid as fault:
        form.show(fault)
        return _question(request, form, (consultation, rows, name), 422)
    except WrongState as refusal:
        return errors.refused(request, refusal, back)
    _report(request, done)
    return see_other(request, back)


def _question(
    request: HttpRequest, form: ActForm, of: tuple[Consultation, Sequence[MatrixRow], str], status: int
) -> HttpResponse:
    consultation, rows, name = of
    takes_found = TAKES_FOUND in request.POST
    context = {
        **desk_frame(consultation, request.user, "matrix", str(STEPS[name].title)),  # type: ignore[arg-type]
        "step": STEPS[name],
        "name": name,
        "form": form,
        "count_text": _counted(len(rows), takes_found=takes_found),
        "count": len(rows),
        "takes_found": takes_found,
        "selected": [] if takes_found else [str(row.public_id) for row in rows],
        "action_url": request.get_full_path(),
        "back": _back(request, consultation),
        **(
            {"unit_list_id": LIST_ID, "unit_names": suggestions(request.user)}  # type: ignore[arg-type]
            if "unit" in form.fields
            else {}
        ),
    }
    return render(request, "consultations/answering/bulk.html", context, status=status)


def _counted(count: int, *, takes_found: bool) -> str:
    """What is about to be acted on: ticked rows, or all that the filter found."""
    words = {"n": number(count)}
    if takes_found:
        return (
            ngettext(
                "%(n)s row is selected, the only one that the filter finds.",
                "%(n)s rows are selected: all that the filter finds.",
                count,
            )
            % words
        )
    return ngettext("%(n)s row is selected.", "%(n)s rows are selected.", count) % words


def _report(request: HttpRequest, done: Done) -> None:
    """What was done, and why the rest was left out, as messages of the next page."""
    count = len(done.rows)
    words = ngettext("%(n)s row is done.", "%(n)s rows are done.", count) % {"n": number(count)}
    if done.told:
        told = ngettext("%(n)s author was told.", "%(n)s authors were told.", done.told)
        words = f"{words} {told % {'n': number(done.told)}}"
    (messages.success if count else messages.info)(request, words)
    for why, left in Counter(why for _row, why in done.refused).most_common(_MOST_NAMED):
        sentence = ngettext("%(n)s row was left out: %(why)s", "%(n)s rows were left out: %(why)s", left)
        messages.warning(request, sentence % {"n": number(left), "why": why})


def _back(request: HttpRequest, consultation: Consultation) -> str:
    query = address(request)[len(request.path) :]
    return reverse("desk_consultations:matrix", args=[consultation.code]) + query

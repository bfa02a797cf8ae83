"""What an author does with what was sent: change it, send it again, withdraw it, appeal, object."""

from collections.abc import Callable

from django.forms import Form
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.common.errors import Invalid
from rembuk.proposals import doors
from rembuk.proposals.actions import edit, submit
from rembuk.proposals.models import Proposal
from rembuk.proposals.states import State
from rembuk.web.answers import see_other
from rembuk.web.guards import PersonRequest, signed_in
from rembuk.web.proposals.writing import drafts
from rembuk.web.proposals.writing.forms import ChangeForm
from rembuk.web.proposals.writing.forms_own import OwnWordsForm, WithdrawForm
from rembuk.web.proposals.writing.pages import Question, change_page, question_page
from rembuk.web.proposals.writing.views import add_files, reading_or_sending


@signed_in
@reading_or_sending
def change(request: PersonRequest, code: str) -> HttpResponse:
    """Change a returned or a public proposal; a returned one may be sent again at once."""
    found = doors.for_author(code, request.user)
    if request.method != "POST":
        form = ChangeForm.of(found, asked=request.GET.get("cari", "")[:100])
        return change_page(request, form, found)
    drafts.count_saving(request)
    form = ChangeForm(request.POST, request.FILES)
    form.offer(found.category)
    is_looking = request.POST.get("step") == "place"
    if form.is_valid():
        add_files(request, form, found)
        if not is_looking:
            _save(request, form, found)
    if form.errors or is_looking:
        return change_page(request, form, found, status=422 if form.errors else 200)
    page = reverse("proposals:detail", args=[found.code])
    return see_other(request, f"{page}?tersimpan=1", _("Your change is saved."))


def _save(request: PersonRequest, form: ChangeForm, found: Proposal) -> None:
    """Change the text, send it again where that was asked; faults go back into the form."""
    try:
        reason = form.cleaned_data.get("reason", "")
        edit.edit_proposal(found, form.content(), by=request.user, reason=reason)
        if found.state == State.RETURNED and request.POST.get("step") == "send" and not form.errors:
            submit.resubmit_proposal(found, by=request.user)
    except Invalid as refused:
        form.add_problems(refused.fields)


@signed_in
@reading_or_sending
def withdraw(request: PersonRequest, code: str) -> HttpResponse:
    """Ask, then take the proposal back."""
    question = Question(
        title=_("Withdraw this proposal?"),
        text=_("It will no longer be assessed or answered. This can't be undone."),
        label=_("Withdraw"),
        tone="bad",
    )

    def act(found: Proposal, form: Form) -> None:
        edit.withdraw_proposal(found, by=request.user, reason=form.cleaned_data["reason"])

    return _ask(request, code, question, WithdrawForm, act)


@signed_in
@reading_or_sending
def appeal(request: PersonRequest, code: str) -> HttpResponse:
    """The one appeal against not being published."""
    question = Question(
        title=_("Appeal against the decision"),
        text=_("Somebody who did not decide before reads your proposal again. An appeal is possible once."),
        label=_("Send the appeal"),
    )

    def act(found: Proposal, form: Form) -> None:
        edit.appeal_rejection(found, by=request.user, text=form.cleaned_data["text"])

    return _ask(request, code, question, OwnWordsForm, act)


@signed_in
@reading_or_sending
def objection(request: PersonRequest, code: str) -> HttpResponse:
    """The one objection to «tidak dilanjutkan»."""
    question = Question(
        title=_("Object to the official answer"),
        text=_("Somebody who did not give the first answer decides again. An objection is possible once."),
        label=_("Send the objection"),
    )

    def act(found: Proposal, form: Form) -> None:
        edit.object_to_answer(found, by=request.user, text=form.cleaned_data["text"])

    return _ask(request, code, question, OwnWordsForm, act)


def _ask(
    request: PersonRequest,
    code: str,
    question: Question,
    form_class: type[Form],
    act: Callable[[Proposal, Form], None],
) -> HttpResponse:
    """Show the question; on a valid answer act and lead back to the proposal's page."""
    found = doors.for_author(code, request.user)
    form = form_class(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return question_page(request, question, form, found, status=422 if form.is_bound else 200)
    act(found, form)
    return see_other(request, reverse("proposals:detail", args=[found.code]), _("Done."))

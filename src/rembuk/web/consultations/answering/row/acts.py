"""What can be done with one row: the acts of its page, each with its form. The answer itself has its own form."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rembuk.accounts.models import Person
from rembuk.consultations import rules
from rembuk.consultations.actions.answering import assigning, cutting, deciding, drafting, publishing
from rembuk.consultations.choices import RowSource
from rembuk.consultations.models import MatrixRow
from rembuk.consultations.states import ANSWERING, RowState
from rembuk.engagement.actions.moderation import add_note
from rembuk.web.consultations.answering import forms
from rembuk.web.desk.acts import Act


def is_filled(row: MatrixRow) -> bool:
    """Whether the matrix is being filled now."""
    return row.consultation.state in ANSWERING


def may_write(row: MatrixRow, by: Person) -> bool:
    """Whether this person may write the answer now."""
    return is_filled(row) and row.state in {RowState.OPEN, RowState.PROPOSED} and rules.may_answer(row, by).ok


def _save(row: MatrixRow, form: Any, by: Person) -> str:
    drafting.save_draft(row, answer=form.answer, by=by, seen=form.cleaned_data["seen"])
    return _("The draft is kept.")


def _propose(row: MatrixRow, form: Any, by: Person) -> str:
    deciding.propose_answer([row], answer=form.answer, by=by, seen=form.cleaned_data["seen"])
    return _("The answer to %(row)s is proposed.") % {"row": _name(row)}


def _approve(row: MatrixRow, form: Any, by: Person) -> str:
    deciding.approve_answer([row], by=by)
    return _("The answer to %(row)s is approved.") % {"row": _name(row)}


def _return(row: MatrixRow, form: Any, by: Person) -> str:
    deciding.return_answer([row], note=form.cleaned_data["note"], by=by)
    return _("The answer to %(row)s was returned with your note.") % {"row": _name(row)}


def _publish(row: MatrixRow, form: Any, by: Person) -> str:
    told = publishing.publish_answers([row], by=by).told
    if told:
        return _("The answer to %(row)s is published. The author was told all answers.") % {"row": _name(row)}
    return _("The answer to %(row)s is published.") % {"row": _name(row)}


def _assign(row: MatrixRow, form: Any, by: Person) -> str:
    assigning.assign_rows([row], to=form.assignment, by=by)
    return _("%(row)s is assigned.") % {"row": _name(row)}


def _cut(row: MatrixRow, form: Any, by: Person) -> str:
    made = cutting.cut_row(row, points=form.parts, by=by)
    return _("%(row)s is cut into %(n)s points.") % {"row": _name(row), "n": len(made) + 1}


def _join(row: MatrixRow, form: Any, by: Person) -> str:
    cutting.join_row(row, by=by)
    return _("The point went back to the row it was cut from.")


def _note(row: MatrixRow, form: Any, by: Person) -> str:
    if row.submission.subject is not None:
        add_note(row.submission.subject, by=by, body=form.cleaned_data["body"])
    return _("The note is kept.")


def _name(row: MatrixRow) -> str:
    return f"{row.submission.code}#{row.number}"


def _is_standing(row: MatrixRow) -> bool:
    return is_filled(row) and row.state == RowState.PROPOSED and row.returned_at is None


def _may_approve(row: MatrixRow, by: Person) -> bool:
    is_asked = row.consultation.needs_second_person
    return is_asked and _is_standing(row) and rules.may_approve(row, by).ok


def _may_return(row: MatrixRow, by: Person) -> bool:
    return _is_standing(row) and rules.may_approve(row, by).ok


def _may_publish(row: MatrixRow, by: Person) -> bool:
    is_ready = row.state == RowState.APPROVED if row.consultation.needs_second_person else _is_standing(row)
    return is_filled(row) and is_ready and rules.may_publish_row(row, by).ok


def _may_assign(row: MatrixRow, by: Person) -> bool:
    return is_filled(row) and row.state != RowState.PUBLISHED and rules.may_answer(row, by).ok


def _may_cut(row: MatrixRow, by: Person) -> bool:
    return bool(row.text) and row.state == RowState.OPEN and may_write(row, by)


def _may_join(row: MatrixRow, by: Person) -> bool:
    return row.source == RowSource.CUT and _may_cut(row, by)


SAVE = Act(
    name="simpan",
    title=gettext_lazy("Answer"),
    button=gettext_lazy("Save as draft"),
    form=forms.AnswerForm,
    is_open=lambda row, by: row.state == RowState.OPEN and may_write(row, by),
    perform=_save,
)
PROPOSE = Act(
    name="usulkan",
    title=gettext_lazy("Answer"),
    button=gettext_lazy("Propose"),
    form=forms.AnswerForm,
    is_open=may_write,
    perform=_propose,
)
APPROVE = Act(
    name="setujui",
    title=gettext_lazy("Approve the answer"),
    button=gettext_lazy("Approve"),
    form=forms.NothingForm,
    is_open=_may_approve,
    perform=_approve,
)
PUBLISH = Act(
    name="terbitkan",
    title=gettext_lazy("Publish the answer"),
    button=gettext_lazy("Publish"),
    intro=gettext_lazy("Everybody can read it then; it can't be changed any more."),
    form=forms.NothingForm,
    is_open=_may_publish,
    perform=_publish,
)
RETURN = Act(
    name="kembalikan",
    title=gettext_lazy("Return it with a note"),
    button=gettext_lazy("Return"),
    form=forms.NoteForm,
    is_open=_may_return,
    perform=_return,
)
ASSIGN = Act(
    name="tugaskan",
    title=gettext_lazy("Assign and place"),
    button=gettext_lazy("Save"),
    form=forms.AssignForm,
    is_open=_may_assign,
    perform=_assign,
)
CUT = Act(
    name="pecah",
    title=gettext_lazy("Cut it into several points"),
    button=gettext_lazy("Cut"),
    intro=gettext_lazy(
        "Where one submission makes several points, each gets a row and an answer of its own."
    ),
    form=forms.CutForm,
    is_open=_may_cut,
    perform=_cut,
)
JOIN = Act(
    name="gabung",
    title=gettext_lazy("Take the cut back"),
    button=gettext_lazy("Take back"),
    intro=gettext_lazy("The words go back to the row they were cut from."),
    form=forms.NothingForm,
    is_open=_may_join,
    perform=_join,
)
NOTE = Act(
    name="catat",
    title=gettext_lazy("Add a note"),
    button=gettext_lazy("Save the note"),
    form=forms.InternalNoteForm,
    is_open=lambda row, by: rules.may_answer(row, by).ok or rules.may_publish(row.consultation, by).ok,
    perform=_note,
)
PANELS = (APPROVE, PUBLISH, RETURN, ASSIGN, CUT, JOIN)
BY_NAME = {act.name: act for act in (SAVE, PROPOSE, *PANELS, NOTE)}
# After these the next row of the list is what one wants to see.
MOVES_ON = frozenset({PROPOSE.name, APPROVE.name, PUBLISH.name, RETURN.name})

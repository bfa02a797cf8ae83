"""The forms of a programme that is edited: its words, what may stay empty, and of a draft its days."""

from typing import Any

from django import forms
from django.http import QueryDict

from rembuk.common.errors import Invalid
from rembuk.programs import doors
from rembuk.programs.actions.create import Plan
from rembuk.programs.models import Program
from rembuk.programs.states import State
from rembuk.web.guards import PersonRequest
from rembuk.web.programs.editing.details import DetailsForm
from rembuk.web.programs.editing.seen import Sight
from rembuk.web.programs.steering.forms import PlanForm, ProgramForm, show_refusal, words_of


class EditBench:
    """All forms of the page, over what she saw when she opened it."""

    def __init__(self, request: PersonRequest, program: Program) -> None:
        self.by, self.code = request.user, program.code
        self.sight = Sight(request, program, self._build)
        self.form: ProgramForm
        self.details: DetailsForm
        self.plan: PlanForm | None
        self.form, self.details, self.plan = self._forms(self.sight.data)

    def _build(self, data: QueryDict | None) -> list[forms.BaseForm]:
        return [form for form in self._forms(data) if form is not None]

    def _forms(self, data: QueryDict | None) -> tuple[ProgramForm, DetailsForm, PlanForm | None]:
        program = doors.for_desk(self.code, self.by)
        is_draft = program.state == State.DRAFT
        return (
            ProgramForm(data, initial=words_of(program), by=self.by, present=program.category),
            DetailsForm(data, of=program),
            PlanForm(data, phases=list(program.phases.all())) if is_draft else None,
        )

    @property
    def may_save(self) -> bool:
        """Whether it was sent, and nobody changed what she saw."""
        return self.sight.sent is not None and self.sight.clash is None

    def is_valid(self) -> bool:
        """Whether everything can be saved; asks all forms, so that all faults show at once."""
        found = [self.form.is_valid(), self.details.is_valid(), self.plan is None or self.plan.is_valid()]
        return all(found)

    @property
    def days(self) -> Plan | None:
        """The planned days of a draft; a public plan is revised instead."""
        return self.plan.plan if self.plan else None

    def show(self, refusal: Invalid) -> None:
        """Put a refusal at its field."""
        show_refusal(form_of(refusal, self.form, self.details, self.plan), refusal)

    def context(self) -> dict[str, Any]:
        """What ``desk_programs/edit.html`` needs."""
        return {
            "form": self.form,
            "details": self.details,
            "plan_form": self.plan,
            "sight": self.sight,
        }


def form_of(refusal: Invalid, *found: forms.Form | None) -> forms.Form:
    """The form that has a field the refusal is about; the first one for a refusal about none."""
    known = [form for form in found if form is not None]
    return next((form for form in known if set(refusal.fields) & set(form.fields)), known[0])

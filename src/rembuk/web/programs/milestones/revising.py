"""Revising a public plan: new days of phases and milestones on one page, with one public reason."""

from django import forms
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.access.permissions import PROGRAM_STEER
from rembuk.common.errors import Invalid, require
from rembuk.programs import doors, rules
from rembuk.programs.actions.revise import revise_plan
from rembuk.programs.models import Program
from rembuk.web.answers import see_other
from rembuk.web.guards import PersonRequest, requires
from rembuk.web.programs.editing.seen import Clashed, Sight, once_more
from rembuk.web.programs.milestones.forms import DatesForm
from rembuk.web.programs.steering.board import crumbs
from rembuk.web.programs.steering.forms import PlanForm, ReasonForm, show_refusal


@requires(PROGRAM_STEER)
def revise(request: PersonRequest, code: str) -> HttpResponse:
    """New dates of a public plan beside the present and the first ones, with a public reason."""
    program = doors.for_desk(code, request.user)
    require(rules.may_steer(program, request.user))
    bench = _Bench(request, program)
    if bench.may_save and bench.is_valid():
        try:
            with bench.sight.held():
                bench.publish()
        except Clashed:
            return once_more(revise, request, code)
        except Invalid as refusal:
            bench.show(refusal)
        else:
            url = reverse("desk_programs:detail", args=[code])
            return see_other(
                request, url, _("The revision is public. Those who follow the work programme are told.")
            )
    context = {
        "page_title": _("Revise the plan"),
        "crumbs": crumbs(program),
        "program": program,
        **bench.context(),
    }
    return render(request, "desk_programs/revise.html", context, status=bench.sight.status())


class _Bench:
    """Days of phases, days of milestones, and the reason, over what she saw when she opened the page."""

    def __init__(self, request: PersonRequest, program: Program) -> None:
        self.program, self.by = program, request.user
        self.phases = list(program.phases.all())
        self.sight = Sight(request, program, self._build)
        self.plan, self.dates = self._forms(self.sight.data)
        self.form = ReasonForm(self.sight.data)

    def _build(self, data: QueryDict | None) -> list[forms.BaseForm]:
        return [*self._forms(data)]

    def _forms(self, data: QueryDict | None) -> tuple[PlanForm, DatesForm]:
        return (
            PlanForm(data, phases=list(self.program.phases.all()), required=True),
            DatesForm(data, rows=list(self.program.milestones.all())),
        )

    @property
    def may_save(self) -> bool:
        """Whether it was sent, and nobody changed what she saw."""
        return self.sight.sent is not None and self.sight.clash is None

    def publish(self) -> None:
        """Publish the revision.

        Raises:
            Invalid: as ``revise_plan``.
        """
        reason = self.form.cleaned_data["reason"]
        revise_plan(self.program, self.plan.plan, milestones=self.dates.days, reason=reason, by=self.by)

    def is_valid(self) -> bool:
        """Whether everything stands; asks all forms, so that all faults show at once."""
        return all([self.plan.is_valid(), self.dates.is_valid(), self.form.is_valid()])

    def show(self, refusal: Invalid) -> None:
        """Put a refusal at its field."""
        found = (self.plan, self.dates)
        at = next((form for form in found if set(refusal.fields) & set(form.fields)), self.form)
        show_refusal(at, refusal)

    def context(self) -> dict[str, object]:
        """What ``desk_programs/revise.html`` needs: each phase with its fields and its milestones."""
        rows = [
            (row, phase, self.dates.of_phase(phase))
            for row, phase in zip(self.plan.rows, self.phases, strict=True)
        ]
        found = {"plan_form": self.plan, "dates_form": self.dates, "form": self.form}
        return {**found, "rows": rows, "sight": self.sight}

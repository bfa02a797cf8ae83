"""Revising a public plan: new days of phases and milestones on one page, with one public reason."""

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
from rembuk.web.programs.milestones.forms import DatesForm
from rembuk.web.programs.steering.board import crumbs
from rembuk.web.programs.steering.forms import PlanForm, ReasonForm, show_refusal


@requires(PROGRAM_STEER)
def revise(request: PersonRequest, code: str) -> HttpResponse:
    """New dates of a public plan beside the present and the first ones, with a public reason."""
    program = doors.for_desk(code, request.user)
    require(rules.may_steer(program, request.user))
    data = request.POST if request.method == "POST" else None
    bench = _Bench(program, data)
    if data is not None and bench.is_valid():
        try:
            revise_plan(
                program,
                bench.plan.plan,
                milestones=bench.dates.days,
                reason=bench.form.cleaned_data["reason"],
                by=request.user,
            )
            url = reverse("desk_programs:detail", args=[code])
            return see_other(
                request, url, _("The revision is public. Those who follow the work programme are told.")
            )
        except Invalid as refusal:
            bench.show(refusal)
    context = {
        "page_title": _("Revise the plan"),
        "crumbs": crumbs(program),
        "program": program,
        **bench.context(),
    }
    return render(request, "desk_programs/revise.html", context, status=422 if data is not None else 200)


class _Bench:
    """Days of phases, days of milestones, and the reason."""

    def __init__(self, program: Program, data: QueryDict | None) -> None:
        self.phases = list(program.phases.all())
        self.plan = PlanForm(data, phases=self.phases, required=True)
        self.dates = DatesForm(data, rows=list(program.milestones.all()))
        self.form = ReasonForm(data)

    def is_valid(self) -> bool:
        """Whether everything stands; asks all forms, so that all faults show at once."""
        return all([self.plan.is_valid(), self.dates.is_valid(), self.form.is_valid()])

    def show(self, refusal: Invalid) -> None:
        """Put a refusal at its field."""
        forms = (self.plan, self.dates)
        at = next((form for form in forms if set(refusal.fields) & set(form.fields)), self.form)
        show_refusal(at, refusal)

    def context(self) -> dict[str, object]:
        """What ``desk_programs/revise.html`` needs: each phase with its fields and its milestones."""
        rows = [
            (row, phase, self.dates.of_phase(phase))
            for row, phase in zip(self.plan.rows, self.phases, strict=True)
        ]
        return {"plan_form": self.plan, "dates_form": self.dates, "form": self.form, "rows": rows}

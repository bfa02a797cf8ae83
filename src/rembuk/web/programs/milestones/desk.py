"""Milestones on the desk: the list, adding and editing them, their order, taking one out of a draft."""

from contextlib import AbstractContextManager, nullcontext
from uuid import UUID

from django import forms
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rembuk.access.permissions import PROGRAM_EDIT, PROGRAM_READ, PROGRAM_STEER
from rembuk.common.errors import Invalid, require
from rembuk.programs import doors, rules
from rembuk.programs.actions.milestones import plan as actions
from rembuk.programs.models import Milestone, Program
from rembuk.programs.states import State
from rembuk.web.answers import see_other
from rembuk.web.guards import PersonRequest, requires
from rembuk.web.programs.editing.reasons import WithReason
from rembuk.web.programs.editing.seen import Clashed, Sight, once_more
from rembuk.web.programs.milestones.forms import MilestoneForm
from rembuk.web.programs.milestones.rows import list_context
from rembuk.web.programs.steering.board import crumbs
from rembuk.web.programs.steering.forms import ReasonForm

LIST = "desk_programs:milestones"


@requires(PROGRAM_READ)
def index(request: PersonRequest, code: str) -> HttpResponse:
    """All milestones by phase, with everything she may do."""
    program = doors.for_desk(code, request.user)
    context = {
        "page_title": _("Milestones"),
        "crumbs": crumbs(program),
        **list_context(program, request.user),
    }
    return render(request, "desk_programs/milestones/list.html", context)


@requires(PROGRAM_EDIT, PROGRAM_STEER)
def new(request: PersonRequest, code: str) -> HttpResponse:
    """Add a milestone; to a public plan by a revision with its reason."""
    program = doors.for_desk(code, request.user)
    require(rules.may_plan(program, request.user))
    page = _Page(request, program, None)
    if page.is_valid():
        try:
            row = actions.add_milestone(program, page.form.words, reason=page.reason, by=request.user)
            return see_other(request, place_of(row), _("The milestone is added."))
        except Invalid as refusal:
            page.show(refusal)
    return page.render(_("Add a milestone"), _("Add the milestone"))


@requires(PROGRAM_EDIT, PROGRAM_STEER)
def edit(request: PersonRequest, code: str, public_id: UUID) -> HttpResponse:
    """Words, days, weight and office; what is plan changes in a public programme by a revision."""
    row = doors.milestone_for_desk(code, public_id, request.user)
    require(rules.may_plan(row.program, request.user))
    page = _Page(request, row.program, row)
    if page.may_save and page.is_valid():
        try:
            with page.held():
                actions.edit_milestone(row, page.form.words, reason=page.reason, by=request.user)
            return see_other(request, place_of(row), _("The milestone is saved."))
        except Clashed:
            return once_more(edit, request, code, public_id)
        except Invalid as refusal:
            page.show(refusal)
    return page.render(row.title, _("Save"))


@requires(PROGRAM_EDIT, PROGRAM_STEER)
@require_POST
def shift(request: PersonRequest, code: str, public_id: UUID) -> HttpResponse:
    """Change places with the neighbour above or below."""
    row = doors.milestone_for_desk(code, public_id, request.user)
    actions.move_milestone(row, up=request.POST.get("arah") == "naik", by=request.user)
    return see_other(request, place_of(row))


@requires(PROGRAM_EDIT, PROGRAM_STEER)
def remove(request: PersonRequest, code: str, public_id: UUID) -> HttpResponse:
    """Ask, then take a milestone out of a draft."""
    row = doors.milestone_for_desk(code, public_id, request.user)
    require(rules.may_plan(row.program, request.user))
    back = reverse(LIST, args=[code])
    if request.method == "POST":
        actions.remove_milestone(row, by=request.user)
        return see_other(request, back, _("The milestone is taken out."))
    confirm = {
        "title": _("Take “%(title)s” out?") % {"title": row.title},
        "text": _("The work programme is a draft, so nothing of it stays but the audit trail."),
        "label": _("Take it out"),
        "tone": "bad",
        "action_url": request.path,
        "cancel_url": back,
    }
    context = {"page_title": row.title, "crumbs": milestone_crumbs(row.program), "confirm": confirm}
    return render(request, "desk_programs/confirm.html", context)


def place_of(row: Milestone) -> str:
    """The milestone in its list."""
    return f"{reverse(LIST, args=[row.program.code])}#tonggak-{row.public_id}"


def milestone_crumbs(program: Program) -> list[dict[str, str]]:
    """The way from the list of programmes to a page about its milestones."""
    return [*crumbs(program), {"label": _("Milestones"), "url": reverse(LIST, args=[program.code])}]


class _Page(WithReason[MilestoneForm]):
    """The form of a milestone with, for a public plan, the reason of the revision."""

    def __init__(self, request: PersonRequest, program: Program, row: Milestone | None) -> None:
        self.request, self.program, self.row = request, program, row
        self.phases = list(program.phases.all())
        self.sight = Sight(request, program, self._build) if row else None
        sent = request.POST if request.method == "POST" else None
        data = self.sight.data if self.sight else sent
        self.form = MilestoneForm(data, phases=self.phases, row=row)
        self.why = None if program.state == State.DRAFT else ReasonForm(data)
        if self.why and row:
            self.why.fields["reason"].required = False
            self.why.fields["reason"].help_text = _(
                "Needed for name, phase, weight and days: public, at least 20 characters. Followers are told."
            )

    def _build(self, data: QueryDict | None) -> list[forms.BaseForm]:
        row = self.row and doors.milestone_for_desk(self.program.code, self.row.public_id, self.request.user)
        return [MilestoneForm(data, phases=self.phases, row=row)]

    @property
    def may_save(self) -> bool:
        """Whether it was sent, and nobody changed what she saw."""
        return self.request.method == "POST" and (self.sight is None or self.sight.clash is None)

    def held(self) -> AbstractContextManager[None]:
        """Keep what she saw as it is for the act inside.

        Raises:
            Clashed: when somebody was faster.
        """
        return self.sight.held() if self.sight else nullcontext()

    def render(self, title: str, label: str) -> HttpResponse:
        """The page, 422 after a refusal."""
        context = {
            "page_title": title,
            "crumbs": milestone_crumbs(self.program),
            "program": self.program,
            "row": self.row,
            "form": self.form,
            "why": self.why,
            "label": label,
            "sight": self.sight,
        }
        refused = 422 if self.request.method == "POST" else 200
        status = self.sight.status() if self.sight else refused
        return render(self.request, "desk_programs/milestones/form.html", context, status=status)

"""What the desk page of a programme shows: its steps, the phase board, links, reports, history."""

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rembuk.access import rights
from rembuk.access.permissions import CONSULTATION_EDIT
from rembuk.accounts.models import Person
from rembuk.common.clock import local_date, now
from rembuk.consultations.choices import Tie
from rembuk.consultations.models import Consultation, ProgramTie
from rembuk.consultations.schedule import stage
from rembuk.consultations.selectors import reach as consultations
from rembuk.programs import selectors
from rembuk.programs.choices import DocumentClass, Extent
from rembuk.programs.models import Link, Phase, Program, Update
from rembuk.programs.plan.reading import standing_of
from rembuk.programs.selectors import Behind
from rembuk.programs.states import OPEN, PHASE_STEPS, PUBLIC, STEPS, PhaseState, State
from rembuk.siteconfig.selectors import current
from rembuk.web.programs import parts
from rembuk.web.programs.editing.parts import details
from rembuk.web.programs.evaluation import section as evaluation
from rembuk.web.programs.money import section as layers
from rembuk.web.programs.reading.progress import deviations
from rembuk.web.programs.steering.bench import rights_in
from rembuk.web.programs.voices.section import section

STEP_WORDS: dict[str, tuple[Promise, str]] = {
    "publish": (gettext_lazy("Publish"), ""),
    "postpone": (gettext_lazy("Postpone"), "btn-line"),
    "resume": (gettext_lazy("Go on"), ""),
    "cancel": (gettext_lazy("Cancel"), "btn-line btn-line-bad"),
    "complete": (gettext_lazy("Complete"), "btn-line"),
    "reopen": (gettext_lazy("Reopen"), "btn-line"),
}
PHASE_STEP_WORDS: dict[str, Promise] = {
    "start": gettext_lazy("Begin"),
    "finish": gettext_lazy("Finish"),
    "restart": gettext_lazy("Go on with it"),
    "unstart": gettext_lazy("Take the start back"),
}


def board_context(program: Program, by: Person) -> dict[str, Any]:
    """The whole context of the desk page."""
    phases = list(program.phases.select_related("subject"))
    late = selectors.lateness(program, local_date(zone=current().tz), phases)
    may = rights_in(program, by)
    return {
        "program": program,
        "details": details(program),
        "page_title": program.title,
        "crumbs": [*crumbs(), {"label": program.code}],
        "may": may,
        "is_draft": program.state == State.DRAFT,
        "is_public": program.state in PUBLIC,
        "is_open": program.state in OPEN,
        "steps": _steps(program, by),
        "glance": parts.glance(program.state, phases, late),
        **_condition(program, phases),
        "late": late.whole,
        "board": [
            _phase(program, phase, late.phases[phase.position].current, may["steer"]) for phase in phases
        ],
        "links": [_link(program, link, may["edit"]) for link in selectors.active_links(program)],
        "behind": selectors.behind([program.pk]).get(program.pk, Behind()),
        "layers": layers.section(program, by),
        "consultations": _consultations(program, by),
        "consultation_url": _new_consultation(program, phases, by),
        **_reports(program, phases),
        "voices": section(program, by),
        "evaluation": evaluation.section(program, by),
    }


def _condition(program: Program, phases: Sequence[Phase]) -> dict[str, Any]:
    """On time, late or critical by its milestones, and how far from the plan in the words of the public page; empty
    without any, where the dates of phases say it.
    """
    found = standing_of(program, local_date(zone=current().tz), phases=phases)
    if not found.progress or not found.condition:
        return {"condition": "", "deviations": []}
    return {"condition": str(found.condition), "deviations": deviations(found)}


def _consultations(program: Program, by: Person) -> list[dict[str, Any]]:
    """The consultations about the programme or that led to it; drafts only those she may read."""
    moment = now()
    readable = Q(consultation__announced_at__isnull=False) | Q(
        consultation__in=Consultation.objects.filter(consultations.readable_by_staff(by))
    )
    ties = ProgramTie.objects.filter(readable, program=program).select_related("consultation")
    return [
        {
            "title": tie.consultation.title,
            "code": tie.consultation.code,
            "kind": Tie(tie.kind).label,
            "stage": stage(tie.consultation, moment),
            "url": reverse(
                "consultations:detail" if tie.consultation.announced_at else "desk_consultations:detail",
                args=[tie.consultation.code],
            ),
        }
        for tie in ties.order_by("-id")
    ]


def _new_consultation(program: Program, phases: Sequence[Phase], by: Person) -> str:
    """Where a consultation about it is made, in whatever phase leads; empty without the right."""
    if not rights.can(by, CONSULTATION_EDIT) or program.state == State.CANCELLED:
        return ""
    leading = next((phase.position for phase in phases if phase.is_leading), 1)
    return f"{reverse('desk_consultations:new')}?{urlencode({'program': program.code, 'fase': leading})}"


def _reports(program: Program, phases: list[Phase]) -> dict[str, Any]:
    documents = program.documents.filter(removed_at=None).select_related("file", "phase")
    events = program.events.select_related("phase", "office", "milestone").order_by("-at", "-id")
    return {
        "documents": [_document(program, row) for row in documents],
        "updates": [_update(row) for row in program.updates.select_related("phase")[:10]],
        "revisions": parts.revision_rows(program.revisions.select_related("office"), phases),
        "history": parts.history(events),
    }


def _update(row: Update) -> dict[str, Any]:
    return {
        "public_id": row.public_id,
        "title": row.title,
        "phase_name": parts.phase_name(row.phase.kind),
        "at": row.at,
    }


def _steps(program: Program, by: Person) -> list[dict[str, Any]]:
    """The steps the table has from here and her rights allow."""
    found = [
        row for row in STEPS if program.state in row.sources and rights.can(by, row.permission, program.unit)
    ]
    return [
        {
            "label": STEP_WORDS[row.name][0],
            "tone": STEP_WORDS[row.name][1],
            "url": reverse("desk_programs:step", args=[program.code, row.name]),
        }
        for row in found
    ]


def _phase(program: Program, phase: Phase, late_days: int, may_steer: bool) -> dict[str, Any]:
    moves = may_steer and program.state == State.PUBLISHED
    steps = [row for row in PHASE_STEPS if moves and phase.state in row.sources]
    where = [program.code, phase.position]
    can_lead = moves and phase.state == PhaseState.ACTIVE and not phase.is_leading
    return {
        "number": phase.position,
        "name": parts.phase_name(phase.kind),
        "state": phase.state,
        "leads": phase.is_leading,
        "phase": phase,
        "late_days": late_days,
        "steps": [
            {
                "label": PHASE_STEP_WORDS[row.name],
                "url": reverse("desk_programs:phase_step", args=[*where, row.name]),
            }
            for row in steps
        ],
        "lead_url": reverse("desk_programs:lead", args=where) if can_lead else "",
    }


def _link(program: Program, link: Link, may_edit: bool) -> dict[str, Any]:
    where = [program.code, link.proposal.code]
    return {
        "code": link.proposal.code,
        "title": link.proposal.title,
        "state": link.proposal.state,
        "url": reverse("desk_proposals:detail", args=[link.proposal.code]),
        "extent": Extent(link.extent).label,
        "sentence": link.sentence,
        "reword_url": reverse("desk_programs:reword", args=where)
        if may_edit and program.state == State.DRAFT
        else "",
        "unlink_url": reverse("desk_programs:unlink", args=where)
        if may_edit and program.state in {State.DRAFT, *OPEN}
        else "",
    }


def _document(program: Program, row: Any) -> dict[str, Any]:
    where = [program.code, row.public_id]
    return {
        "title": row.title,
        "url": reverse("desk_programs:document", args=where),
        "remove_url": reverse("desk_programs:remove_document", args=where),
        "kind": parts.kind_of(row.file),
        "size": row.file.size,
        "is_excluded": row.access_class == DocumentClass.EXCLUDED,
        "class": DocumentClass(row.access_class).label,
        "phase": parts.phase_name(row.phase.kind) if row.phase else "",
        "at": row.at,
    }


def crumbs(program: Program | None = None) -> list[dict[str, str]]:
    """The way from the list to a page about a programme."""
    way = [{"label": _("Work programmes"), "url": reverse("desk_programs:list")}]
    if program is not None:
        way.append({"label": program.code, "url": reverse("desk_programs:detail", args=[program.code])})
    return way


def open_programs(programs: Iterable[Program], codes: Sequence[str]) -> list[dict[str, Any]]:
    """Programmes that can take up the proposals with these codes, each with the way there."""
    query = urlencode({"usulan": codes}, doseq=True)
    return [
        {
            "code": row.code,
            "title": row.title,
            "state": row.state,
            "year": row.year,
            "unit": row.unit.label,
            "url": f"{reverse('desk_programs:link', args=[row.code])}?{query}",
        }
        for row in programs
    ]

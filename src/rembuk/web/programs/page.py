"""What the page of a programme shows, gathered once: a bounded number of queries however much there is."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.common.clock import now
from rembuk.common.errors import NotVisible
from rembuk.consultations.selectors import ties as consultations
from rembuk.programs import selectors
from rembuk.programs.models import Phase, Program
from rembuk.programs.portfolio.silence import days_silent
from rembuk.programs.selectors import Behind
from rembuk.web.consultations.reading.parts import program_consultations
from rembuk.web.engagement.context import follow_for, talk_for
from rembuk.web.programs import parts
from rembuk.web.programs.reading.pieces import pieces
from rembuk.web.programs.voices.parts import voices


def page_context(program: Program, number: int | None, request: HttpRequest) -> dict[str, Any]:
    """The whole context of the public page, the talk of phase ``number`` (of the leading one when ``None``).

    Raises:
        NotVisible: when there is no such phase.
    """
    phases = list(program.phases.select_related("subject"))
    for phase in phases:
        phase.program = program
    chosen = _chosen(phases, number)
    said = voices(program)
    kept = pieces(program, phases, said["contradicted"], request)
    return {
        **_head(program, request, chosen if number else None),
        **_origins(program),
        "kept": kept,
        "page_image_url": kept["image_url"],
        "last_news": kept["last_news"],
        "silent_days": days_silent(program, kept["last_news"], now()),
        "consultations": program_consultations(consultations.ties_of_programs([program]), now()),
        "chosen": chosen,
        "chosen_name": parts.phase_name(chosen.kind),
        "phase_tabs": parts.phase_tabs(program, phases, chosen),
        "talk": talk_for(chosen.subject, request.user, request),
        "program_talk": follow_for(program.subject, request.user, request),
        "voices": said,
    }


def _chosen(phases: list[Phase], number: int | None) -> Phase:
    wanted = [row for row in phases if (row.position == number if number else row.is_leading)]
    if not wanted:
        raise NotVisible
    return wanted[0]


def _head(program: Program, request: HttpRequest, phase: Phase | None) -> dict[str, Any]:
    path = reverse("programs:detail", args=[program.code])
    title = f"{program.title}: {parts.phase_name(phase.kind)}" if phase else program.title
    return {
        "program": program,
        "page_title": title,
        "page_description": program.summary,
        "canonical_url": settings.BASE_URL + (request.path if phase else path),
        "share_url": settings.BASE_URL + path,
        "section": "programs",
        "crumbs": [{"label": _("Work programmes"), "url": reverse("programs:list")}, {"label": program.code}],
    }


def _origins(program: Program) -> dict[str, Any]:
    rows = parts.origins(selectors.public_origins(program))
    behind = selectors.behind([program.pk]).get(program.pk) if rows else None
    return {"origins": rows, "behind": behind or Behind()}

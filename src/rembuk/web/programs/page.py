"""What the page of a programme shows, gathered once: a bounded number of queries however much there is."""

from typing import Any

from django.conf import settings
from django.db.models import Max
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.common.clock import local_date, now
from rembuk.common.errors import NotVisible
from rembuk.consultations import selectors as consultations
from rembuk.programs import selectors
from rembuk.programs.choices import DocumentClass
from rembuk.programs.models import Phase, Program, ProgramEvent
from rembuk.programs.portfolio.silence import days_silent
from rembuk.programs.selectors import Behind
from rembuk.programs.states import PUBLIC
from rembuk.siteconfig.selectors import current
from rembuk.web.consultations.reading.parts import program_consultations
from rembuk.web.engagement.context import follow_for, talk_for
from rembuk.web.paging import page_of
from rembuk.web.programs import parts
from rembuk.web.programs.editing.parts import details
from rembuk.web.programs.evaluation.section import evaluations
from rembuk.web.programs.news.rows import update_rows, with_pictures
from rembuk.web.programs.reading.layers import layers
from rembuk.web.programs.reading.progress import with_progress
from rembuk.web.programs.voices.parts import voices

NEWS = 5
# Steps of the programme whose newest reason stands on top of the page while they last.
STANDING = {"postponed": "postpone", "cancelled": "cancel", "completed": "complete"}


def page_context(program: Program, number: int | None, request: HttpRequest) -> dict[str, Any]:
    """The whole context of the public page, the talk of phase ``number`` (of the leading one when ``None``).

    Raises:
        NotVisible: when there is no such phase.
    """
    phases = list(program.phases.select_related("subject"))
    for phase in phases:
        phase.program = program
    chosen = _chosen(phases, number)
    return {
        **_head(program, request, chosen if number else None),
        **_plan(program, phases),
        **_content(program, request),
        "consultations": program_consultations(consultations.ties_of_programs([program]), now()),
        "chosen": chosen,
        "chosen_name": parts.phase_name(chosen.kind),
        "phase_tabs": parts.phase_tabs(program, phases, chosen),
        "talk": talk_for(chosen.subject, request.user, request),
        "program_talk": follow_for(program.subject, request.user, request),
        "voices": voices(program),
        "evaluations": evaluations(program),
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
        "details": details(program),
        "page_title": title,
        "page_description": program.summary,
        "canonical_url": settings.BASE_URL + (request.path if phase else path),
        "share_url": settings.BASE_URL + path,
        "section": "programs",
        "crumbs": [{"label": _("Work programmes"), "url": reverse("programs:list")}, {"label": program.code}],
        "is_public": program.state in PUBLIC,
    }


def _plan(program: Program, phases: list[Phase]) -> dict[str, Any]:
    today = local_date(zone=current().tz)
    late = selectors.lateness(program, today, phases)
    events = list(program.events.select_related("phase", "office", "milestone").order_by("-at", "-id"))
    found = layers(program, phases, late, today)
    return {
        **found,
        "late": late.whole,
        "glance": parts.glance(program.state, phases, late),
        "phases": with_progress(parts.phase_rows(program, phases, late), found["phase_progress"]),
        "revisions": parts.revision_rows(program.revisions.select_related("office"), phases),
        "history": parts.history(events),
        "standing": _standing(program, events),
    }


def _standing(program: Program, events: list[ProgramEvent]) -> ProgramEvent | None:
    step = STANDING.get(program.state)
    return next((event for event in events if event.step == step), None)


def _content(program: Program, request: HttpRequest) -> dict[str, Any]:
    news = page_of(
        with_pictures(program.updates.all()),
        order=("-at", "-id"),
        after=request.GET.get("kabar"),
        size=NEWS,
    )
    shown = program.documents.filter(removed_at=None, access_class=DocumentClass.OPEN)
    documents = list(shown.select_related("file", "phase"))
    updates = update_rows(news.items, documents, program.code)
    last_news = program.updates.order_by().aggregate(last=Max("at"))["last"]
    pictures = [picture for row in updates for picture in row["pictures"]]
    return {
        "origins": parts.origins(selectors.public_origins(program)),
        "behind": selectors.behind([program.pk]).get(program.pk, Behind()),
        "updates": updates,
        "last_news": last_news,
        "silent_days": days_silent(program, last_news, now()),
        "older_news": f"?kabar={news.next_token}#kabar" if news.next_token else "",
        "newest_news": f"{request.path}#kabar" if request.GET.get("kabar") else "",
        "documents": parts.document_rows(documents, "programs:document", program.code),
        "page_image_url": f"{settings.BASE_URL}{pictures[0]['url']}" if pictures else "",
    }

"""The pieces of a programme's page that only staff change: written once, and again after whatever staff do about it.

They hold nothing of a reader: they are written without the request. What citizens say stands in the page itself, but for the
number of contradicted milestones, which is part of the key (docs/decisions/0067-around-a-page.md).
"""

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial
from typing import Any

from django.conf import settings
from django.db.models import Max
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from rembuk.audit.models import ANYWHERE
from rembuk.audit.selectors import mark_of_changes
from rembuk.common.clock import local_date
from rembuk.programs import kinds, selectors
from rembuk.programs.choices import DocumentClass
from rembuk.programs.models import Phase, Program, ProgramEvent
from rembuk.programs.states import PUBLIC
from rembuk.siteconfig import selectors as siteconfig
from rembuk.web import fragments
from rembuk.web.paging import page_of
from rembuk.web.programs import parts
from rembuk.web.programs.editing.parts import details
from rembuk.web.programs.evaluation.section import evaluations
from rembuk.web.programs.news.rows import update_rows, with_pictures
from rembuk.web.programs.reading.layers import layers
from rembuk.web.programs.reading.progress import with_progress

type Context = dict[str, Any]

NEWS = 5
# Steps of the programme whose newest reason stands on top of the page while they last.
STANDING = {"postponed": "postpone", "cancelled": "cancel", "completed": "complete"}
PIECES = ("head", "now", "minute", "layers", "words", "record", "aside")
_NAMES = (*PIECES, "last_news", "image_url")
# Kinds of what is acted upon that no piece shows: proposals stand in the page itself, people nowhere.
# What an act on the programme itself shows is marked under its own code.
APART = (ANYWHERE, "proposal", "case", "person", "role", "export", "consultation")


def pieces(program: Program, phases: Sequence[Phase], contradicted: int, request: HttpRequest) -> Context:
    """The pieces of ``programs/kept/``, written anew unless nothing they show can have changed; one query if so.

    Besides: ``last_news`` (when) and ``image_url``. Older pages of news and what is not public are not kept.
    """
    today = local_date(zone=siteconfig.current().tz)
    made: Context = {}

    def write(name: str) -> SafeString:
        if not made:
            # What this process keeps for seconds may be older than the mark.
            siteconfig.forget()
            kinds.forget()
            made.update(_write(program, phases, contradicted, request, today))
        return SafeString(made[name])  # templates and addresses of our own

    if program.state not in PUBLIC or request.GET.get("kabar"):
        found = {name: write(name) for name in _NAMES}
    else:
        mark = mark_of_changes("program", program.code, apart=APART)
        facts = {"code": program.code, "today": today, "contradicted": contradicted, "mark": mark}
        found = {name: fragments.kept(f"program/{name}", facts, partial(write, name)) for name in _NAMES}
    told = found["last_news"]
    return {**found, "last_news": datetime.fromisoformat(told) if told else None}


def _write(
    program: Program, phases: Sequence[Phase], contradicted: int, request: HttpRequest, today: date
) -> Context:
    news = _news(program, request)
    context = {
        "program": program,
        "is_public": program.state in PUBLIC,
        "details": details(program),
        "evaluations": evaluations(program),
        "voices": {"contradicted": contradicted},
        **_plan(program, phases, today),
        **news,
    }
    written = {name: render_to_string(f"programs/kept/{name}.html", context) for name in PIECES}
    told = news["last_news"]
    return {**written, "last_news": told.isoformat() if told else "", "image_url": _image(news["updates"])}


def _plan(program: Program, phases: Sequence[Phase], today: date) -> Context:
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


def _standing(program: Program, events: Sequence[ProgramEvent]) -> ProgramEvent | None:
    step = STANDING.get(program.state)
    return next((event for event in events if event.step == step), None)


def _news(program: Program, request: HttpRequest) -> Context:
    after = request.GET.get("kabar")
    news = page_of(with_pictures(program.updates.all()), order=("-at", "-id"), after=after, size=NEWS)
    shown = program.documents.filter(removed_at=None, access_class=DocumentClass.OPEN)
    documents = list(shown.select_related("file", "phase"))
    last_news = program.updates.order_by().aggregate(last=Max("at"))["last"] if after else None
    return {
        "updates": update_rows(news.items, documents, program.code),
        "last_news": last_news or next((row.at for row in news.items), None),
        "older_news": f"?kabar={news.next_token}#kabar" if news.next_token else "",
        "newest_news": f"{request.path}#kabar" if after else "",
        "documents": parts.document_rows(documents, "programs:document", program.code),
    }


def _image(updates: Sequence[Context]) -> str:
    pictures = [picture for row in updates for picture in row["pictures"]]
    return f"{settings.BASE_URL}{pictures[0]['url']}" if pictures else ""

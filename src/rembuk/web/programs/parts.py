"""Parts of a programme's page as components take them: phases, history, revisions, documents, updates,
origins.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from rembuk.files.models import StoredFile
from rembuk.programs.choices import Extent
from rembuk.programs.kinds import name_of
from rembuk.programs.lateness import Delay, Lateness
from rembuk.programs.models import Document, Link, Phase, Program, ProgramEvent, Revision
from rembuk.programs.states import PhaseState, State
from rembuk.web.components.formats import number
from rembuk.web.components.words import office_words
from rembuk.web.programs.reading.changes import change_row

type Row = dict[str, Any]

# Step of a public event: its words and tone. ``%(phase)s`` is the phase, ``%(codes)s`` the proposals.
EVENTS: dict[str, tuple[str | Promise, str]] = {
    "publish": (gettext_lazy("Work programme published"), "info"),
    "postpone": (gettext_lazy("Postponed"), "warn"),
    "resume": (gettext_lazy("Goes on"), "info"),
    "cancel": (gettext_lazy("Cancelled"), "bad"),
    "complete": (gettext_lazy("Completed"), "ok"),
    "reopen": (gettext_lazy("Reopened"), "warn"),
    "start": (gettext_lazy("%(phase)s: begun"), "info"),
    "finish": (gettext_lazy("%(phase)s: finished"), "ok"),
    "restart": (gettext_lazy("%(phase)s: goes on"), "warn"),
    "unstart": (gettext_lazy("%(phase)s: start taken back"), "warn"),
    "lead": (gettext_lazy("%(phase)s is now the leading phase"), "mute"),
    "link": (gettext_lazy("Proposals taken up: %(codes)s"), "info"),
    "unlink": (gettext_lazy("Proposal removed: %(codes)s"), "warn"),
    "revise": (gettext_lazy("Plan revised"), "warn"),
    "strike": (gettext_lazy("Realisation struck out: %(codes)s"), "warn"),
    "measure": (gettext_lazy("Actual values reported: %(codes)s"), "info"),
    "milestone_begin": (gettext_lazy("Milestone begun: %(milestone)s"), "info"),
    "milestone_reach": (gettext_lazy("Milestone done: %(milestone)s"), "ok"),
    "milestone_reopen": (gettext_lazy("Milestone reopened: %(milestone)s"), "warn"),
    "milestone_drop": (gettext_lazy("Milestone dropped: %(milestone)s"), "bad"),
    "milestone_restore": (gettext_lazy("Milestone taken up again: %(milestone)s"), "info"),
    "succeed": (gettext_lazy("Passed to the successor of a retired work unit"), "mute"),
    "update": (gettext_lazy("News posted in %(phase)s"), "mute"),
    "round_open": (gettext_lazy("Rating of the work programme opened"), "info"),
    "round_close": (gettext_lazy("Rating of the work programme closed"), "mute"),
    "evaluate": (gettext_lazy("Evaluation %(codes)s published"), "ok"),
}


def phase_name(kind: str) -> str:
    """The word of a kind of phase."""
    return name_of(kind)


def phase_rows(program: Program, phases: Sequence[Phase], late: Lateness) -> list[Row]:
    """The phases for ``components/phases.html``, each leading to its own talk."""
    return [
        {
            "name": phase_name(phase.kind),
            "state": phase.state,
            "leads": phase.is_leading,
            "planned_start": phase.planned_start_on,
            "planned_end": phase.planned_end_on,
            "actual_start": phase.actual_start_on,
            "actual_end": phase.actual_end_on,
            "first_planned_end": phase.first_end_on,
            "late_days": late.phases[phase.position].current,
            "text": capfirst(first_plan_words(late.phases[phase.position])),
            "url": reverse("programs:phase", args=[program.code, phase.position]) + "#suara",
        }
        for phase in phases
    ]


def first_plan_words(delay: Delay) -> str:
    """How late it is against the first plan, where that differs from the current one."""
    if delay.first <= 0 or delay.first == delay.current:
        return ""
    words = ngettext(
        "%(days)s day later than the first plan", "%(days)s days later than the first plan", delay.first
    )
    return words % {"days": number(delay.first)}


def timing_words(delay: Delay) -> str:
    """On time or not, in one sentence: against the current plan, and the first where it differs."""
    if not delay:
        return _("On schedule")
    if delay.current <= 0:
        return capfirst(first_plan_words(delay))
    if delay.first == delay.current:
        words = ngettext("%(days)s day later than planned", "%(days)s days later than planned", delay.current)
    else:
        words = ngettext(
            "%(days)s day later than the current plan",
            "%(days)s days later than the current plan",
            delay.current,
        )
    current = capfirst(words % {"days": number(delay.current)})
    return f"{current}, {first_plan_words(delay)}" if delay.first > delay.current else current


def glance(state: str, phases: Sequence[Phase], late: Lateness) -> Row:
    """Where a programme is now, in the words of one look; whether on time only while its plan runs."""
    leading = next((phase for phase in phases if phase.is_leading), phases[0])
    words = {"number": leading.position, "count": len(phases), "phase": phase_name(leading.kind)}
    begun = leading.state if state in {State.DRAFT, State.PUBLISHED} else ""
    return {
        "where": _("Phase %(number)s of %(count)s: %(phase)s") % words,
        "timing": timing_words(late.whole) if begun or (late.whole and state == State.POSTPONED) else "",
        "is_late": bool(late.whole),
        "until": leading.planned_end_on if begun == PhaseState.ACTIVE else None,
        "begins": leading.planned_start_on if begun == PhaseState.UPCOMING else None,
    }


def event_words(event: ProgramEvent) -> str:
    """What an event of the public history says."""
    words = {
        "phase": phase_name(event.phase.kind) if event.phase else "",
        "codes": ", ".join(event.codes) or "–",
        "milestone": event.milestone.title if event.milestone else "",
    }
    return str(EVENTS[event.step][0]) % words


def history(events: Iterable[ProgramEvent]) -> list[Row]:
    """The public history for ``components/timeline.html``, in the order given."""
    return [
        {
            "at": event.at,
            "title": event_words(event),
            "tone": EVENTS[event.step][1],
            "office": office_words(event.office, event.standing),
            "reason": event.reason,
        }
        for event in events
    ]


def revision_rows(revisions: Iterable[Revision], phases: Sequence[Phase]) -> list[Row]:
    """Each revision with its changes for ``components/changes.html``."""
    names = {phase.position: phase_name(phase.kind) for phase in phases}
    return [
        {
            "number": revision.number,
            "at": revision.at,
            "office": office_words(revision.office, revision.standing),
            "reason": revision.reason,
            "changes": [change_row(change, names) for change in revision.changes],
        }
        for revision in revisions
    ]


def day_words(day: date | None) -> str:
    """A day as text, for cells that take no markup."""
    from django.utils.formats import date_format

    return date_format(day, "DATE_FORMAT") if day else ""


def document_rows(documents: Iterable[Document], route: str, code: str) -> list[Row]:
    """Documents for ``components/attachments.html``; ``route`` says whose door opens them."""
    return [
        {
            "url": reverse(route, args=[code, document.public_id]),
            "name": document.title,
            "kind": kind_of(document.file),
            "size": document.file.size,
            "note": phase_name(document.phase.kind) if document.phase else "",
        }
        for document in documents
    ]


def kind_of(file: StoredFile) -> str:
    """The kind of a file as people call it."""
    return {"application/pdf": "PDF", "image/jpeg": "JPEG", "image/webp": "WebP"}.get(
        file.content_type, file.content_type
    )


def origins(links: Iterable[Link]) -> list[Row]:
    """The proposals a programme came from, with how each is taken up and the sentence to its author."""
    return [
        {
            "code": link.proposal.code,
            "title": link.proposal.title,
            "url": reverse("proposals:detail", args=[link.proposal.code]),
            "state": link.proposal.state,
            "extent": Extent(link.extent).label,
            "sentence": link.sentence,
        }
        for link in links
    ]


def phase_tabs(program: Program, phases: Sequence[Phase], chosen: Phase) -> list[Row]:
    """One tab per phase, each an address of its own."""
    return [
        {
            "label": phase_name(phase.kind),
            "url": reverse("programs:phase", args=[program.code, phase.position]) + "#suara",
            "current": phase.position == chosen.position,
        }
        for phase in phases
    ]

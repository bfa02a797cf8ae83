"""What the staff page of a consultation shows: what it lacks, what comes next, its settings, documents, programmes, history."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.accounts.models import Person
from rembuk.common import clock
from rembuk.consultations import readiness, schedule
from rembuk.consultations.choices import Audience, Kind, Moment, Tie
from rembuk.consultations.models import Consultation, ConsultationFile, ProgramTie
from rembuk.consultations.schedule import Stage
from rembuk.consultations.selectors import heard
from rembuk.consultations.selectors.heard import Progress
from rembuk.consultations.states import State
from rembuk.engagement.selectors import notes_on
from rembuk.programs.kinds import name_of
from rembuk.siteconfig.selectors import current
from rembuk.web.components.formats import moment_in, number
from rembuk.web.consultations.reading import cards, parts
from rembuk.web.consultations.tabs import desk_frame
from rembuk.web.programs.parts import kind_of
from rembuk.workdays.clock import remaining

type Row = dict[str, Any]


def board_context(consultation: Consultation, by: Person) -> Row:
    """The whole context of the staff page."""
    moment = clock.now()
    stage = schedule.stage(consultation, moment)
    may = rights_in(consultation, by)
    events = consultation.events.select_related("office").order_by("-at", "-id")
    needs = _needs(consultation, moment) if stage is Stage.DRAFT else []
    is_ready = all(need["is_met"] or not need["is_must"] for need in needs)
    return {
        **desk_frame(consultation, by, "detail", consultation.title),
        "stage": stage,
        "stage_detail": cards.stage_detail(
            stage, heard.progress_of([consultation.pk]).get(consultation.pk, Progress())
        ),
        "may": may,
        "is_draft": stage is Stage.DRAFT,
        "is_over": stage in {Stage.CONCLUDED, Stage.CANCELLED},
        "acts": _acts(consultation, stage, may, by) if is_ready else _unready_acts(consultation, may),
        "is_ready": is_ready,
        "needs": needs,
        "handed": _handed(consultation, by, may),
        "facts": facts(consultation),
        "documents": [_document(consultation, row) for row in consultation.files.select_related("file")],
        "ties": [_tie(consultation, row) for row in consultation.ties.select_related("program", "phase")],
        "notes": notes_on(consultation.subject).order_by("-created_at")[:5],
        "history": parts.history(events),
    }


def rights_in(consultation: Consultation, by: Person) -> dict[str, bool]:
    """What she may do with a consultation, for the page."""
    return {
        "edit": rights.can(by, izin.CONSULTATION_EDIT, consultation.unit),
        "publish": rights.can(by, izin.CONSULTATION_PUBLISH, consultation.unit),
    }


def facts(consultation: Consultation) -> list[Row]:
    """The settings, for ``components/facts.html``; when each was fixed is the form's business."""
    moments = {Moment.AT_ONCE: _("From the opening on"), Moment.AFTER_CLOSING: _("After closing")}
    days = ngettext("%(n)s working day", "%(n)s working days", consultation.answer_days)
    return [
        {"term": _("Kind"), "value": Kind(consultation.kind).label},
        {"term": _("Work unit"), "value": consultation.unit.name},
        {"term": _("Opens"), "value": _when(consultation, consultation.opens_at)},
        {"term": _("Closes"), "value": _when(consultation, consultation.closes_at)},
        {"term": _("Answers due"), "value": _when(consultation, consultation.answer_due_at)},
        {"term": _("Time for the answers"), "value": days % {"n": number(consultation.answer_days)}},
        {"term": _("Who may answer"), "value": Audience(consultation.audience).label},
        {"term": _("Submissions are shown"), "value": moments[Moment(consultation.submissions_shown)]},
        {"term": _("Figures are shown"), "value": moments[Moment(consultation.totals_shown)]},
        {
            "term": _("Overall stance"),
            "value": _("Asked") if consultation.has_overall_stance else _("Not asked"),
        },
        {
            "term": _("Approval of answers"),
            "value": _("By a second person") if consultation.needs_second_person else _("Not needed"),
        },
        {"term": _("Contact"), "value": consultation.contact},
    ]


def consultation_rows(consultations: Iterable[Consultation]) -> list[Row]:
    """Consultations for ``components/queue.html``; loaded with ``unit``."""
    moment = clock.now()
    rows = list(consultations)
    progress = heard.progress_of([row.pk for row in rows])
    return [_row(row, moment, progress.get(row.pk, Progress())) for row in rows]


def _row(row: Consultation, moment: datetime, progress: Progress) -> Row:
    stage = schedule.stage(row, moment)
    detail = cards.stage_detail(stage, progress)
    flags: list[Row] = []
    if row.state == State.DRAFT and row.ready_by_id is not None:
        flags.append({"label": _("waits for a second person"), "tone": "warn"})
    if detail:
        flags.append({"label": detail, "tone": "mute"})
    is_due = stage in {Stage.CLOSED, Stage.ANSWERING} and row.answer_due_at is not None
    left = remaining(row.answer_due_at, moment, row.tz) if is_due and row.answer_due_at else None
    return {
        "url": reverse("desk_consultations:detail", args=[row.code]),
        "title": row.title,
        "code": row.code,
        "at": row.changed_at,
        "kind": Kind(row.kind).label,
        "unit": row.unit.label,
        "excerpt": _dates(row),
        "days_left": (-max(left.days, 1) if left.overdue else left.days) if left else None,
        "state_kind": "consultation",
        "state": stage,
        "flags": flags,
    }


def _dates(row: Consultation) -> str:
    if row.opens_at is None or row.closes_at is None:
        return _("No schedule yet")
    opens, closes = row.opens_at.astimezone(row.tz), row.closes_at.astimezone(row.tz)
    first = "j M H.i" if opens.year == closes.year else "j M Y H.i"
    return f"{date_format(opens, first)} – {date_format(closes, 'j M Y H.i')} {row.zone}"


def _when(consultation: Consultation, moment: datetime | None) -> str:
    """An instant in the consultation's own zone, for a fact; empty ones are left out."""
    return moment_in(moment, consultation.zone) if moment else ""


def _needs(consultation: Consultation, moment: datetime) -> list[Row]:
    """The checklist, each line with the page that mends it."""
    places = {
        "edit": reverse("desk_consultations:edit", args=[consultation.code]),
        "files": reverse("desk_consultations:files", args=[consultation.code]),
        "ties": reverse("desk_consultations:ties", args=[consultation.code]),
    }
    text = f"{reverse('desk_consultations:detail', args=[consultation.code])}naskah/"
    return [
        {
            "text": need.text,
            "is_met": need.is_met,
            "is_must": need.is_must,
            "url": places.get(need.place, text),
        }
        for need in readiness.needs(consultation, moment)
    ]


def _handed(consultation: Consultation, by: Person, may: dict[str, bool]) -> Row | None:
    """Who handed a draft over and when, and whether this reader can send it back."""
    if consultation.state != State.DRAFT or consultation.ready_by_id is None:
        return None
    is_own = consultation.ready_by_id == by.pk
    return {
        "name": consultation.ready_by.name if consultation.ready_by else "",
        "at": consultation.ready_at,
        "is_own": is_own,
        "may_send_back": may["publish"] and not is_own,
    }


def _acts(consultation: Consultation, stage: Stage, may: dict[str, bool], by: Person) -> list[Row]:
    """The next steps her rights allow, the clear one first."""
    found: list[tuple[str, str, str]] = []
    needs_second = current().consultation_second_person
    handed_by = consultation.ready_by_id
    if stage is Stage.DRAFT:
        if may["publish"] and (not needs_second or (handed_by is not None and handed_by != by.pk)):
            found.append(("announce", _("Announce"), ""))
        if may["edit"] and handed_by is None:
            found.append(("ready", _("Hand over to a second person"), "btn-line" if found else ""))
    if may["publish"] and stage in {Stage.ANNOUNCED, Stage.OPEN}:
        found.append(("extend", _("Extend"), "btn-line"))
    if may["publish"] and stage in {Stage.DRAFT, Stage.ANNOUNCED, Stage.OPEN}:
        found.append(("cancel", _("Cancel"), "btn-line btn-line-bad"))
    return _buttons(consultation, found)


def _unready_acts(consultation: Consultation, may: dict[str, bool]) -> list[Row]:
    """Of a draft that lacks something: to go on with it is the clear next step."""
    found: list[tuple[str, str, str]] = []
    if may["edit"]:
        found.append(("edit", _("Go on with it"), ""))
    if may["publish"]:
        found.append(("cancel", _("Cancel"), "btn-line btn-line-bad"))
    return _buttons(consultation, found)


def _buttons(consultation: Consultation, found: list[tuple[str, str, str]]) -> list[Row]:
    return [
        {"label": label, "tone": tone, "url": reverse(f"desk_consultations:{name}", args=[consultation.code])}
        for name, label, tone in found
    ]


def _document(consultation: Consultation, row: ConsultationFile) -> Row:
    where = [consultation.code, row.public_id]
    return {
        "title": row.title,
        "url": reverse("desk_consultations:file", args=where),
        "remove_url": reverse("desk_consultations:file_remove", args=where),
        "kind": kind_of(row.file),
        "size": row.file.size,
        "at": row.added_at,
    }


def _tie(consultation: Consultation, row: ProgramTie) -> Row:
    where = [consultation.code, row.program.code, row.kind]
    return {
        "title": row.program.title,
        "code": row.program.code,
        "state": row.program.state,
        "kind": Tie(row.kind).label,
        "phase": name_of(row.phase.kind) if row.phase else "",
        "url": reverse("programs:detail", args=[row.program.code]),
        "remove_url": reverse("desk_consultations:untie", args=where),
    }

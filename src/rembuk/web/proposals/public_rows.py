"""The rows of a proposal's page, shaped for the components: facts, files, history, findings, answers.

Not here: fetching (doors, selectors) and deciding who may see what (doors).
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rembuk.audit.verbs import sentence
from rembuk.common.text import render_plain
from rembuk.proposals import states
from rembuk.proposals.belongings import Belongings, FileRow, OfficeRow, StageRow
from rembuk.proposals.choices import AnswerKind, AssessmentVerdict, ParticipantKind, Source
from rembuk.proposals.models import Decision, OfficialAnswer, Proposal
from rembuk.web.components.formats import day, money, number
from rembuk.web.components.words import PROPOSAL, office_words

type Row = dict[str, object]

_VERBS = {step.name: step.verb for step in states.STEPS} | {
    "change_disposition": "proposal.disposition_changed",
    "succeed": "unit.handed_over",
}
_ANSWER_TONES = {
    AnswerKind.ADOPTED: "ok",
    AnswerKind.DEFERRED: "warn",
    AnswerKind.FORWARDED: "info",
    AnswerKind.DECLINED: "bad",
}
_VERDICT_TONES = {
    AssessmentVerdict.FEASIBLE: "ok",
    AssessmentVerdict.CONDITIONAL: "warn",
    AssessmentVerdict.UNFEASIBLE: "bad",
    AssessmentVerdict.NOT_OURS: "mute",
}
_KINDS = {"application/pdf": "PDF", "image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WebP"}
THUMB_WIDTH = 320


def public_name(proposal: Proposal) -> str:
    """Who proposes, as everybody may read it; empty for a visitor's draft."""
    if proposal.is_name_masked:
        return _("Citizen, name hidden")
    if proposal.participant_kind != ParticipantKind.PERSON and proposal.participant_name:
        return proposal.participant_name
    if proposal.on_behalf_of:
        return proposal.on_behalf_of
    if proposal.author is not None:
        return proposal.author.shown_name
    return str(Source(proposal.source).label) if proposal.code else ""


def facts_of(proposal: Proposal, *, name: str = "") -> list[Row]:
    """The facts beside the text; rows without a value are left out by the component."""
    category, unit, target = proposal.category, proposal.unit, proposal.target_unit
    is_group = proposal.participant_kind != ParticipantKind.PERSON
    source = "" if proposal.source == Source.CITIZEN else Source(proposal.source).label
    return [
        {"term": _("Proposed by"), "value": name or public_name(proposal)},
        {"term": _("As"), "value": ParticipantKind(proposal.participant_kind).label if is_group else ""},
        {"term": _("Place"), "value": proposal.shown_place},
        {
            "term": _("Category"),
            "value": category.label if category else "",
            "url": reverse("taxonomy:detail", args=[category.slug]) if category else "",
        },
        {
            "term": _("Lies with"),
            "value": unit.name if unit else "",
            "url": reverse("workunits:detail", args=[unit.code]) if unit else "",
        },
        {"term": _("Meant for"), "value": target.name if target and target != unit else ""},
        {"term": _("Source"), "value": source},
        {"term": _("Entered by"), "value": proposal.origin_unit.name if proposal.origin_unit else ""},
        {"term": _("Planning year"), "value": proposal.planning_year or ""},
        {"term": _("Estimated cost"), "value": money(proposal.estimate) if proposal.estimate else ""},
        {"term": _("Who benefits"), "value": proposal.beneficiaries},
    ]


def file_rows(files: Iterable[FileRow], url_of: Callable[[UUID], str]) -> list[Row]:
    """Attachments for the component; ``url_of`` gives the address of a file by its public id."""
    return [_file_row(file, url_of(file.public_id)) for file in files]


def _file_row(file: FileRow, url: str) -> Row:
    row: Row = {
        "url": url,
        "name": file.name,
        "kind": _KINDS.get(file.content_type, ""),
        "size": file.size,
    }
    if file.is_picture and file.width and file.height:
        width = min(THUMB_WIDTH, file.width)
        height = round(file.height * width / file.width)
        row |= {"thumb_url": f"{url}?lebar={THUMB_WIDTH}", "width": width, "height": height}
    return row


def history(decisions: Iterable[Decision]) -> list[Row]:
    """The public history, newest first: what was decided, by which office, why, and whether in bulk."""
    return [_event(decision) for decision in reversed(list(decisions))]


def _event(decision: Decision) -> Row:
    return {
        "at": decision.at,
        "title": sentence(_VERBS.get(decision.step, decision.step)),
        "tone": PROPOSAL[decision.to_state].tone,
        "actor": "" if decision.office or decision.step not in _BY_AUTHOR else _("The author"),
        "office": office_words(decision.office, decision.standing),
        "reason": decision.reason.shown_label if decision.reason else "",
        "text": _explained(decision),
    }


_BY_AUTHOR = frozenset(step.name for step in states.STEPS if step.permission is None)


def _explained(decision: Decision) -> SafeString | str:
    text = mark_safe(render_plain(decision.explanation)) if decision.explanation else ""  # noqa: S308
    if not decision.bulk_size:
        return text
    size = decision.bulk_size
    if decision.step == states.SUBMIT.name:
        words = ngettext(
            "Came in a sheet with %(n)s proposal.", "Came in a sheet with %(n)s proposals.", size
        )
    else:
        words = ngettext(
            "Decided together for %(n)s proposal.", "Decided together for %(n)s proposals.", size
        )
    return format_html('{}<p class="time-bulk">{}</p>', text, words % {"n": number(size)})


def answer_rows(answers: Iterable[OfficialAnswer], proposal: Proposal) -> list[Row]:
    """Official answers for the component, the newest first; that one stands."""
    return [_answer(answer, proposal) for answer in answers]


def _answer(answer: OfficialAnswer, proposal: Proposal) -> Row:
    return {
        "decision": _decision_words(answer, proposal),
        "tone": _ANSWER_TONES.get(AnswerKind(answer.kind), "info"),
        "office": office_words(answer.unit, answer.standing),
        "at": answer.at,
        "reason": answer.reason_code.shown_label if answer.reason_code else "",
        "html": mark_safe(render_plain(answer.reason)),  # noqa: S308
        "url": reverse("programs:detail", args=[answer.program_code]) if answer.program_code else "",
        "url_label": answer.program_title,
    }


def _decision_words(answer: OfficialAnswer, proposal: Proposal) -> str:
    if answer.kind == AnswerKind.DEFERRED and proposal.deferred_until_year:
        return _("Kept for the year %(year)s") % {"year": proposal.deferred_until_year}
    if answer.kind == AnswerKind.FORWARDED and proposal.forwarded_to:
        return _("Handed on to %(whom)s") % {"whom": proposal.forwarded_to}
    return str(AnswerKind(answer.kind).label)


def office_rows(around: Belongings) -> list[Row]:
    """The offices it was handed to with what each found; one that found nothing and was let go is left out."""
    found_by: dict[int, list[Row]] = {}
    for finding in around.findings:
        verdict = AssessmentVerdict(finding.verdict)
        words = {
            "verdict": verdict.label,
            "tone": _VERDICT_TONES[verdict],
            "at": finding.at,
            "by": finding.standing,
        }
        html = mark_safe(render_plain(finding.reason))  # noqa: S308
        found_by.setdefault(finding.unit_id, []).append({**words, "html": html})
    return [
        _office(office, found_by.get(office.unit_id, []))
        for office in around.offices
        if found_by.get(office.unit_id) or not office.is_closed
    ]


def _office(office: OfficeRow, findings: list[Row]) -> Row:
    return {
        "name": office.unit,
        "url": reverse("workunits:detail", args=[office.code]),
        "is_responsible": office.is_responsible,
        "due_at": None if office.is_closed else office.due_at,
        "findings": findings,
    }


def on_day(at: datetime | None) -> SafeString | str:
    """A day, or nothing at all: facts without a value are left out."""
    return day(at) if at else ""


def plain_day(at: datetime) -> str:
    """A day inside a sentence."""
    return date_format(localtime(at), "j F Y")


def stage_rows(stages: Iterable[StageRow]) -> list[Row]:
    """Later stages of planning, oldest first, as a table's rows."""
    return [
        {"label": row.label, "number": row.number, "unit": row.unit, "place": row.place, "at": row.at}
        for row in stages
    ]

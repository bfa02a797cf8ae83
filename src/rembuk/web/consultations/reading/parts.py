"""Parts of a consultation's page as components take them: history, questions, documents, programmes, neighbours."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from rembuk.common.difference import word_difference
from rembuk.consultations import schedule
from rembuk.consultations.actions.making.changes import LABELS
from rembuk.consultations.choices import QuestionKind, Tie
from rembuk.consultations.models import (
    Consultation,
    ConsultationEvent,
    ConsultationFile,
    Correction,
    ProgramTie,
    Question,
)
from rembuk.programs.models import Link
from rembuk.web.components.words import office_words
from rembuk.web.programs.parts import kind_of

type Row = dict[str, Any]

# Step of a public event: its words and tone. ``%(number)s`` is the version of the text or the question.
EVENTS: dict[str, tuple[str | Promise, str]] = {
    "announce": (gettext_lazy("Announced"), "info"),
    "open": (pgettext_lazy("event", "Opened for submissions"), "ok"),
    "close": (pgettext_lazy("event", "Closed for submissions"), "mute"),
    "extend": (gettext_lazy("Extended to %(to)s"), "warn"),
    "conclude": (gettext_lazy("Concluded: everything is answered"), "ok"),
    "cancel": (gettext_lazy("Cancelled"), "bad"),
    "edited": (gettext_lazy("Details changed"), "mute"),
    "version": (gettext_lazy("Version %(number)s of the text published"), "info"),
    "correct": (gettext_lazy("Question %(number)s corrected"), "warn"),
    "file_added": (gettext_lazy("Document added: %(title)s"), "mute"),
    "file_removed": (gettext_lazy("Document removed: %(title)s"), "warn"),
    "program_tied": (gettext_lazy("Work programme joined: %(program)s"), "info"),
    "program_untied": (gettext_lazy("Work programme parted: %(program)s"), "warn"),
    "result": (gettext_lazy("Result published"), "ok"),
    "succeed": (gettext_lazy("Passed to the successor of a retired work unit"), "mute"),
}
_OTHER: tuple[str | Promise, str] = (gettext_lazy("Changed"), "mute")
_FACTS = ("number", "title", "program", "to")
# How the programme belongs to the consultation, read from the consultation and from the programme.
TIES: dict[str, tuple[Promise, Promise]] = {
    Tie.ABOUT: (gettext_lazy("This consultation is about it"), gettext_lazy("About this work programme")),
    Tie.OUTCOME: (
        gettext_lazy("It came out of this consultation"),
        gettext_lazy("This work programme came out of it"),
    ),
}


def event_words(event: ConsultationEvent) -> str:
    """What an event of the public history says."""
    words = {**dict.fromkeys(_FACTS, ""), **event.facts}
    if event.step == "extend" and "to" in event.facts:
        words["to"] = in_zone(event.consultation, datetime.fromisoformat(event.facts["to"]))
    return str(EVENTS.get(event.step, _OTHER)[0]) % words


def in_zone(consultation: Consultation, moment: datetime) -> str:
    """An instant in the consultation's own zone as text, for sentences that take no markup."""
    local = moment.astimezone(consultation.tz)
    words = {"date": date_format(local, "j F Y"), "time": f"{local:%H.%M} {consultation.zone}"}
    return _("%(date)s at %(time)s") % words


def history(events: Iterable[ConsultationEvent]) -> list[Row]:
    """The public history for ``components/timeline.html``, in the order given. What the clock did has no office."""
    return [
        {
            "at": event.at,
            "title": event_words(event),
            "tone": EVENTS.get(event.step, _OTHER)[1],
            "office": office_words(event.office, event.standing),
            "reason": event.reason,
            "differences": _differences(event),
        }
        for event in events
    ]


def _differences(event: ConsultationEvent) -> list[Row]:
    """What the public could read of it before and after, word by word."""
    return [
        {"label": LABELS[name], "parts": word_difference(words["before"], words["after"])}
        for name, words in event.facts.get("read", {}).items()
    ]


def document_rows(files: Iterable[ConsultationFile], code: str) -> list[Row]:
    """Documents for ``components/attachments.html``."""
    return [
        {
            "url": reverse("consultations:file", args=[code, row.public_id]),
            "name": row.title,
            "kind": kind_of(row.file),
            "size": row.file.size,
        }
        for row in files
    ]


def question_rows(questions: Iterable[Question]) -> list[Row]:
    """The questions as they are asked, with every correction of their wording; needs ``corrections`` loaded."""
    return [
        {
            "number": place,
            "anchor": f"pertanyaan-{row.number}",
            "text": row.text,
            "help": row.help,
            "kind": QuestionKind(row.kind).label,
            "is_required": row.is_required,
            "options": _options(row),
            "scale": _scale(row),
            "corrections": correction_rows(row),
        }
        for place, row in enumerate(questions, 1)
    ]


def _options(question: Question) -> list[str]:
    labels = [option["label"] for option in question.options]
    return [*labels, _("Other, in your own words")] if question.has_other else labels


def _scale(question: Question) -> str:
    if question.kind != QuestionKind.SCALE:
        return ""
    words = {
        "from": question.scale_from,
        "to": question.scale_to,
        "low": question.scale_from_label,
        "high": question.scale_to_label,
    }
    if not (words["low"] and words["high"]):
        return _("From %(from)s to %(to)s") % words
    return _("From %(from)s (%(low)s) to %(to)s (%(high)s)") % words


def correction_rows(question: Question) -> list[Row]:
    """Every correction of a question's wording for ``reading/_corrections.html``; needs ``corrections`` loaded."""
    return [_correction(one) for one in question.corrections.all()]


def _correction(row: Correction) -> Row:
    return {"at": row.at, "reason": row.reason, "changes": list(_changes(row.before, row.after))}


def _changes(before: dict[str, Any], after: dict[str, Any]) -> Iterable[Row]:
    """What was corrected, as old and new words; options by the labels they had and have."""
    pairs = [(before.get(field, ""), after.get(field, "")) for field in ("text", "help")]
    old, new = before.get("options", {}), after.get("options", {})
    pairs += [(old.get(value, ""), label) for value, label in new.items()]
    return [{"old": was, "new": now} for was, now in pairs if was != now]


def tie_rows(ties: Sequence[ProgramTie], links: Iterable[Link]) -> list[Row]:
    """The programmes of a consultation, each with the proposals it came from."""
    proposals: dict[int, list[Row]] = {}
    for link in links:
        row = {
            "url": reverse("proposals:detail", args=[link.proposal.code]),
            "title": link.proposal.title,
            "code": link.proposal.code,
        }
        proposals.setdefault(link.program_id, []).append(row)
    return [
        {
            "url": reverse("programs:detail", args=[tie.program.code]),
            "title": tie.program.title,
            "code": tie.program.code,
            "state": tie.program.state,
            "how": TIES[tie.kind][0],
            "proposals": proposals.get(tie.program_id, []),
        }
        for tie in ties
    ]


def program_consultations(ties: Iterable[ProgramTie], at: datetime) -> list[Row]:
    """The consultations of a programme for its own page and for those of its proposals: stage, how tied, the result."""
    return [{**neighbour_row(tie.consultation, at), "how": TIES[tie.kind][1]} for tie in ties]


def neighbour_row(consultation: Consultation, at: datetime) -> Row:
    """Another consultation in one line, with its result where one is published."""
    url = reverse("consultations:detail", args=[consultation.code])
    return {
        "url": url,
        "title": consultation.title,
        "code": consultation.code,
        "stage": schedule.stage(consultation, at),
        "result_html": consultation.result_html if consultation.result_published_at else "",
        "result_url": f"{url}#hasil" if consultation.result_published_at else "",
    }

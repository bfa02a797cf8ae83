"""What the staff page of one submission shows, and the part of it that the page of a moderation case shows too."""

from dataclasses import replace
from typing import Any

from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from rembuk.accounts.models import Person
from rembuk.common import clock
from rembuk.consultations import rules
from rembuk.consultations.content import Content
from rembuk.consultations.models import Submission, SubmissionVersion
from rembuk.consultations.writing.comparing import FieldChange, content_changes, head_changes
from rembuk.consultations.writing.sheet import Sheet, sheet_of
from rembuk.engagement.queue import of_subject
from rembuk.engagement.selectors import notes_on, tallies
from rembuk.proposals.deadlines import days_left
from rembuk.web.consultations.offline import acts
from rembuk.web.consultations.offline.correcting import correct_url
from rembuk.web.consultations.reading.answers import answered_context
from rembuk.web.consultations.reading.submission import facts_of, said_context
from rembuk.web.consultations.tabs import desk_frame
from rembuk.web.desk.acts import Act, ActForm, Panel, form_of, panels

type Context = dict[str, Any]


def url_of(submission: Submission, act: Act) -> str:
    """Where an act on a submission is sent."""
    place = [submission.consultation.code, submission.number, act.name]
    return reverse("desk_consultations:submission_act", args=place)


def reading_context(submission: Submission, by: Person, *, name: str = "") -> Context:
    """The whole text and what is known of it, for staff; ``name`` is one that was just revealed."""
    code = submission.consultation.code
    place = [code, submission.number]
    is_masked = submission.is_name_masked and not name
    may_reveal = is_masked and rules.may_see_name(submission, by).ok
    has_scan = submission.scan_id is not None and rules.may_see_scan(submission, by).ok
    return {
        "submission": submission,
        "consultation": submission.consultation,
        "html": mark_safe(submission.html),  # noqa: S308  (rendered by common.text on save)
        "facts": _facts(submission, by, name),
        **said_context(submission),
        "refusal": submission.decided_reason,
        "scan_url": reverse("desk_consultations:submission_scan", args=place) if has_scan else "",
        "reveal_url": reverse("desk_consultations:submission_name", args=place) if may_reveal else "",
        "revealed": name,
        "versions": versions_of(submission, shows_name=not is_masked),
        "notes": list(notes_on(submission.subject)) if submission.subject else [],
    }


def detail_context(
    submission: Submission, by: Person, shown: Panel | None = None, *, name: str = ""
) -> Context:
    """The whole page; ``shown`` is the form that was just sent and has to be mended."""
    consultation = submission.consultation
    title = _("Submission %(code)s") % {"code": submission.code}
    place = [consultation.code, submission.number]
    return {
        **desk_frame(consultation, by, "submissions", title),
        **reading_context(submission, by, name=name),
        **answered_context(consultation, submission, reads_whole=True),
        "panels": panels(acts.ALL, submission, by, lambda act: url_of(submission, act), shown),
        "note": _note(submission, by, shown),
        "shown_form": shown.form if shown else None,
        "cases": _cases(submission, by),
        "support": _support(submission),
        "public_url": reverse("consultations:submission", args=place),
        "receipt_url": reverse("desk_consultations:submission_receipt", args=place)
        if submission.is_offline and rules.may_enter(consultation, by).ok
        else "",
        "correct_url": correct_url(submission, by) if submission.is_offline else "",
        "list_url": reverse("desk_consultations:submissions", args=[consultation.code]),
    }


def shown_panel(submission: Submission, act: Act, form: ActForm) -> Panel:
    """The form that was just sent, unfolded."""
    return Panel(act, form, url_of(submission, act), is_unfolded=True)


def versions_of(submission: Submission, *, shows_name: bool) -> list[Context]:
    """Every version sent, the newest first, with what its author changed; a hidden name stays out of it."""
    found = submission.versions.select_related("by")
    kept = [(row, _readable(Content.from_json(row.content), shows_name)) for row in found]
    if len(kept) < 2:
        return []
    sheet = sheet_of(submission.consultation, submission, kept[-1][1])
    rows = [
        {
            "number": row.number,
            "at": row.created_at,
            "by": row.by.shown_name if row.by else "",
            "reason": row.reason,
            "changes": _changes(kept[place - 1], kept[place], sheet, shows_name=shows_name) if place else [],
        }
        for place, (row, _said) in enumerate(kept)
    ]
    return rows[::-1]


def _changes(
    old: tuple[SubmissionVersion, Content],
    new: tuple[SubmissionVersion, Content],
    sheet: Sheet,
    *,
    shows_name: bool,
) -> list[FieldChange]:
    """What is different in a version: of an entry also for whom it is, how and when it came."""
    hidden = set() if shows_name else {"on_behalf_of", "scan"}
    if old[1].participant_name != new[1].participant_name:
        hidden.add("on_behalf_of")  # a group's name stands among what it says
    heads = head_changes(old[0].head, new[0].head, without=hidden)
    return [*heads, *content_changes(old[1], new[1], sheet)]


def receipt_of(submission: Submission, url: str, by: Person) -> Context:
    """The receipt to hand over for ``components/receipt.html``; ``url`` is the absolute address of its page.

    A hidden name stands on it for the officer who entered it alone.
    """
    is_enterer = submission.entered_by_id == by.pk
    return {
        "code": submission.code,
        "title": submission.consultation.title,
        "at": submission.sent_at,
        "url": url,
        "name": submission.on_behalf_of if is_enterer else submission.shown_name,
        "facts": [
            {"term": _("Came by"), "value": submission.get_channel_display()},
            {"term": _("Came on"), "value": submission.received_on},
            {"term": _("Entered by"), "value": submission.consultation.unit.name},
        ],
        "next": [
            _("The office reads it and answers every point with a reason."),
            _("The answers are published on the page of this number; keep the receipt."),
        ],
    }


def _readable(content: Content, shows_name: bool) -> Content:
    return content if shows_name else replace(content, participant_name="")


def _note(submission: Submission, by: Person, shown: Panel | None) -> Panel | None:
    """The form for a note, for whoever may write one."""
    if shown is not None and shown.act is acts.NOTE:
        return shown
    if not acts.NOTE.is_open(submission, by):
        return None
    form = form_of(acts.NOTE, submission, by)
    return Panel(acts.NOTE, form, url_of(submission, acts.NOTE), is_unfolded=False)


def _facts(submission: Submission, by: Person, name: str) -> list[Context]:
    rows = facts_of(submission, tells_all=rules.may_read(submission.consultation, by).ok)
    if name:
        rows[0] = {**rows[0], "value": name}
    entered = submission.entered_by
    return [
        *rows,
        {"term": _("Entered by"), "value": entered.shown_name if entered else ""},
        {"term": _("Versions"), "value": submission.version if submission.version > 1 else ""},
    ]


def _support(submission: Submission) -> int:
    ballots = list(submission.subject.ballots.all()) if submission.subject else []
    return sum(sum(counts.values()) for counts in tallies(ballots).values())


def _cases(submission: Submission, by: Person) -> list[Context]:
    if submission.subject is None:
        return []
    return [
        {
            "url": reverse("moderation:case", args=[case.public_id]),
            "label": case.get_kind_display(),
            "days_left": days_left(case.due_at, clock.now()),
        }
        for case in of_subject(by, submission.subject)
    ]

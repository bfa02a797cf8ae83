"""Submissions of a consultation: the list, the page of one, the stub of one that is not shown."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.safestring import mark_safe
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.accounts.models import Person
from rembuk.common import clock
from rembuk.common.difference import word_difference
from rembuk.common.text import excerpt
from rembuk.consultations import doors, schedule
from rembuk.consultations.actions.objecting import objection_until
from rembuk.consultations.choices import Channel, ParticipantKind
from rembuk.consultations.models import (
    Answer,
    ClauseText,
    Consultation,
    MatrixRow,
    Question,
    Remark,
    Submission,
)
from rembuk.consultations.selectors import heard
from rembuk.consultations.states import SubmissionState
from rembuk.web.components.formats import number
from rembuk.web.consultations.reading.answers import answered_context
from rembuk.web.consultations.reading.filters import SubmissionFilter
from rembuk.web.consultations.reading.page import head
from rembuk.web.engagement import paths
from rembuk.web.engagement.context import ballot_for
from rembuk.web.lists import active_filters, pager
from rembuk.web.paging import page_of

type Row = dict[str, Any]
type Wordings = Mapping[tuple[int, int], ClauseText]
"""The words of clauses by clause id and version id."""

PAGE = 20


# --- the list --------------------------------------------------------------------------------------------


def list_context(consultation: Consultation, request: HttpRequest) -> Row:
    """The submissions the public reads now, the newest first, with filters."""
    moment = clock.now()
    stage = schedule.stage(consultation, moment)
    waits = not heard.shows_submissions(consultation, moment)
    clauses = [] if waits else heard.clauses_remarked(consultation, moment)
    rows = heard.shown_submissions(consultation, moment)
    filters = SubmissionFilter(request.GET, queryset=rows, clauses=clauses)
    found = filters.qs if filters.form.is_valid() else rows.none()
    page = page_of(heard.with_standing(found), order=("-number",), after=request.GET.get("after"), size=PAGE)
    return {
        **head(consultation, stage, request, here=_("Submissions")),
        "waits": waits,
        "has_opened": schedule.has_opened(consultation, moment),
        "cards": [_card(row, consultation) for row in page.items],
        "filter_form": filters.form,
        "active": active_filters(request, filters.form),
        **pager(request, page.next_token),
    }


def _card(row: Any, consultation: Consultation) -> Row:
    """A submission in the list; needs ``selectors.with_standing``."""
    return {
        "url": reverse("consultations:submission", args=[consultation.code, row.number]),
        "code": row.code,
        "name": row.shown_name,
        "as": _as_what(row),
        "stance": row.stance,
        "excerpt": excerpt(row.reason or row.first_remark or "", 240),
        "at": None if row.is_name_masked else row.sent_at,
        "remarks": row.remark_count,
        "is_answered": row.is_answered,
        "is_offline": row.is_offline,
    }


def _as_what(submission: Submission) -> str:
    """As what she takes part; a lone individual needs no word."""
    kind = ParticipantKind(submission.participant_kind)
    return "" if kind is ParticipantKind.PERSON else str(kind.label)


# --- the page --------------------------------------------------------------------------------------------


def submission_context(consultation: Consultation, submission: Submission, request: HttpRequest) -> Row:
    """One submission with everything it says and every published answer."""
    stage = schedule.stage(consultation, clock.now())
    reader = request.user
    is_author = isinstance(reader, Person) and submission.author_id == reader.pk
    is_shown = doors.is_shown(submission)
    title = _("Submission %(code)s") % {"code": submission.code}
    return {
        **head(consultation, stage, request, here=title),
        "title": title,
        "submission": submission,
        "is_shown": is_shown,
        "tells_when": not submission.is_name_masked or doors.reads_whole(submission, reader),
        "facts": facts_of(submission),
        "html": mark_safe(submission.html),  # noqa: S308  (rendered by common.text on save)
        **said_context(submission),
        **answered_context(consultation, submission, reads_whole=not is_shown or is_author),
        "talk": _talk(submission, request) if is_shown else {},
        **_own(consultation, submission, stage, reader),
    }


def stub_context(consultation: Consultation, submission: Submission, request: HttpRequest) -> Row:
    """What everybody may know of a submission that is not shown: never its text, nor whose it is."""
    stage = schedule.stage(consultation, clock.now())
    reason = submission.decided_reason
    is_refused = submission.state == SubmissionState.NOT_SHOWN
    is_withdrawn = submission.state == SubmissionState.WITHDRAWN
    title = _("Submission %(code)s") % {"code": submission.code}
    return {
        **head(consultation, stage, request, here=title),
        "title": title,
        "submission": submission,
        "is_withdrawn": is_withdrawn,
        "is_refused": is_refused,
        "is_held": submission.state == SubmissionState.HELD,
        "came": None if submission.is_name_masked else submission.received_on or submission.sent_at,
        "reason": reason.shown_label if is_refused and reason else "",
        "note": submission.decided_note if is_refused else "",
        **({} if is_withdrawn else answered_context(consultation, submission, reads_whole=False)),
    }


def facts_of(submission: Submission, *, tells_all: bool = False) -> list[Row]:
    """Who says it, as the public reads it, and how it came.

    Where the name is hidden, what could lead to the person is left out too, unless ``tells_all``: for staff.
    """
    tells = tells_all or not submission.is_name_masked
    region = submission.region if tells else None
    is_offline = submission.is_offline
    return [
        {"term": _("Participant"), "value": submission.shown_name},
        {"term": _("Takes part as"), "value": str(ParticipantKind(submission.participant_kind).label)},
        {"term": _("Directly affected"), "value": _("Yes") if submission.is_affected and tells else ""},
        {"term": _("Region"), "value": region.full_name if region else ""},
        {"term": _("Receipt"), "value": submission.code},
        {
            "term": _("Came by"),
            "value": str(Channel(submission.channel).label) if is_offline else "",
        },
    ]


def said_context(submission: Submission) -> Row:
    """What a submission says of the clauses and to the questions, for the public page and the desk."""
    remarks = list(submission.remarks.select_related("clause", "text_version").order_by("clause__number"))
    for remark in remarks:
        remark.submission = submission
    wordings = wordings_of(remarks)
    answers = submission.answers.select_related("question").order_by("question__page", "question__position")
    return {
        "remarks": remark_rows(remarks, wordings, {}),
        "answers": [_answer_row(row) for row in answers],
        "version_words": _version_words(submission),
    }


def _version_words(submission: Submission) -> str:
    if submission.version < 2:
        return ""
    words = {"n": number(submission.version)}
    last = (
        submission.versions.exclude(reason="").order_by("-number").first()
        if submission.corrected_at
        else None
    )
    if last is not None:
        told = {**words, "day": date_format(localtime(last.created_at), "j F Y"), "reason": last.reason}
        return (
            _("An officer corrected this entry on %(day)s; this is version %(n)s. Reason: %(reason)s") % told
        )
    return _("Its author changed it before closing; this is version %(n)s, the last one.") % words


def wordings_of(remarks: Iterable[Remark]) -> Wordings:
    """The clauses as they stood in the versions the remarks were written against, in one query."""
    keys = {(row.clause_id, row.text_version_id) for row in remarks}
    if not keys:
        return {}
    texts = ClauseText.objects.filter(
        clause__in={clause for clause, _version in keys}, version__in={version for _clause, version in keys}
    )
    return {(text.clause_id, text.version_id): text for text in texts}


def remark_rows(remarks: Iterable[Remark], wordings: Wordings, answers: Mapping[int, MatrixRow]) -> list[Row]:
    """Remarks with what was suggested as a difference to the words of the clause they were written against.

    Needs ``submission`` with its author, ``clause`` and ``text_version``; ``answers`` by the remark's id.
    """
    return [
        _remark_row(row, wordings.get((row.clause_id, row.text_version_id)), answers.get(row.pk))
        for row in remarks
    ]


def _remark_row(remark: Remark, text: ClauseText | None, answer: MatrixRow | None) -> Row:
    submission = remark.submission
    page = reverse("consultations:detail", args=[submission.consultation.code])
    return {
        "label": text.full_label if text else "",
        "clause_url": f"{page}butir/{remark.clause.number}/",
        "name": submission.shown_name,
        "code": submission.code,
        "url": f"{page}masukan/{submission.number}/",
        "at": None if submission.is_name_masked else submission.sent_at,
        "stance": remark.stance,
        "comment": remark.comment,
        "quote": remark.quote,
        "suggestion": word_difference(text.body if text else "", remark.suggestion)
        if remark.suggestion
        else [],
        "version": remark.text_version.number,
        "verdict": answer.verdict if answer else "",
    }


def _answer_row(answer: Answer) -> Row:
    question = answer.question
    labels = {option["value"]: option["label"] for option in question.options}
    chosen = [labels[value] for value in answer.choices if value in labels]
    scale = {"n": answer.number, "most": question.scale_to}
    return {
        "question": question.text,
        "chosen": chosen,
        "number": _("%(n)s of %(most)s") % scale if answer.number is not None else "",
        "other": answer.text if Question.OTHER in answer.choices else "",
        "text": "" if answer.choices else answer.text,
    }


def _talk(submission: Submission, request: HttpRequest) -> Row:
    """Support, and the way to report it."""
    subject = submission.subject
    if subject is None or not subject.is_visible:
        return {}
    talk = ballot_for(subject, request.user, request)
    return {**talk, "comments": {"report_url": paths.to("report", subject)}}


def _own(consultation: Consultation, submission: Submission, stage: schedule.Stage, reader: object) -> Row:
    """What the author may do now, and the way to the desk for staff."""
    if not isinstance(reader, Person):
        return {"is_author": False, "desk_url": "", "object_url": ""}
    is_author = submission.author_id == reader.pk
    page = reverse("consultations:detail", args=[consultation.code])
    may_change = is_author and stage is schedule.Stage.OPEN and submission.state != SubmissionState.WITHDRAWN
    on_desk = rights.can(reader, izin.CONSULTATION_READ, consultation.unit)
    return {
        "is_author": is_author,
        "object_url": f"{page}masukan/{submission.number}/keberatan/"
        if is_author and _may_object(submission)
        else "",
        "receipt_url": f"{page}ikut/bukti/" if is_author else "",
        "change_url": f"{page}ikut/tinjau/" if may_change else "",
        "withdraw_url": f"{page}ikut/tarik/"
        if may_change and submission.state == SubmissionState.SENT
        else "",
        "desk_url": reverse("desk_consultations:submission", args=[consultation.code, submission.number])
        if on_desk
        else "",
    }


def _may_object(submission: Submission) -> bool:
    """Whether the days for an objection still run; that it is possible once, the page knows from the objection."""
    until = objection_until(submission)
    return until is not None and clock.now() <= until

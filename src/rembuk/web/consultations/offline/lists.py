"""The staff list of a consultation's submissions: all states, filters, how they came."""

from datetime import datetime
from functools import reduce
from operator import and_
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.accounts.models import Person
from rembuk.common import clock
from rembuk.common.text import excerpt
from rembuk.consultations import rules, schedule
from rembuk.consultations.choices import Channel, ParticipantKind
from rembuk.consultations.models import Consultation, Submission
from rembuk.consultations.schedule import Stage
from rembuk.consultations.selectors import reach
from rembuk.consultations.states import COUNTED, SubmissionState
from rembuk.web.consultations.offline.acts import waits
from rembuk.web.consultations.offline.forms import SubmissionsForm
from rembuk.web.consultations.tabs import desk_frame
from rembuk.web.lists import active_filters, pager
from rembuk.web.paging import page_of

type Row = dict[str, Any]

PAGE = 30
_MOST_WORDS = 8
ENTERED_IN = frozenset({Stage.OPEN, Stage.CLOSED, Stage.ANSWERING})


def list_context(consultation: Consultation, request: HttpRequest, by: Person) -> Row:
    """One page of the list with its filters and counts."""
    form = SubmissionsForm(request.GET)
    rows = _found(consultation, form, by).select_related("author", "subject")
    page = page_of(rows, order=("-number",), after=request.GET.get("after"), size=PAGE)
    may_moderate = rights.can(by, izin.SUBMISSION_MODERATE, consultation.unit)
    moment = clock.now()
    return {
        **desk_frame(
            consultation, by, "submissions", _("Submissions: %(title)s") % {"title": consultation.title}
        ),
        "stats": _stats(consultation, by),
        "rows": [_row(row, consultation, by, may_moderate=may_moderate) for row in page.items],
        "filter_form": form,
        "active": active_filters(request, form),
        "reset_url": request.path,
        "enter_url": enter_url(consultation, by, moment),
        "bulk": _bulk(page.items) if may_moderate else None,
        **pager(request, page.next_token),
    }


def enter_url(consultation: Consultation, by: Person, moment: datetime) -> str:
    """Where this person enters a submission for somebody now; empty when she may not, or nothing is taken."""
    if schedule.stage(consultation, moment) not in ENTERED_IN or not rules.may_enter(consultation, by).ok:
        return ""
    return reverse("desk_consultations:enter", args=[consultation.code])


def _found(consultation: Consultation, form: SubmissionsForm, by: Person) -> QuerySet[Submission]:
    form.is_valid()
    kept = form.cleaned_data
    exact = {"state": "keadaan", "channel": "saluran", "stance": "sikap", "participant_kind": "sebagai"}
    wanted = {field: kept[name] for field, name in exact.items() if kept.get(name)}
    rows = _readable(consultation, by).filter(code__isnull=False, **wanted)
    if kept.get("ulang"):
        rows = rows.filter(is_rechecking=True)
    words = kept.get("q", "").split()[:_MOST_WORDS]
    return rows.filter(reduce(and_, map(_about, words), Q()))


def _about(word: str) -> Q:
    """Receipt, reason, or a name that is not hidden: searching must not give away whose a hidden name is."""
    named = Q(participant_name__icontains=word) | Q(on_behalf_of__icontains=word)
    return Q(code__iendswith=word) | Q(reason__icontains=word) | named & Q(is_name_masked=False)


def _readable(consultation: Consultation, by: Person) -> QuerySet[Submission]:
    return Submission.objects.filter(reach.submissions_for_staff(by), consultation=consultation)


def _stats(consultation: Consultation, by: Person) -> list[Row]:
    counts = _readable(consultation, by).aggregate(
        counted=Count("pk", filter=Q(state__in=COUNTED)),
        offline=Count("pk", filter=Q(state__in=COUNTED) & ~Q(channel=Channel.WEB)),
        held=Count("pk", filter=Q(state=SubmissionState.HELD) | Q(is_rechecking=True)),
        unshown=Count("pk", filter=Q(state=SubmissionState.NOT_SHOWN)),
    )
    return [
        {"value": counts["counted"], "label": _("counted")},
        {"value": counts["offline"], "label": _("of these entered by officers")},
        {"value": counts["held"], "label": _("wait for review"), "tone": "warn" if counts["held"] else ""},
        {"value": counts["unshown"], "label": _("not shown, counted")},
    ]


def _row(row: Submission, consultation: Consultation, by: Person, *, may_moderate: bool) -> Row:
    is_own = by.pk in {row.author_id, row.entered_by_id, row.corrected_by_id}
    flags = [{"label": Channel(row.channel).label, "tone": "mute"}] if row.is_offline else []
    if row.is_rechecking:
        flags.append({"label": _("changed, to be read again"), "tone": "warn"})
    return {
        "url": reverse("desk_consultations:submission", args=[consultation.code, row.number]),
        "key": row.code if may_moderate and waits(row) and not is_own else "",
        "title": row.shown_name,
        "code": row.code,
        "at": row.sent_at,
        "kind": ParticipantKind(row.participant_kind).label,
        "excerpt": excerpt(row.reason),
        "state_kind": "submission",
        "state": row.state,
        "flags": flags,
    }


def _bulk(rows: list[Submission]) -> Row | None:
    if not any(waits(row) for row in rows):
        return None
    return {
        "action_url": reverse("moderation:bulk"),
        "actions": [{"name": "step", "value": "show", "label": _("Show submissions")}],
    }

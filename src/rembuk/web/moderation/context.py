"""What the queue and the page of a case show: everything needed to decide on one screen."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from rembuk.accounts.models import Person
from rembuk.common import clock
from rembuk.common.counting import counted, counted_with_late
from rembuk.engagement import queue
from rembuk.engagement.actions.moderation import CLAIM_LASTS
from rembuk.engagement.models import Case
from rembuk.engagement.rules import COMMENT_KINDS, may_decide_case
from rembuk.engagement.selectors import open_reports
from rembuk.proposals import worklists
from rembuk.proposals.deadlines import days_left
from rembuk.proposals.models import Proposal
from rembuk.web.desk.acts import Act, ActForm, Panel, panels
from rembuk.web.desk.piles import up_to
from rembuk.web.lists import active_filters, address, kept_form, pager
from rembuk.web.moderation import acts, bulk_submissions, places
from rembuk.web.moderation.bulk import MOST
from rembuk.web.moderation.forms import QueueForm
from rembuk.web.moderation.places import with_content
from rembuk.web.moderation.submissions import submission_of
from rembuk.web.paging import page_of
from rembuk.web.proposals.desk.context import case_links, note_panel, reading_context
from rembuk.web.proposals.public_context import similar_rows

PAGE, ORDER = 30, ("due_at", "id")
# Cases that can be decided together with others.
IN_BULK = frozenset({Case.Kind.PROPOSAL, Case.Kind.APPEAL})
SHOWN_IN_BULK = frozenset({Case.Kind.SUBMISSION})

type Context = dict[str, Any]


def queue_context(request: HttpRequest, by: Person) -> Context:
    """One page of the queue with its filters."""
    form = QueueForm(request.GET, by=by)
    moment = clock.now()
    rows, here = _found(form, by), address(request)
    # What tells which cases are on the page; ``with_content`` reads those. More would not be in the index of the order.
    narrow = rows.only("due_at", "kind")
    page = page_of(narrow, order=ORDER, after=request.GET.get("after"), size=PAGE)
    waiting = queue.queue(by).exclude(barred=by)
    count, late = counted_with_late(waiting, "due_at", moment, mark=f"queue:{by.pk}")
    return {
        "page_title": _("Moderation"),
        "rows": queue_rows(with_content(page.items), moment, by),
        "stats": [
            {**up_to(count), "label": _("waiting for you")},
            {**up_to(late), "label": _("overdue"), "tone": "bad" if late else ""},
        ],
        "filter_form": kept_form("moderation/filters", form),
        "active": active_filters(request, form),
        "reset_url": request.path,
        "bulk": {
            "action_url": reverse("moderation:bulk") + here[len(request.path) :],
            "actions": bulk_acts(page.items),
            "found": counted(
                _decidable(_found(form, by, are_counted=True), by, IN_BULK | SHOWN_IN_BULK),
                mark=f"{by.pk}:{here}",
                along=ORDER,
            ),
            "is_bounded": True,
            "most": MOST,
        },
        **pager(request, page.next_token),
    }


def found_codes(request: HttpRequest, by: Person, kinds: Collection[str] = IN_BULK) -> list[str]:
    """The codes of what the queue's filters found and she may decide together, the most urgent first."""
    rows = _decidable(_found(QueueForm(request.GET, by=by), by), by, kinds)
    return list(rows.order_by(*ORDER).values_list("subject__code", flat=True)[:MOST])


def queue_rows(cases: Iterable[Case], moment: datetime, by: Person) -> list[Context]:
    """Rows for the queue component; a key only where bulk can decide it."""
    return [_row(case, moment, by) for case in cases]


def bulk_acts(cases: Iterable[Case]) -> list[Context]:
    """What can be done with a selection of these cases: with proposals, with submissions."""
    kinds = {case.kind for case in cases}
    found: list[Context] = []
    if kinds & SHOWN_IN_BULK:
        found.append({"name": "step", "value": bulk_submissions.NAME, "label": _("Show submissions")})
    if kinds & IN_BULK or not found:
        found += [
            {"name": "step", "value": "publish", "label": acts.PUBLISH.title},
            {"name": "step", "value": "return", "label": acts.RETURN.title},
            {"name": "step", "value": "reject", "label": acts.REJECT.title, "tone": "bad"},
        ]
    return found


def case_context(case: Case, by: Person, shown: Panel | None = None) -> Context:
    """The page of a case; ``shown`` is the form that was just sent and has to be mended."""
    proposal = acts.proposal_of(case)
    moment = clock.now()
    return {
        "page_title": case.subject.title,
        "crumbs": [
            {"label": _("Moderation"), "url": reverse("moderation:queue")},
            {"label": case.subject.code},
        ],
        "case": case,
        "days_left": days_left(case.due_at, moment) if case.closed_at is None else None,
        "claim": _claim(case, by, moment),
        "bar": _bar(case, by),
        "panels": _panels(case, by, shown),
        "shown_form": shown.form if shown else None,
        "reports": list(open_reports(case.subject, case.comment)),
        "comment_html": mark_safe(case.comment.html) if case.comment else "",  # noqa: S308
        "comment_url": f"{case.subject.path}#{case.comment.anchor}" if case.comment else "",
        "is_comment": case.comment is not None,
        **(_about(proposal, case, by) if proposal else places.about(case, by)),
    }


def _found(form: QueueForm, by: Person, *, are_counted: bool = False) -> QuerySet[Case]:
    if not form.is_valid():
        # Nothing is decided together that a filter was to leave out.
        return queue.queue(by).none()
    rows = queue.queue(by, form.chosen())
    return places.narrowed(rows, form.category, form.region, are_counted=are_counted)


def _decidable(rows: QuerySet[Case], by: Person, kinds: Collection[str]) -> QuerySet[Case]:
    return rows.filter(kind__in=kinds).exclude(barred=by)


def _about(proposal: Proposal, case: Case, by: Person) -> Context:
    written = proposal.author if case.comment is None else case.comment.author
    return {
        **reading_context(proposal, by),
        "similar": similar_rows(proposal.title, apart_from=proposal),
        "record": worklists.record_of(written) if written else None,
        "other_cases": [row for row in case_links(proposal, by) if str(case.public_id) not in row["url"]],
        "note": note_panel(proposal, by),
        "desk_url": reverse("desk_proposals:detail", args=[proposal.code]),
        "desk_label": _("Open the proposal"),
    }


def case_panel(case: Case, act: Act, form: ActForm) -> Panel:
    """The form that was just sent, unfolded."""
    return Panel(act, form, _url(case, act), is_unfolded=True)


def _panels(case: Case, by: Person, shown: Panel | None) -> list[Panel]:
    found = panels(acts.ALL, case, by, lambda act: _url(case, act), shown)
    if found and shown is None:
        first = found[0]
        found[0] = Panel(first.act, first.form, first.url, is_unfolded=True)
    return found


def _url(case: Case, act: Act) -> str:
    return reverse("moderation:decide", args=[case.public_id, act.name])


def _row(case: Case, moment: datetime, by: Person) -> Context:
    code = case.subject.code
    barred = (
        [{"label": _("a colleague decides"), "tone": "mute"}] if getattr(case, "is_barred", False) else []
    )
    return {
        "url": reverse("moderation:case", args=[case.public_id]),
        "key": code if case.kind in IN_BULK | SHOWN_IN_BULK and not barred else "",
        "title": case.subject.title,
        "code": code,
        "at": case.opened_at,
        "kind": _kind(case),
        "unit": (case.released_by_unit or case.unit).label,
        "excerpt": _excerpt(case),
        "days_left": days_left(case.due_at, moment),
        "claimed_by": case.claimed_by.shown_name if _is_claimed(case, moment) and case.claimed_by else "",
        "flags": barred,
    }


def _kind(case: Case) -> str:
    """What kind of case it is; of held and reported content also where it stands."""
    word = str(case.get_kind_display())
    return f"{word} · {case.subject.get_kind_display()}" if case.kind in COMMENT_KINDS else word


def _excerpt(case: Case) -> str:
    """The first words of the comment, the submission or the answer about a milestone a case is about."""
    submission = submission_of(case)
    if case.comment is not None:
        return case.comment.body[:160]
    if submission is not None:
        return submission.reason[:160]
    witness = getattr(case.subject, "witness", None)
    return witness.remark[:160] if witness is not None else ""


def _claim(case: Case, by: Person, moment: datetime) -> Context | None:
    """Who has taken the case, and what she may do about it."""
    if case.closed_at is not None:
        return None
    taken = _is_claimed(case, moment)
    mine = taken and case.claimed_by_id == by.pk
    return {
        "by": case.claimed_by.shown_name if taken and case.claimed_by else "",
        "at": case.claimed_at if taken else None,
        "mine": mine,
        "url": reverse("moderation:release" if mine else "moderation:claim", args=[case.public_id]),
        "possible": mine or not taken,
    }


def _is_claimed(case: Case, moment: datetime) -> bool:
    return case.claimed_at is not None and case.claimed_at > moment - CLAIM_LASTS


def _bar(case: Case, by: Person) -> str:
    """Why this person may not decide an open case; empty when she may."""
    verdict = may_decide_case(case, by)
    return "" if verdict.ok or case.closed_at is not None else str(verdict)

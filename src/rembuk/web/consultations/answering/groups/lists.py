"""The staff list of groups: those that wait for a person, the confirmed and the dismissed ones, and when they were suggested."""

from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.accounts.models import Person
from rembuk.common.text import excerpt
from rembuk.consultations import rules
from rembuk.consultations.matrix import like
from rembuk.consultations.models import Consultation, Grouping, MatrixGroup
from rembuk.consultations.states import ANSWERING
from rembuk.web.consultations.answering.lists import standing, views_of
from rembuk.web.consultations.tabs import desk_frame
from rembuk.web.lists import address, pager
from rembuk.web.paging import page_of

type Context = dict[str, Any]

PAGE = 20
_LONGEST = 220
_KINDS = {"": like.suggested, "pasti": like.confirmed, "bubar": like.dismissed}
_COUNTS = {
    "": Count("pk", filter=Q(confirmed_at=None, dismissed_at=None)),
    "pasti": Count("pk", filter=Q(confirmed_at__isnull=False, dismissed_at=None)),
    "bubar": Count("pk", filter=Q(dismissed_at__isnull=False)),
}


def groups_context(consultation: Consultation, request: HttpRequest, by: Person) -> Context:
    """One page of groups, the largest first."""
    kind = request.GET.get("lihat", "")
    kind = kind if kind in _KINDS else ""
    found = _KINDS[kind](consultation, by)
    page = page_of(found, order=("-size", "id"), after=request.GET.get("after"), size=PAGE)
    samples = like.samples(page.items, by)
    grouping = Grouping.objects.filter(consultation=consultation).first()
    is_answering = consultation.state in ANSWERING
    return {
        **desk_frame(consultation, by, "matrix", _("Groups: %(title)s") % {"title": consultation.title}),
        **standing(consultation, by),
        "views": views_of(consultation, request, by),
        "kinds": _kinds(like.readable_groups(consultation, by), request, kind),
        "kind": kind,
        "groups": [_card(group, samples.get(group.pk, []), consultation.code) for group in page.items],
        "grouping": grouping,
        "is_waiting": is_answering and (grouping is None or grouping.is_waiting),
        "may_suggest": is_answering and rules.may_assign(consultation, by).ok,
        "suggest_url": reverse("desk_consultations:suggest", args=[consultation.code]),
        **pager(request, page.next_token),
    }


def _kinds(groups: QuerySet[MatrixGroup], request: HttpRequest, current: str) -> list[Context]:
    keys = {"": "waiting", "pasti": "confirmed", "bubar": "dismissed"}
    counted = {keys[kind]: count for kind, count in _COUNTS.items()}
    numbers = groups.order_by().aggregate(**counted)
    labels = {"": _("To be looked at"), "pasti": _("Confirmed"), "bubar": _("Dismissed")}
    return [
        {
            "label": label,
            "url": address(request, lihat=kind or None),
            "current": kind == current,
            "count": numbers[keys[kind]],
        }
        for kind, label in labels.items()
    ]


def _card(group: MatrixGroup, texts: list[str], code: str) -> Context:
    size, left = group.size, group.left  # type: ignore[attr-defined]
    return {
        "url": reverse("desk_consultations:group", args=[code, group.public_id]),
        "title": group.title,
        "size": len(group.parted) if group.dismissed_at else size,
        "answered": size - left,
        "texts": [excerpt(text, _LONGEST) for text in texts],
        "is_suggested": group.is_suggested,
        "is_confirmed": group.confirmed_at is not None,
        "is_dismissed": group.dismissed_at is not None,
    }

"""One reason on more than ten rows of a matrix, for auditors: consultation, reason, number, people, period."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from rembuk.access import permissions as izin
from rembuk.consultations.matrix import copied
from rembuk.consultations.matrix.copied import CopiedReason
from rembuk.web.guards import PersonRequest, requires
from rembuk.web.lists import pager
from rembuk.web.paging import rows_before

PAGE = 20


@requires(izin.AUDIT_READ)
@require_safe
def copied_reasons(request: PersonRequest) -> HttpResponse:
    """Flagged reasons within the auditor's units, the newest first. A page is told by how many come before it."""
    flagged = copied.flagged(request.user)
    found = flagged.value
    start = rows_before(request.GET.get("after", ""), len(found), PAGE)
    end = start + PAGE
    title = _("One reason on many rows")
    context = {
        "page_title": title,
        "crumbs": [{"label": _("Audit trail"), "url": reverse("desk_trail:audit")}, {"label": title}],
        "flags": [_flag(flag) for flag in copied.shown(found[start:end])],
        "limit": copied.MOST,
        "is_empty": not found,
        "at": flagged.at,
        **pager(request, str(end) if len(found) > end else ""),
    }
    return render(request, "trail/copied.html", context)


def _flag(flag: CopiedReason) -> dict[str, Any]:
    matrix = reverse("desk_consultations:matrix", args=[flag.consultation.code])
    return {
        "title": flag.consultation.title,
        "code": flag.consultation.code,
        "url": f"{matrix}?alasan={flag.digest}",
        "reason": flag.reason,
        "number": flag.number,
        "people": ", ".join(person.shown_name for person in flag.people),
        "first_at": flag.first_at,
        "last_at": flag.last_at,
    }

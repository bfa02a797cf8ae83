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

MOST = 200


@requires(izin.AUDIT_READ)
@require_safe
def copied_reasons(request: PersonRequest) -> HttpResponse:
    """Flagged reasons within the auditor's units, the newest first."""
    found = list(copied.flagged(request.user)[:MOST])
    title = _("One reason on many rows")
    context = {
        "page_title": title,
        "crumbs": [{"label": _("Audit trail"), "url": reverse("desk_trail:audit")}, {"label": title}],
        "flags": [_flag(flag) for flag in copied.shown(found)],
        "limit": copied.MOST,
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

"""The audit page and the log page."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.access.models import Role
from rembuk.audit import searching
from rembuk.audit import selectors as audit
from rembuk.common.errors import Denied, NotVisible
from rembuk.logbook import selectors as log
from rembuk.web.guards import PersonRequest, requires
from rembuk.web.lists import active_filters, address, pager
from rembuk.web.trail import positions
from rembuk.web.trail.export import reach_of
from rembuk.web.trail.forms import AuditFilterForm, LogFilterForm
from rembuk.web.trail.rows import audit_rows, log_rows

PAGE = 50


@requires(izin.AUDIT_READ)
def audit_list(request: PersonRequest) -> HttpResponse:
    """Who did what, when and why: newest first, within the reader's units."""
    form = AuditFilterForm(request.GET)
    found = searching.Found([])
    if form.is_valid():
        after = positions.read(request.GET.get("after", ""))
        found = searching.search(form.wanted(reach_of(request.user, izin.AUDIT_READ)), after=after, size=PAGE)
    rows = audit_rows(found.entries)
    if request.GET.get("orang"):
        # Whoever looks for a person by name must not learn which hidden names are hers.
        rows = [row for row in rows if not row["is_masked"]]
    context = {
        "page_title": _("Audit trail"),
        "rows": rows,
        "form": form,
        "active": active_filters(request, form),
        "export_url": _export_url(request) if rights.can(request.user, izin.AUDIT_EXPORT) else "",
        "looked_until": found.last.at if found.last and found.is_partial else None,
        "looked_through": searching.LOOKED_THROUGH,
        **pager(request, positions.write(found.last) if found.last else ""),
    }
    return render(request, "trail/audit.html", context, status=200 if form.is_valid() else 422)


@requires(izin.AUDIT_READ)
def audit_entry(request: PersonRequest, number: str) -> HttpResponse:
    """One entry with everything the trail keeps of it."""
    entry = audit.entry(int(number)) if len(number) < 19 else None
    reach = reach_of(request.user, izin.AUDIT_READ)
    if entry is None or (reach is not None and not entry.target_unit_path.startswith(reach)):
        raise NotVisible
    row, *others = audit_rows([entry, *audit.trail_of(entry.target_kind, entry.target_key, limit=20)])
    title = _("Audit entry %(number)s") % {"number": entry.pk}
    # A role held for somebody else is kept with the post: «unit-admin: Plh. Kepala Dinas Kesehatan».
    held = [text.partition(": ") for text in entry.actor_roles]
    known = {role.slug: role.label for role in Role.objects.filter(slug__in=[slug for slug, *_rest in held])}
    roles = [f"{known.get(slug, slug)}{colon}{standing}" for slug, colon, standing in held]
    context = {"page_title": title, "row": row, "others": others, "roles": roles}
    return render(request, "trail/entry.html", context)


@requires(izin.LOG_READ)
def log_list(request: PersonRequest) -> HttpResponse:
    """Sign-ins and failures, denials, warnings and errors: newest first. It has no units, so it asks for the whole."""
    if not rights.can_everywhere(request.user, izin.LOG_READ):
        raise Denied(_("The system log is read with a right in the whole instansi."))
    form = LogFilterForm(request.GET)
    found: list[Any] = []
    if form.is_valid():
        after = positions.read(request.GET.get("after", ""))
        found = log.records(form.wanted(), after=after, limit=PAGE + 1)
    context = {
        "page_title": _("System log"),
        "rows": log_rows(found[:PAGE]),
        "form": form,
        "active": active_filters(request, form),
        **pager(request, positions.write(found[PAGE - 1]) if len(found) > PAGE else ""),
    }
    return render(request, "trail/log.html", context, status=200 if form.is_valid() else 422)


def _export_url(request: HttpRequest) -> str:
    """The page of the export, with the filters in force."""
    return reverse("desk_trail:export") + address(request)[len(request.path) :]

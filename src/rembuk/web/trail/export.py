"""The audit trail as a CSV or XLSX file, within the reader's units; that it was taken stands in the trail itself."""

from collections.abc import Iterator

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.access.actions import note_export
from rembuk.access.permissions import Permission
from rembuk.accounts.models import Person
from rembuk.audit import selectors as audit
from rembuk.common.errors import require
from rembuk.exports import rules
from rembuk.exports.sources import Given, Opened
from rembuk.web.answers import see_other
from rembuk.web.exports.answering import deliver, given_of
from rembuk.web.exports.catalogue import AUDIT
from rembuk.web.exports.writing import refuse_unreadable, words_of, writer
from rembuk.web.guards import PersonRequest, requires
from rembuk.web.management.pages import Crumb, page, sent
from rembuk.web.management.people.export import ExportForm
from rembuk.web.sheets.workbook import Cell, Sheet
from rembuk.web.trail.forms import AuditFilterForm

LIST = "desk_trail:audit"
CRUMBS: list[Crumb] = [(gettext_lazy("Audit trail"), LIST)]
_RIGHTS = (izin.AUDIT_READ, izin.AUDIT_EXPORT)
_WIDTHS = {"at": 28, "sentence": 40, "before": 50, "after": 50, "reason": 50}


@requires(izin.AUDIT_EXPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def export(request: PersonRequest) -> HttpResponseBase:
    """What the filters find, oldest first."""
    require(rules.may_take(request.user, _reach(request.user)))
    back = reverse(LIST) + (f"?{request.GET.urlencode()}" if request.GET else "")
    if not AuditFilterForm(request.GET).is_valid():
        # The list says which filter can't be read.
        return see_other(request, back)
    form = ExportForm(sent(request))
    if form.is_valid():
        return deliver(request, AUDIT, given_of(request), form.cleaned_data["bentuk"])
    return _asked(request, form, back)


def _asked(request: PersonRequest, form: ExportForm, back: str) -> HttpResponse:
    lede = _("The filters in force hold for the file, too. Each export stands in the audit trail.")
    context = {"form": form, "lede": lede, "label": _("Download"), "back_url": back}
    return page(request, "form", title=_("Export"), crumbs=CRUMBS, **context)


def opened(by: Person, given: Given) -> Opened:
    """The entries that the filters find within the units of this person."""
    form = AuditFilterForm(MultiValueDict(given))
    refuse_unreadable(form)
    wanted = form.wanted(reach_of(by, *_RIGHTS))
    filters = {name: str(value) for name, value in form.cleaned_data.items() if value}
    return Opened(
        stem="jejak-audit",
        words=words_of(form, given),
        reach=_reach(by),
        rows=[audit.found(wanted)],
        write=writer(lambda: [Sheet(_("Audit trail"), _head(), _rows(wanted))]),
        note=lambda form, count: note_export(by=by, what="audit", filters=filters),
    )


def reach_of(by: Person, permission: Permission, *also: Permission) -> tuple[str, ...] | None:
    """Paths in which an auditor holds all of these; those of the instansi see everything, sign-ins without a unit among it."""
    if all(rights.can_everywhere(by, needed) for needed in (permission, *also)):
        return None
    return tuple(rights.shared_paths(by, permission, *also))


def _reach(by: Person) -> dict[str, list[str]]:
    return {right.key: rights.shared_paths(by, *_RIGHTS) for right in _RIGHTS}


def _head() -> list[tuple[str, int]]:
    return [(name, _WIDTHS.get(name, 18)) for name in audit.EXPORT_HEAD]


def _rows(wanted: audit.Filter) -> Iterator[list[Cell]]:
    for row in audit.export_rows(wanted):
        yield [None if value is None else str(value) for value in row]

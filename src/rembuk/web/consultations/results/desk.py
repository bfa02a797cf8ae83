"""The export with names for staff and auditors."""

from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from rembuk.access import permissions as izin
from rembuk.accounts.models import Person
from rembuk.common import clock
from rembuk.common.errors import require
from rembuk.consultations import doors, rules
from rembuk.consultations.actions.exporting import note_export
from rembuk.consultations.models import Answer
from rembuk.consultations.selectors.heard import counted
from rembuk.exports.sources import Given, Opened
from rembuk.exports.states import Form
from rembuk.web.consultations.results.files.sheets import sheets
from rembuk.web.consultations.results.files.taking import Taking
from rembuk.web.exports.answering import deliver
from rembuk.web.exports.catalogue import CONSULTATION
from rembuk.web.exports.writing import writer
from rembuk.web.guards import PersonRequest, requires
from rembuk.web.management.fields import ManagedForm
from rembuk.web.management.pages import page

_RIGHTS = (izin.CONSULTATION_READ, izin.CONSULTATION_EXPORT)


@requires(izin.CONSULTATION_EXPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def export(request: PersonRequest, code: str) -> HttpResponseBase:
    """The matrix with names and all that belongs to it as a spreadsheet; a large one is asked for by a button."""
    given = {"kode": [code]}
    if request.method == "POST" or opened(request.user, given).is_small():
        return deliver(request, CONSULTATION, given, Form.XLSX)
    lede = _(
        "This file has more than 5,000 rows. It is made in the background, and you are told when it is ready."
    )
    back = reverse("desk_consultations:detail", args=[code])
    context = {"form": ManagedForm(), "lede": lede, "label": _("Make the file"), "back_url": back}
    return page(request, "form", title=_("Export"), crumbs=[(code, back)], **context)


def opened(by: Person, given: Given) -> Opened:
    """A consultation of her units with names.

    Raises:
        NotVisible: outside of them.
        Denied: without the right to export there.
    """
    found = doors.for_desk(given["kode"][0], by)
    require(rules.may_export(found, by))
    said, moment = counted(found), clock.now()

    def note(form: str, _count: int) -> None:
        note_export(found, by=by, form=form, rows=found.rows.count(), at=moment)

    return Opened(
        stem=found.code,
        words=found.code,
        reach={right.key: [found.unit.path] for right in _RIGHTS},
        rows=[found.rows.all(), said, Answer.objects.filter(submission__in=said)],
        write=writer(lambda: sheets(Taking(found, moment, has_names=True))),
        note=note,
    )

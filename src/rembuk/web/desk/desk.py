"""The first page of the desk, and the names of work units while somebody types."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from rembuk.access import rights
from rembuk.access.permissions import ALL
from rembuk.common.text import clean_line
from rembuk.web.desk.home import home_context
from rembuk.web.desk.unit_field import suggestions
from rembuk.web.desk.unit_input import MOST, written
from rembuk.web.guards import PersonRequest, staff_only
from rembuk.workunits import selectors as workunits


@staff_only
@require_safe
def home(request: PersonRequest) -> HttpResponse:
    """What waits for me."""
    return render(request, "desk/home.html", home_context(request.user))


@staff_only
@require_safe
def unit_names(request: PersonRequest) -> HttpResponse:
    """A fragment with at most twenty units called as typed; ``izin`` keeps those in which the reader holds a permission."""
    asked, permission = clean_line(request.GET.get("q", ""))[:100], ALL.get(request.GET.get("izin", ""))
    units = rights.units_for(request.user, permission) if permission else workunits.active_units()
    names = (
        [written(unit) for unit in workunits.called(asked, units)[:MOST]]
        if asked
        else suggestions(request.user, units)
    )
    return render(request, "desk/_unit_names.html", {"names": names})

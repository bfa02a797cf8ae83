"""The first page of the desk."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from rembuk.web.desk.home import home_context
from rembuk.web.guards import PersonRequest, staff_only


@staff_only
@require_safe
def home(request: PersonRequest) -> HttpResponse:
    """What waits for me."""
    return render(request, "desk/home.html", home_context(request.user))

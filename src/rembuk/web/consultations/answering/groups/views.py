"""Pages of groups: the list, the request for suggestions, one group with its acts, rows like one row."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rembuk.access import permissions as izin
from rembuk.common.errors import Invalid, NotVisible
from rembuk.consultations import doors
from rembuk.consultations.actions.grouping.suggesting import ask_for_groups
from rembuk.web.answers import see_other
from rembuk.web.consultations.answering.bulk import chosen_rows
from rembuk.web.consultations.answering.groups import acts
from rembuk.web.consultations.answering.groups.lists import groups_context
from rembuk.web.consultations.answering.groups.page import group_context, group_url, like_context, shown_panel
from rembuk.web.consultations.answering.groups.together import put_together
from rembuk.web.desk.acts import carry_out
from rembuk.web.guards import PersonRequest, requires

_GROUP, _LIKE = "consultations/answering/group.html", "consultations/answering/group_like.html"


@requires(izin.CONSULTATION_READ)
@require_safe
def groups(request: PersonRequest, code: str) -> HttpResponse:
    """Groups that wait for a person, confirmed and dismissed ones."""
    found = doors.for_desk(code, request.user)
    return render(
        request, "consultations/answering/groups.html", groups_context(found, request, request.user)
    )


@requires(izin.CONSULTATION_ANSWER)
@require_POST
def suggest(request: PersonRequest, code: str) -> HttpResponse:
    """Ask for new suggestions; the worker makes them within a minute."""
    found = doors.for_desk(code, request.user)
    ask_for_groups(found, by=request.user)
    url = reverse("desk_consultations:groups", args=[found.code])
    return see_other(request, url, _("Suggestions are being made. Look again in a minute."))


@requires(izin.CONSULTATION_READ)
@require_safe
def group(request: PersonRequest, code: str, group: UUID) -> HttpResponse:
    """One group: its texts with the words in common, its answer."""
    found = doors.group_for_desk(code, group, request.user)
    return render(request, _GROUP, group_context(found, request, request.user))


@requires(izin.CONSULTATION_ANSWER)
@require_http_methods(["GET", "HEAD", "POST"])
def group_act(request: PersonRequest, code: str, group: UUID, name: str) -> HttpResponse:
    """Carry out an act on a group. Opened by its address, it leads to the page of the group."""
    found = doors.group_for_desk(code, group, request.user)
    if name not in acts.BY_NAME:
        raise NotVisible
    act = acts.BY_NAME[name]
    if request.method != "POST":
        return see_other(request, group_url(found))
    away = reverse("desk_consultations:groups", args=[found.consultation.code])
    then = away if name in acts.LEADS_AWAY else group_url(found)
    done = carry_out(request, act, found, by=request.user, then=then)
    if isinstance(done, HttpResponse):
        return done
    form, status = done
    context = group_context(found, request, request.user, shown_panel(found, act, form))
    return render(request, _GROUP, context, status=status)


@requires(izin.CONSULTATION_READ)
@require_http_methods(["GET", "HEAD", "POST"])
def like(request: PersonRequest, code: str, row: UUID) -> HttpResponse:
    """Rows that are like one row; the ticked ones are put together with it."""
    found = doors.row_for_desk(code, row, request.user)
    if request.method != "POST":
        return render(request, _LIKE, like_context(found, request.user))
    try:
        made = put_together(found, chosen_rows(found.consultation, request, request.user), request.user)
    except Invalid as fault:
        return render(request, _LIKE, like_context(found, request.user, str(fault)), status=422)
    return see_other(
        request, group_url(made), _("The rows stand together. Look at them once more, then confirm.")
    )

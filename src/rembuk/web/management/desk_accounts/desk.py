"""Loket: accounts of people without email: search, open one, print its slip, make a new code."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from rembuk.access import permissions as izin
from rembuk.accounts.quotas import DESK_CODES
from rembuk.common.errors import require
from rembuk.management.actions import desk_accounts as actions
from rembuk.management.desk import doors, rules
from rembuk.web.accounts.door import spend
from rembuk.web.answers import SeeOther
from rembuk.web.desk.unit_field import suggestions
from rembuk.web.guards import PersonRequest, requires
from rembuk.web.management.desk_accounts import slip
from rembuk.web.management.desk_accounts.forms import NewCodeForm, OpenForm
from rembuk.web.management.desk_accounts.rows import account_context, list_context
from rembuk.web.management.pages import Crumb, attempt, page, sent

LIST = "desk_management:desk_accounts"
CRUMBS: list[Crumb] = [(gettext_lazy("Accounts without email"), LIST)]
officers = requires(izin.ACCOUNT_OPEN)


@officers
@require_safe
def index(request: PersonRequest) -> HttpResponse:
    """Accounts opened in the own units: search by name or sign-in name."""
    slip.forget_late(request)
    context = list_context(request, request.user)
    return page(request, "desk_accounts", title=_("Accounts without email"), **context)


@officers
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: PersonRequest) -> HttpResponse:
    """Open an account; the slip is shown next, once."""
    form = OpenForm(sent(request), by=request.user)

    def act() -> None:
        spend(DESK_CODES, str(request.user.pk))
        account, code = actions.open_account(form.visitor(), by=request.user)
        slip.keep(request, account.person.public_id, code)

    if attempt(form, act):
        return _to_slip(UUID(request.session["desk_slip"]["person"]))
    context = {"form": form, "suggestions": suggestions(request.user), "back_url": reverse(LIST)}
    lede = _(
        "For somebody without an email address. You print a sign-in name and a code; with them the person chooses a "
        "password that only she knows."
    )
    return page(
        request,
        "form",
        title=_("Open an account"),
        crumbs=CRUMBS,
        label=_("Open and print"),
        lede=lede,
        **context,
    )


@officers
@require_safe
def account(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """The page of one account; that it was opened is recorded as reading of personal data."""
    slip.forget_late(request)
    found = doors.account_for(public_id, request.user)
    context = account_context(found, request.user)
    actions.see_account(found, by=request.user)
    return page(request, "desk_account", title=found.person.shown_name, crumbs=CRUMBS, **context)


@officers
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Make a new code; the slip is shown next, once."""
    found, form = doors.account_for(public_id, request.user), NewCodeForm(sent(request))
    require(rules.may_make_code(request.user, found))

    def act() -> None:
        spend(DESK_CODES, str(request.user.pk))
        made = actions.make_new_code(found, by=request.user, reason=form.cleaned_data["reason"])
        slip.keep(request, public_id, made)

    if attempt(form, act):
        return _to_slip(public_id)
    lede = _(
        "The present password or code of %(name)s stops at once, and all devices are signed out. %(name)s reads on the "
        "own page that you made a new code."
    ) % {"name": found.person.shown_name}
    context = {"form": form, "lede": lede, "label": _("Make the code and print")}
    back = reverse("desk_management:desk_account", args=[public_id])
    return page(request, "form", title=_("New code"), crumbs=CRUMBS, back_url=back, **context)


@officers
@require_http_methods(["GET"])
def printed(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """The slip with the code, once; afterwards a page that says so."""
    found = doors.account_for(public_id, request.user)
    made = slip.take(request, public_id)
    if not made:
        title = _("This slip was shown already")
        gone = page(request, "desk_slip_gone", title=title, crumbs=CRUMBS, account=found)
        gone.status_code = 410
        return gone
    words = slip.words(found, made)
    return page(request, "desk_slip", title=_("Print the slip"), crumbs=CRUMBS, slip=words)


def _to_slip(public_id: UUID) -> HttpResponse:
    return SeeOther(reverse("desk_management:desk_slip", args=[public_id]))

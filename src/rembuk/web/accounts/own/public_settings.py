"""Settings of the own account: profile, consents, email address, sessions, own data, deletion."""

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.access import rights
from rembuk.access.rights import acting
from rembuk.accounts import links, selectors
from rembuk.accounts.actions import presence, profile
from rembuk.accounts.quotas import LETTERS, OWN_EXPORT, OWN_PASSWORD, fingerprint
from rembuk.audit.actors import Actor
from rembuk.common.clock import now
from rembuk.management.actions.erasure import delete_account
from rembuk.management.actions.own_data import export_own_data
from rembuk.management.desk import selectors as desks
from rembuk.web.accounts import door, lists
from rembuk.web.accounts.own.devices import session_rows
from rembuk.web.accounts.own.forms import AddressForm, ConsentsForm, DeleteForm, ProfileForm
from rembuk.web.accounts.pages import page, sent
from rembuk.web.accounts.sessions.keeping import nothing_kept
from rembuk.web.addresses import client_address
from rembuk.web.answers import SeeOther, see_other
from rembuk.web.guards import PersonRequest, open_form, signed_in


def _by(request: PersonRequest) -> Actor:
    return acting(request.user, address=client_address(request))


@signed_in
def settings(request: PersonRequest) -> HttpResponse:
    """Name and language, with the ways to everything else."""
    person = request.user
    form = ProfileForm(sent(request), initial={"name": person.name, "language": person.language})
    if form.is_valid():
        profile.change_profile(person, **form.cleaned_data, by=_by(request))
        return see_other(request, request.path, _("Your changes were saved."))
    tabs, desk = lists.tabs(person, "accounts:settings"), desks.own(person)
    return page(request, "settings", title=_("My page"), form=form, tabs=tabs, desk=desk)


@signed_in
def consents(request: PersonRequest) -> HttpResponse:
    """Optional consents: give and take back."""
    given = sorted(selectors.given_consents(request.user))
    form = ConsentsForm(sent(request), initial={"consents": given})
    if form.is_valid():
        profile.change_consents(request.user, form.cleaned_data["consents"], by=_by(request))
        return see_other(request, reverse("accounts:settings"), _("Your consents were saved."))
    return page(request, "consents", title=_("Optional consents"), form=form)


@signed_in
@nothing_kept
def address(request: PersonRequest) -> HttpResponse:
    """Ask for another email address; it holds once it is confirmed."""
    form = AddressForm(request.user, sent(request))
    if request.method == "POST":
        door.spend(OWN_PASSWORD, str(request.user.pk))
        if form.is_valid():
            OWN_PASSWORD.give_back(str(request.user.pk))
            door.spend(LETTERS, fingerprint(form.cleaned_data["email"]))
            profile.ask_for_address(request.user, form.cleaned_data["email"])
            flash = _("We have written to the new address. It holds as soon as you confirm it there.")
            return see_other(request, reverse("accounts:settings"), flash)
    return page(request, "address", title=_("Change your email address"), form=form)


@open_form
def confirm_address(request: HttpRequest, token: str) -> HttpResponse:
    """Confirm a new address by the link in a letter."""
    change = links.change_of(token)
    if change is None:
        return page(request, "confirm_ended", title=_("This link no longer works"), status=404)
    person, email = change
    if request.method == "POST":
        profile.change_address(person, email, by=acting(person, address=client_address(request)))
        return see_other(request, reverse("accounts:settings"), _("Your email address was changed."))
    return page(request, "confirm_address", title=_("Confirm your new email address"), address=email)


@signed_in
def sessions(request: PersonRequest) -> HttpResponse:
    """Where the person is signed in; POST ends one session, or all others."""
    here = request.session.session_key or ""
    if request.method == "POST":
        presence.end_sessions(request.user, by=_by(request), only=request.POST.get("session", ""), keep=here)
        return see_other(request, request.path, _("Signed out there."))
    is_staff = rights.is_staff(request.user)
    rows = session_rows(selectors.open_sessions(request.user), here, at=now(), is_staff=is_staff)
    title = _("Where you are signed in")
    return page(request, "sessions", title=title, sessions=rows, is_staff=is_staff)


@signed_in
def own_data(request: PersonRequest) -> HttpResponse:
    """What is kept about the person; POST downloads a copy as JSON."""
    if request.method != "POST":
        return page(request, "own_data", title=_("My data"))
    door.spend(OWN_EXPORT, str(request.user.pk))
    copy = export_own_data(request.user, by=_by(request))
    response = JsonResponse(copy, json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = 'attachment; filename="data-saya.json"'
    return response


@signed_in
@nothing_kept
def delete(request: PersonRequest) -> HttpResponse:
    """Delete the account, giving the password."""
    form = DeleteForm(request.user, sent(request))
    if request.method == "POST":
        door.spend(OWN_PASSWORD, str(request.user.pk))
        if form.is_valid():
            delete_account(request.user, by=_by(request))
            logout(request)
            return SeeOther(reverse("accounts:deleted"))
    return page(request, "delete", title=_("Delete your account"), form=form)


@open_form
def deleted(request: HttpRequest) -> HttpResponse:
    """Done; goodbye."""
    return page(request, "deleted", title=_("Your account was deleted"))

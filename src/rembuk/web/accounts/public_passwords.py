"""Pages for passwords: forgotten, chosen by the link in a letter, changed by somebody signed in."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.access.rights import acting
from rembuk.accounts import links
from rembuk.accounts.actions import passwords
from rembuk.accounts.letters import posting
from rembuk.accounts.quotas import LETTERS, OWN_PASSWORD, RESET_NETWORK, fingerprint, network
from rembuk.web.accounts import door
from rembuk.web.accounts.forms_entrance import ChoosePasswordForm, ForgottenForm
from rembuk.web.accounts.own.forms import ChangePasswordForm
from rembuk.web.accounts.pages import page, sent
from rembuk.web.accounts.sessions.keeping import nothing_kept
from rembuk.web.addresses import client_address
from rembuk.web.answers import SeeOther, see_other
from rembuk.web.guards import PersonRequest, open_form, signed_in


@open_form
def forgotten(request: HttpRequest) -> HttpResponse:
    """Ask for a link; the answer is the same whether the address is known or not."""
    form = ForgottenForm(sent(request))
    if form.is_valid():
        door.spend(RESET_NETWORK, network(client_address(request)))
        door.spend(LETTERS, fingerprint(form.cleaned_data["email"]))
        posting.post_reset(form.cleaned_data["email"])
        return SeeOther(reverse("account_reset_password_done"))
    return page(request, "forgotten", title=_("Forgotten your password?"), form=form)


@open_form
def forgotten_sent(request: HttpRequest) -> HttpResponse:
    """Look into your mailbox."""
    return page(request, "forgotten_sent", title=_("Look into your mailbox"))


@open_form
def choose(request: HttpRequest, key: str) -> HttpResponse:
    """Choose a password by the link in a letter."""
    person = links.person_of(key)
    if person is None:
        return page(request, "choose_ended", title=_("This link no longer works"), status=404)
    form = ChoosePasswordForm(person, sent(request))
    if form.is_valid():
        passwords.choose_password_by_link(
            person,
            form.cleaned_data["password"],
            by=acting(person, address=client_address(request)),
            privacy_version=form.acknowledged_version,
        )
        return SeeOther(reverse("account_reset_password_from_key_done"))
    return page(request, "choose", title=_("Choose a new password"), form=form, person=person)


@open_form
def chosen(request: HttpRequest) -> HttpResponse:
    """Done; sign in with it."""
    return page(request, "chosen", title=_("Your new password is set"))


@signed_in
@nothing_kept
def change(request: PersonRequest) -> HttpResponse:
    """Change the own password, giving the present one."""
    form = ChangePasswordForm(request.user, sent(request))
    if request.method == "POST":
        door.spend(OWN_PASSWORD, str(request.user.pk))
        if form.is_valid():
            OWN_PASSWORD.give_back(str(request.user.pk))
            passwords.change_password(
                request.user,
                form.cleaned_data["password"],
                by=acting(request.user, address=client_address(request)),
                keep_session=request.session.session_key or "",
            )
            door.keep_signed_in(request)
            return see_other(request, reverse("accounts:settings"), _("Your password was changed."))
    return page(request, "password", title=_("Change your password"), form=form)

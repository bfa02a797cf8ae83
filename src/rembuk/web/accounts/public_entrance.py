"""Pages of the entrance: register, confirm the address, sign in and out. Passwords are in ``public_passwords``."""

from allauth.account.models import EmailAddress
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.access.rights import acting
from rembuk.accounts import links
from rembuk.accounts.actions import codes, registration
from rembuk.accounts.entering import open_code
from rembuk.accounts.models import Person
from rembuk.accounts.quotas import LETTERS, REGISTER_NETWORK, fingerprint, network
from rembuk.logbook import events
from rembuk.siteconfig.selectors import current
from rembuk.web.accounts import door, first_use, known, ways
from rembuk.web.accounts.forms_entrance import ConfirmForm, FirstPasswordForm, RegisterForm, SignInForm
from rembuk.web.accounts.pages import page, sent
from rembuk.web.addresses import client_address
from rembuk.web.answers import SeeOther
from rembuk.web.guards import open_form


@open_form
def register(request: HttpRequest) -> HttpResponse:
    """Registration: the answer is the same whether the address is known or not."""
    if request.user.is_authenticated:
        return SeeOther(ways.home_of(request))
    if not current().registration_open:
        return page(request, "closed", title=_("Registration is closed"), status=403)
    form = RegisterForm(sent(request))
    if form.is_valid():
        door.spend(REGISTER_NETWORK, network(client_address(request)))
        return _registered(request, form)
    return page(request, "register", title=_("Register"), form=form)


def _registered(request: HttpRequest, form: RegisterForm) -> HttpResponse:
    """Open the account, unless a program filled the trap, and lead to the page that asks to look for the letter."""
    data, back = form.cleaned_data, ways.way_back(request)
    door.spend(LETTERS, fingerprint(data["email"]))
    if data["website"]:
        events.security("registration.trap")
        person = None
    else:
        application = registration.Application(
            name=data["name"],
            email=data["email"],
            password=data["password"],
            language=request.LANGUAGE_CODE,
            privacy_version=form.version,
            consents=frozenset(data["consents"]),
            way_back=back,
            drafts=ways.drafts_begun(request),
        )
        person = registration.register(application, address=client_address(request))
    door.remember_registration(request, person, email=data["email"], way_back=back)
    return SeeOther(reverse("account_email_verification_sent"))


@open_form
def letter_sent(request: HttpRequest) -> HttpResponse:
    """After registering, and after signing in with an address that is not confirmed: look into your mailbox."""
    return page(request, "letter_sent", title=_("Look into your mailbox"))


@open_form
def confirm(request: HttpRequest, key: str) -> HttpResponse:
    """Confirm an address. In the browser that registered a button is enough; elsewhere the password is asked."""
    address = links.address_of(key)
    if address is None:
        return page(request, "confirm_ended", title=_("This link no longer works"), status=404)
    is_here = door.registered_here(request, address)
    form = None if is_here else ConfirmForm(sent(request))
    if request.method != "POST" or (form is not None and not form.is_valid()):
        return page(
            request, "confirm", title=_("Confirm your email address"), form=form, address=address.email
        )
    if form is None:
        _confirmed(request, address)
        return door.let_in_after_confirming(request, address)
    person = door.identify(request, address.email, form.cleaned_data["password"])
    if person is None or person.pk != address.user_id:
        form.add_error("password", _("This is not the password of this account."))
        return page(
            request, "confirm", title=_("Confirm your email address"), form=form, address=address.email
        )
    _confirmed(request, address)
    return door.let_in(request, person, way_back=ways.way_back(request))


def _confirmed(request: HttpRequest, address: EmailAddress) -> None:
    """The address is the person's; the registration no longer counts against the network that it came from."""
    where = client_address(request)
    registration.confirm_address(address, by=acting(address.user, address=where))
    REGISTER_NETWORK.give_back(network(where))


@open_form
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign-in. The same words for an unknown address and a wrong password; a suspension shows after the right one."""
    if request.user.is_authenticated:
        return SeeOther(ways.home_of(request))
    form = SignInForm(sent(request))
    if form.is_valid():
        person = door.identify(request, form.cleaned_data["email"], form.cleaned_data["password"])
        if person is not None and not person.is_active:
            return page(request, "suspended", title=_("This account is suspended"), status=403, person=person)
        if person is not None:
            return _recognised(request, person, form.cleaned_data["email"])
        form.add_error(None, _("This name and this password do not belong together. Please check both."))
    return page(request, "sign_in", title=_("Sign in"), form=form)


def _recognised(request: HttpRequest, person: Person, name: str) -> HttpResponse:
    """On with the sign-in, or first to a password of one's own for somebody who came with a printed code."""
    back = ways.way_back(request)
    code = open_code(person)
    if code is not None:
        first_use.begin(request, code, way_back=back)
        return SeeOther(reverse("account_first_password"))
    response = door.let_in(request, person, way_back=back)
    known.remember(request, response, door.account(name))
    return response


@open_form
def first_password(request: HttpRequest) -> HttpResponse:
    """Choose a password of one's own, after the printed code was right in this browser a moment ago."""
    code, back = first_use.waiting(request)
    if code is None:
        return SeeOther(reverse("account_login"))
    form = FirstPasswordForm(code, sent(request))
    if form.is_valid():
        by = acting(code.person, address=client_address(request))
        person = codes.choose_first_password(code, form.cleaned_data["password"], by=by)
        first_use.end(request)
        response = door.let_in(request, person, way_back=back)
        known.remember(request, response, door.account(person.sign_in_name or ""))
        return response
    return page(request, "first_password", title=_("Choose your password"), form=form, person=code.person)


@open_form
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out by a button; the link alone asks first."""
    if request.method == "POST" or not request.user.is_authenticated:
        door.let_out(request)
        return SeeOther(reverse("home"))
    return page(request, "sign_out", title=_("Sign out"))


@open_form
def inactive(request: HttpRequest) -> HttpResponse:
    """For a sign-in that ends at an account which was suspended meanwhile."""
    return page(request, "inactive", title=_("This account can't be used"), status=403)

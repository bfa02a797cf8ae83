"""Letting people in and out: who is it, within which limits, and what is written down about it."""

from allauth.account.adapter import get_adapter
from allauth.account.internal import flows
from allauth.account.models import EmailAddress, Login
from allauth.account.stages import EmailVerificationStage, LoginStageController
from allauth.usersessions.models import UserSession
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from rembuk.access.rights import acting
from rembuk.accounts.actions import presence
from rembuk.accounts.models import Person
from rembuk.accounts.quotas import SIGN_IN, SIGN_IN_NETWORK, Quota, fingerprint, network
from rembuk.common.errors import TooMany
from rembuk.logbook import events
from rembuk.web.addresses import client_address
from rembuk.web.answers import SeeOther


def spend(quota: Quota, *parts: str) -> None:
    """Count one act against a limit; reaching it is a security event.

    Raises:
        TooMany: when the limit is used up.
    """
    try:
        quota.spend(*parts)
    except TooMany:
        events.security("limit.reached", limit=quota.name)
        raise


def identify(request: HttpRequest, email: str, password: str) -> Person | None:
    """The person whose address and password these are, suspended ones too; ``None`` for any other reason.

    An unknown address costs the same time as a wrong password. Wrong tries are counted for the account at
    this network address, so that nobody is locked out by somebody elsewhere.

    Raises:
        TooMany: after too many wrong tries.
    """
    where, who = network(client_address(request)), fingerprint(email)
    spend(SIGN_IN_NETWORK, where)
    spend(SIGN_IN, who, where)
    person = get_adapter(request).authenticate(request, email=email, password=password)
    if not isinstance(person, Person):
        events.security("sign_in.failed", account=who)
        return None
    SIGN_IN.give_back(who, where)
    person = presence.lift_lapsed_suspension(person)
    if not person.is_active:
        events.security("sign_in.suspended", person_id=person.pk)
    return person


def let_in(request: HttpRequest, person: Person, *, way_back: str) -> HttpResponse:
    """Sign the person in, through allauth's steps: an unconfirmed address leads to the page that says so."""
    login = Login(user=person, email=person.email, redirect_url=way_back)
    credentials = {"email": person.email}
    response: HttpResponse = flows.login.perform_password_login(request, credentials, login)
    response.status_code = 303
    return response


def registered_here(request: HttpRequest, address: EmailAddress) -> bool:
    """Whether this browser registered the account of an address, or gave its password, a short while ago."""
    stage = LoginStageController.enter(request, EmailVerificationStage.key)
    is_open = stage is not None and not request.user.is_authenticated
    return bool(is_open and stage.login.user and stage.login.user.pk == address.user_id)


def let_in_after_confirming(request: HttpRequest, address: EmailAddress) -> HttpResponse:
    """Go on with the sign-in that waited for the address to be confirmed."""
    response: HttpResponse | None = flows.email_verification.login_on_verification(request, address)
    return response or SeeOther(reverse("account_login"))


def remember_registration(request: HttpRequest, person: Person | None, *, email: str, way_back: str) -> None:
    """Keep in this browser that somebody registered, so that confirming here signs in; the same for a known address."""
    if person is None:
        flows.signup.prevent_enumeration(request, email=email)
    else:
        flows.signup.complete_signup(request, user=person, redirect_url=way_back)


def let_out(request: HttpRequest) -> None:
    """Sign out, with a record."""
    person = request.user
    if isinstance(person, Person):
        presence.note_sign_out(person, by=acting(person, address=client_address(request)))
    flows.logout.logout(request, show_message=False)


def keep_signed_in(request: HttpRequest) -> None:
    """Go on in this browser after the own password was changed."""
    assert isinstance(request.user, Person)
    update_session_auth_hash(request, request.user)
    UserSession.objects.create_from_request(request)

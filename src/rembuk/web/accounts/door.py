"""Letting people in and out: who is it, within which limits, and what is written down about it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from allauth.account.app_settings import EmailVerificationMethod
from allauth.account.internal import flows
from allauth.account.models import EmailAddress, Login
from allauth.account.stages import EmailVerificationStage, LoginStageController
from allauth.usersessions.models import UserSession
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.crypto import constant_time_compare

from rembuk.access.rights import acting
from rembuk.accounts import limits
from rembuk.accounts.actions import presence
from rembuk.accounts.entering import recognise
from rembuk.accounts.models import Person
from rembuk.accounts.quotas import (
    SIGN_IN,
    SIGN_IN_ACCOUNT,
    SIGN_IN_NETWORK,
    SIGN_IN_UNDER_ATTACK,
    Quota,
    fingerprint,
    network,
)
from rembuk.accounts.slips import read_identifier
from rembuk.common import clock
from rembuk.common.errors import TooMany
from rembuk.logbook import events
from rembuk.web.accounts import known
from rembuk.web.addresses import client_address
from rembuk.web.answers import SeeOther

_PASSWORD = "rembuk_password"  # noqa: S105 - a key: a keyed hash of the password's hash, as in open sessions


def spend(quota: Quota, *parts: str, at: datetime | None = None) -> None:
    """Count one act against a limit; reaching it is a security event.

    Raises:
        TooMany: when the limit is used up.
    """
    with _noted(quota):
        quota.spend(*parts, at=at)


@contextmanager
def _noted(quota: Quota) -> Iterator[None]:
    try:
        yield
    except TooMany:
        events.security("limit.reached", limit=quota.name)
        raise


def account(name: str) -> str:
    """The account that somebody names by address or sign-in name, as limits and logs know it."""
    return fingerprint(read_identifier(name))


def identify(request: HttpRequest, name: str, secret: str) -> Person | None:
    """The person whose email address or sign-in name and password or code these are, suspended ones too.

    ``None`` for any other reason. An unknown name costs the same work as a wrong password.

    Raises:
        TooMany: after too many wrong tries.
    """
    who = account(name)
    counted = _count_a_try(who, known.browser_of(request, who), network(client_address(request)))
    person = recognise(name, secret)
    if person is None:
        events.security("sign_in.failed", account=who)
        return None
    for quota, parts in counted:
        quota.give_back(*parts)
    person = presence.lift_lapsed_suspension(person)
    if not person.is_active:
        events.security("sign_in.suspended", person_id=person.pk)
    return person


def _count_a_try(who: str, browser: str, where: str) -> list[tuple[Quota, tuple[str, ...]]]:
    """Count a try before it is made; returns what comes back if it is a rightful one.

    A browser that has signed in to the account before is counted for itself. All others are counted for the account
    at their network address, for the address, and for the account from everywhere: past the last of these nobody
    is refused, but each address has fewer tries, so that no one elsewhere locks out the owner.
    """
    if browser:
        spend(SIGN_IN, who, browser)
        return [(SIGN_IN, (who, browser))]
    counted = [(SIGN_IN_NETWORK, (where,)), (SIGN_IN_ACCOUNT, (who,)), (SIGN_IN, (who, where))]
    of_network, of_account, here = (quota.act(*parts) for quota, parts in counted)
    moment = clock.now()
    counts = limits.hit_behind(of_network, of_account, here, at=moment)
    with _noted(SIGN_IN_NETWORK):
        limits.refuse_past(of_network, counts[of_network.key], at=moment)
    if counts[of_account.key] > of_account.allowed:
        here = SIGN_IN_UNDER_ATTACK.act(who, where)
    with _noted(SIGN_IN):
        limits.refuse_past(here, counts[here.key], at=moment)
    return counted


def let_in(request: HttpRequest, person: Person, *, way_back: str) -> HttpResponse:
    """Sign the person in, through allauth's steps: an unconfirmed address leads to the page that says so.

    Somebody without an email address was seen at a desk and has none to confirm.
    """
    login = Login(user=person, email=person.email, redirect_url=way_back)
    login.state[_PASSWORD] = person.get_session_auth_hash()
    if not person.email:
        login.email_verification = EmailVerificationMethod.NONE
    credentials = {"email": person.email} if person.email else {"username": person.sign_in_name}
    response: HttpResponse = flows.login.perform_password_login(request, credentials, login)
    response.status_code = 303
    return response


def is_of_present_password(login: Login) -> bool:
    """Whether a sign-in that waits for its next step began with the password that the person has now.

    A sign-in that began without one (by confirming an address) is of none.
    """
    begun: str = login.state.get(_PASSWORD, "")
    return login.user is not None and constant_time_compare(begun, login.user.get_session_auth_hash())


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

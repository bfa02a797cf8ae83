"""django-allauth's adapter: where its sign-in meets our people, letters and records.

allauth carries the steps of a sign-in (password, confirmation of the address; later a second factor) and the
list of sessions. Pages, words, mails and limits are ours.
"""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from rembuk.access.rights import acting
from rembuk.accounts.actions import presence
from rembuk.accounts.letters import posting, texts
from rembuk.accounts.models import Person
from rembuk.accounts.quotas import LETTERS, fingerprint
from rembuk.common.errors import TooMany
from rembuk.siteconfig.selectors import current
from rembuk.web.accounts import ways
from rembuk.web.accounts.presence import begin
from rembuk.web.accounts.second_factor import required
from rembuk.web.accounts.sessions import keeping
from rembuk.web.addresses import client_address
from rembuk.web.answers import SeeOther


class AccountAdapter(DefaultAccountAdapter):
    """Our people, letters, addresses and records instead of allauth's own."""

    def get_client_ip(self, request: HttpRequest) -> str:
        """The network address, trusting only the proxies the operator named."""
        return client_address(request)

    def is_safe_url(self, url: str) -> bool:
        """Only pages of this site."""
        return ways.is_safe(self.request, url)

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """As the instansi has set it."""
        return current().registration_open

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """allauth's own messages are not shown; our pages say what matters."""

    def should_send_confirmation_mail(
        self, request: HttpRequest, email_address: EmailAddress, signup: bool
    ) -> bool:
        """Registration has posted its letter itself; a sign-in before confirmation posts another, within limits."""
        if signup:
            return False
        try:
            LETTERS.spend(fingerprint(email_address.email))
        except TooMany:
            return False
        return True

    def send_confirmation_mail(self, request: HttpRequest, emailconfirmation: Any, signup: bool) -> None:
        """Post our letter."""
        person: Person = emailconfirmation.email_address.user
        posting.post(texts.CONFIRM, person, way_back=ways.way_back(request))

    def send_account_already_exists_mail(self, email: str) -> None:
        """Registration has written to the owner itself."""

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any) -> HttpResponse:
        """Somebody is in: record it, take over the drafts of this browser, lead on with 303."""
        assert isinstance(user, Person)
        response: HttpResponse = super().post_login(request, user, **kwargs)
        begin(request)
        presence.note_active(user)
        presence.note_sign_in(user, by=acting(user, address=client_address(request)))
        ways.take_over_drafts(request, user)
        required.remember(request, user)
        if keeping.kept(request) is not None:
            response = SeeOther(reverse("accounts:kept_form"))
        response.status_code = 303
        return response

"""django-allauth's adapter: where its sign-up, mails and redirects meet our people and outbox."""

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """Our adapter."""

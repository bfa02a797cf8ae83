"""App configuration of ``accounts``."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Registers the address book with ``notifications``."""

    name = "rembuk.accounts"
    label = "accounts"
    verbose_name = "Accounts"

    def ready(self) -> None:
        """Tell the outbox where to find addresses and languages; register verbs."""
        from rembuk.accounts import selectors, verbs  # noqa: F401
        from rembuk.notifications import addressbook

        addressbook.set_resolver(selectors.contacts)
        addressbook.set_sender(selectors.sender)

"""Deeds of this app."""

from django.utils.translation import gettext_lazy as _

from rembuk.audit.verbs import Verb, register

PREFERENCES_CHANGED = Verb(
    "notification.preferences_changed", _("Notification choices changed"), is_quiet=True, is_repeatable=True
)
UNSUBSCRIBED = Verb(
    "notification.unsubscribed", _("Unsubscribed by the link in an email"), is_quiet=True, is_repeatable=True
)
register(PREFERENCES_CHANGED, UNSUBSCRIBED)

"""Deeds of this app."""

from django.utils.translation import gettext_lazy as _

from rembuk.audit.verbs import Verb, register

PREFERENCES_CHANGED = Verb("notification.preferences_changed", _("Notification choices changed"))
UNSUBSCRIBED = Verb("notification.unsubscribed", _("Unsubscribed by the link in an email"))
register(PREFERENCES_CHANGED, UNSUBSCRIBED)

"""Deeds of this app."""

from django.utils.translation import gettext_lazy as _

from rembuk.audit.verbs import Verb, register

SETTINGS_CHANGED = Verb("settings.changed", _("Settings changed"))
PAGE_PUBLISHED = Verb("page.published", _("Information page published"))
register(SETTINGS_CHANGED, PAGE_PUBLISHED)

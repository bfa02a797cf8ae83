"""Deeds of this app."""

from django.utils.translation import gettext_lazy as _

from rembuk.audit.verbs import Verb, register

HOLIDAY_ADDED = Verb("holiday.added", _("Holiday added"))
HOLIDAY_CHANGED = Verb("holiday.changed", _("Holiday changed"))
HOLIDAY_REMOVED = Verb("holiday.removed", _("Holiday removed"))
HOLIDAYS_SEEDED = Verb("holiday.seeded", _("Holidays filled in from the national calendar"))
register(HOLIDAY_ADDED, HOLIDAY_CHANGED, HOLIDAY_REMOVED, HOLIDAYS_SEEDED)

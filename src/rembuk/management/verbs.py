"""Deeds of ``management`` in the audit trail."""

from django.utils.translation import gettext_lazy as _

from rembuk.audit.verbs import Verb, register

UNIT_CREATED = Verb("unit.created", _("Work unit created"))
UNIT_CHANGED = Verb("unit.changed", _("Work unit changed"))

register(UNIT_CREATED, UNIT_CHANGED)

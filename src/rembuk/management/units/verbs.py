"""Deeds on work units in the audit trail, beside those of ``management.verbs``."""

from django.utils.translation import gettext_lazy as _

from rembuk.audit.verbs import Verb, register

HANDED_OVER = Verb("unit.handed_over", _("Passed to the successor of a retired work unit"))
EXPORTED = Verb("unit.exported", _("Work units exported"), is_quiet=True, is_repeatable=True)
IMPORTED = Verb("unit.imported", _("Sheet of work units imported"))

register(HANDED_OVER, EXPORTED, IMPORTED)

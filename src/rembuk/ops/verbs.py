"""Deeds of ``ops`` in the audit trail."""

from django.utils.translation import gettext_lazy as _

from rembuk.audit.verbs import Verb, register

ADMINISTRATOR_MADE = Verb("person.administrator_made", _("Administrator made by the operator"))
register(ADMINISTRATOR_MADE)

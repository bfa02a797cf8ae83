"""Deeds of ``management`` in the audit trail."""

from django.utils.translation import gettext_lazy as _

from rembuk.audit.verbs import Verb, register

UNIT_CREATED = Verb("unit.created", _("Work unit created"))
UNIT_CHANGED = Verb("unit.changed", _("Work unit changed"))
ACCOUNT_DELETED = Verb("person.deleted", _("Account deleted"))
UNCONFIRMED_REMOVED = Verb("person.unconfirmed_removed", _("Accounts that were never confirmed removed"))
OWN_DATA_EXPORTED = Verb("person.data_exported", _("Copy of own data taken"))

register(UNIT_CREATED, UNIT_CHANGED, ACCOUNT_DELETED, UNCONFIRMED_REMOVED, OWN_DATA_EXPORTED)

"""Deeds about many people at once in the audit trail."""

from django.utils.translation import gettext_lazy as _

from rembuk.audit.verbs import Verb, register

PEOPLE_EXPORTED = Verb(
    "person.list_exported", _("List of people exported"), is_quiet=True, is_repeatable=True
)

register(PEOPLE_EXPORTED)

"""Deeds at a desk in the audit trail. Targets are ``person``; neither names nor codes stand in an entry."""

from django.utils.translation import gettext_lazy as _

from rembuk.audit.verbs import Verb, register

ACCOUNT_OPENED = Verb("person.desk_account_opened", _("Account opened at a desk, a code printed"))
CODE_MADE = Verb("person.desk_code_made", _("New code for signing in made at a desk"))
CODE_WITHDRAWN = Verb("person.desk_code_withdrawn", _("Printed code withdrawn before anybody used it"))

register(ACCOUNT_OPENED, CODE_MADE, CODE_WITHDRAWN)

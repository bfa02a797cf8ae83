"""Deeds of ``accounts`` in the audit trail. Targets are ``person``; names and addresses never stand in an entry."""

from django.utils.translation import gettext_lazy as _

from rembuk.audit.verbs import Verb, register

REGISTERED = Verb("person.registered", _("Account registered"))
CONFIRMED = Verb("person.address_confirmed", _("Email address confirmed"))
SIGNED_IN = Verb("person.signed_in", _("Signed in"))
SIGNED_OUT = Verb("person.signed_out", _("Signed out"))
SESSIONS_ENDED = Verb("person.sessions_ended", _("Sessions ended"))
PASSWORD_SET = Verb("person.password_set", _("Password set"))
PROFILE_CHANGED = Verb("person.profile_changed", _("Own profile changed"))
CONSENTS_CHANGED = Verb("person.consents_changed", _("Optional consents changed"))
PRIVACY_ACKNOWLEDGED = Verb("person.privacy_acknowledged", _("Privacy notice acknowledged"))
ADDRESS_CHANGED = Verb("person.address_changed", _("Email address changed"))
SUSPENSION_OVER = Verb("person.suspension_over", _("Suspension ended by its date"))

register(
    REGISTERED,
    CONFIRMED,
    SIGNED_IN,
    SIGNED_OUT,
    SESSIONS_ENDED,
    PASSWORD_SET,
    PROFILE_CHANGED,
    CONSENTS_CHANGED,
    PRIVACY_ACKNOWLEDGED,
    ADDRESS_CHANGED,
    SUSPENSION_OVER,
)

"""Deeds of ``accounts`` in the audit trail. Targets are ``person``; names and addresses never stand in an entry."""

from django.utils.translation import gettext_lazy as _

from rembuk.audit.verbs import Verb, register

REGISTERED = Verb("person.registered", _("Account registered"), is_quiet=True)
CONFIRMED = Verb("person.address_confirmed", _("Email address confirmed"), is_quiet=True)
SIGNED_IN = Verb("person.signed_in", _("Signed in"), is_quiet=True, is_repeatable=True)
SIGNED_OUT = Verb("person.signed_out", _("Signed out"), is_quiet=True, is_repeatable=True)
SESSIONS_ENDED = Verb("person.sessions_ended", _("Sessions ended"), is_quiet=True, is_repeatable=True)
PASSWORD_SET = Verb("person.password_set", _("Password set"), is_quiet=True)
PROFILE_CHANGED = Verb("person.profile_changed", _("Own profile changed"), is_repeatable=True)
CONSENTS_CHANGED = Verb(
    "person.consents_changed", _("Optional consents changed"), is_quiet=True, is_repeatable=True
)
PRIVACY_ACKNOWLEDGED = Verb(
    "person.privacy_acknowledged", _("Privacy notice acknowledged"), is_quiet=True, is_repeatable=True
)
ADDRESS_CHANGED = Verb("person.address_changed", _("Email address changed"), is_quiet=True)
SECOND_FACTOR_ON = Verb("person.second_factor_on", _("Second factor turned on"), is_quiet=True)
SECOND_FACTOR_OFF = Verb("person.second_factor_off", _("Second factor turned off"), is_quiet=True)
SECOND_FACTOR_RESET = Verb(
    "person.second_factor_reset", _("Second factor of somebody else taken away"), is_quiet=True
)
RECOVERY_CODE_USED = Verb(
    "person.recovery_code_used", _("Signed in with a recovery code"), is_quiet=True, is_repeatable=True
)
RECOVERY_CODES_MADE = Verb("person.recovery_codes_made", _("New recovery codes made"), is_quiet=True)
SUSPENSION_OVER = Verb("person.suspension_over", _("Suspension ended by its date"), is_quiet=True)

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
    SECOND_FACTOR_ON,
    SECOND_FACTOR_OFF,
    SECOND_FACTOR_RESET,
    RECOVERY_CODE_USED,
    RECOVERY_CODES_MADE,
    SUSPENSION_OVER,
)

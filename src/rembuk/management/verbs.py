"""Deeds of ``management`` in the audit trail. Entries about people name them by number, never by name or address."""

from django.utils.translation import gettext_lazy as _

from rembuk.audit.verbs import Verb, register

CATEGORY_CREATED = Verb("category.created", _("Category created"))
CATEGORY_CHANGED = Verb("category.changed", _("Category changed"))
CATEGORY_MOVED = Verb("category.moved", _("Category moved in the tree"))
CATEGORY_RETIRED = Verb("category.retired", _("Category retired"))
CATEGORY_RESTORED = Verb("category.restored", _("Category put back into use"))
CATEGORY_DELETED = Verb("category.deleted", _("Unused category deleted"))
REASON_CREATED = Verb("reason.created", _("Reason code created"))
REASON_CHANGED = Verb("reason.changed", _("Reason code changed"))
TEMPLATE_CREATED = Verb("template.created", _("Text template created"))
TEMPLATE_CHANGED = Verb("template.changed", _("Text template changed"))
KIND_CREATED = Verb("phase_kind.created", _("Kind of phase created"))
KIND_CHANGED = Verb("phase_kind.changed", _("Kind of phase changed"))
KIND_MOVED = Verb("phase_kind.moved", _("Order of kinds of phases changed"))
KIND_DELETED = Verb("phase_kind.deleted", _("Unused kind of phase deleted"))
PHASE_TEMPLATE_CREATED = Verb("phase_template.created", _("Template of phases created"))
PHASE_TEMPLATE_CHANGED = Verb("phase_template.changed", _("Template of phases changed"))
PHASE_TEMPLATE_MOVED = Verb("phase_template.moved", _("Order of templates of phases changed"))
UNIT_CREATED = Verb("unit.created", _("Work unit created"))
UNIT_CHANGED = Verb("unit.changed", _("Work unit changed"))
UNIT_MOVED = Verb("unit.moved", _("Work unit moved in the tree"))
UNIT_RETIRED = Verb("unit.retired", _("Work unit retired"))
UNIT_RESTORED = Verb("unit.restored", _("Work unit put back into use"))
PERSON_INVITED = Verb("person.invited", _("Member of staff invited"), is_quiet=True)
PERSON_SUSPENDED = Verb("person.suspended", _("Account suspended"), is_quiet=True)
PERSON_REINSTATED = Verb("person.reinstated", _("Suspension lifted"), is_quiet=True)
PERSON_SEEN = Verb(
    "person.data_seen", _("Personal data of an account seen"), is_quiet=True, is_repeatable=True
)
GRANT_GIVEN = Verb("grant.given", _("Role given"), is_quiet=True)
GRANT_ENDED = Verb("grant.ended", _("Grant of a role ended"), is_quiet=True)
GRANT_END_CHANGED = Verb("grant.end_changed", _("End of a grant changed"), is_quiet=True)
GRANT_ASKED = Verb("grant.asked", _("Grant asked for that needs a second person"), is_quiet=True)
GRANT_APPROVED = Verb("grant.approved", _("Grant approved by a second person"), is_quiet=True)
GRANT_REFUSED = Verb("grant.refused", _("Grant refused by a second person"), is_quiet=True)
GRANT_WITHDRAWN = Verb("grant.withdrawn", _("Request for a grant withdrawn"), is_quiet=True)
GRANTS_EXPORTED = Verb("grant.exported", _("List of grants exported"), is_quiet=True, is_repeatable=True)
ROLE_CREATED = Verb("role.created", _("Role made"), is_quiet=True)
ROLE_CHANGED = Verb("role.changed", _("Role changed"), is_quiet=True)
ROLE_RESET = Verb("role.reset", _("Role set back to how every site starts with it"), is_quiet=True)
ROLE_RETIRED = Verb("role.retired", _("Role retired"), is_quiet=True)
ROLE_RESTORED = Verb("role.restored", _("Role put back into use"), is_quiet=True)
ROLE_DELETED = Verb("role.deleted", _("Unused role deleted"), is_quiet=True)
RIGHTS_EXPLAINED = Verb(
    "person.rights_explained", _("Rights of a person looked up"), is_quiet=True, is_repeatable=True
)
ACCOUNT_DELETED = Verb("person.deleted", _("Account deleted"), is_telling=True)
UNCONFIRMED_REMOVED = Verb("person.unconfirmed_removed", _("Accounts that were never confirmed removed"))
OWN_DATA_EXPORTED = Verb(
    "person.data_exported", _("Copy of own data taken"), is_quiet=True, is_repeatable=True
)

register(
    CATEGORY_CREATED,
    CATEGORY_CHANGED,
    CATEGORY_MOVED,
    CATEGORY_RETIRED,
    CATEGORY_RESTORED,
    CATEGORY_DELETED,
    REASON_CREATED,
    REASON_CHANGED,
    TEMPLATE_CREATED,
    TEMPLATE_CHANGED,
    KIND_CREATED,
    KIND_CHANGED,
    KIND_MOVED,
    KIND_DELETED,
    PHASE_TEMPLATE_CREATED,
    PHASE_TEMPLATE_CHANGED,
    PHASE_TEMPLATE_MOVED,
    UNIT_CREATED,
    UNIT_CHANGED,
    UNIT_MOVED,
    UNIT_RETIRED,
    UNIT_RESTORED,
    PERSON_INVITED,
    PERSON_SUSPENDED,
    PERSON_REINSTATED,
    PERSON_SEEN,
    GRANT_GIVEN,
    GRANT_ENDED,
    GRANT_END_CHANGED,
    GRANT_ASKED,
    GRANT_APPROVED,
    GRANT_REFUSED,
    GRANT_WITHDRAWN,
    GRANTS_EXPORTED,
    ROLE_CREATED,
    ROLE_CHANGED,
    ROLE_RESET,
    ROLE_RETIRED,
    ROLE_RESTORED,
    ROLE_DELETED,
    RIGHTS_EXPLAINED,
    ACCOUNT_DELETED,
    UNCONFIRMED_REMOVED,
    OWN_DATA_EXPORTED,
)

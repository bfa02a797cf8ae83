"""Deeds on managed lists in the audit trail, besides those of ``management.verbs``."""

from django.utils.translation import gettext_lazy as _

from rembuk.audit.verbs import Verb, register

CATEGORY_MERGED = Verb("category.merged", _("Category merged into another one"))
CATEGORY_RECEIVED = Verb("category.received", _("Category took in another one"))
CARRIED_OVER = Verb("category.carried_over", _("Moved to another category by a merge"))
REASON_MOVED = Verb("reason.moved", _("Order of reason codes changed"))
REASON_REPLACED = Verb("reason.replaced", _("Reason code replaced by another one"))
REASON_DELETED = Verb("reason.deleted", _("Unused reason code deleted"))
TEMPLATE_MOVED = Verb("template.moved", _("Order of text templates changed"))
TEMPLATE_DELETED = Verb("template.deleted", _("Text template deleted"))
PHASE_TEMPLATE_DELETED = Verb("phase_template.deleted", _("Template of phases deleted"))

register(
    CATEGORY_MERGED,
    CATEGORY_RECEIVED,
    CARRIED_OVER,
    REASON_MOVED,
    REASON_REPLACED,
    REASON_DELETED,
    TEMPLATE_MOVED,
    TEMPLATE_DELETED,
    PHASE_TEMPLATE_DELETED,
)

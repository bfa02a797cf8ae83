"""Deeds of reports in the audit trail."""

from django.utils.translation import gettext_lazy as _

from rembuk.audit.verbs import Verb, register

EVALUATION_DRAFTED = Verb("evaluation.drafted", _("Evaluation report drafted from the data"))
EVALUATION_REFRESHED = Verb("evaluation.refreshed", _("Figures of an evaluation report refreshed"))
EVALUATION_EDITED = Verb("evaluation.edited", _("Words of an evaluation report edited"))
EVALUATION_DISCARDED = Verb("evaluation.discarded", _("Draft of an evaluation report discarded"))
EVALUATION_PUBLISHED = Verb("evaluation.published", _("Evaluation report published"))
ACCOUNTABILITY_DRAFTED = Verb("accountability.drafted", _("Accountability report drafted from the data"))
ACCOUNTABILITY_REFRESHED = Verb(
    "accountability.refreshed", _("Figures of an accountability report refreshed")
)
ACCOUNTABILITY_EDITED = Verb("accountability.edited", _("Words of an accountability report edited"))
ACCOUNTABILITY_DISCARDED = Verb("accountability.discarded", _("Draft of an accountability report discarded"))
ACCOUNTABILITY_PUBLISHED = Verb("accountability.published", _("Accountability report published"))

register(
    EVALUATION_DRAFTED,
    EVALUATION_REFRESHED,
    EVALUATION_EDITED,
    EVALUATION_DISCARDED,
    EVALUATION_PUBLISHED,
    ACCOUNTABILITY_DRAFTED,
    ACCOUNTABILITY_REFRESHED,
    ACCOUNTABILITY_EDITED,
    ACCOUNTABILITY_DISCARDED,
    ACCOUNTABILITY_PUBLISHED,
)

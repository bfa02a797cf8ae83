"""Deeds of ``exports`` in the audit trail; what was taken stands there in the words of its own area, too."""

from django.utils.translation import gettext_lazy as _

from rembuk.audit.verbs import Verb, register

ASKED = Verb("export.asked", _("Large export asked for"), is_quiet=True)
READY = Verb("export.ready", _("Large export ready"), is_quiet=True)
FAILED = Verb("export.failed", _("Large export failed"), is_quiet=True)
CANCELLED = Verb("export.cancelled", _("Large export cancelled"), is_quiet=True)
TAKEN = Verb("export.downloaded", _("Large export downloaded"), is_quiet=True)
DISCARDED = Verb("export.discarded", _("File of an export removed by whoever asked for it"), is_quiet=True)
EXPIRED = Verb("export.expired", _("Files of exports removed after a week"), is_quiet=True)

register(ASKED, READY, FAILED, CANCELLED, TAKEN, DISCARDED, EXPIRED)

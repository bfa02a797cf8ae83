"""Deeds of this app."""

from django.utils.translation import gettext_lazy as _

from rembuk.audit.verbs import Verb, register

FILE_STORED = Verb("file.stored", _("File uploaded"))
FILE_REFUSED = Verb("file.refused", _("Infected file refused"))
FILES_REMOVED = Verb("file.orphans_removed", _("Unused uploads removed"))
register(FILE_STORED, FILE_REFUSED, FILES_REMOVED)

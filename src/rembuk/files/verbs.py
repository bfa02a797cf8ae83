"""Deeds of this app."""

from django.utils.translation import gettext_lazy as _

from rembuk.audit.verbs import Verb, register

FILE_STORED = Verb("file.stored", _("File uploaded"), is_quiet=True, is_repeatable=True)
FILE_REMOVED = Verb("file.removed", _("File removed"))
register(FILE_STORED, FILE_REMOVED)

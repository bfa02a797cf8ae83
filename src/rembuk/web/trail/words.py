"""What the trail and the log call things on their pages: kinds of targets, fields, channels, events, levels.

The tables keep short English keys, which programs read and auditors cite. A key that is not in one of these
lists is shown as it was kept. Not here: sentences of deeds (``audit.verbs``).
"""

import logging
from collections.abc import Mapping
from typing import Final

from django.db.models import TextChoices
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from rembuk.engagement.models import Comment
from rembuk.programs import states as programs
from rembuk.programs.choices import DocumentClass, Extent
from rembuk.proposals import states as proposals
from rembuk.siteconfig.keys import ENTRIES
from rembuk.workunits.models import WorkUnit

type Words = Mapping[str, str | Promise]

KINDS: Final[Words] = {
    "person": _("Person"),
    "proposal": _("Proposal"),
    "program": _("Work programme"),
    "phase": _("Phase"),
    "category": _("Category"),
    "workunit": _("Work unit"),
    "settings": _("Settings"),
    "page": _("Page of the site"),
    "holiday": _("Holiday"),
    "reason": _("Reason to choose"),
    "template": _("Text template"),
    "comment": _("Comment"),
    "case": _("Moderation case"),
    "file": _("File"),
    "export": _("Export"),
    "route": _("Page"),
}

CHANNELS: Final[Words] = {
    "web": _("On the site"),
    "command": _("By command"),
    "worker": _("By itself"),
    "import": _("By import"),
}

ACTORS: Final[Words] = {"system": _("System"), "visitor": _("Visitor")}

KEYS: Final[Mapping[str, Words]] = {
    "settings": {"site": _("Settings of the site")},
    "export": {"audit": _("Audit trail"), "proposals": _("Proposals")},
    "proposal": {"drafts": _("Old drafts")},
    "person": {"unconfirmed": _("Unconfirmed accounts")},
    "holiday": {"national": _("National holidays")},
}

LEVELS: Final[Mapping[int, str | Promise]] = {
    logging.DEBUG: _("Details"),
    logging.INFO: _("Information"),
    logging.WARNING: _("Warning"),
    logging.ERROR: _("Error"),
    logging.CRITICAL: _("Critical"),
}

EVENTS: Final[Words] = {
    "access.denied": _("Access denied"),
    "limit.reached": _("Too many attempts: limit reached"),
    "sign_in.succeeded": _("Signed in"),
    "sign_in.failed": _("Sign-in failed"),
    "sign_in.suspended": _("Sign-in of a suspended account refused"),
    "sign_out": _("Signed out"),
    "sessions.ended": _("Sessions ended"),
    "registration.trap": _("Registration by a machine refused"),
    "registration.known_address": _("Registration with an address that has an account"),
    "upload.infected": _("Infected file refused"),
    "upload.scanner_away": _("The virus scanner can't be reached"),
    "mail not handed over": _("An email could not be handed over"),
    "letter could not be written": _("An email could not be written"),
    "job_recovered": _("An interrupted job was taken up again"),
    "loop_failed": _("A recurring job failed"),
    "tally.drift": _("A count of votes was put right"),
    "request_failed": _("A page failed"),
}

FIELDS: Final[Words] = {
    "account": _("Account"),
    "address": _("Address"),
    "answer_days": _("Working days for the official answer"),
    "body": _("Text"),
    "category": _("Category"),
    "choice": _("Choice"),
    "class": _("Class of the document"),
    "code": _("Code"),
    "columns": _("Columns"),
    "consents": _("Consents"),
    "count": _("Number"),
    "default_unit": _("Responsible work unit"),
    "description": _("Description"),
    "document": _("Document"),
    "email": _("Email"),
    "ended": _("Sessions ended"),
    "ends_at": _("Until"),
    "extent": _("Extent"),
    "fields": _("Fields"),
    "changed": _("Fields"),
    "filters": _("Filters"),
    "form": _("Form"),
    "is_active": _("In use"),
    "is_open": _("Open for proposals"),
    "kind": _("Kind"),
    "label": _("Words in Indonesian"),
    "label_en": _("Words in English"),
    "language": _("Language"),
    "limit": _("Limit"),
    "name": _("Name"),
    "name_en": _("Name in English"),
    "on": _("Day"),
    "outcome": _("Outcome"),
    "parent": _("Below"),
    "phase": _("Phase"),
    "phone": _("Telephone"),
    "pictures": _("Pictures"),
    "place": _("Place"),
    "position": _("Position"),
    "privacy_version": _("Version of the privacy notice"),
    "program": _("Work programme"),
    "proposal": _("Proposal"),
    "reason_code": _("Reason"),
    "region": _("Region"),
    "revision": _("Revision"),
    "role": _("Role"),
    "route": _("Page"),
    "sessions": _("Sessions ended"),
    "short_name": _("Short name"),
    "size": _("Size"),
    "slug": _("Name in the address"),
    "starts_at": _("From"),
    "state": _("State"),
    "subject": _("About"),
    "summary": _("Summary"),
    "title": _("Title"),
    "unit": _("Work unit"),
    "until": _("Until"),
    "uses": _("Offered for"),
    "version": _("Version"),
    "votes": _("Votes"),
    "year": _("Year"),
}

# Values with words of their own: by kind of the target and field; the empty kind stands for every other.
_VALUES: Final[Mapping[tuple[str, str], type[TextChoices]]] = {
    ("proposal", "state"): proposals.State,
    ("program", "state"): programs.State,
    ("phase", "state"): programs.PhaseState,
    ("comment", "state"): Comment.State,
    ("workunit", "kind"): WorkUnit.Kind,
    ("program", "extent"): Extent,
    ("program", "class"): DocumentClass,
}


def word(words: Words, key: str) -> str:
    """The word of a key, or the key where the list has none."""
    return str(words.get(key, key))


def level(number: int) -> str:
    """What a level of the log is called."""
    return str(LEVELS.get(number, logging.getLevelName(number)))


def field(kind: str, name: str) -> str:
    """What a field of a kind of thing is called."""
    if kind == "settings" and name in ENTRIES:
        return str(ENTRIES[name].label)
    return word(FIELDS, name)


def key(kind: str, kept: str) -> str:
    """What a thing is called that has no code: a setting, an export, the address of a refused page."""
    return _address(kept) if kind == "route" else word(KEYS.get(kind, {}), kept)


def value(kind: str, name: str, kept: object) -> str:
    """A value before or after, for people."""
    if kept is None or kept == "":
        return "–"
    if isinstance(kept, bool):
        return _t("Yes") if kept else _t("No")
    if isinstance(kept, list | tuple):
        are_fields = name in {"fields", "changed"}
        return ", ".join(field(kind, str(one)) if are_fields else str(one) for one in kept) or "–"
    choices = _VALUES.get((kind, name))
    if choices is not None and kept in choices.values:
        return str(choices(kept).label)
    return str(kept)


def _address(route: str) -> str:
    """The address of a refused page, from the name of its route and what it was asked for."""
    name, *asked = route.split()
    try:
        return reverse(name, args=asked)
    except NoReverseMatch:
        return route

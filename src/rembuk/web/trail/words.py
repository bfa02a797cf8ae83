"""What the trail and the log call things on their pages: kinds of targets, fields, channels, events, levels.

The tables keep short English keys, which programs read and auditors cite. A key that is not in one of these
lists is shown as it was kept. Not here: sentences of deeds (``audit.verbs``).
"""

import logging
import re
from collections.abc import Mapping
from typing import Final

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rembuk.siteconfig.keys import ENTRIES
from rembuk.web.trail.fields import FIELDS, Words

_UUID_LENGTH: Final = 36
_ONE_OF_MANY: Final = re.compile(r"(?P<thing>milestone|phase)_(?P<which>[0-9a-f-]+)_(?P<field>[a-z_]+)")
KINDS: Final[Words] = {
    "person": _("Person"),
    "role": _("Role"),
    "proposal": _("Proposal"),
    "program": _("Work programme"),
    "phase": _("Phase"),
    "phase_kind": _("Kind of phase"),
    "phase_template": _("Template of phases"),
    "suggestion": _("Suggested group"),
    "accountability": _("Accountability report"),
    "consultation": _("Consultation"),
    "clause": _("Clause"),
    "submission": _("Submission"),
    "matrix_row": _("Row of the matrix"),
    "category": _("Category"),
    "workunit": _("Work unit"),
    "settings": _("Settings"),
    "page": _("Page of the site"),
    "holiday": _("Holiday"),
    "reason": _("Reason to choose"),
    "template": _("Text template"),
    "comment": _("Comment"),
    "tally": _("Counts of votes"),
    "case": _("Moderation case"),
    "file": _("File"),
    "export": _("Export"),
    "list": _("List"),
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
    "export": {
        "audit": _("Audit trail"),
        "consultation": _("Consultation with names"),
        "grants": _("Access rights"),
        "people": _("Users"),
        "proposals": _("Proposals"),
        "old": _("My downloads"),
    },
    "list": {"grants": _("Give a role to many people")},
    "proposal": {"drafts": _("Old drafts")},
    "submission": {"drafts": _("Old drafts")},
    "person": {"unconfirmed": _("Unconfirmed accounts")},
    "tally": {"all": _("All votes")},
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
    "export_failed": _("A large export failed"),
    "replica_passed_over": _("The replica was passed over: read from the primary"),
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
    if name in FIELDS:
        return str(FIELDS[name])
    return _compound(name)


def _compound(name: str) -> str:
    """A field of one row among many: ``target:…`` with the row behind the word, ``phase_2_planned_end_on`` with its number."""
    head, colon, rest = name.partition(":")
    if colon and head in FIELDS:
        return f"{FIELDS[head]}: {rest}"
    found = _ONE_OF_MANY.fullmatch(name)
    if found and found["field"] in FIELDS:
        which = "" if len(found["which"]) == _UUID_LENGTH else f" {found['which']}"
        return f"{FIELDS[found['thing']]}{which}: {FIELDS[found['field']]}"
    return name


def key(kind: str, kept: str) -> str:
    """What a thing is called that has no code: a setting, an export, the address of a refused page."""
    return _address(kept) if kind == "route" else word(KEYS.get(kind, {}), kept)


def _address(route: str) -> str:
    """The address of a refused page, from the name of its route and what it was asked for."""
    name, *asked = route.split()
    try:
        return reverse(name, args=asked)
    except NoReverseMatch:
        return route

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

from rembuk.consultations import choices as consultation_choices
from rembuk.consultations import states as consultations
from rembuk.engagement.models import Comment
from rembuk.programs import states as programs
from rembuk.programs.choices import DocumentClass, Extent
from rembuk.proposals import states as proposals
from rembuk.siteconfig.keys import ENTRIES
from rembuk.workunits.models import WorkUnit

type Words = Mapping[str, str | Promise]

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
        "grants": _("Access rights"),
        "people": _("Users"),
        "proposals": _("Proposals"),
    },
    "list": {"grants": _("Give a role to many people")},
    "proposal": {"drafts": _("Old drafts")},
    "submission": {"drafts": _("Old drafts")},
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
    "activity": _("Activity"),
    "actual_end_on": _("Really finished"),
    "actual_start_on": _("Really begun"),
    "address": _("Address"),
    "announced_at": _("Announced"),
    "answer_days": _("Working days for the official answer"),
    "answer_due_at": _("Answers due"),
    "assigned_to": _("With whom"),
    "audience": _("Who may answer"),
    "beneficiaries": _("Who benefits?"),
    "body": _("Text"),
    "category": _("Category"),
    "category_before": _("Category before"),
    "changed": _("Fields"),
    "choice": _("Choice"),
    "claim": _("Claim"),
    "class": _("Class of the document"),
    "clause": _("Clause"),
    "closes_at": _("Closing"),
    "code": _("Code"),
    "columns": _("Columns"),
    "consents": _("Consents"),
    "contact": _("Contact"),
    "count": _("Number"),
    "default_unit": _("Responsible work unit"),
    "description": _("Description"),
    "description_en": _("Description in English"),
    "document": _("Document"),
    "doubtful": _("Doubtful matches"),
    "email": _("Email"),
    "ended": _("Sessions ended"),
    "ends_at": _("Until"),
    "executing_unit": _("Work unit that carries it out"),
    "extent": _("Extent"),
    "fields": _("Fields"),
    "file": _("File"),
    "filters": _("Filters"),
    "form": _("Form"),
    "from": _("From"),
    "group": _("Group"),
    "grants": _("Grants"),
    "has_overall_stance": _("Asks for an overall stance"),
    "invited": _("Named organisations"),
    "is_active": _("In use"),
    "is_default": _("Default"),
    "is_open": _("Open for proposals"),
    "is_public_service": _("Public service"),
    "kind": _("Kind"),
    "kinds": _("Kinds of phases"),
    "label": _("Words in Indonesian"),
    "label_en": _("Words in English"),
    "language": _("Language"),
    "left_out": _("Parts left out"),
    "limit": _("Limit"),
    "merged_into": _("Merged into"),
    "milestone": _("Milestone"),
    "milestones": _("Milestones"),
    "moved": _("Moved"),
    "name": _("Name"),
    "name_en": _("Name in English"),
    "nature": _("Purpose"),
    "needs_second_person": _("Approval by a second person"),
    "nomenclature": _("Code of the nomenclature"),
    "note": _("Note"),
    "number": _("Number"),
    "office": _("Work unit in charge"),
    "on": _("Day"),
    "open_sessions": _("Sessions"),
    "opens_at": _("Opening"),
    "outcome": _("Outcome"),
    "parent": _("Below"),
    "parent_before": _("Hung below before"),
    "part": _("Part"),
    "parts": _("Parts"),
    "period": _("Period"),
    "permission": _("Permission"),
    "permissions": _("Permissions"),
    "phase": _("Phase"),
    "phone": _("Telephone"),
    "pictures": _("Pictures"),
    "place": _("Place"),
    "places": _("Places"),
    "planned_end_on": _("Planned end"),
    "planned_start_on": _("Planned start"),
    "position": _("Position"),
    "privacy_version": _("Version of the privacy notice"),
    "program": _("Work programme"),
    "proposal": _("Proposal"),
    "question": _("Question in Indonesian"),
    "question_en": _("Question in English"),
    "reason_code": _("Reason"),
    "region": _("Region"),
    "removed": _("Removed"),
    "replaced_by": _("Replaced by"),
    "revision": _("Revision"),
    "role": _("Role"),
    "route": _("Page"),
    "row": _("Row of the matrix"),
    "rows": _("Rows of the matrix"),
    "sessions": _("Sessions ended"),
    "sha256": _("Fingerprint of the file"),
    "short_name": _("Short name"),
    "size": _("Size"),
    "slug": _("Name in the address"),
    "source": _("Source"),
    "starts_at": _("From"),
    "state": _("State"),
    "state_before_hiding": _("State behind the hiding"),
    "subject": _("About"),
    "submissions_shown": _("When submissions are shown"),
    "summary": _("Summary"),
    "takes_answers": _("Citizens can answer the question"),
    "takes_comments": _("Citizens can comment"),
    "takes_ratings": _("Rounds of rating can be opened in it"),
    "title": _("Title"),
    "told": _("People told"),
    "totals_shown": _("When figures are shown"),
    "trail": _("Audit trail"),
    "unit": _("Work unit"),
    "until": _("Until"),
    "uses": _("Offered for"),
    "verdict": _("Verdict"),
    "version": _("Version"),
    "votes": _("Votes"),
    "way": _("Direction"),
    "weight": _("Weight"),
    "year": _("Year"),
    "zone": _("Time zone"),
}

# Values with words of their own: by kind of the target and field; the empty kind stands for every other.
_VALUES: Final[Mapping[tuple[str, str], type[TextChoices]]] = {
    ("proposal", "state"): proposals.State,
    ("proposal", "state_before_hiding"): proposals.State,
    ("program", "state"): programs.State,
    ("phase", "state"): programs.PhaseState,
    ("consultation", "state"): consultations.State,
    ("consultation", "kind"): consultation_choices.Kind,
    ("consultation", "audience"): consultation_choices.Audience,
    ("consultation", "submissions_shown"): consultation_choices.Moment,
    ("consultation", "totals_shown"): consultation_choices.Moment,
    ("submission", "state"): consultations.SubmissionState,
    ("submission", "verdict"): consultation_choices.Verdict,
    ("matrix_row", "state"): consultations.RowState,
    ("matrix_row", "verdict"): consultation_choices.Verdict,
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

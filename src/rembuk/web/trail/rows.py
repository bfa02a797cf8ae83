"""Entries of the trail and records of the log as templates take them: names looked up now, in one query."""

import logging
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db.models import Q
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from rembuk.accounts.models import Person
from rembuk.audit.models import AuditEntry
from rembuk.audit.verbs import sentence
from rembuk.engagement.models import Comment
from rembuk.logbook.models import LogRecord
from rembuk.proposals.models import Attachment, Proposal

_PAGES = {"proposal": "desk_proposals:detail", "program": "desk_programs:detail"}
_SPEAKING = ("proposal", "comment", "file")
_UUID_LENGTH = 36


def names(person_ids: Collection[int | None]) -> dict[int, str]:
    """Shown names by id; deleted accounts have none left."""
    wanted = {pk for pk in person_ids if pk is not None}
    return {person.pk: person.shown_name for person in Person.objects.filter(pk__in=wanted)}


def audit_rows(entries: Iterable[AuditEntry]) -> list[dict[str, Any]]:
    """Who, when, what, before and after, reason of each entry."""
    found = list(entries)
    known = names([entry.actor_person_id for entry in found])
    masked = _by_masked_authors(found)
    return [_audit_row(entry, known, is_masked=entry.pk in masked) for entry in found]


def _by_masked_authors(entries: Iterable[AuditEntry]) -> set[int]:
    """Entries in which an author who hid her name acts on her own proposal.

    The trail keeps who it was; her name is shown only where each look at it is recorded.
    """
    found = [entry for entry in entries if entry.actor_person_id is not None]
    keys = {kind: {entry.target_key for entry in found if entry.target_kind == kind} for kind in _SPEAKING}
    # A draft has no code yet and goes by its public id.
    ids = {kind: [key for key in known if len(key) == _UUID_LENGTH] for kind, known in keys.items()}
    proposals = Proposal.objects.filter(Q(code__in=keys["proposal"]) | Q(public_id__in=ids["proposal"]))
    comments = Comment.objects.filter(public_id__in=ids["comment"], subject__hides_author=True)
    masked = proposals.filter(is_name_masked=True).values_list("code", "public_id", "author_id")
    deeds = {(str(key), author) for code, public_id, author in masked for key in (code, public_id)}
    files = Attachment.objects.filter(file__public_id__in=ids["file"], proposal__is_name_masked=True)
    deeds |= {(str(key), author) for key, author in comments.values_list("public_id", "subject__author_id")}
    deeds |= {
        (str(key), author) for key, author in files.values_list("file__public_id", "proposal__author_id")
    }
    return {entry.pk for entry in found if (entry.target_key, entry.actor_person_id) in deeds}


def _audit_row(entry: AuditEntry, known: Mapping[int, str], *, is_masked: bool) -> dict[str, Any]:
    who = (
        known.get(entry.actor_person_id, _("Unknown person")) if entry.actor_person_id else entry.actor_label
    )
    if is_masked:
        who = _("Proposer (name hidden)")
    return {
        "entry": entry,
        "url": reverse("desk_trail:entry", args=[entry.pk]),
        "who": who,
        "what": sentence(entry.verb),
        "target_url": _target_url(entry),
        "changes": changes(entry),
    }


def changes(entry: AuditEntry) -> list[dict[str, str]]:
    """The named fields that changed: name, before, after."""
    before, after = entry.before or {}, entry.after or {}
    return [
        {"name": name, "before": _shown(before.get(name)), "after": _shown(after.get(name))}
        for name in dict.fromkeys([*before, *after])
    ]


def log_rows(records: Iterable[LogRecord]) -> list[dict[str, Any]]:
    """Records with the name of the person and the word of the level."""
    found = list(records)
    known = names([record.person_id for record in found])
    return [
        {
            "record": record,
            "level": logging.getLevelName(record.level),
            "tone": "bad"
            if record.level >= logging.ERROR
            else "warn"
            if record.level >= logging.WARNING
            else "mute",
            "who": known.get(record.person_id, "") if record.person_id else "",
            "detail": [{"term": key, "value": _shown(value)} for key, value in (record.detail or {}).items()],
        }
        for record in found
    ]


def _target_url(entry: AuditEntry) -> str:
    route = _PAGES.get(entry.target_kind)
    try:
        return reverse(route, args=[entry.target_key]) if route else ""
    except NoReverseMatch:
        return ""


def _shown(value: object) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value)) or "–"
    return str(value)

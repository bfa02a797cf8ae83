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
from rembuk.consultations.models import Submission
from rembuk.engagement.models import Comment
from rembuk.logbook.models import LogRecord
from rembuk.proposals.models import Attachment, Proposal
from rembuk.web.engagement import paths
from rembuk.web.trail import values, words

_PAGES = {
    "proposal": "desk_proposals:detail",
    "program": "desk_programs:detail",
    "consultation": "desk_consultations:detail",
}
_SPEAKING = ("proposal", "submission", "file")
_UUID_LENGTH = 36
_BIGGEST = 19


def names(person_ids: Collection[int | None]) -> dict[int, str]:
    """Shown names by id; deleted accounts have none left."""
    wanted = {pk for pk in person_ids if pk is not None}
    return {person.pk: person.shown_name for person in Person.objects.filter(pk__in=wanted)}


def audit_rows(entries: Iterable[AuditEntry]) -> list[dict[str, Any]]:
    """Who, when, what, before and after, reason of each entry."""
    found = list(entries)
    known = names([entry.actor_person_id for entry in found] + [_person_aimed_at(entry) for entry in found])
    comments = _comments(found)
    masked = _by_masked_authors(found, comments)
    labels = values.labels(found)
    return [
        {
            **_audit_row(entry, known, is_masked=entry.pk in masked),
            **_comment_aimed_at(entry, comments),
            "changes": changes(entry, labels),
        }
        for entry in found
    ]


def _comments(entries: Iterable[AuditEntry]) -> dict[str, Comment]:
    """Comments that entries are about, by public id, each with what it hangs on."""
    ids = [
        entry.target_key
        for entry in entries
        if entry.target_kind == "comment" and len(entry.target_key) == _UUID_LENGTH
    ]
    found = Comment.objects.filter(public_id__in=ids).select_related("subject").defer("body", "html")
    return {str(comment.public_id): comment for comment in found}


def _comment_aimed_at(entry: AuditEntry, comments: Mapping[str, Comment]) -> dict[str, Any]:
    """The title of what a comment hangs on and the way to it, or to its place where it was hidden; otherwise its number."""
    comment = comments.get(entry.target_key) if entry.target_kind == "comment" else None
    if comment is None or not comment.subject.is_visible:
        return {"is_titled": False}
    is_public = comment.state == Comment.State.VISIBLE
    url = paths.place_of(comment) if is_public else paths.page_of(comment.subject)
    return {"is_titled": True, "target": comment.subject.title, "target_url": url}


def _by_masked_authors(entries: Iterable[AuditEntry], comments: Mapping[str, Comment]) -> set[int]:
    """Entries in which an author who hid her name acts on her own proposal or submission.

    The trail keeps who it was; her name is shown only where each look at it is recorded.
    """
    found = [entry for entry in entries if entry.actor_person_id is not None]
    keys = {kind: {entry.target_key for entry in found if entry.target_kind == kind} for kind in _SPEAKING}
    # A draft has no code yet and goes by its public id.
    ids = {kind: [key for key in known if len(key) == _UUID_LENGTH] for kind, known in keys.items()}
    proposals = Proposal.objects.filter(Q(code__in=keys["proposal"]) | Q(public_id__in=ids["proposal"]))
    said = Submission.objects.filter(Q(code__in=keys["submission"]) | Q(public_id__in=ids["submission"]))
    masked = [
        *proposals.filter(is_name_masked=True).values_list("code", "public_id", "author_id"),
        *said.filter(is_name_masked=True).values_list("code", "public_id", "author_id"),
    ]
    deeds: set[tuple[str, int | None]] = {
        (str(key), author) for code, public_id, author in masked for key in (code, public_id)
    }
    files = Attachment.objects.filter(file__public_id__in=ids["file"], proposal__is_name_masked=True)
    deeds |= {
        (key, comment.subject.author_id) for key, comment in comments.items() if comment.subject.hides_author
    }
    deeds |= {
        (str(key), author) for key, author in files.values_list("file__public_id", "proposal__author_id")
    }
    return {entry.pk for entry in found if (entry.target_key, entry.actor_person_id) in deeds}


def _audit_row(entry: AuditEntry, known: Mapping[int, str], *, is_masked: bool) -> dict[str, Any]:
    about = _person_aimed_at(entry)
    return {
        "entry": entry,
        "url": reverse("desk_trail:entry", args=[entry.pk]),
        "who": _masked_name(entry) if is_masked else _who(entry, known),
        "is_masked": is_masked,
        "what": sentence(entry.verb),
        "channel": words.word(words.CHANNELS, entry.channel),
        "target_kind": words.word(words.KINDS, entry.target_kind),
        "target": known.get(about or 0) or words.key(entry.target_kind, entry.target_key),
        "target_number": about,
        "target_url": _target_url(entry),
    }


def _masked_name(entry: AuditEntry) -> str:
    return (
        _("Participant (name hidden)") if entry.target_kind == "submission" else _("Proposer (name hidden)")
    )


def _who(entry: AuditEntry, known: Mapping[int, str]) -> str:
    if entry.actor_person_id:
        return known.get(entry.actor_person_id, _("Unknown person"))
    return words.word(words.ACTORS, entry.actor_label)


def _person_aimed_at(entry: AuditEntry) -> int | None:
    """Number of the person an entry is about, if it is about one."""
    is_number = entry.target_kind == "person" and entry.target_key.isdecimal()
    return int(entry.target_key) if is_number and len(entry.target_key) < _BIGGEST else None


def changes(entry: AuditEntry, labels: values.Labels) -> list[dict[str, str]]:
    """The named fields that changed: name, before, after."""
    before, after, kind = entry.before or {}, entry.after or {}, entry.target_kind
    return [
        {
            "name": words.field(kind, name),
            "before": values.value(kind, name, before.get(name), labels),
            "after": values.value(kind, name, after.get(name), labels),
        }
        for name in dict.fromkeys([*before, *after])
    ]


def log_rows(records: Iterable[LogRecord]) -> list[dict[str, Any]]:
    """Records with the name of the person and the word of the level."""
    found = list(records)
    known = names([record.person_id for record in found])
    return [
        {
            "record": record,
            "level": words.level(record.level),
            "event": words.word(words.EVENTS, record.event),
            "tone": "bad"
            if record.level >= logging.ERROR
            else "warn"
            if record.level >= logging.WARNING
            else "mute",
            "who": known.get(record.person_id, "") if record.person_id else "",
            "detail": [
                {"term": words.field("", name), "value": values.value("", name, kept)}
                for name, kept in (record.detail or {}).items()
            ],
        }
        for record in found
    ]


def _target_url(entry: AuditEntry) -> str:
    if entry.target_kind in {"submission", "matrix_row"}:
        return _submission_url(entry.target_key.partition("#")[0])
    route = _PAGES.get(entry.target_kind)
    try:
        return reverse(route, args=[entry.target_key]) if route else ""
    except NoReverseMatch:
        return ""


def _submission_url(receipt: str) -> str:
    """The page of a submission, from its receipt: the consultation's code and the number in it."""
    code, _dash, number = receipt.rpartition("-")
    if not code.startswith("UJP-") or not number.isdecimal():
        return ""
    return reverse("desk_consultations:submission", args=[code, int(number)])

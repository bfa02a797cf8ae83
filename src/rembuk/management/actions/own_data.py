"""The copy of everything kept about a person, for herself (UU 27/2022 arts. 5-7, 13: access, copy, history)."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import QuerySet

from rembuk.accounts.models import Person
from rembuk.accounts.second_factor.selectors import second_factor_of
from rembuk.accounts.selectors import open_sessions
from rembuk.audit import actions as audit
from rembuk.audit.actors import Actor
from rembuk.audit.models import AuditEntry
from rembuk.audit.verbs import sentence
from rembuk.common.clock import instant
from rembuk.consultations import verbs as consultation_verbs
from rembuk.consultations.models import Submission
from rembuk.consultations.writing import own as consultations
from rembuk.engagement.models import Comment, Follow, Report, Vote
from rembuk.management.models import DeskAccount
from rembuk.management.verbs import OWN_DATA_EXPORTED
from rembuk.notifications.models import Notice
from rembuk.notifications.selectors import frequencies
from rembuk.notifications.texts import words_of
from rembuk.programs.models import Rating, Witness
from rembuk.proposals import verbs as proposal_verbs
from rembuk.proposals.models import Proposal

type Rows = list[dict[str, Any]]

_PROPOSAL = (
    "code", "state", "title", "body", "place", "category__name", "region__full_name", "is_name_masked", "participant_kind",
    "participant_name", "estimate", "beneficiaries", "planning_year", "created_at", "submitted_at", "published_at",
)  # fmt: skip
_PERSON = (
    "public_id", "name", "email", "sign_in_name", "language", "joined_at", "last_login", "adult_confirmed_at", "privacy_version",
    "privacy_acknowledged_at", "suspended_at", "suspended_until", "suspension_reason", "invited_at",
)  # fmt: skip


def export_own_data(person: Person, *, by: Actor, at: datetime | None = None) -> dict[str, Any]:
    """All of it as plain values, ready for JSON; writes an audit entry that a copy was taken."""
    with transaction.atomic():
        audit.record(OWN_DATA_EXPORTED, by=by, target=audit.Target("person", str(person.pk)), at=at)
        return {
            "made_at": instant(at),
            **_account(person),
            **_content(person),
            **consultations.copy_of(person),
            **_notices(person),
            "history": _history(AuditEntry.objects.filter(actor_person_id=person.pk)),
            "done_to_my_account": _history(
                AuditEntry.objects.filter(target_kind="person", target_key=str(person.pk)).exclude(
                    actor_person_id=person.pk
                )
            ),
            "my_hidden_name_was_seen": _name_views(person),
        }


def _account(person: Person) -> dict[str, Any]:
    return {
        "account": {field: getattr(person, field) for field in _PERSON},
        "email_addresses": _rows(EmailAddress.objects.filter(user=person), "email", "verified"),
        "consents": _rows(
            person.consents.order_by("given_at"), "purpose", "text_version", "given_at", "withdrawn_at"
        ),
        "opened_at_a_desk": _rows(
            DeskAccount.objects.filter(person=person), "unit__name", "opened_by__name", "opened_at"
        ),
        "printed_codes": _rows(
            person.one_time_codes.order_by("made_at"), "made_by__name", "made_at", "expires_at", "used_at"
        ),
        "roles": _rows(
            person.grants.order_by("starts_at"), "role__name", "unit__name", "starts_at", "ends_at"
        ),
        "second_factor": _second_factor(person),
        "sessions": [
            {"device": s.device, "address": s.address, "began_at": s.began_at, "seen_at": s.seen_at}
            for s in open_sessions(person)
        ],
    }


def _second_factor(person: Person) -> dict[str, Any] | None:
    """Since when there is one; its secret and codes are no data to hand out."""
    found = second_factor_of(person)
    return asdict(found) if found else None


def _content(person: Person) -> dict[str, Any]:
    comments = Comment.objects.filter(author=person).order_by("id")
    votes = Vote.objects.filter(voter=person).order_by("id")
    return {
        "proposals": _rows(Proposal.objects.filter(author=person).order_by("id"), *_PROPOSAL),
        "attachments": _rows(
            Proposal.objects.filter(author=person, attachments__isnull=False).order_by("id"),
            "code",
            "attachments__file__name",
            "attachments__file__size",
        ),
        "comments": _rows(comments, "subject__code", "body", "state", "created_at"),
        "votes": _rows(votes, "ballot__subject__code", "ballot__kind", "value", "created_at", "changed_at"),
        **_voices(person),
        "follows": _rows(Follow.objects.filter(person=person).order_by("id"), "subject__code", "created_at"),
        "reports": _rows(
            Report.objects.filter(reporter=person).order_by("id"),
            "subject__code",
            "reason__label",
            "note",
            "created_at",
        ),
    }


def _voices(person: Person) -> dict[str, Any]:
    return {
        "ratings": _rows(
            Rating.objects.filter(person=person).order_by("id"),
            "round__program__code",
            "round__number",
            "scores",
            "remark",
            "region__full_name",
            "at",
            "changed_at",
        ),
        "answers_about_milestones": _rows(
            Witness.objects.filter(person=person).order_by("id"),
            "milestone__program__code",
            "milestone__title",
            "value",
            "remark",
            "picture__name",
            "at",
            "changed_at",
        ),
    }


def _notices(person: Person) -> dict[str, Any]:
    found = Notice.objects.filter(person_id=person.pk).select_related("event").order_by("id")
    return {
        "notices": [
            {
                "at": notice.event.created_at,
                "subject": words_of(notice.event).subject,
                "read_at": notice.read_at,
            }
            for notice in found
        ],
        "notification_choices": frequencies(person.pk),
    }


def _history(entries: QuerySet[AuditEntry]) -> Rows:
    rows = entries.order_by("at", "id").values(
        "at", "verb", "target_kind", "target_key", "before", "after", "reason", "address", "channel"
    )
    return [row | {"what": sentence(row["verb"])} for row in rows]


def _name_views(person: Person) -> Rows:
    """Each look of staff at her hidden name, in proposals and in submissions."""
    kinds: tuple[tuple[type[Proposal | Submission], str, str], ...] = (
        (Proposal, "proposal", proposal_verbs.NAME_SEEN.key),
        (Submission, "submission", consultation_verbs.NAME_SEEN.key),
    )
    seen: Rows = []
    for model, kind, verb in kinds:
        mine = model._default_manager.filter(author=person, code__isnull=False)
        codes = list(mine.values_list("code", flat=True))
        looks = AuditEntry.objects.filter(verb=verb, target_kind=kind, target_key__in=codes)
        seen += _rows(
            looks.order_by("at", "id"), "at", "target_key", "actor_unit_code", "actor_roles", "reason"
        )
    return seen


def _rows(found: QuerySet[Any], *fields: str) -> Rows:
    return list(found.values(*fields))

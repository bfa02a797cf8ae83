"""What the trail tells of one person, cut to the reader's reach: their own activity, and what was done to the account.

Acts that are nobody's business but the person's own stand on neither: votes, ratings, follows, reports, drafts. An auditor
finds them in the trail itself, under the right to read it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from django.db.models import F, TextChoices
from django.utils.translation import gettext_lazy as _

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.accounts.models import Person
from rembuk.audit import selectors as audit
from rembuk.audit import verbs
from rembuk.audit.models import AuditEntry
from rembuk.consultations.models import Submission
from rembuk.engagement.models import Comment, Vote
from rembuk.management.people.together import is_answerable
from rembuk.programs.models import Rating
from rembuk.proposals.models import Proposal

PRIVATE: Final = (
    "ballot.voted",
    "content.reported",
    "notification.preferences_changed",
    "notification.unsubscribed",
    "person.consents_changed",
    "person.data_exported",
    "program.rated",
    "proposal.draft_saved",
    "subject.followed",
    "subject.unfollowed",
    "submission.draft_discarded",
    "submission.draft_saved",
)


class Kind(TextChoices):
    """What an act was about."""

    COMING = "masuk", _("Signing in and out")
    ACCOUNT = "akun", _("Accounts and roles")
    PROPOSALS = "usulan", _("Proposals")
    TALK = "diskusi", _("Comments and moderation")
    CONSULTATIONS = "uji-publik", _("Consultations")
    PROGRAMS = "program", _("Work programmes")
    MANAGEMENT = "kelola", _("Management and settings")
    LOOKS = "dilihat", _("Looks at personal data")


class Direction(TextChoices):
    """Whether the person was acted upon, or acted."""

    TO = "kepada", _("Done to this account")
    BY = "oleh", _("Done by this person to others")


_COMING: Final = ("person.signed_in", "person.signed_out")
# Every look is recorded, so looks would bury the deeds of an account's trail: they are shown where asked for.
_LOOKS: Final = ("person.data_seen", "proposal.masked_name_seen", "submission.masked_name_seen")
# The first part of a deed's key, by kind; what is named in none of them is management.
_NOUNS: Final[Mapping[Kind, frozenset[str]]] = {
    Kind.ACCOUNT: frozenset({"person", "grant", "role"}),
    Kind.PROPOSALS: frozenset({"proposal", "file"}),
    Kind.TALK: frozenset({"comment", "case", "note", "report", "witness", "content"}),
    Kind.CONSULTATIONS: frozenset(
        {"consultation", "submission", "draft_version", "matrix_group", "row", "question"}
    ),
    Kind.PROGRAMS: frozenset({"program", "phase", "milestone", "suggestion", "evaluation", "accountability"}),
}


def kind_of(verb: str) -> Kind:
    """What a deed is about."""
    if verb in _COMING:
        return Kind.COMING
    if verb in _LOOKS:
        return Kind.LOOKS
    noun = verb.partition(".")[0]
    return next((kind for kind, nouns in _NOUNS.items() if noun in nouns), Kind.MANAGEMENT)


def verbs_of(kinds: Iterable[Kind]) -> tuple[str, ...]:
    """The deeds of some kinds, without private ones."""
    wanted = set(kinds)
    return tuple(key for key, _words in verbs.choices() if kind_of(key) in wanted and key not in PRIVATE)


def activity(person: Person, by: Person, kind: Kind | None, period: audit.Filter) -> list[audit.Filter]:
    """What the person did, as a citizen and as staff, within the units of ``by``; with signing in for who answers for it."""
    own = replace(
        period,
        person_ids=(person.pk,),
        verbs=verbs_of([kind]) if kind else None,
        without_verbs=PRIVATE,
    )
    found = [replace(own, unit_paths=_reach(by))]
    if is_answerable(by, person):
        found.append(replace(own, target_kind="person", target_key=str(person.pk)))
    return found


def account_trail(
    person: Person, by: Person, direction: Direction | None, kind: Kind | None, period: audit.Filter
) -> list[audit.Filter]:
    """What was done to the account, and what the person did to others in management, within the units of ``by``.

    Looks at personal data are left out unless they are the kind asked for.
    """
    kinds = [kind] if kind else [one for one in Kind if one != Kind.LOOKS]
    to = replace(
        period,
        target_kind="person",
        target_key=str(person.pk),
        verbs=verbs_of(kinds),
        unit_paths=None if is_answerable(by, person) else _reach(by),
    )
    powers = [one for one in kinds if one in {Kind.ACCOUNT, Kind.MANAGEMENT, Kind.LOOKS}]
    of = replace(period, person_ids=(person.pk,), verbs=verbs_of(powers), unit_paths=_reach(by))
    return {None: [to, of], Direction.TO: [to], Direction.BY: [of]}[direction]


def merged(filters: Iterable[audit.Filter], *, after: audit.Position | None, limit: int) -> list[AuditEntry]:
    """One page of what any of the filters finds, newest first, each entry once."""
    found = {
        entry.pk: entry for wanted in filters for entry in audit.entries(wanted, after=after, limit=limit)
    }
    newest: list[AuditEntry] = sorted(found.values(), key=lambda entry: (entry.at, entry.pk), reverse=True)
    return newest[:limit]


def counts(person: Person) -> dict[str, int]:
    """How much the person took part, by kind; never what for. What she said under a hidden name is left out."""
    comments = Comment.objects.filter(author=person, state=Comment.State.VISIBLE)
    return {
        "proposals": Proposal.objects.filter(
            author=person, is_name_masked=False, published_at__isnull=False
        ).count(),
        "comments": comments.exclude(subject__hides_author=True, subject__author=F("author")).count(),
        "submissions": Submission.objects.filter(
            author=person, is_name_masked=False, code__isnull=False
        ).count(),
        "votes": Vote.objects.filter(voter=person).exclude(value=0).count(),
        "ratings": Rating.objects.filter(person=person).count(),
    }


def _reach(by: Person) -> tuple[str, ...] | None:
    whole = rights.can_everywhere(by, izin.PERSON_MANAGE)
    return None if whole else tuple(rights.paths(by, izin.PERSON_MANAGE))

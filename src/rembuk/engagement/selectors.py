"""Which comments, votes, follows and offices; the moderator's queue has its own module."""

from collections.abc import Collection, Iterable
from functools import cache

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Window
from django.db.models.functions import Coalesce, RowNumber

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.access.rights import Somebody
from rembuk.accounts.models import Person
from rembuk.common.composed import AnyGiven, Composed, Given
from rembuk.engagement.models import Ballot, Case, Comment, Follow, InternalNote, Report, Subject, Vote
from rembuk.workunits.models import WorkUnit

type Counts = dict[int, int]

_State = Comment.State
_OF_ROOTS = (
    *("public_id", "subject", "depth", "root", "parent", "html", "state", "created_at", "decided_note"),
    *("author__name", "author__deleted_at", "office__name", "office__short_name"),
    *("decided_reason__label", "decided_reason__label_en"),
)
_OF_PARENTS = ("parent__author__name", "parent__author__deleted_at", "parent__office__name")
_TALLIES = """
    SELECT ballot_id, choice, sum(count)::int FROM (
        SELECT ballot_id, choice, count FROM engagement_tally WHERE ballot_id = ANY(%(ballots)s)
        UNION ALL
        SELECT ballot_id, choice, change FROM engagement_votedelta WHERE ballot_id = ANY(%(ballots)s)
    ) AS parts GROUP BY ballot_id, choice
"""


# --- votes ---------------------------------------------------------------------------------------------


def ballots_of(subject: Subject, reader: Somebody = None) -> list[Ballot]:
    """A subject's ballots with its figures and, for a person, ``mine`` (her standing vote or 0) and ``is_following``."""
    if isinstance(reader, Person):
        return _BALLOTS_AND_MINE.rows(subject=subject.pk, reader=reader.pk)
    return _BALLOTS.rows(subject=subject.pk)


def _ballots() -> QuerySet[Ballot]:
    found = Ballot.objects.filter(subject=Given("subject"))
    return found.select_related("subject__figures").order_by("id")


def _ballots_and_mine() -> QuerySet[Ballot]:
    mine = Vote.objects.filter(ballot=OuterRef("pk"), voter=Given("reader")).values("value")
    follows = Follow.objects.filter(subject=Given("subject"), person=Given("reader"))
    return _ballots().annotate(mine=Coalesce(Subquery(mine), 0), is_following=Exists(follows))


_BALLOTS, _BALLOTS_AND_MINE = Composed(_ballots), Composed(_ballots_and_mine)


def tallies(ballots: Collection[Ballot]) -> dict[int, Counts]:
    """Votes by ballot id and choice, exact at this moment: what is folded and what is not, in one statement."""
    counts: dict[int, Counts] = {ballot.pk: dict.fromkeys(ballot.choices, 0) for ballot in ballots}
    if counts:
        with connection.cursor() as cursor:
            cursor.execute(_TALLIES, {"ballots": list(counts)})
            for ballot, choice, count in cursor.fetchall():
                counts[ballot][choice] = count
    return counts


def own_votes(person: Person, ballots: Collection[Ballot]) -> Counts:
    """The person's value by ballot id; withdrawn and absent votes are left out."""
    found = Vote.objects.filter(voter=person, ballot__in=ballots).exclude(value=0)
    return dict(found.values_list("ballot_id", "value"))


def supported_by(person: Person) -> QuerySet[Vote]:
    """The person's standing votes with their subjects, newest first."""
    found = Vote.objects.filter(voter=person, ballot__subject__is_visible=True).exclude(value=0)
    return found.select_related("ballot__subject").order_by("-id")


def voters(ballot: Ballot, value: int) -> QuerySet[Vote, int | None]:
    """Ids of the people whose vote on a ballot stands at ``value``."""
    return Vote.objects.filter(ballot=ballot, value=value).values_list("voter_id", flat=True)


# --- follows -------------------------------------------------------------------------------------------


def is_following(person: Person, subject: Subject) -> bool:
    """Whether the person follows the subject."""
    return Follow.objects.filter(person=person, subject=subject).exists()


def followers(subjects: Iterable[Subject]) -> QuerySet[Follow, int]:
    """Ids of the people who follow any of these subjects, each once."""
    return Follow.objects.filter(subject__in=list(subjects)).values_list("person_id", flat=True).distinct()


def followed_by(person: Person) -> QuerySet[Follow]:
    """What the person follows, newest first, with the subjects."""
    found = Follow.objects.filter(person=person, subject__is_visible=True)
    return found.select_related("subject").order_by("-id")


# --- comments ------------------------------------------------------------------------------------------


def with_authors(comments: QuerySet[Comment]) -> QuerySet[Comment]:
    """The same comments with what a page shows of each, in the same query."""
    return comments.select_related(
        "author", "office", "parent__author", "parent__office", "decided_reason", "subject__unit"
    )


def for_threads(comments: QuerySet[Comment], *, are_replies: bool) -> QuerySet[Comment]:
    """The same comments, read with what a thread shows of each and no more: a page reads fifty.

    Without their subject, which is known (``about``).
    """
    found = comments.select_related("author", "office", "decided_reason")
    if are_replies:
        return found.select_related("parent__author", "parent__office").only(*_OF_ROOTS, *_OF_PARENTS)
    return found.only(*_OF_ROOTS)


def about(subject: Subject, comments: Iterable[Comment]) -> list[Comment]:
    """The same comments, told their subject."""
    found = list(comments)
    for comment in found:
        comment.subject = subject
    return found


def readable(reader: Somebody | Given) -> Q:
    """Comments whose text this reader may read: visible ones, and her own that wait for review."""
    own = Q(state=_State.HELD, author=reader) if isinstance(reader, Person | Given) else Q(pk__in=[])
    return Q(state=_State.VISIBLE) | own


def placed(comments: QuerySet[Comment], reader: Somebody | Given) -> QuerySet[Comment]:
    """Comments with a place in the thread: readable and hidden ones, and deleted ones that carry a visible reply."""
    carried = Comment.objects.filter(Q(root=OuterRef("pk")) | Q(parent=OuterRef("pk")), state=_State.VISIBLE)
    return comments.filter(
        readable(reader) | Q(state=_State.HIDDEN) | Q(state=_State.DELETED) & Exists(carried)
    )


def roots(subject: Subject, reader: Somebody) -> QuerySet[Comment]:
    """Comments that begin a thread below a subject, without order."""
    return for_threads(placed(Comment.objects.filter(subject=subject, depth=1), reader), are_replies=False)


def newest_roots(subject: Subject, reader: Somebody, *, at_most: int) -> list[Comment]:
    """The first of ``roots``, the newest first."""
    asked = {"reader": reader.pk} if isinstance(reader, Person) else {}
    return about(subject, _newest_roots(at_most, bool(asked)).rows(subject=subject.pk, **asked))


@cache
def _newest_roots(at_most: int, is_member: bool) -> Composed[Comment]:
    def build() -> QuerySet[Comment]:
        below = Comment.objects.filter(subject=Given("subject"), depth=1)
        found = placed(below, Given("reader") if is_member else None).order_by("-id")
        # Their keys first: one plan serves every subject, and it must read no further than the page of the busiest one.
        return for_threads(
            Comment.objects.filter(pk__in=found.values("pk")[:at_most]), are_replies=False
        ).order_by("-id")

    return Composed(build)


def replies(threads: Collection[Comment], reader: Somebody, *, at_most: int) -> list[Comment]:
    """The first replies of each thread in one query; ``of_thread`` tells how many the thread has in all."""
    subjects = {thread.pk: thread.subject for thread in threads}
    asked = {"reader": reader.pk} if isinstance(reader, Person) else {}
    found = _first_replies(at_most, bool(asked)).rows(threads=list(subjects), **asked)
    for reply in found:
        reply.subject = subjects[reply.root_id or 0]
    return found


@cache
def _first_replies(at_most: int, is_member: bool) -> Composed[Comment]:
    def build() -> QuerySet[Comment]:
        below = Comment.objects.filter(root=AnyGiven("threads"))
        ranked = placed(below, Given("reader") if is_member else None).annotate(
            rank=Window(RowNumber(), partition_by="root", order_by="id"),
            of_thread=Window(Count("pk"), partition_by="root"),
        )
        return for_threads(ranked.filter(rank__lte=at_most), are_replies=True).order_by("id")

    return Composed(build)


def root_of(reply: Comment) -> Comment:
    """The comment that began the thread of a reply."""
    return with_authors(Comment.objects.all()).get(pk=reply.root_id or reply.pk)


def thread_replies(thread: Comment, reader: Somebody) -> QuerySet[Comment]:
    """All replies of one thread, without order."""
    return for_threads(placed(Comment.objects.filter(root=thread), reader), are_replies=True)


def written_by(person: Person) -> QuerySet[Comment]:
    """The person's own comments, newest first, without those she deleted."""
    return with_authors(Comment.objects.filter(author=person).exclude(state=_State.DELETED)).order_by("-id")


def open_reports(subject: Subject, comment: Comment | None) -> QuerySet[Report]:
    """Reports that wait for a decision, oldest first."""
    found = Report.objects.filter(subject=subject, comment=comment, closed_at=None)
    return found.select_related("reason", "reporter").order_by("id")


def offices_for(by: Somebody, unit: WorkUnit) -> list[WorkUnit]:
    """The offices whose badge she may reply with on what lies with ``unit``, the nearest first."""
    held = [h for h in rights.holdings(by) if izin.COMMENT_REPLY.key in h.permissions]
    covering = {h.unit_id for h in held if unit.path.startswith(h.unit_path)}
    return sorted(WorkUnit.objects.filter(pk__in=covering), key=lambda u: -len(u.path)) if covering else []


# --- cases ---------------------------------------------------------------------------------------------


def with_parts(cases: QuerySet[Case]) -> QuerySet[Case]:
    """The same cases with what the queue shows of each, in the same query."""
    return cases.select_related(
        "subject__unit",
        "comment__author",
        "comment__office",
        "unit",
        "released_by_unit",
        "claimed_by",
        "closed_by",
    )


def notes_on(subject: Subject) -> QuerySet[InternalNote]:
    """Internal notes about a subject, newest first."""
    return InternalNote.objects.filter(subject=subject).select_related("author")

"""Statements composed once: the rows of the same query set, with what each asking gives, in one query."""

from typing import Any

import psycopg
import pytest
from django.db import NotSupportedError, connection, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.test.utils import CaptureQueriesContext

from rembuk.common import reading
from rembuk.common.composed import AnyGiven, Composed, Given
from rembuk.engagement import selectors
from rembuk.engagement.models import Comment, Subject
from rembuk.proposals import doors
from rembuk.proposals.models import Proposal
from tests import people, scenes
from tests.engagement import talks

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair() -> list[Subject]:
    """Two subjects; the first has two comments and a reply."""
    place = scenes.regency()
    found = [talks.subject(place.works), talks.subject(place.health)]
    root = talks.comment(found[0], people.citizen("Ani"))
    talks.comment(found[0], people.citizen("Budi"), parent=root)
    talks.comment(found[0], people.citizen("Cici"))
    return found


def _asked(subject: Any) -> QuerySet[Comment]:
    replied = Comment.objects.filter(parent=OuterRef("pk"))
    found = Comment.objects.filter(subject=subject).annotate(is_answered=Exists(replied))
    return (
        found.select_related("author", "office").only("author__name", "office__name", "state").order_by("id")
    )


def _facts(comment: Any) -> tuple[Any, ...]:
    deferred = comment.get_deferred_fields(), comment.author.get_deferred_fields()
    return comment.pk, comment.state, comment.author.name, comment.office, comment.is_answered, *deferred


def test_rows_are_those_of_the_query_set_with_each_value(pair: list[Subject]) -> None:
    composed = Composed(lambda: _asked(Given("subject")))
    for subject in (*pair, pair[0]):
        with CaptureQueriesContext(
            connection,
        ) as seen:
            rows = [_facts(row) for row in composed.rows(subject=subject.pk)]
        twin = _asked(subject)
        assert (rows, len(seen)) == ([_facts(row) for row in twin], 1)
    assert len(rows) == 3


def test_query_set_is_made_once(pair: list[Subject]) -> None:
    made = []

    def build() -> QuerySet[Comment]:
        made.append(1)
        return _asked(Given("subject"))

    composed = Composed(build)
    assert [len(composed.rows(subject=one.pk)) for one in pair] == [3, 0]
    assert made == [1]


def test_any_of_a_list_and_rows_of_values(pair: list[Subject]) -> None:
    composed = Composed(
        lambda: Comment.objects.filter(pk=AnyGiven("keys")).order_by("id").values_list("pk", "author__name")
    )
    keys = list(Comment.objects.order_by("id").values_list("pk", flat=True))
    assert composed.rows(keys=keys[1:]) == [(keys[1], "Budi"), (keys[2], "Cici")]
    assert composed.rows(keys=[]) == []


def test_value_is_never_part_of_the_sql(pair: list[Subject]) -> None:
    composed = Composed(lambda: Subject.objects.filter(code=Given("code")))
    assert composed.rows(code="' OR true --") == []
    assert composed.rows(code=pair[1].code) == [pair[1]]


def test_server_keeps_one_statement_for_all_values_with_its_constants_written_out(
    pair: list[Subject],
) -> None:
    composed = Composed(
        lambda: (
            Subject.objects.filter(pk=Given("pk"), is_visible=True)
            .exclude(title="100 %s")
            .exclude(code=Given("code"))
        )
    )
    for key in (1, 70_000, 2**40):
        composed.rows(pk=key, code="USL-2026-000001")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT statement, parameter_types::text[] FROM pg_prepared_statements WHERE statement LIKE '%100 \\%s%'"
        )
        ((statement, types),) = cursor.fetchall()
    assert "'100 %s'" in statement
    assert types[0] == "bigint"


@pytest.mark.django_db(transaction=True)
def test_statement_whose_columns_were_changed_meanwhile_is_asked_anew(
    pair: list[Subject], owner: psycopg.Connection[Any]
) -> None:
    composed = Composed(lambda: Subject.objects.filter(code=Given("code")).only("title"))
    code, length = pair[0].code, Subject._meta.get_field("title").max_length
    assert composed.rows(code=code) == [pair[0]]
    try:
        owner.execute("ALTER TABLE engagement_subject ALTER COLUMN title TYPE varchar(2000)")
        owner.commit()
        with pytest.raises(NotSupportedError), transaction.atomic():
            composed.rows(code=code)
        assert composed.rows(code=code) == [pair[0]]
        owner.execute(f"ALTER TABLE engagement_subject ALTER COLUMN title TYPE varchar({length})")
        owner.commit()
        assert composed.rows(code=code) == [pair[0]]
    finally:
        owner.execute(f"ALTER TABLE engagement_subject ALTER COLUMN title TYPE varchar({length})")
        owner.commit()


def test_value_that_nobody_told_and_prefetching_are_refused(pair: list[Subject]) -> None:
    with pytest.raises(KeyError, match="subject"):
        Composed(lambda: _asked(Given("subject"))).rows()
    with pytest.raises(ValueError, match="prefetch"):
        Composed(lambda: Subject.objects.prefetch_related("comments")).rows()


def test_fields_that_were_left_out_are_read_when_asked_for(pair: list[Subject]) -> None:
    row = Composed(lambda: _asked(Given("subject"))).rows(subject=pair[0].pk)[0]
    assert row.html == Comment.objects.get(pk=row.pk).html


@pytest.mark.django_db(transaction=True)
def test_statement_is_asked_on_the_connection_of_the_moment(pair: list[Subject]) -> None:
    composed = Composed(lambda: Subject.objects.filter(code=Given("code")))
    assert composed.rows(code=pair[0].code)[0].title == pair[0].title
    with reading.snapshot():
        composed.rows(code=pair[0].code)
        with reading.outside():
            Subject.objects.update(title="Judul lain")
        assert composed.rows(code=pair[0].code)[0].title == pair[0].title
    assert composed.rows(code=pair[0].code)[0].title == "Judul lain"


def test_threads_are_the_same_for_every_kind_of_reader(pair: list[Subject]) -> None:
    writer, other = people.citizen(), people.citizen()
    held = talks.comment(pair[0], writer)
    Comment.objects.filter(pk=held.pk).update(state="held")
    for reader in (None, writer, other):
        newest = selectors.newest_roots(pair[0], reader, at_most=9)
        assert newest == list(selectors.roots(pair[0], reader).order_by("-id"))
        assert (held in newest) == (reader is writer)
        replies = selectors.replies(newest, reader, at_most=9)
        every = [reply for root in newest for reply in selectors.thread_replies(root, reader)]
        assert replies == sorted(every, key=lambda reply: reply.pk)
    assert selectors.newest_roots(pair[0], None, at_most=1) == newest[:1]


def test_door_reads_a_public_proposal_with_what_its_page_shows(django_assert_num_queries: Any) -> None:
    place = scenes.regency()
    shown = scenes.published(place)
    for reader in (None, people.citizen(), shown.author):
        with django_assert_num_queries(1):
            found = doors.for_reader(shown.code or "", reader)
            assert (found.unit, found.author, found.subject.unit) == (shown.unit, shown.author, shown.unit)
        assert found == Proposal.objects.get(code=shown.code)

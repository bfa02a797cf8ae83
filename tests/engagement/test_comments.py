"""Comments: threads to depth three, what is held, what is refused, who hears of it, what a deletion leaves."""

from datetime import timedelta

import pytest

from rembuk.accounts.models import Person
from rembuk.audit.models import AuditEntry
from rembuk.common.errors import Denied, Invalid, NotVisible
from rembuk.engagement import selectors
from rembuk.engagement.actions.comments import delete_comment
from rembuk.engagement.actions.subjects import show_subject
from rembuk.engagement.errors import CommentsClosed, ParentGone
from rembuk.engagement.models import Case, Comment, Subject
from rembuk.notifications.models import Event, Notice
from tests import people, scenes
from tests.engagement import talks

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> scenes.Regency:
    return scenes.regency()


@pytest.fixture
def subject(place: scenes.Regency) -> Subject:
    return talks.subject(place.works, people.citizen("Pengusul"))


def _told() -> set[tuple[str, int]]:
    return set(Notice.objects.values_list("event__kind", "person_id"))


def _newcomer() -> Person:
    person = people.citizen("Warga Baru")
    Person.objects.filter(pk=person.pk).update(joined_at=talks.AT - timedelta(days=1))
    person.refresh_from_db()
    return person


def test_comment_is_stored_clean_and_rendered_once(subject: Subject) -> None:
    body = " Setuju.\r\n\r\n\r\n<script>alert(1)</script> https://contoh.id/a?b=1 \u202e"
    made = talks.comment(subject, people.citizen(), body)
    assert (made.state, made.depth, made.body) == (
        "visible",
        1,
        "Setuju.\n\n<script>alert(1)</script> https://contoh.id/a?b=1",
    )
    assert "<script" not in made.html
    assert '<a href="https://contoh.id/a?b=1" rel="nofollow ugc noopener noreferrer">' in made.html


def test_replies_nest_to_depth_three_and_no_deeper(subject: Subject) -> None:
    root = talks.comment(subject, people.citizen())
    second = talks.comment(subject, people.citizen(), parent=root)
    third = talks.comment(subject, people.citizen(), parent=second)
    fourth = talks.comment(subject, people.citizen(), parent=third)
    assert [(c.depth, c.parent_id, c.root_id) for c in (root, second, third, fourth)] == [
        (1, None, None),
        (2, root.pk, root.pk),
        (3, second.pk, root.pk),
        (3, second.pk, root.pk),
    ]


def test_comment_entry_names_the_subject_and_holds_no_text(subject: Subject) -> None:
    made = talks.comment(subject, people.citizen(), "Rahasia saya")
    entry = AuditEntry.objects.get(verb="comment.posted")
    assert (entry.target_kind, entry.target_key) == ("comment", str(made.public_id))
    assert (entry.before, entry.after) == (None, {"subject": subject.code, "state": "visible"})


@pytest.mark.parametrize(
    ("body", "words"),
    [("", "write a comment"), (" \n\u200b ", "write a comment"), ("a" * 1001, "at most 1000")],
)
def test_comment_of_a_wrong_length_is_invalid(subject: Subject, body: str, words: str) -> None:
    with pytest.raises(Invalid, match=words) as refusal:
        talks.comment(subject, people.citizen(), body)
    assert set(refusal.value.fields) == {"body"}


def test_comment_limit_follows_the_setting(subject: Subject) -> None:
    talks.setting("max_comment_length", 200)
    with pytest.raises(Invalid, match="at most 200"):
        talks.comment(subject, people.citizen(), "a" * 201)


@pytest.mark.parametrize(
    ("visible", "open_", "error"),
    [(False, True, NotVisible), (True, False, CommentsClosed), (False, False, NotVisible)],
)
def test_comment_where_none_are_taken_is_refused(
    subject: Subject, visible: bool, open_: bool, error: type
) -> None:
    show_subject(subject, visible=visible, comments_open=open_)
    with pytest.raises(error):
        talks.comment(subject, people.citizen())
    assert not Comment.objects.exists()


@pytest.mark.parametrize("state", ["held", "hidden", "deleted"])
def test_reply_to_a_comment_that_is_gone_is_refused(subject: Subject, state: str) -> None:
    root = talks.comment(subject, people.citizen())
    Comment.objects.update(state=state)
    with pytest.raises(ParentGone):
        talks.comment(subject, people.citizen(), parent=root)


def test_reply_to_a_comment_of_another_subject_is_refused(place: scenes.Regency, subject: Subject) -> None:
    elsewhere = talks.comment(talks.subject(place.works), people.citizen())
    with pytest.raises(ParentGone):
        talks.comment(subject, people.citizen(), parent=elsewhere)


@pytest.mark.parametrize(("field", "words"), [("is_active", "suspended"), ("verified", "confirm your email")])
def test_comment_of_who_may_not_is_denied(subject: Subject, field: str, words: str) -> None:
    person = people.citizen()
    if field == "verified":
        person.emailaddress_set.update(verified=False)
    else:
        person.is_active = False
    with pytest.raises(Denied, match=words):
        talks.comment(subject, person)


@pytest.mark.parametrize(
    ("is_new", "body", "mode", "state"),
    [
        (False, "lihat https://contoh.id/x", "after", "visible"),
        (True, "tanpa tautan", "after", "visible"),
        (True, "lihat https://contoh.id/x", "after", "held"),
        (False, "tanpa tautan", "before", "held"),
    ],
)
def test_comment_is_held_where_the_settings_ask_for_it(
    subject: Subject, is_new: bool, body: str, mode: str, state: str
) -> None:
    talks.setting("comment_moderation", mode)
    person = _newcomer() if is_new else people.citizen()
    made = talks.comment(subject, person, body)
    cases = Case.objects.filter(kind="comment_held", comment=made, unit=subject.unit, closed_at=None)
    assert (made.state, cases.count(), Notice.objects.exists()) == (state, state == "held", state != "held")
    assert [list(case.barred.all()) for case in cases] == ([[person]] if state == "held" else [])


def test_comment_of_an_office_carries_its_badge_and_is_never_held(
    place: scenes.Regency, subject: Subject
) -> None:
    talks.setting("comment_moderation", "before")
    staff = people.staff("assessor", place.works)
    made = talks.comment(subject, staff, office=place.works)
    assert (made.state, made.office) == ("visible", place.works)


@pytest.mark.parametrize(
    ("granted", "speaks_as", "allowed"),
    [
        ("works", "works", True),
        ("root", "root", True),
        ("root", "works", False),
        ("roads", "roads", False),
        ("health", "health", False),
    ],
)
def test_comment_as_an_office_needs_its_own_grant(
    place: scenes.Regency, subject: Subject, granted: str, speaks_as: str, allowed: bool
) -> None:
    staff = people.staff("assessor", getattr(place, granted))
    office = getattr(place, speaks_as)
    assert (office in selectors.offices_for(staff, subject.unit)) is allowed
    if allowed:
        assert talks.comment(subject, staff, office=office).office == office
    else:
        with pytest.raises(Denied, match="badge"):
            talks.comment(subject, staff, office=office)


def test_notices_reply_tells_the_author_above_and_the_proposer_once_each(subject: Subject) -> None:
    root = talks.comment(subject, people.citizen())
    talks.comment(subject, people.citizen(), parent=root)
    assert _told() == {
        ("subject.commented", subject.author_id),
        ("comment.replied", root.author_id),
    }
    assert Notice.objects.filter(person_id=subject.author_id).count() == 2


def test_notices_to_a_proposer_who_is_replied_to_come_once(subject: Subject) -> None:
    root = talks.comment(subject, subject.author)
    talks.comment(subject, people.citizen(), parent=root)
    assert _told() == {("comment.replied", subject.author_id)}


def test_notices_never_come_from_oneself(subject: Subject) -> None:
    root = talks.comment(subject, subject.author)
    talks.comment(subject, subject.author, parent=root)
    assert _told() == set()


def test_notices_do_not_name_a_proposer_who_asked_to_be_hidden(place: scenes.Regency) -> None:
    hidden = talks.subject(place.works, people.citizen("Nama Rahasia"), hides_author=True)
    root = talks.comment(hidden, people.citizen())
    talks.comment(hidden, hidden.author, parent=root)
    event = Event.objects.get(kind="comment.replied")
    assert event.params["name"] == "Proposer (name hidden)"


def test_deletion_erases_the_text_and_keeps_the_thread(subject: Subject) -> None:
    root = talks.comment(subject, people.citizen(), "Nomor saya 0812")
    reply = talks.comment(subject, people.citizen(), parent=root)
    delete_comment(root, by=root.author)
    root.refresh_from_db()
    assert (root.state, root.body, root.html) == ("deleted", "", "")
    assert [c.pk for c in selectors.roots(subject, None)] == [root.pk]
    assert [c.pk for c in selectors.replies([root], None, at_most=5)] == [reply.pk]


def test_deletion_without_replies_leaves_no_trace_in_the_thread(subject: Subject) -> None:
    root = talks.comment(subject, people.citizen())
    delete_comment(root, by=root.author)
    delete_comment(root, by=root.author)
    assert (
        list(selectors.roots(subject, None)),
        AuditEntry.objects.filter(verb="comment.deleted").count(),
    ) == ([], 1)


def test_deletion_by_somebody_else_is_denied(subject: Subject) -> None:
    root = talks.comment(subject, people.citizen())
    with pytest.raises(Denied, match="Only its author"):
        delete_comment(root, by=people.citizen())


def test_deletion_closes_what_waits_for_a_moderator(subject: Subject) -> None:
    root = talks.comment(subject, people.citizen())
    case = talks.report(subject, people.citizen(), root)
    delete_comment(root, by=root.author)
    case.refresh_from_db()
    assert (case.outcome, case.closed_by, root.reports.filter(closed_at=None).count()) == ("deleted", None, 0)


def test_deletion_of_a_hidden_comment_keeps_its_public_reason(subject: Subject) -> None:
    root = talks.comment(subject, people.citizen())
    Comment.objects.update(state="hidden", decided_reason=talks.reason("hide"))
    root = delete_comment(root, by=root.author)
    assert (root.state, root.body, root.decided_reason) == ("hidden", "", talks.reason("hide"))


def test_comment_whose_entry_fails_leaves_nothing(subject: Subject, monkeypatch: pytest.MonkeyPatch) -> None:
    talks.setting("comment_moderation", "before")
    person = people.citizen()
    monkeypatch.setattr("rembuk.engagement.actions.comments.audit.record", _explode)
    with pytest.raises(ZeroDivisionError):
        talks.comment(subject, person)
    assert (Comment.objects.count(), Case.objects.count(), Notice.objects.count()) == (0, 0, 0)


def _explode(*args: object, **kwargs: object) -> None:
    raise ZeroDivisionError


def test_thread_shows_each_reader_what_is_theirs(subject: Subject) -> None:
    author = people.citizen()
    states = ("visible", "held", "hidden", "deleted")
    made = {state: talks.comment(subject, author, state) for state in states}
    for state, comment in made.items():
        Comment.objects.filter(pk=comment.pk).update(state=state)
    shown = {
        name: {c.body for c in selectors.roots(subject, reader)}
        for name, reader in {"visitor": None, "author": author, "other": people.citizen()}.items()
    }
    assert shown == {
        "visitor": {"visible", "hidden"},
        "author": {"visible", "hidden", "held"},
        "other": {"visible", "hidden"},
    }


def test_replies_are_capped_per_thread_in_one_query(subject: Subject, django_assert_num_queries) -> None:
    person = people.citizen()
    threads = [talks.comment(subject, person) for _ in range(3)]
    for thread, count in zip(threads, (0, 1, 4), strict=True):
        for _ in range(count):
            talks.comment(subject, person, parent=thread)
    with django_assert_num_queries(1):
        found = list(selectors.replies(threads, None, at_most=2))
    assert [(c.root_id, c.of_thread) for c in found] == [
        (threads[1].pk, 1),
        (threads[2].pk, 4),
        (threads[2].pk, 4),
    ]


def test_written_by_lists_own_comments_newest_first(subject: Subject) -> None:
    person = people.citizen()
    first, second, third = (talks.comment(subject, person) for _ in range(3))
    delete_comment(second, by=person)
    assert [c.pk for c in selectors.written_by(person)] == [third.pk, first.pk]

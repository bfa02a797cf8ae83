"""The moderator's acts: claim, decide, hide, show again; nobody on their own content, and the second hears who was first."""

import pytest
from django.db import connection

from rembuk.audit.models import AuditEntry
from rembuk.common.errors import Denied, Invalid, NotVisible, WrongState
from rembuk.engagement import doors
from rembuk.engagement.actions import moderation
from rembuk.engagement.actions.comments import delete_comment
from rembuk.engagement.actions.moderation import Grounds, decide_comment
from rembuk.engagement.errors import AlreadyClaimed, AlreadyDecided, DecidedByOneself
from rembuk.engagement.models import Case, Comment, InternalNote, Subject
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


@pytest.fixture
def moderator(place: scenes.Regency):
    return people.staff("moderator", place.root, "Rina Moderator")


def _held(subject: Subject, **fields: object) -> Case:
    talks.setting("comment_moderation", "before")
    return Case.objects.get(comment=talks.comment(subject, people.citizen(), **fields), kind="comment_held")


def _reported(subject: Subject) -> Case:
    return talks.report(subject, people.citizen(), talks.comment(subject, people.citizen()))


def _grounds() -> Grounds:
    return Grounds(reason=talks.reason("hide"), explanation="Menyebut nomor telepon orang lain.")


def _kinds() -> list[str]:
    return sorted(Event.objects.values_list("kind", flat=True))


def test_held_comment_shown_is_told_to_its_author_and_to_whom_it_answers(subject: Subject, moderator) -> None:
    root = talks.comment(subject, people.citizen())
    case = _held(subject, parent=root)
    shown = decide_comment(case, by=moderator, keep=True, at=talks.AT)
    case.refresh_from_db()
    assert (shown.state, case.outcome, case.closed_by) == ("visible", "kept", moderator)
    assert set(Notice.objects.values_list("event__kind", "person_id")) == {
        ("subject.commented", subject.author_id),
        ("comment.released", shown.author_id),
        ("comment.replied", root.author_id),
    }
    assert AuditEntry.objects.get(verb="comment.released").after == {"state": "visible"}


@pytest.mark.parametrize("make", [_held, _reported])
def test_comment_hidden_keeps_reason_and_note_for_everybody(subject: Subject, moderator, make) -> None:
    case = make(subject)
    hidden = decide_comment(case, by=moderator, keep=False, grounds=_grounds())
    case.refresh_from_db()
    assert (hidden.state, case.outcome) == ("hidden", "hidden")
    assert (hidden.decided_reason, hidden.decided_note) == (_grounds().reason, _grounds().explanation)
    entry = AuditEntry.objects.get(verb="comment.hidden")
    assert (entry.reason, entry.after["reason_code"]) == (_grounds().explanation, _grounds().reason.code)
    assert Notice.objects.filter(event__kind="comment.hidden", person_id=hidden.author_id).count() == 1


def test_reported_comment_kept_tells_the_reporter_once(subject: Subject, moderator) -> None:
    case = _reported(subject)
    kept = decide_comment(case, by=moderator, keep=True, grounds=Grounds(explanation="Sopan."))
    assert (kept.state, kept.reports.filter(closed_at=None).count()) == ("visible", 0)
    assert AuditEntry.objects.get(verb="report.settled").reason == "Sopan."
    assert _kinds() == ["report.kept", "subject.commented"]


def test_reported_comment_hidden_closes_every_report_on_it(subject: Subject, moderator) -> None:
    case = _reported(subject)
    talks.report(subject, people.citizen(), case.comment)
    decide_comment(case, by=moderator, keep=False, grounds=_grounds())
    assert _kinds().count("report.hidden") == 2
    assert not Case.objects.filter(closed_at=None).exists()


def test_report_may_be_made_again_after_it_was_decided(subject: Subject, moderator) -> None:
    case = _reported(subject)
    reporter = case.comment.reports.get().reporter
    decide_comment(case, by=moderator, keep=True)
    assert talks.report(subject, reporter, case.comment) != case


@pytest.mark.parametrize("grounds", [Grounds(), Grounds(explanation="Hanya kata-kata")])
def test_hiding_without_a_reason_is_invalid(subject: Subject, moderator, grounds: Grounds) -> None:
    with pytest.raises(Invalid, match="reason"):
        decide_comment(_held(subject), by=moderator, keep=False, grounds=grounds)


def test_hiding_for_a_reason_of_another_use_is_invalid(subject: Subject, moderator) -> None:
    with pytest.raises(Invalid):
        decide_comment(
            _held(subject), by=moderator, keep=False, grounds=Grounds(reason=talks.reason("answer"))
        )


def test_second_moderator_is_told_who_decided_and_when(
    subject: Subject, moderator, place: scenes.Regency
) -> None:
    case = _held(subject)
    decide_comment(case, by=moderator, keep=True, at=talks.AT)
    with pytest.raises(AlreadyDecided, match=r"Rina Moderator decided this at .*2026"):
        decide_comment(case, by=people.staff("moderator", place.root), keep=False, grounds=_grounds())


def test_moderator_who_decides_again_is_told_that_it_was_she(subject: Subject, moderator) -> None:
    case = _held(subject)
    decide_comment(case, by=moderator, keep=True, at=talks.AT)
    with pytest.raises(DecidedByOneself, match=r"You decided this already, at .*2026") as refusal:
        decide_comment(case, by=moderator, keep=False, grounds=_grounds())
    assert not refusal.value.is_overtaken


def test_decision_after_the_author_deleted_is_refused(subject: Subject, moderator) -> None:
    case = _reported(subject)
    delete_comment(case.comment, by=case.comment.author)
    with pytest.raises(AlreadyDecided, match="Somebody else"):
        decide_comment(case, by=moderator, keep=True)


@pytest.mark.parametrize("who", ["author", "reporter"])
def test_decision_on_own_content_or_own_report_is_denied(
    place: scenes.Regency, subject: Subject, who: str
) -> None:
    insider = people.staff("moderator", place.root)
    other = people.citizen()
    comment = talks.comment(subject, insider if who == "author" else other)
    case = talks.report(subject, other if who == "author" else insider, comment)
    with pytest.raises(Denied):
        decide_comment(case, by=insider, keep=True)


@pytest.mark.parametrize(
    ("unit", "allowed"), [("root", True), ("works", True), ("roads", False), ("health", False)]
)
def test_decision_needs_rights_over_the_unit(
    place: scenes.Regency, subject: Subject, unit: str, allowed: bool
) -> None:
    case = _held(subject)
    by = people.staff("moderator", getattr(place, unit))
    if allowed:
        assert decide_comment(case, by=by, keep=True).state == "visible"
    else:
        with pytest.raises(Denied, match="do not cover"):
            decide_comment(case, by=by, keep=True)


def test_decision_on_a_case_without_comment_is_refused(subject: Subject, moderator) -> None:
    with pytest.raises(WrongState, match="not about a comment"):
        decide_comment(talks.report(subject, people.citizen()), by=moderator, keep=True)


@pytest.mark.parametrize(("is_hidden", "kind"), [(False, "report.kept"), (True, "report.hidden")])
def test_report_of_a_subject_settled_tells_who_reported(
    subject: Subject, moderator, is_hidden: bool, kind: str
) -> None:
    case = moderation.settle_report(
        talks.report(subject, people.citizen()),
        by=moderator,
        is_hidden=is_hidden,
        explanation="Sudah diperiksa.",
    )
    assert (_kinds(), case.outcome) == ([kind], kind.partition(".")[2])
    assert AuditEntry.objects.get(verb="report.settled").reason == "Sudah diperiksa."


def test_decision_rolled_back_leaves_case_and_comment(subject: Subject, moderator, monkeypatch) -> None:
    case = _held(subject)
    monkeypatch.setattr(moderation.notices, "comment_published", _explode)
    with pytest.raises(ZeroDivisionError):
        decide_comment(case, by=moderator, keep=True)
    case.refresh_from_db()
    assert (
        case.closed_at,
        case.comment.state,
        AuditEntry.objects.filter(verb="comment.released").count(),
    ) == (None, "held", 0)


def _explode(*args: object, **kwargs: object) -> None:
    raise ZeroDivisionError


def test_comment_hidden_without_a_case_and_shown_again(subject: Subject, moderator) -> None:
    comment = talks.comment(subject, people.citizen())
    moderation.hide_comment(comment, by=moderator, grounds=_grounds())
    shown = moderation.show_again(comment, by=moderator, explanation="Keliru.")
    assert (shown.state, shown.decided_reason, shown.decided_note) == ("visible", None, "")
    assert _kinds() == ["comment.hidden", "comment.shown_again", "subject.commented"]


def test_comment_hidden_twice_and_again_is_told_each_time(subject: Subject, moderator) -> None:
    comment = talks.comment(subject, people.citizen())
    for _ in range(2):
        moderation.hide_comment(comment, by=moderator, grounds=_grounds())
        moderation.show_again(comment, by=moderator)
    assert Notice.objects.filter(person_id=comment.author_id).count() == 4


@pytest.mark.parametrize("state", ["held", "hidden", "deleted"])
def test_hiding_what_is_not_visible_is_a_wrong_state(subject: Subject, moderator, state: str) -> None:
    comment = talks.comment(subject, people.citizen())
    Comment.objects.update(state=state)
    with pytest.raises(WrongState, match="can't be done now"):
        moderation.hide_comment(comment, by=moderator, grounds=_grounds())


def test_showing_again_what_its_author_erased_is_a_wrong_state(subject: Subject, moderator) -> None:
    comment = talks.comment(subject, people.citizen())
    moderation.hide_comment(comment, by=moderator, grounds=_grounds())
    delete_comment(comment, by=comment.author)
    with pytest.raises(WrongState, match="deleted the text"):
        moderation.show_again(comment, by=moderator)


@pytest.mark.parametrize(("who", "words"), [("author", "own content"), ("elsewhere", "do not cover")])
def test_hiding_by_the_wrong_person_is_denied(
    place: scenes.Regency, subject: Subject, who: str, words: str
) -> None:
    by = people.staff("moderator", place.root if who == "author" else place.health)
    comment = talks.comment(subject, by if who == "author" else people.citizen())
    with pytest.raises(Denied, match=words):
        moderation.hide_comment(comment, by=by, grounds=_grounds())


def test_claim_is_kept_from_colleagues_until_it_runs_out(
    place: scenes.Regency, subject: Subject, moderator
) -> None:
    case, colleague = _held(subject), people.staff("moderator", place.root, "Budi")
    moderation.claim_case(case, by=moderator, at=talks.AT)
    with pytest.raises(AlreadyClaimed, match="Rina Moderator took this"):
        moderation.claim_case(case, by=colleague, at=talks.AT)
    later = talks.AT + moderation.CLAIM_LASTS
    assert moderation.claim_case(case, by=colleague, at=later).claimed_by == colleague


def test_claim_released_by_its_holder_only(place: scenes.Regency, subject: Subject, moderator) -> None:
    case = moderation.claim_case(_held(subject), by=moderator)
    assert moderation.release_claim(case, by=people.staff("moderator", place.root)).claimed_by == moderator
    assert moderation.release_claim(case, by=moderator).claimed_by is None
    verbs = (
        AuditEntry.objects.filter(target_key=str(case.public_id))
        .order_by("id")
        .values_list("verb", flat=True)
    )
    assert list(verbs) == ["case.claimed", "case.claim_released"]


def test_claim_by_a_barred_person_is_denied(place: scenes.Regency, subject: Subject) -> None:
    reporter = people.staff("moderator", place.root)
    with pytest.raises(Denied, match="A colleague"):
        moderation.claim_case(talks.report(subject, reporter), by=reporter)


def test_note_is_kept_among_staff_and_out_of_the_trail(subject: Subject, moderator) -> None:
    moderation.add_note(subject, by=moderator, body=" Sudah ditelepon. ", at=talks.AT)
    assert InternalNote.objects.values_list("body", "author").get() == ("Sudah ditelepon.", moderator.pk)
    assert "ditelepon" not in str(AuditEntry.objects.filter(verb="note.added").values().get())


def test_note_by_a_citizen_is_denied_and_an_empty_one_invalid(subject: Subject, moderator) -> None:
    with pytest.raises(Denied, match="for staff"):
        moderation.add_note(subject, by=people.citizen(), body="x")
    with pytest.raises(Invalid):
        moderation.add_note(subject, by=moderator, body=" ")


def test_door_to_a_case_opens_for_its_unit_only(place: scenes.Regency, subject: Subject, moderator) -> None:
    case = _held(subject)
    assert doors.case_for(case.public_id, moderator) == case
    for stranger in (
        people.citizen(),
        people.staff("moderator", place.health),
        people.staff("auditor", place.root),
    ):
        with pytest.raises(NotVisible):
            doors.case_for(case.public_id, stranger)


def test_door_to_a_comment_to_moderate_opens_for_its_unit_only(
    place: scenes.Regency, subject: Subject, moderator
) -> None:
    comment = talks.comment(subject, people.citizen())
    assert doors.comment_to_moderate(comment.public_id, moderator) == comment
    with pytest.raises(NotVisible):
        doors.comment_to_moderate(comment.public_id, people.staff("moderator", place.health))
    assert connection.in_atomic_block

"""Deciding on submissions: what is shown, what the author hears, what stays counted, and who may not decide."""

import pytest

from rembuk.accounts.models import Person
from rembuk.audit.models import AuditEntry
from rembuk.common.errors import Denied, Invalid, WrongState
from rembuk.consultations.actions import moderate
from rembuk.consultations.actions.taking.arriving import await_review
from rembuk.consultations.models import Submission
from rembuk.consultations.selectors import heard
from rembuk.consultations.states import COUNTED, SubmissionState
from rembuk.engagement import rules
from rembuk.engagement.actions.reports import Complaint, report_content
from rembuk.engagement.errors import AlreadyDecided, DecidedByOneself
from rembuk.engagement.models import Case, Report
from rembuk.engagement.queue import queue
from tests import consultation_scenes as consultations
from tests import handling_scenes as handling
from tests import people, scenes
from tests.handling_scenes import WHY, reason

pytestmark = pytest.mark.django_db


def waiting(place: scenes.Regency, author: Person | None = None, **fields: object) -> Submission:
    """A submission held for review, with its case."""
    made = consultations.sent(consultations.opened(place), author, state=SubmissionState.HELD, **fields)
    await_review(made, at=made.created_at)
    return made


def trail(submission: Submission) -> list[str]:
    """Verbs about a submission, newest first."""
    rows = AuditEntry.objects.filter(target_kind="submission", target_key=submission.code)
    return list(rows.order_by("-at", "-id").values_list("verb", flat=True))


def open_kinds(submission: Submission) -> list[str]:
    """Kinds of its open cases."""
    rows = Case.objects.filter(subject=submission.subject, closed_at=None)
    return sorted(rows.values_list("kind", flat=True))


def moderator(place: scenes.Regency) -> Person:
    """A moderator of the instansi."""
    return people.staff("moderator", place.root)


def test_show_makes_a_held_submission_readable_and_tells_its_author() -> None:
    place, author = scenes.regency(), people.citizen()
    held = waiting(place, author)
    moderate.show_submission(held, by=moderator(place))
    held.refresh_from_db()
    assert held.subject
    assert (held.state, held.subject.is_visible, open_kinds(held)) == (SubmissionState.SENT, True, [])
    assert (handling.told(author), trail(held)) == (["submission.shown"], ["submission.shown"])


def test_show_reads_a_changed_submission_again_without_moving_its_state() -> None:
    place, author = scenes.regency(), people.citizen()
    changed = consultations.sent(consultations.opened(place), author, is_rechecking=True)
    await_review(changed, at=changed.created_at)
    moderate.show_submission(changed, by=moderator(place))
    changed.refresh_from_db()
    assert (changed.state, changed.is_rechecking, open_kinds(changed)) == (SubmissionState.SENT, False, [])
    assert trail(changed) == ["submission.rechecked"]
    with pytest.raises(WrongState):
        moderate.show_submission(changed, by=moderator(place))


def test_withhold_keeps_reason_and_count_and_tells_its_author() -> None:
    place, author = scenes.regency(), people.citizen()
    held = waiting(place, author)
    moderate.withhold_submission(held, reason=reason("iklan"), message=WHY, by=moderator(place))
    held.refresh_from_db()
    assert held.subject
    assert (held.state, held.subject.is_visible) == (SubmissionState.NOT_SHOWN, False)
    assert (held.decided_reason, held.decided_note) == (reason("iklan"), WHY)
    assert held.state in COUNTED
    assert heard.counted(held.consultation).count() == 1
    assert (handling.told(author), trail(held)) == (["submission.not_shown"], ["submission.not_shown"])


def test_withhold_a_shown_one_ends_the_reports_on_it_and_tells_who_reported() -> None:
    place, reporter = scenes.regency(), people.citizen()
    shown = consultations.sent(consultations.opened(place))
    assert shown.subject
    report_content(shown.subject, Complaint(reason=reason("iklan")), by=reporter)
    moderate.withhold_submission(shown, reason=reason("iklan"), message=WHY, by=moderator(place))
    assert open_kinds(shown) == []
    assert not Report.objects.filter(closed_at=None).exists()
    assert handling.told(reporter) == ["report.hidden"]


def test_show_again_takes_the_reason_away() -> None:
    place, author = scenes.regency(), people.citizen()
    held = waiting(place, author)
    moderate.withhold_submission(held, reason=reason("iklan"), message=WHY, by=moderator(place))
    moderate.show_submission_again(held, message=WHY, by=moderator(place))
    held.refresh_from_db()
    assert (held.state, held.decided_reason, held.decided_note) == (SubmissionState.SENT, None, "")
    assert handling.told(author)[-1] == "submission.shown_again"
    assert trail(held)[0] == "submission.shown_again"


def test_withhold_again_decides_on_what_its_author_changed_meanwhile() -> None:
    place = scenes.regency()
    held = waiting(place)
    moderate.withhold_submission(held, reason=reason("iklan"), message=WHY, by=moderator(place))
    with pytest.raises(WrongState):
        moderate.withhold_submission(held, reason=reason("iklan"), message=WHY, by=moderator(place))
    held.refresh_from_db()
    await_review(held, at=held.created_at)
    moderate.withhold_submission(held, reason=reason("ujaran-kebencian"), message=WHY, by=moderator(place))
    held.refresh_from_db()
    assert (held.state, held.decided_reason) == (SubmissionState.NOT_SHOWN, reason("ujaran-kebencian"))
    assert open_kinds(held) == []


@pytest.mark.parametrize("who", ["author", "enterer", "elsewhere", "assessor"])
def test_decisions_by_the_wrong_person_are_denied(who: str) -> None:
    place = scenes.regency()
    insider = people.staff("moderator", place.root)
    fields = {"entered_by": insider, "channel": "letter", "on_behalf_of": "Karang Taruna"}
    held = waiting(place, insider) if who == "author" else waiting(place, **fields)
    by = {
        "author": insider,
        "enterer": insider,
        "elsewhere": people.staff("moderator", place.health),
        "assessor": people.staff("assessor", place.root),
    }[who]
    with pytest.raises(Denied):
        moderate.show_submission(held, by=by)
    with pytest.raises(Denied):
        moderate.withhold_submission(held, reason=reason("iklan"), message=WHY, by=by)
    assert (Submission.objects.get(pk=held.pk).state, open_kinds(held)) == ("held", ["submission"])


def test_second_moderator_hears_who_was_faster() -> None:
    place = scenes.regency()
    held = waiting(place)
    rina = people.staff("moderator", place.root, "Rina Hartati")
    moderate.show_submission(held, by=rina)
    with pytest.raises(AlreadyDecided, match="Rina Hartati"):
        moderate.show_submission(held, by=moderator(place))
    with pytest.raises(DecidedByOneself):
        moderate.show_submission(held, by=rina)


@pytest.mark.parametrize(
    ("code", "message", "field"), [("iklan", "singkat", "message"), ("anggaran", WHY, "reason")]
)
def test_withhold_without_a_real_reason_is_refused(code: str, message: str, field: str) -> None:
    place = scenes.regency()
    held = waiting(place)
    with pytest.raises(Invalid) as refused:
        moderate.withhold_submission(held, reason=reason(code), message=message, by=moderator(place))
    assert list(refused.value.fields) == [field]


def test_many_are_shown_in_one_act_and_the_refused_one_stops_no_other() -> None:
    place, insider = scenes.regency(), people.citizen()
    people.grant(insider, "moderator", place.root)
    own, first, second = waiting(place, insider), waiting(place), waiting(place)
    result = moderate.show_many([second, own, first], by=insider)
    assert [row.code for row in result.done] == [first.code, second.code]
    assert [row.code for row, _why in result.refused] == [own.code]
    assert AuditEntry.objects.filter(verb="access.denied", actor_person_id=insider.pk).exists()


def test_reports_of_submissions_are_decided_by_those_who_decide_on_submissions() -> None:
    place = scenes.regency()
    shown = consultations.sent(consultations.opened(place))
    assert shown.subject
    report_content(shown.subject, Complaint(reason=reason("iklan")), by=people.citizen())
    case = Case.objects.get(subject=shown.subject)
    manager, assessor = consultations.manager(place), people.staff("assessor", place.works)
    assert [rules.may_see_case(case, by).ok for by in (manager, assessor)] == [True, False]
    assert (list(queue(manager)), list(queue(assessor))) == ([case], [])


def test_masked_name_is_seen_by_those_who_may_and_each_look_is_recorded() -> None:
    place = scenes.regency()
    hidden = consultations.sent(
        consultations.opened(place), people.citizen("Ratna Dewi"), is_name_masked=True
    )
    by = people.staff("unit-admin", place.works)
    assert moderate.see_masked_name(hidden, by=by) == "Ratna Dewi"
    assert trail(hidden) == ["submission.masked_name_seen"]
    with pytest.raises(Denied):
        moderate.see_masked_name(hidden, by=consultations.manager(place))


def test_many_where_one_is_shown_already_are_told_so_without_a_denial() -> None:
    place = scenes.regency()
    insider = moderator(place)
    shown, held = consultations.sent(consultations.opened(place)), waiting(place)
    result = moderate.show_many([held, shown], by=insider)
    assert ([row.pk for row in result.done], [row.pk for row, _why in result.refused]) == (
        [held.pk],
        [shown.pk],
    )
    assert "Sudah masuk" in result.refused[0][1]
    assert not AuditEntry.objects.filter(verb="access.denied").exists()

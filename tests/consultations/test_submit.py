"""Sending, changing, withdrawing: what arrives whole, what is refused and why, what the author and the trail are told."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from rembuk.accounts.models import Person
from rembuk.audit.models import AuditEntry
from rembuk.common.errors import Denied, Invalid, WrongState
from rembuk.consultations.actions.taking import drafts, submit
from rembuk.consultations.content import AnswerContent, Content, RemarkContent
from rembuk.consultations.errors import Closed, NotOpenYet, TextChanged
from rembuk.consultations.models import (
    Clause,
    ClauseText,
    Consultation,
    DraftVersion,
    ReceiptSeries,
    Submission,
)
from rembuk.engagement.models import Ballot, Case
from rembuk.notifications.models import Notice
from rembuk.siteconfig.actions import change_settings
from tests import consultation_scenes as consultations
from tests import people, scenes

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)


def ready(author: Person, content: Content | None = None, /, **fields: object) -> Submission:
    """A draft with text and questions around it, ready to be sent."""
    made = consultations.opened(scenes.regency(), at=NOON, **fields)
    version = consultations.with_text(made, at=NOON - timedelta(days=5))
    consultations.with_questions(made)
    said = content or consultations.full_content(version)
    return consultations.writing(made, author, said, at=NOON)


def next_version(made: Consultation, number: int, **words: str) -> DraftVersion:
    """Version 2 of the text, the same but for one clause; without words that clause is removed."""
    version = DraftVersion.objects.create(consultation=made, number=2, created_at=NOON)
    for text in ClauseText.objects.filter(version__consultation=made, version__number=1).order_by("position"):
        if text.clause.number == number and not words:
            continue
        text.pk, text.version, text.parent = None, version, None
        for name, value in words.items() if text.clause.number == number else ():
            setattr(text, name, value)
        text.save(force_insert=True)
    DraftVersion.objects.filter(pk=version.pk).update(published_at=NOON)
    return version


def moderate_first() -> None:
    from rembuk.audit.actors import SYSTEM

    change_settings({"submission_moderation": "before"}, by=SYSTEM)


def test_send_stores_every_row_with_receipt_version_subject_and_ballot() -> None:
    sari = people.citizen()
    sent = submit.send_submission(ready(sari), by=sari, at=NOON)
    code = f"{sent.consultation.code}-00001"
    assert (sent.state, sent.number, sent.code, sent.version, sent.working) == ("sent", 1, code, 1, None)
    assert (sent.stance, sent.sent_at, sent.text_version and sent.text_version.number) == (
        "with_notes",
        NOON,
        1,
    )
    assert "pasar pagi" in sent.html
    remark = sent.remarks.get()
    assert (remark.clause.number, remark.stance, remark.text_version.number) == (4, "disagree", 1)
    assert "3 (tiga) kali" in remark.suggestion
    assert dict(sent.answers.values_list("question__number", "choices")) == {
        1: [1],
        2: [1, 3],
        3: [],
        4: [],
        5: [],
    }
    assert Content.from_json(sent.versions.get().content).remarks[4].stance == "disagree"
    subject = sent.subject
    assert subject
    assert (subject.kind, subject.code, subject.author, subject.is_visible) == (
        "submission",
        code,
        sari,
        True,
    )
    assert subject.path == f"/uji-publik/{sent.consultation.code}/masukan/1/"
    assert Ballot.objects.get(subject=subject).choices == [1]


def test_send_is_audited_and_the_author_gets_the_receipt() -> None:
    sari = people.citizen()
    sent = submit.send_submission(ready(sari), by=sari, at=NOON)
    entry = AuditEntry.objects.get(verb="submission.sent")
    assert (entry.actor_person_id, entry.target_key, entry.after) == (sari.pk, sent.code, {"state": "sent"})
    assert "pasar" not in str(entry.__dict__)
    notice = Notice.objects.select_related("event").get(person_id=sari.pk)
    assert (notice.event.kind, notice.event.params["receipt"]) == ("submission.received", sent.code)
    assert notice.event.url == f"/uji-publik/{sent.consultation.code}/ikut/bukti/"


def test_send_twice_returns_the_same_receipt() -> None:
    sari = people.citizen()
    draft = ready(sari)
    first = submit.send_submission(draft, by=sari, at=NOON)
    after_closing = NOON + timedelta(days=99)
    second = submit.send_submission(draft, by=sari, at=after_closing)
    assert (first.code, Submission.objects.count(), Notice.objects.count()) == (second.code, 1, 1)


def test_send_outside_the_schedule_names_the_instant_and_keeps_the_draft() -> None:
    sari = people.citizen()
    draft = ready(sari)
    with pytest.raises(Closed, match=r"2026 12\.00 WIB"):
        submit.send_submission(draft, by=sari, at=NOON + timedelta(days=12))
    with pytest.raises(NotOpenYet, match=r"2026 12\.00 WIB"):
        submit.send_submission(draft, by=sari, at=NOON - timedelta(days=3))
    draft.refresh_from_db()
    assert (draft.state, draft.working is not None, draft.remarks.count()) == ("draft", True, 0)
    assert ReceiptSeries.objects.get().last == 0


def test_send_is_for_the_author_with_a_confirmed_address() -> None:
    sari, joko = people.citizen(), people.citizen()
    draft = ready(sari)
    with pytest.raises(Denied):
        submit.send_submission(draft, by=joko, at=NOON)
    sari.emailaddress_set.update(verified=False)
    with pytest.raises(Denied, match="surel"):
        submit.send_submission(draft, by=sari, at=NOON)


def test_send_where_only_named_organisations_may_asks_for_the_address() -> None:
    sari, forum = people.citizen(), people.citizen(email="forum@contoh.id")
    draft = ready(sari)
    consultations.invite(draft.consultation, "FORUM@contoh.id")
    with pytest.raises(Denied):
        submit.send_submission(draft, by=sari, at=NOON)
    invited = consultations.writing(
        draft.consultation, forum, replace(Content.from_json(draft.working)), at=NOON
    )
    assert submit.send_submission(invited, by=forum, at=NOON).state == "sent"


@pytest.mark.parametrize(
    ("fields", "key"),
    [
        ({"stance": "maybe"}, "stance"),
        ({"stance": "disagree", "reason": "", "remarks": {}}, "reason"),
        ({"reason": "x" * 5001}, "reason"),
        ({"participant_kind": "business"}, "participant_name"),
        ({"participant_kind": "king"}, "participant_kind"),
        ({"answers": {}}, "question-1"),
        ({"answers": {1: AnswerContent(choices=(9,))}}, "question-1"),
        ({"answers": {1: AnswerContent(choices=(1, 2))}}, "question-1"),
        ({"answers": {1: AnswerContent(choices=(0,))}}, "question-1"),
        ({"answers": {1: AnswerContent(choices=(1,)), 3: AnswerContent(number=6)}}, "question-3"),
        ({"answers": {1: AnswerContent(choices=(1,)), 4: AnswerContent(text="x" * 201)}}, "question-4"),
        ({"remarks": {4: RemarkContent(version=1, quote="sampah")}}, "clause-4"),
        ({"remarks": {4: RemarkContent(version=1, stance="maybe")}}, "clause-4"),
        ({"remarks": {4: RemarkContent(version=1, comment="x" * 3001)}}, "clause-4"),
    ],
)
def test_send_incomplete_names_what_is_missing_and_stores_nothing(
    fields: dict[str, object], key: str
) -> None:
    sari = people.citizen()
    said = {"answers": {1: AnswerContent(choices=(1,))}, **fields}
    draft = ready(sari, consultations.content(**said))
    with pytest.raises(Invalid) as refused:
        submit.send_submission(draft, by=sari, at=NOON)
    assert list(refused.value.fields) == [key]
    draft.refresh_from_db()
    assert (draft.state, draft.remarks.count(), draft.versions.count()) == ("draft", 0, 0)


def test_send_of_nothing_is_refused() -> None:
    sari = people.citizen()
    draft = consultations.writing(consultations.opened(scenes.regency(), at=NOON), sari, Content(), at=NOON)
    with pytest.raises(Invalid) as refused:
        submit.send_submission(draft, by=sari, at=NOON)
    assert list(refused.value.fields) == [""]


@pytest.mark.parametrize("words", [{"body": "Pengangkutan dilakukan setiap hari."}, {}])
def test_send_after_a_new_version_waits_until_the_difference_was_seen(words: dict[str, str]) -> None:
    sari = people.citizen()
    draft = ready(sari)
    next_version(draft.consultation, 4, **words)
    with pytest.raises(TextChanged):
        submit.send_submission(draft, by=sari, seen_version=1, at=NOON)
    sent = submit.send_submission(draft, by=sari, seen_version=2, at=NOON)
    assert sent.text_version
    assert (sent.text_version.number, sent.remarks.get().text_version.number) == (2, 1)


def test_send_after_a_new_version_of_other_clauses_goes_through() -> None:
    sari = people.citizen()
    draft = ready(sari)
    next_version(draft.consultation, 5, body="Tanpa iuran.")
    assert submit.send_submission(draft, by=sari, seen_version=1, at=NOON).state == "sent"


def test_send_where_the_instansi_reads_first_is_held_with_a_case() -> None:
    sari = people.citizen()
    draft = ready(sari)
    moderate_first()
    sent = submit.send_submission(draft, by=sari, at=NOON)
    assert sent.subject
    assert (sent.state, sent.number, sent.subject.is_visible) == ("held", 1, False)
    case = Case.objects.get(subject=sent.subject)
    assert (case.kind, case.unit, list(case.barred.all())) == ("submission", sent.consultation.unit, [sari])
    assert Notice.objects.get(person_id=sari.pk).event.kind == "submission.received_for_review"


def test_send_with_hidden_name_hides_it_in_the_talk() -> None:
    sari = people.citizen()
    sent = submit.send_submission(
        ready(sari, consultations.content(is_name_masked=True, answers={1: AnswerContent(choices=(1,))})),
        by=sari,
        at=NOON,
    )
    assert sent.subject
    assert (sent.subject.hides_author, "Sari" in sent.subject.title) == (True, False)


# --- changing ------------------------------------------------------------------------------------------


def changed(sent: Submission, by: Person, **fields: object) -> Submission:
    return drafts.save_working(
        sent.consultation,
        lambda content: replace(content, **fields),
        by=by,
        at=NOON,  # type: ignore[arg-type]
    )


def test_change_makes_the_next_version_in_the_place_of_the_first() -> None:
    sari = people.citizen()
    sent = submit.send_submission(ready(sari), by=sari, at=NOON)
    changed(sent, sari, reason="Jadwal pagi saja.", remarks={5: RemarkContent(version=1, stance="agree")})
    again = submit.change_submission(sent, by=sari, at=NOON)
    assert (again.code, again.version, again.reason) == (sent.code, 2, "Jadwal pagi saja.")
    assert [remark.clause.number for remark in again.remarks.all()] == [5]
    assert list(again.versions.values_list("number", flat=True)) == [1, 2]
    entry = AuditEntry.objects.get(verb="submission.changed")
    assert entry.after == {"version": 2, "fields": ["reason", "clause-4", "clause-5"]}
    assert Notice.objects.filter(event__kind="submission.change_received", person_id=sari.pk).count() == 1


def test_change_pressed_twice_or_without_a_difference_does_nothing() -> None:
    sari = people.citizen()
    sent = submit.send_submission(ready(sari), by=sari, at=NOON)
    assert submit.change_submission(sent, by=sari, at=NOON).version == 1
    changed(sent, sari, stance="agree")
    submit.change_submission(sent, by=sari, at=NOON)
    assert submit.change_submission(sent, by=sari, at=NOON + timedelta(days=99)).version == 2


def test_change_after_closing_keeps_both_what_was_sent_and_what_was_written() -> None:
    sari = people.citizen()
    sent = submit.send_submission(ready(sari), by=sari, at=NOON)
    changed(sent, sari, stance="agree")
    with pytest.raises(Closed):
        submit.change_submission(sent, by=sari, at=NOON + timedelta(days=12))
    sent.refresh_from_db()
    assert (sent.stance, sent.version, (sent.working or {})["stance"]) == ("with_notes", 1, "agree")


def test_change_where_the_instansi_reads_first_is_read_again() -> None:
    sari = people.citizen()
    sent = submit.send_submission(ready(sari), by=sari, at=NOON)
    moderate_first()
    changed(sent, sari, stance="agree")
    again = submit.change_submission(sent, by=sari, at=NOON)
    assert (again.state, again.is_rechecking, Case.objects.get(subject=again.subject).kind) == (
        "sent",
        True,
        "submission",
    )
    assert Notice.objects.filter(event__kind="submission.change_received_for_review").count() == 1


def test_change_of_one_that_is_not_shown_is_read_again_and_stays_unseen() -> None:
    sari = people.citizen()
    sent = submit.send_submission(ready(sari), by=sari, at=NOON)
    Submission.objects.filter(pk=sent.pk).update(state="not_shown")
    changed(sent, sari, reason="Jadwal sore saja.")
    again = submit.change_submission(sent, by=sari, at=NOON)
    assert (again.state, again.is_rechecking, again.version) == ("not_shown", False, 2)
    assert Case.objects.get(subject=again.subject).kind == "submission"


def test_change_by_another_person_is_refused() -> None:
    sari = people.citizen()
    sent = submit.send_submission(ready(sari), by=sari, at=NOON)
    with pytest.raises(Denied):
        submit.change_submission(sent, by=people.citizen(), at=NOON)


# --- withdrawing ---------------------------------------------------------------------------------------


def test_withdraw_takes_it_off_the_page_and_the_count_and_allows_another() -> None:
    sari = people.citizen()
    sent = submit.send_submission(ready(sari), by=sari, at=NOON)
    gone = submit.withdraw_submission(sent, by=sari, at=NOON)
    assert gone.subject
    assert (gone.state, gone.subject.is_visible) == ("withdrawn", False)
    assert not Ballot.objects.get(subject=gone.subject).is_open
    assert AuditEntry.objects.get(verb="submission.withdrawn").after == {"state": "withdrawn"}
    assert Notice.objects.filter(event__kind="submission.withdrawal_received", person_id=sari.pk).count() == 1
    another = drafts.save_working(
        sent.consultation, lambda _: Content.from_json(sent.versions.get().content), by=sari, at=NOON
    )
    assert submit.send_submission(another, by=sari, at=NOON).number == 2


def test_withdraw_closes_the_open_case() -> None:
    sari = people.citizen()
    sent = submit.send_submission(ready(sari), by=sari, at=NOON)
    moderate_first()
    changed(sent, sari, stance="agree")
    submit.change_submission(sent, by=sari, at=NOON)
    submit.withdraw_submission(sent, by=sari, at=NOON)
    assert Case.objects.get().outcome == "withdraw"


def test_withdraw_after_closing_by_another_or_while_held_is_refused() -> None:
    sari = people.citizen()
    sent = submit.send_submission(ready(sari), by=sari, at=NOON)
    with pytest.raises(Closed):
        submit.withdraw_submission(sent, by=sari, at=NOON + timedelta(days=12))
    with pytest.raises(Denied):
        submit.withdraw_submission(sent, by=people.citizen(), at=NOON)
    Submission.objects.filter(pk=sent.pk).update(state="held")
    with pytest.raises(WrongState):
        submit.withdraw_submission(sent, by=sari, at=NOON)


def test_send_stores_hostile_words_as_words() -> None:
    sari = people.citizen()
    hostile = '<script>alert(1)</script> ={}); DROP TABLE -- {{ 7*7 }} http://x.id/"onclick'
    draft = ready(sari, consultations.content(reason=hostile, answers={1: AnswerContent(choices=(1,))}))
    sent = submit.send_submission(draft, by=sari, at=NOON)
    assert sent.reason == hostile
    assert "<script>" not in sent.html
    assert timezone.is_aware(sent.changed_at)
    assert Clause.objects.count() == 5


def test_change_of_a_withdrawn_one_is_refused_and_leaves_it_as_it_is() -> None:
    sari = people.citizen()
    sent = submit.send_submission(ready(sari), by=sari, at=NOON)
    submit.withdraw_submission(sent, by=sari, at=NOON)
    with pytest.raises(WrongState, match="ditarik"):
        submit.change_submission(sent, by=sari, at=NOON)
    sent.refresh_from_db()
    assert (sent.state, sent.version) == ("withdrawn", 1)
    assert not AuditEntry.objects.filter(verb="submission.changed").exists()


def test_change_that_hides_the_name_hides_it_in_the_talk_too() -> None:
    sari = people.citizen()
    sent = submit.send_submission(ready(sari), by=sari, at=NOON)
    changed(sent, sari, is_name_masked=True)
    again = submit.change_submission(sent, by=sari, at=NOON)
    assert again.subject
    again.subject.refresh_from_db()
    assert (again.is_name_masked, again.subject.hides_author) == (True, True)

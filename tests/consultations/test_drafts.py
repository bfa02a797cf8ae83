"""Writing a submission: kept page by page, by whoever holds it, taken over on sign-in, discarded, forgotten."""

import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from rembuk.audit.models import AuditEntry
from rembuk.common.errors import NotVisible, WrongState
from rembuk.consultations.actions.taking import drafts
from rembuk.consultations.content import AnswerContent, Content, RemarkContent
from rembuk.consultations.errors import NotOpenYet
from rembuk.consultations.models import Submission
from rembuk.consultations.writing.sheet import content_of
from tests import consultation_scenes as consultations
from tests import people, scenes

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)


def says(**fields: object) -> drafts.Edit:
    return lambda content: replace(content, **fields)  # type: ignore[arg-type]


def remarks(number: int, comment: str) -> drafts.Edit:
    return lambda content: content.with_remark(number, RemarkContent(version=1, comment=comment))


def test_save_begins_a_draft_of_the_person_with_its_audit_entry() -> None:
    made, sari = consultations.opened(scenes.regency(), at=NOON), people.citizen()
    draft = drafts.save_working(made, says(stance="agree"), by=sari, at=NOON)
    assert (draft.author, draft.state, draft.code) == (sari, "draft", None)
    assert content_of(draft).stance == "agree"
    entry = AuditEntry.objects.get(verb="submission.draft_saved")
    assert (entry.actor_person_id, entry.after) == (sari.pk, {"fields": ["stance"]})


def test_save_of_another_page_keeps_what_stands() -> None:
    made, sari = consultations.opened(scenes.regency(), at=NOON), people.citizen()
    drafts.save_working(made, says(stance="agree"), by=sari, at=NOON)
    drafts.save_working(made, remarks(4, "Kurang."), by=sari, at=NOON)
    draft = drafts.save_working(made, remarks(5, "Terlalu mahal."), by=sari, at=NOON)
    said = content_of(draft)
    assert (said.stance, {n: r.comment for n, r in said.remarks.items()}) == (
        "agree",
        {4: "Kurang.", 5: "Terlalu mahal."},
    )
    assert Submission.objects.count() == 1


def test_save_cleans_texts_and_drops_what_says_nothing() -> None:
    made = consultations.opened(scenes.regency(), at=NOON)

    def edit(content: Content) -> Content:
        dirty = replace(content, reason=" \u202eBaik\x00 \r\n\n\n\nsekali ", participant_name="PT Maju")
        return dirty.with_remark(4, RemarkContent(version=1, comment="  ")).with_answers(
            {1: AnswerContent(text=" ")}
        )

    said = content_of(drafts.save_working(made, edit, by=people.citizen(), at=NOON))
    assert (said.reason, said.participant_name, said.remarks, said.answers) == ("Baik \n\nsekali", "", {}, {})


def test_save_by_a_visitor_needs_the_key_of_the_draft() -> None:
    made, mine = consultations.opened(scenes.regency(), at=NOON), uuid.uuid4()
    drafts.save_working(made, says(stance="agree"), by=None, public_id=mine, kept=[str(mine)], at=NOON)
    with pytest.raises(NotVisible):
        drafts.save_working(made, says(stance="disagree"), by=None, public_id=mine, kept=[], at=NOON)
    assert content_of(Submission.objects.get(public_id=mine)).stance == "agree"


def test_save_with_the_key_of_another_consultation_is_refused() -> None:
    place, mine = scenes.regency(), uuid.uuid4()
    made, other = consultations.opened(place, at=NOON), consultations.opened(place, at=NOON)
    drafts.save_working(made, says(stance="agree"), by=None, public_id=mine, kept=[str(mine)], at=NOON)
    with pytest.raises(NotVisible):
        drafts.save_working(
            other, says(stance="disagree"), by=None, public_id=mine, kept=[str(mine)], at=NOON
        )


def test_save_never_writes_on_somebody_elses_submission() -> None:
    made, sari, joko = consultations.opened(scenes.regency(), at=NOON), people.citizen(), people.citizen()
    hers = consultations.writing(made, sari, at=NOON)
    key = hers.public_id
    with pytest.raises(NotVisible):
        drafts.save_working(made, says(stance="agree"), by=joko, public_id=key, kept=[str(key)], at=NOON)
    with pytest.raises(NotVisible):
        drafts.save_working(made, says(stance="agree"), by=None, public_id=key, kept=[str(key)], at=NOON)


def test_save_before_opening_and_after_cancellation_is_refused() -> None:
    place, sari = scenes.regency(), people.citizen()
    with pytest.raises(NotOpenYet, match="2026"):
        drafts.save_working(consultations.scheduled(place, at=NOON), says(), by=sari, at=NOON)
    cancelled = consultations.opened(place, at=NOON, state="cancelled")
    with pytest.raises(WrongState):
        drafts.save_working(cancelled, says(stance="agree"), by=sari, at=NOON)
    assert not Submission.objects.exists()


def test_save_after_closing_still_keeps_the_words() -> None:
    made, sari = consultations.closed(scenes.regency(), at=NOON), people.citizen()
    draft = drafts.save_working(made, says(reason="Belum sempat terkirim."), by=sari, at=NOON)
    assert content_of(draft).reason == "Belum sempat terkirim."


def test_save_on_a_sent_submission_leaves_what_was_sent() -> None:
    made, sari = consultations.opened(scenes.regency(), at=NOON), people.citizen()
    sent = consultations.sent(made, sari, at=NOON)
    found = drafts.save_working(made, says(reason="Jadwal pagi saja."), by=sari, at=NOON)
    assert (found.pk, found.reason) == (sent.pk, sent.reason)
    assert content_of(found).reason == "Jadwal pagi saja."
    found = drafts.save_working(made, says(reason=sent.reason), by=sari, at=NOON)
    assert found.working is None


def test_adopt_gives_only_drafts_that_nobody_owns() -> None:
    place, newcomer, sari = scenes.regency(), people.citizen(), people.citizen()
    begun = consultations.writing(consultations.opened(place, at=NOON), None, at=NOON)
    hers = consultations.writing(consultations.opened(place, at=NOON), sari, at=NOON)
    ids = [str(begun.public_id), str(hers.public_id), "bukan-kunci"]
    assert drafts.adopt_drafts(ids, by=newcomer, at=NOON) == []
    assert set(Submission.objects.values_list("public_id", "author")) == {
        (begun.public_id, newcomer.pk),
        (hers.public_id, sari.pk),
    }


def test_adopt_leaves_a_draft_beside_a_submission_and_join_puts_it_over() -> None:
    made, sari = consultations.opened(scenes.regency(), at=NOON), people.citizen()
    consultations.with_text(made)
    own = drafts.save_working(made, remarks(4, "Lama."), by=sari, at=NOON)
    drafts.save_working(made, says(reason="Alasan lama."), by=sari, at=NOON)
    said = Content(stance="disagree", remarks={5: RemarkContent(version=1, comment="Baru.")})
    begun = consultations.writing(made, None, said, at=NOON)
    ids = [str(begun.public_id)]
    assert drafts.adopt_drafts(ids, by=sari, at=NOON) == ids
    joined = content_of(drafts.join_draft(own, begun, by=sari, kept=ids, at=NOON))
    assert (joined.stance, joined.reason, sorted(joined.remarks)) == ("disagree", "Alasan lama.", [4, 5])
    assert list(Submission.objects.values_list("pk", flat=True)) == [own.pk]


def test_join_without_the_key_is_refused() -> None:
    made, sari = consultations.opened(scenes.regency(), at=NOON), people.citizen()
    own, begun = (consultations.writing(made, author, at=NOON) for author in (sari, None))
    with pytest.raises(NotVisible):
        drafts.join_draft(own, begun, by=sari, kept=[], at=NOON)
    assert Submission.objects.count() == 2


def test_discard_deletes_a_draft_and_of_a_sent_one_only_the_change() -> None:
    place, sari = scenes.regency(), people.citizen()
    draft = consultations.writing(consultations.opened(place, at=NOON), sari, at=NOON)
    drafts.discard_draft(draft, by=sari, at=NOON)
    made = consultations.opened(place, at=NOON)
    sent = consultations.sent(made, sari, at=NOON)
    drafts.save_working(made, says(reason="Lain."), by=sari, at=NOON)
    drafts.discard_draft(sent, by=sari, at=NOON)
    sent.refresh_from_db()
    assert (Submission.objects.count(), sent.state, sent.working) == (1, "sent", None)
    assert AuditEntry.objects.filter(verb="submission.draft_discarded").count() == 2


def test_discard_of_somebody_elses_draft_is_refused() -> None:
    draft = consultations.writing(consultations.opened(scenes.regency(), at=NOON), people.citizen(), at=NOON)
    with pytest.raises(NotVisible):
        drafts.discard_draft(draft, by=people.citizen(), at=NOON)
    with pytest.raises(NotVisible):
        drafts.discard_draft(draft, by=None, kept=[str(draft.public_id)], at=NOON)


def test_stale_drafts_are_removed_when_nobody_owns_them() -> None:
    made, sari = consultations.opened(scenes.regency(), at=NOON), people.citizen()
    consultations.writing(made, None, at=NOON - timedelta(days=40))
    kept = [
        consultations.writing(made, None, at=NOON).pk,
        consultations.writing(made, sari, at=NOON - timedelta(days=40)).pk,
    ]
    assert drafts.remove_stale_drafts(before=NOON - timedelta(days=30), at=NOON) == 1
    assert sorted(Submission.objects.values_list("pk", flat=True)) == sorted(kept)
    assert AuditEntry.objects.get(verb="submission.drafts_removed").after == {"count": 1}


def test_save_of_the_same_words_on_a_sent_submission_leaves_no_trace() -> None:
    made, sari = consultations.opened(scenes.regency(), at=NOON), people.citizen()
    sent = consultations.sent(made, sari, at=NOON)
    found = drafts.save_working(made, says(reason=sent.reason), by=sari, at=NOON)
    assert (found.pk, found.working) == (sent.pk, None)
    assert not AuditEntry.objects.filter(verb="submission.draft_saved").exists()


def test_no_stale_draft_leaves_no_entry() -> None:
    consultations.writing(consultations.opened(scenes.regency(), at=NOON), None, at=NOON)
    assert drafts.remove_stale_drafts(before=NOON - timedelta(days=30), at=NOON) == 0
    assert not AuditEntry.objects.filter(verb="submission.drafts_removed").exists()

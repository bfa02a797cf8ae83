"""What an author does with what was sent: change, withdraw, appeal, object; each once where it is once."""

from datetime import UTC, datetime, timedelta

import pytest

from rembuk.audit.models import AuditEntry
from rembuk.common.errors import Denied, Invalid, WrongState
from rembuk.engagement.actions.follows import follow
from rembuk.engagement.models import Case
from rembuk.notifications.models import Notice
from rembuk.proposals import rules
from rembuk.proposals.actions import edit
from rembuk.proposals.choices import AnswerKind
from rembuk.proposals.errors import AppealUsed, ObjectionTooLate, ObjectionUsed
from rembuk.proposals.models import Decision, Objection, OfficialAnswer, Proposal
from rembuk.proposals.states import EDITABLE_BY_AUTHOR, State
from tests import people, scenes

pytestmark = pytest.mark.django_db
TUESDAY = datetime(2026, 11, 24, 3, tzinfo=UTC)
WORDS = "Lokasinya sudah kami ukur bersama warga dan aparat desa."


def told(kind: str) -> set[int]:
    return set(Notice.objects.filter(event__kind=kind).values_list("person_id", flat=True))


# --- changing ------------------------------------------------------------------------------------------


def test_edit_of_a_public_text_makes_a_version_and_tells_followers() -> None:
    place, author, reader = scenes.regency(), people.citizen(), people.citizen()
    proposal = scenes.published(place, author)
    assert proposal.subject
    follow(proposal.subject, by=reader)
    changed = edit.edit_proposal(
        proposal,
        scenes.content(place, title="Perbaikan jalan desa sepanjang 400 meter"),
        by=author,
        reason="Panjang ditambah.",
    )
    first, second = changed.versions.all()
    assert (changed.version, second.number, second.reason) == (2, 2, "Panjang ditambah.")
    assert (first.title, second.title) == (
        "Perbaikan jalan desa menuju balai desa",
        "Perbaikan jalan desa sepanjang 400 meter",
    )
    assert told("proposal.new_version") == {reader.pk}
    changed.subject.refresh_from_db()
    assert changed.subject.title == changed.title


def test_edit_of_a_public_text_can_be_found_by_its_new_words() -> None:
    from rembuk.common.search import query

    place, author = scenes.regency(), people.citizen()
    proposal = scenes.published(place, author)
    content = scenes.content(place, title="Jembatan gantung Kali Bening")
    edit.edit_proposal(proposal, content, by=author, reason="Judul lebih jelas.")
    assert Proposal.objects.filter(search=query("jembatan bening")).get() == proposal


def test_edit_of_a_public_text_without_a_reason_is_refused() -> None:
    place, author = scenes.regency(), people.citizen()
    proposal = scenes.published(place, author)
    with pytest.raises(Invalid) as refused:
        edit.edit_proposal(proposal, scenes.content(place, body=scenes.BODY + " Segera."), by=author)
    proposal.refresh_from_db()
    assert (list(refused.value.fields), proposal.version) == (["reason"], 1)


def test_edit_of_a_minor_field_makes_no_version() -> None:
    place, author = scenes.regency(), people.citizen()
    proposal = scenes.published(place, author)
    changed = edit.edit_proposal(proposal, scenes.content(place, estimate=150_000_000), by=author)
    assert (changed.version, changed.estimate, changed.versions.count()) == (1, 150_000_000, 1)


def test_edit_of_a_returned_one_makes_no_version() -> None:
    place, author = scenes.regency(), people.citizen()
    proposal = scenes.submitted(place, author)
    Proposal.objects.filter(pk=proposal.pk).update(state=State.RETURNED)
    changed = edit.edit_proposal(proposal, scenes.content(place, place="RT 09"), by=author)
    assert (changed.place, changed.version, changed.versions.count()) == ("RT 09", 1, 0)


def test_edit_without_a_change_leaves_no_trace() -> None:
    place, author = scenes.regency(), people.citizen()
    proposal = scenes.published(place, author)
    edit.edit_proposal(proposal, scenes.content(place), by=author, reason="Tidak ada.")
    assert not AuditEntry.objects.filter(verb="proposal.edited").exists()


def test_edit_records_the_names_of_fields_and_no_text() -> None:
    place, author = scenes.regency(), people.citizen()
    proposal = scenes.published(place, author)
    edit.edit_proposal(
        proposal, scenes.content(place, place="RT 09"), by=author, reason="Tempat lebih jelas."
    )
    entry = AuditEntry.objects.get(verb="proposal.edited")
    assert (entry.after, entry.target_key) == ({"fields": ["place"], "version": 2}, proposal.code)


def test_edit_masking_the_name_hides_it_in_the_talk() -> None:
    place, author = scenes.regency(), people.citizen()
    proposal = scenes.published(place, author)
    changed = edit.edit_proposal(proposal, scenes.content(place, is_name_masked=True), by=author)
    assert changed.subject
    assert changed.subject.hides_author


def test_edit_that_would_leave_it_incomplete_is_refused() -> None:
    place, author = scenes.regency(), people.citizen()
    proposal = scenes.published(place, author)
    with pytest.raises(Invalid) as refused:
        edit.edit_proposal(proposal, scenes.content(place, title="Jalan"), by=author, reason="x")
    assert list(refused.value.fields) == ["title"]


@pytest.mark.parametrize("state", sorted(set(State) - EDITABLE_BY_AUTHOR))
def test_edit_is_refused_where_the_text_stands_fast(state: State) -> None:
    place, author = scenes.regency(), people.citizen()
    proposal, other = scenes.published(place, author), scenes.published(place)
    Proposal.objects.filter(pk=proposal.pk).update(state=state, duplicate_of=other)
    with pytest.raises(WrongState):
        edit.edit_proposal(
            proposal, scenes.content(place, title="Judul yang baru sekali"), by=author, reason="x"
        )


def test_edit_of_a_draft_is_not_this_actions_task() -> None:
    place, author = scenes.regency(), people.citizen()
    with pytest.raises(WrongState):
        edit.edit_proposal(scenes.draft(place, author), scenes.content(place), by=author)


def test_edit_by_somebody_else_is_denied() -> None:
    place = scenes.regency()
    with pytest.raises(Denied):
        edit.edit_proposal(scenes.published(place), scenes.content(place), by=people.citizen())


# --- withdrawing ---------------------------------------------------------------------------------------


def test_withdraw_closes_what_waits_and_tells_followers() -> None:
    place, author, reader = scenes.regency(), people.citizen(), people.citizen()
    proposal = scenes.published(place, author)
    assert proposal.subject
    follow(proposal.subject, by=reader)
    proposal.dispositions.create(unit=place.works, given_at=TUESDAY, due_at=TUESDAY)
    edit.withdraw_proposal(proposal, by=author, reason="Sudah diperbaiki warga.")
    proposal.refresh_from_db()
    assert proposal.state == State.WITHDRAWN
    assert not proposal.dispositions.filter(closed_at=None).exists()
    assert not Case.objects.filter(closed_at=None).exists()
    assert told("proposal.withdrawn_followed") == {reader.pk}


def test_withdraw_of_a_waiting_one_closes_its_case() -> None:
    author = people.citizen()
    proposal = scenes.submitted(scenes.regency(), author)
    edit.withdraw_proposal(proposal, by=author)
    assert Case.objects.get().outcome == "withdraw"


def test_withdraw_by_somebody_else_is_denied() -> None:
    with pytest.raises(Denied):
        edit.withdraw_proposal(scenes.submitted(scenes.regency()), by=people.citizen())


def test_withdraw_of_a_draft_is_not_this_actions_task() -> None:
    author = people.citizen()
    with pytest.raises(WrongState):
        edit.withdraw_proposal(scenes.draft(scenes.regency(), author), by=author)


# --- appeal --------------------------------------------------------------------------------------------


def rejected(place: scenes.Regency, author: people.Person, moderator: people.Person) -> Proposal:
    proposal = scenes.submitted(place, author)
    Proposal.objects.filter(pk=proposal.pk).update(state=State.REJECTED)
    Case.objects.update(closed_at=TUESDAY)
    Decision.objects.create(
        proposal=proposal,
        step="reject",
        from_state="submitted",
        to_state="rejected",
        at=TUESDAY,
        by=moderator,
        office=place.works,
    )
    return proposal


def test_appeal_opens_a_case_that_bars_the_first_decider() -> None:
    place, author = scenes.regency(), people.citizen()
    moderator = people.staff("moderator", place.works)
    proposal = rejected(place, author, moderator)
    edit.appeal_rejection(proposal, by=author, text=WORDS)
    proposal.refresh_from_db()
    case = Case.objects.get(closed_at=None)
    assert (proposal.state, case.kind) == (State.SUBMITTED, Case.Kind.APPEAL)
    assert set(case.barred.all()) == {author, moderator}
    assert not rules.may_moderate(proposal, moderator).ok
    assert rules.may_moderate(proposal, people.staff("moderator", place.works)).ok


def test_appeal_is_possible_once() -> None:
    place, author = scenes.regency(), people.citizen()
    proposal = rejected(place, author, people.staff("moderator", place.works))
    edit.appeal_rejection(proposal, by=author, text=WORDS)
    Proposal.objects.filter(pk=proposal.pk).update(state=State.REJECTED)
    with pytest.raises(AppealUsed):
        edit.appeal_rejection(proposal, by=author, text=WORDS)


@pytest.mark.parametrize("text", ["Kurang dari dua", "x" * 2001, "\u200b" * 30])
def test_appeal_needs_words_and_leaves_nothing_without(text: str) -> None:
    place, author = scenes.regency(), people.citizen()
    proposal = rejected(place, author, people.staff("moderator", place.works))
    with pytest.raises(Invalid):
        edit.appeal_rejection(proposal, by=author, text=text)
    assert not Objection.objects.exists()


def test_appeal_against_what_was_not_rejected_is_refused() -> None:
    author = people.citizen()
    with pytest.raises(WrongState):
        edit.appeal_rejection(scenes.submitted(scenes.regency(), author), by=author, text=WORDS)


# --- objection -----------------------------------------------------------------------------------------


def declined(place: scenes.Regency, author: people.Person, officer: people.Person) -> Proposal:
    proposal = scenes.published(place, author, at=TUESDAY)
    proposal.dispositions.create(unit=place.works, is_responsible=True, given_at=TUESDAY, due_at=TUESDAY)
    OfficialAnswer.objects.create(
        proposal=proposal,
        kind=AnswerKind.DECLINED,
        reason="Tidak tersedia anggaran tahun ini.",
        unit=place.works,
        by=officer,
        at=TUESDAY,
    )
    Proposal.objects.filter(pk=proposal.pk).update(state=State.DECLINED)
    return proposal


def test_objection_opens_a_case_that_bars_the_first_answerer() -> None:
    place, author = scenes.regency(), people.citizen()
    officer, second = people.staff("unit-admin", place.works), people.staff("unit-admin", place.works)
    proposal = declined(place, author, officer)
    edit.object_to_answer(proposal, by=author, text=WORDS, at=TUESDAY + timedelta(days=2))
    proposal.refresh_from_db()
    case = Case.objects.get(closed_at=None)
    assert (proposal.state, case.kind, case.unit) == (State.REVIEWING, Case.Kind.OBJECTION, place.works)
    assert set(case.barred.all()) == {author, officer}
    assert proposal.answer_due_at == case.due_at
    assert not rules.may_answer(proposal, officer, place.works).ok
    assert rules.may_answer(proposal, second, place.works).ok


@pytest.mark.parametrize(
    ("moment", "in_time"),
    [(datetime(2026, 12, 14, 16, 59, tzinfo=UTC), True), (datetime(2026, 12, 14, 17, 1, tzinfo=UTC), False)],
)
def test_objection_is_possible_for_fourteen_working_days(moment: datetime, in_time: bool) -> None:
    place, author = scenes.regency(), people.citizen()
    proposal = declined(place, author, people.staff("unit-admin", place.works))
    if in_time:
        assert (
            edit.object_to_answer(proposal, by=author, text=WORDS, at=moment).kind == Objection.Kind.OBJECTION
        )
    else:
        with pytest.raises(ObjectionTooLate):
            edit.object_to_answer(proposal, by=author, text=WORDS, at=moment)


def test_objection_is_possible_once() -> None:
    place, author = scenes.regency(), people.citizen()
    proposal = declined(place, author, people.staff("unit-admin", place.works))
    edit.object_to_answer(proposal, by=author, text=WORDS, at=TUESDAY)
    Proposal.objects.filter(pk=proposal.pk).update(state=State.DECLINED)
    with pytest.raises(ObjectionUsed):
        edit.object_to_answer(proposal, by=author, text=WORDS, at=TUESDAY)


def test_objection_by_somebody_else_is_denied() -> None:
    place = scenes.regency()
    proposal = declined(place, people.citizen(), people.staff("unit-admin", place.works))
    with pytest.raises(Denied):
        edit.object_to_answer(proposal, by=people.citizen(), text=WORDS, at=TUESDAY)


def test_objection_to_a_declined_one_without_an_answer_is_too_late() -> None:
    place, author = scenes.regency(), people.citizen()
    proposal = declined(place, author, people.staff("unit-admin", place.works))
    OfficialAnswer.objects.all().delete()
    with pytest.raises(ObjectionTooLate):
        edit.object_to_answer(proposal, by=author, text=WORDS, at=TUESDAY)

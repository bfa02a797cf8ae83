"""Writing and sending: drafts, the code, the case and its clock, sending twice, what visitors may keep."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest

from rembuk.audit.models import AuditEntry
from rembuk.common.errors import Denied, Invalid, NotVisible, WrongState
from rembuk.engagement.models import Ballot, Case
from rembuk.notifications.models import Notice
from rembuk.proposals import tasks
from rembuk.proposals.actions import submit
from rembuk.proposals.content import Content
from rembuk.proposals.models import Decision, Proposal
from rembuk.proposals.states import State
from rembuk.siteconfig import selectors as siteconfig
from rembuk.siteconfig.models import Setting
from tests import people, scenes

pytestmark = pytest.mark.django_db
TUESDAY = datetime(2026, 11, 24, 3, tzinfo=UTC)


def test_save_draft_twice_with_one_id_leaves_one_row() -> None:
    author, key = people.citizen(), uuid.uuid4()
    submit.save_draft(key, Content(title="Lampu jalan"), by=author)
    submit.save_draft(key, Content(title="Lampu jalan desa"), by=author)
    assert [row.title for row in Proposal.objects.all()] == ["Lampu jalan desa"]


def test_save_draft_of_somebody_else_is_not_visible() -> None:
    key = uuid.uuid4()
    submit.save_draft(key, Content(title="Lampu"), by=people.citizen())
    with pytest.raises(NotVisible):
        submit.save_draft(key, Content(title="Lain"), by=people.citizen())


def test_save_draft_of_a_visitor_needs_the_browser_that_began_it() -> None:
    key = uuid.uuid4()
    submit.save_draft(key, Content(title="Lampu"), by=None)
    with pytest.raises(NotVisible):
        submit.save_draft(key, Content(title="Lain"), by=None)
    assert submit.save_draft(key, Content(title="Lain"), by=None, kept=[str(key)]).title == "Lain"


def test_adopt_drafts_takes_only_what_nobody_owns() -> None:
    owner, newcomer = people.citizen(), people.citizen()
    mine, others = uuid.uuid4(), uuid.uuid4()
    submit.save_draft(mine, Content(title="Lampu"), by=None)
    submit.save_draft(others, Content(title="Jalan"), by=owner)
    assert submit.adopt_drafts([str(mine), str(others)], by=newcomer) == 1
    assert {row.title: row.author for row in Proposal.objects.all()} == {"Lampu": newcomer, "Jalan": owner}


def test_submit_proposal_gives_code_unit_subject_ballot_and_case() -> None:
    place, author = scenes.regency(), people.citizen()
    sent = submit.submit_proposal(scenes.draft(place, author), by=author, at=TUESDAY)
    case = Case.objects.get(subject=sent.subject)
    assert sent.code is not None
    assert (sent.code[:9], sent.state, sent.unit, sent.published_at) == (
        "USL-2026-",
        State.SUBMITTED,
        place.works,
        None,
    )
    assert sent.subject is not None
    assert (sent.subject.path, sent.subject.is_visible) == (f"/usulan/{sent.code}/", False)
    assert Ballot.objects.get(subject=sent.subject).choices == [1, -1]
    assert (case.kind, case.unit, list(case.barred.all())) == (Case.Kind.PROPOSAL, place.works, [author])
    assert case.due_at == datetime(2026, 11, 27, 16, 59, 59, tzinfo=UTC)


def test_submit_proposal_leaves_decision_audit_and_receipt() -> None:
    author = people.citizen()
    sent = scenes.submitted(scenes.regency(), author)
    assert Decision.objects.get(proposal=sent).to_state == State.SUBMITTED
    entry = AuditEntry.objects.get(verb="proposal.submitted")
    assert (entry.target_key, entry.actor_person_id, entry.before, entry.after) == (
        sent.code,
        author.pk,
        {"state": "draft"},
        {"state": "submitted"},
    )
    notice = Notice.objects.get(person_id=author.pk)
    assert (notice.event.kind, notice.event.url) == ("proposal.submitted", f"/usulan/{sent.code}/")


def test_submit_proposal_twice_returns_the_first() -> None:
    author = people.citizen()
    begun = scenes.draft(scenes.regency(), author)
    first = submit.submit_proposal(begun, by=author)
    second = submit.submit_proposal(begun, by=author)
    assert (first.code, Proposal.objects.count(), Case.objects.count()) == (second.code, 1, 1)


def test_submit_proposal_by_somebody_else_is_denied() -> None:
    begun = scenes.draft(scenes.regency())
    with pytest.raises(Denied):
        submit.submit_proposal(begun, by=people.citizen())


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", "Terlalu"),
        ("title", "x" * 151),
        ("body", "Pendek"),
        ("body", "x" * 10_001),
        ("category", None),
    ],
)
def test_submit_proposal_incomplete_is_invalid_and_leaves_a_draft(field: str, value: object) -> None:
    author = people.citizen()
    begun = scenes.draft(scenes.regency(), author, **{field: value})
    with pytest.raises(Invalid) as refused:
        submit.submit_proposal(begun, by=author)
    begun.refresh_from_db()
    assert (list(refused.value.fields), begun.state, begun.code) == ([field], State.DRAFT, None)


def test_submit_proposal_without_any_place_is_invalid() -> None:
    author = people.citizen()
    begun = scenes.draft(scenes.regency(), author, place="")
    with pytest.raises(Invalid) as refused:
        submit.submit_proposal(begun, by=author)
    assert list(refused.value.fields) == ["region"]


def test_submit_proposal_for_a_group_needs_its_name() -> None:
    author = people.citizen()
    begun = scenes.draft(scenes.regency(), author, participant_kind="group")
    with pytest.raises(Invalid) as refused:
        submit.submit_proposal(begun, by=author)
    assert list(refused.value.fields) == ["participant_name"]


def test_submit_proposal_goes_to_the_unit_asked_for_where_the_category_has_none() -> None:
    place, author = scenes.regency(), people.citizen()
    place.category.default_unit = None
    place.category.save()
    begun = scenes.draft(place, author, target_unit=place.health)
    assert submit.submit_proposal(begun, by=author).unit == place.health


def test_submit_proposal_goes_to_the_instansi_where_nobody_is_named() -> None:
    place, author = scenes.regency(), people.citizen()
    place.category.default_unit = None
    place.category.save()
    assert submit.submit_proposal(scenes.draft(place, author), by=author).unit == place.root


def test_submit_proposal_on_a_site_without_units_is_invalid(monkeypatch: pytest.MonkeyPatch) -> None:
    place, author = scenes.regency(), people.citizen()
    place.works.is_active = False
    place.works.save()
    begun = scenes.draft(place, author)
    monkeypatch.setattr(submit, "root", lambda: None)
    with pytest.raises(Invalid):
        submit.submit_proposal(begun, by=author)


def test_submit_proposal_is_public_at_once_where_moderation_comes_after() -> None:
    Setting.objects.create(key="proposal_moderation", value="after", changed_at=TUESDAY)
    siteconfig.forget()
    sent = scenes.submitted(scenes.regency(), at=TUESDAY)
    assert (sent.state, sent.published_at, Case.objects.count()) == (State.PUBLISHED, TUESDAY, 0)
    assert sent.subject is not None
    assert sent.subject.is_visible
    assert sent.versions.get().number == 1


def test_resubmit_proposal_opens_a_case_with_a_fresh_clock() -> None:
    author = people.citizen()
    sent = scenes.submitted(scenes.regency(), author, at=TUESDAY)
    Proposal.objects.filter(pk=sent.pk).update(state=State.RETURNED)
    Case.objects.update(closed_at=TUESDAY)
    again = submit.resubmit_proposal(sent, by=author, at=datetime(2026, 12, 1, 3, tzinfo=UTC))
    case = Case.objects.get(closed_at=None)
    assert (again.state, again.code) == (State.SUBMITTED, sent.code)
    assert case.due_at == datetime(2026, 12, 4, 16, 59, 59, tzinfo=UTC)


def test_discard_draft_leaves_the_state_withdrawn_and_no_code() -> None:
    author = people.citizen()
    begun = scenes.draft(scenes.regency(), author)
    submit.discard_draft(begun, by=author)
    begun.refresh_from_db()
    assert (begun.state, begun.code) == (State.WITHDRAWN, None)


def test_discard_draft_that_was_sent_is_refused() -> None:
    author = people.citizen()
    sent = scenes.submitted(scenes.regency(), author)
    with pytest.raises(WrongState):
        submit.discard_draft(sent, by=author)


def test_remove_stale_drafts_spares_owned_and_recent_ones() -> None:
    old, new = datetime(2026, 9, 1, tzinfo=UTC), TUESDAY
    submit.save_draft(uuid.uuid4(), Content(title="lama"), by=None, at=old)
    submit.save_draft(uuid.uuid4(), Content(title="baru"), by=None, at=new)
    submit.save_draft(uuid.uuid4(), Content(title="milik"), by=people.citizen(), at=old)
    assert submit.remove_stale_drafts(before=datetime(2026, 10, 1, tzinfo=UTC)) == 1
    assert set(Proposal.objects.values_list("title", flat=True)) == {"baru", "milik"}


def test_wait_for_moderation_before_sending_is_refused() -> None:
    with pytest.raises(WrongState):
        submit.wait_for_moderation(scenes.draft(scenes.regency()), at=TUESDAY)


def test_submit_proposal_keeps_the_text_safe_and_an_excerpt() -> None:
    author = people.citizen()
    body = "<b>Tebal</b> & https://contoh.id/a?b=1&c=2 " + "kata " * 60
    sent = submit.submit_proposal(scenes.draft(scenes.regency(), author, body=body), by=author)
    assert sent.html.startswith("<p>&lt;b&gt;Tebal&lt;/b&gt; &amp; <a href=")
    assert len(sent.excerpt) <= 160


def test_submit_proposal_to_a_category_no_longer_used_is_invalid() -> None:
    place, author = scenes.regency(), people.citizen()
    begun = scenes.draft(place, author)
    place.category.is_active = False
    place.category.save()
    with pytest.raises(Invalid) as refused:
        submit.submit_proposal(begun, by=author)
    assert list(refused.value.fields) == ["category"]


def test_remove_stale_drafts_with_nothing_to_do_leaves_no_entry() -> None:
    assert submit.remove_stale_drafts(before=TUESDAY) == 0
    assert not AuditEntry.objects.filter(verb="proposal.drafts_removed").exists()


def test_nightly_job_removes_drafts_after_thirty_days() -> None:
    submit.save_draft(uuid.uuid4(), Content(title="lama"), by=None, at=TUESDAY - timedelta(days=31))
    submit.save_draft(uuid.uuid4(), Content(title="baru"), by=None, at=TUESDAY - timedelta(days=29))
    tasks.remove_drafts(int(TUESDAY.timestamp()))
    assert [draft.title for draft in Proposal.objects.all()] == ["baru"]

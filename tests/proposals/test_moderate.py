"""A moderator's decisions: state, public history, trail, notices; who may not; what a refusal leaves."""

from datetime import UTC, datetime

import pytest

from rembuk.audit.models import AuditEntry
from rembuk.audit.sendings import AlreadySent
from rembuk.common.errors import Denied, Invalid, WrongState
from rembuk.engagement.models import Ballot, Case
from rembuk.proposals.actions import moderate
from rembuk.proposals.errors import AlreadyDecided
from rembuk.proposals.models import Decision, Proposal
from rembuk.proposals.notices import authors
from rembuk.proposals.states import State
from tests import handling_scenes as handling
from tests import people, scenes
from tests.handling_scenes import WHY, reason

pytestmark = pytest.mark.django_db
TUESDAY = datetime(2026, 11, 24, 3, tzinfo=UTC)


def test_publish_makes_the_proposal_public_and_ends_its_case() -> None:
    place, author = scenes.regency(), people.citizen()
    waiting = scenes.submitted(place, author)
    moderator = people.staff("moderator", place.root)
    decision = moderate.publish_proposal(waiting, by=moderator, at=TUESDAY)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.published_at, waiting.version) == (State.PUBLISHED, TUESDAY, 1)
    assert (decision.by, decision.office, decision.at) == (moderator, place.root, TUESDAY)
    assert handling.open_kinds(waiting) == []
    assert Case.objects.get(subject=waiting.subject).outcome == "publish"
    assert Ballot.objects.get(subject=waiting.subject).is_open
    assert handling.trail(waiting)[0] == "proposal.published"
    assert handling.told(author) == ["proposal.submitted", "proposal.published"]


def test_return_gives_the_proposal_back_with_the_message() -> None:
    place, author = scenes.regency(), people.citizen()
    waiting = scenes.submitted(place, author)
    decision = moderate.return_proposal(
        waiting,
        reason=reason("lokasi-kurang"),
        message="Sebut dusunnya.",
        by=people.staff("moderator", place.works),
    )
    assert handling.state_of(waiting) == State.RETURNED
    assert (decision.reason, decision.explanation) == (reason("lokasi-kurang"), "Sebut dusunnya.")
    entry = AuditEntry.objects.get(verb="proposal.returned")
    assert (entry.before, entry.after, entry.reason) == (
        {"state": "submitted"},
        {"state": "returned", "reason_code": "lokasi-kurang"},
        "Sebut dusunnya.",
    )
    assert handling.told(author)[-1] == "proposal.returned"


def test_reject_leaves_the_text_unpublished_and_tells_why() -> None:
    place, author = scenes.regency(), people.citizen()
    waiting = scenes.submitted(place, author)
    by = people.staff("moderator", place.root)
    moderate.reject_proposal(waiting, reason=reason("pengaduan"), message="Kirim ke LAPOR.", by=by)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.published_at) == (State.REJECTED, None)
    assert handling.told(author)[-1] == "proposal.rejected"


@pytest.mark.parametrize(
    ("code", "message"),
    [("iklan", "  "), ("lainnya", "Terlalu singkat"), ("anggaran", WHY), ("duplikat", WHY)],
)
def test_reject_without_fitting_reason_or_words_is_invalid(code: str, message: str) -> None:
    place = scenes.regency()
    waiting = scenes.submitted(place)
    by = people.staff("moderator", place.root)
    with pytest.raises(Invalid):
        moderate.reject_proposal(waiting, reason=reason(code), message=message, by=by)
    assert handling.state_of(waiting) == State.SUBMITTED


def test_return_with_a_switched_off_reason_is_invalid() -> None:
    place = scenes.regency()
    off = reason("tidak-jelas")
    off.is_active = False
    with pytest.raises(Invalid) as refusal:
        moderate.return_proposal(
            scenes.submitted(place), reason=off, message=WHY, by=people.staff("moderator", place.root)
        )
    assert "reason" in refusal.value.fields


def test_publish_by_a_moderator_elsewhere_is_denied() -> None:
    place = scenes.regency()
    waiting = scenes.submitted(place)
    with pytest.raises(Denied):
        moderate.publish_proposal(waiting, by=people.staff("moderator", place.health))
    assert (handling.state_of(waiting), handling.open_kinds(waiting)) == (State.SUBMITTED, ["proposal"])


def test_publish_own_proposal_is_denied_even_to_an_administrator() -> None:
    place = scenes.regency()
    own = people.staff("administrator", place.root)
    with pytest.raises(Denied):
        moderate.publish_proposal(scenes.submitted(place, own), by=own)


def test_publish_a_second_time_tells_which_office_was_faster() -> None:
    place = scenes.regency()
    waiting = scenes.submitted(place)
    moderate.reject_proposal(
        waiting, reason=reason("iklan"), message=WHY, by=people.staff("moderator", place.works)
    )
    with pytest.raises(AlreadyDecided, match="Dinas Pekerjaan Umum"):
        moderate.publish_proposal(waiting, by=people.staff("moderator", place.root))


def test_appeal_is_not_decided_by_the_first_decider() -> None:
    place = scenes.regency()
    first = people.staff("moderator", place.root)
    waiting = handling.appealed(place, first)
    with pytest.raises(Denied):
        moderate.publish_proposal(waiting, by=first)
    assert (handling.state_of(waiting), handling.open_kinds(waiting)) == (State.SUBMITTED, ["appeal"])


@pytest.mark.parametrize("publishes", [True, False])
def test_appeal_is_decided_by_a_second_person(publishes: bool) -> None:
    place = scenes.regency()
    waiting = handling.appealed(place, people.staff("moderator", place.root))
    second = people.staff("moderator", place.root)
    if publishes:
        moderate.publish_proposal(waiting, by=second)
    else:
        moderate.reject_proposal(waiting, reason=reason("iklan"), message=WHY, by=second)
    assert handling.state_of(waiting) == (State.PUBLISHED if publishes else State.REJECTED)
    assert handling.open_kinds(waiting) == []


def test_mark_duplicate_points_to_the_public_one_and_ends_dispositions() -> None:
    place, author = scenes.regency(), people.citizen()
    kept, twin = scenes.published(place), handling.referred(place, author)
    decision = moderate.mark_duplicate(twin, of=kept, by=people.staff("moderator", place.root))
    twin.refresh_from_db()
    assert (twin.state, twin.duplicate_of) == (State.DUPLICATE, kept)
    assert decision.reason == reason("duplikat")
    assert not twin.dispositions.filter(closed_at=None).exists()
    assert handling.told(author)[-1] == "proposal.marked_duplicate"


@pytest.mark.parametrize("which", ["itself", "waiting", "duplicate"])
def test_mark_duplicate_of_something_not_public_is_invalid(which: str) -> None:
    place = scenes.regency()
    by = people.staff("moderator", place.root)
    twin = scenes.submitted(place)
    other = scenes.published(place) if which == "duplicate" else scenes.submitted(place)
    if which == "duplicate":
        moderate.mark_duplicate(other, of=scenes.published(place), by=by)
    with pytest.raises(Invalid) as refusal:
        moderate.mark_duplicate(twin, of=twin if which == "itself" else other, by=by)
    assert list(refusal.value.fields) == ["of"]


def test_undo_duplicate_publishes_what_never_was_with_a_first_version() -> None:
    place = scenes.regency()
    by = people.staff("moderator", place.root)
    twin = scenes.submitted(place)
    moderate.mark_duplicate(twin, of=scenes.published(place), by=by)
    moderate.undo_duplicate(twin, message=WHY, by=by, at=TUESDAY)
    twin.refresh_from_db()
    assert (twin.state, twin.duplicate_of, twin.published_at) == (State.PUBLISHED, None, TUESDAY)
    assert [version.number for version in twin.versions.all()] == [1]
    assert twin.subject is not None
    assert twin.subject.is_visible


def test_undo_duplicate_without_explanation_is_invalid() -> None:
    place = scenes.regency()
    by = people.staff("moderator", place.root)
    twin = scenes.submitted(place)
    moderate.mark_duplicate(twin, of=scenes.published(place), by=by)
    with pytest.raises(Invalid):
        moderate.undo_duplicate(twin, message="keliru", by=by)


def test_publish_that_fails_at_its_notice_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    place = scenes.regency()
    waiting = scenes.submitted(place)
    entries = AuditEntry.objects.count()

    def fail(*args: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(authors, "proposal_published", fail)
    with pytest.raises(RuntimeError):
        moderate.publish_proposal(waiting, by=people.staff("moderator", place.root))
    assert (handling.state_of(waiting), handling.open_kinds(waiting)) == (State.SUBMITTED, ["proposal"])
    assert AuditEntry.objects.count() == entries
    assert not Decision.objects.filter(proposal=waiting, step="publish").exists()


def test_bulk_of_three_with_one_refused_decides_two_under_one_mark() -> None:
    place = scenes.regency()
    by = people.staff("moderator", place.root)
    chosen = [scenes.submitted(place), scenes.submitted(place, by), scenes.submitted(place)]
    result = moderate.bulk_decide(
        chosen, lambda row, bulk: moderate.publish_proposal(row, by=by, bulk=bulk), by=by
    )
    assert [handling.state_of(row) for row in chosen] == ["published", "submitted", "published"]
    assert [(row, bool(why)) for row, why in result.refused] == [(chosen[1], True)]
    marks = Decision.objects.filter(step="publish").values_list("bulk", "bulk_size")
    assert set(marks) == {(result.bulk.mark, 3)}
    entries = AuditEntry.objects.filter(verb="proposal.published").values_list("bulk", flat=True)
    assert set(entries) == {str(result.bulk.mark)}
    assert AuditEntry.objects.filter(verb="access.denied").count() == 1


def test_one_of_many_that_the_same_form_has_done_in_another_request_is_no_refusal() -> None:
    place = scenes.regency()

    def done_elsewhere(*_what: object) -> None:
        raise AlreadySent

    by = people.staff("moderator", place.root)
    result = moderate.bulk_decide([waiting := scenes.submitted(place)], done_elsewhere, by=by)
    assert (result.done, result.refused) == ([waiting], [])


def test_bulk_return_of_a_decided_one_is_refused_with_its_reason() -> None:
    place = scenes.regency()
    by = people.staff("moderator", place.root)
    public = scenes.published(place)
    result = moderate.bulk_decide(
        [public],
        lambda row, bulk: moderate.return_proposal(
            row, reason=reason("tidak-jelas"), message=WHY, by=by, bulk=bulk
        ),
        by=by,
    )
    assert (result.done, [row for row, _why in result.refused]) == ([], [public])
    assert "Kabupaten Contoh" in result.refused[0][1]


def test_publish_of_what_is_withdrawn_is_a_wrong_state() -> None:
    place = scenes.regency()
    waiting = scenes.submitted(place)
    Proposal.objects.filter(pk=waiting.pk).update(state=State.WITHDRAWN)
    with pytest.raises(WrongState):
        moderate.publish_proposal(waiting, by=people.staff("moderator", place.root))

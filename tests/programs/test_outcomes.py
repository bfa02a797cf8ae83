"""What becomes of proposals when programmes end: released, completed, adopted again."""

import threading

import pytest
from django.db import connection
from django.db.models import F

from rembuk.accounts.models import Person
from rembuk.audit.models import AuditEntry
from rembuk.common.errors import WrongState
from rembuk.programs.actions import outcomes, publish
from rembuk.programs.actions.link import unlink_proposal
from rembuk.programs.models import Program
from rembuk.proposals.actions.adopt import move_hidden
from rembuk.proposals.models import Proposal
from rembuk.proposals.states import RELEASE
from tests import program_scenes as programs
from tests import scenes

pytestmark = pytest.mark.django_db


def test_cancel_program_releases_proposals_no_other_program_carries() -> None:
    place = scenes.regency()
    by = programs.manager(place)
    alone, shared = scenes.published(place), scenes.published(place)
    program = programs.published(place, alone, shared, by=by)
    programs.published(place, shared, by=by)
    publish.cancel_program(program, reason=programs.REASON, by=by)
    assert programs.states([alone, shared]) == ["published", "adopted"]


def test_postpone_program_keeps_its_proposals_adopted() -> None:
    place = scenes.regency()
    by, proposal = programs.manager(place), scenes.published(place)
    program = programs.published(place, proposal, by=by)
    publish.postpone_program(program, reason=programs.REASON, by=by)
    assert programs.states([proposal]) == ["adopted"]
    publish.resume_program(program, reason=programs.REASON, by=by)
    assert programs.states([proposal]) == ["adopted"]


def test_complete_program_completes_proposals_without_another_open_program() -> None:
    place = scenes.regency()
    by = programs.manager(place)
    alone, shared = scenes.published(place), scenes.published(place)
    programs.published(place, shared, by=by)
    programs.completed(place, alone, shared, by=by)
    assert programs.states([alone, shared]) == ["completed", "adopted"]


def test_cancel_of_the_last_open_program_completes_what_another_carried_out() -> None:
    place = scenes.regency()
    by, proposal = programs.manager(place), scenes.published(place)
    other = programs.published(place, proposal, by=by)
    programs.completed(place, proposal, by=by)
    publish.cancel_program(other, reason=programs.REASON, by=by)
    assert programs.states([proposal]) == ["completed"]


def test_unlink_from_the_last_open_program_completes_what_another_carried_out() -> None:
    place = scenes.regency()
    by, proposal = programs.manager(place), scenes.published(place)
    other = programs.published(place, proposal, by=by)
    programs.completed(place, proposal, by=by)
    unlink_proposal(other.links.get(), reason=programs.REASON, by=by)
    assert programs.states([proposal]) == ["completed"]


def test_reopen_program_returns_its_proposals_to_adopted() -> None:
    place = scenes.regency()
    by, proposal = programs.manager(place), scenes.published(place)
    program = programs.completed(place, proposal, by=by)
    publish.reopen_program(program, reason=programs.REASON, by=by)
    assert programs.states([proposal]) == ["adopted"]
    assert proposal.decisions.get(step="reopen").explanation == programs.REASON


def hidden(proposal: Proposal) -> Proposal:
    """The proposal taken from public view in the state it has."""
    Proposal.objects.filter(pk=proposal.pk).update(state="hidden", state_before_hiding=F("state"))
    return proposal


def behind(proposal: Proposal) -> tuple[str, str]:
    """The state of a proposal and the one it returns to."""
    return Proposal.objects.values_list("state", "state_before_hiding").get(pk=proposal.pk)


def test_hidden_proposal_returns_later_to_where_its_programmes_put_it() -> None:
    place = scenes.regency()
    by = programs.manager(place)
    released, carried_out = scenes.published(place), scenes.published(place)
    first = programs.published(place, released, by=by)
    second = programs.published(place, carried_out, by=by)
    for proposal in (released, carried_out):
        hidden(proposal)
    unlink_proposal(first.links.get(), reason=programs.REASON, by=by)
    publish.complete_program(programs.carried_out(second, by), by=by)
    assert behind(released) == ("hidden", "published")
    assert behind(carried_out) == ("hidden", "completed")
    publish.reopen_program(second, reason=programs.REASON, by=by)
    assert behind(carried_out) == ("hidden", "adopted")
    publish.postpone_program(second, reason=programs.REASON, by=by)
    entry = AuditEntry.objects.get(verb="proposal.released")
    assert (entry.target_key, entry.after) == (released.code, {"state_before_hiding": "published"})
    assert not released.decisions.filter(step="release").exists()


def test_hidden_proposal_that_another_programme_carries_stays_adopted_behind() -> None:
    place = scenes.regency()
    by, proposal = programs.manager(place), scenes.published(place)
    first = programs.published(place, proposal, by=by)
    programs.published(place, proposal, by=by)
    hidden(proposal)
    unlink_proposal(first.links.get(), reason=programs.REASON, by=by)
    assert behind(proposal) == ("hidden", "adopted")


@pytest.mark.parametrize(("state", "before"), [("adopted", ""), ("hidden", "published")])
def test_only_a_hidden_proposal_moves_behind_its_hiding(state: str, before: str) -> None:
    place = scenes.regency()
    proposal = scenes.published(place)
    Proposal.objects.filter(pk=proposal.pk).update(state=state, state_before_hiding=before)
    with pytest.raises(WrongState):
        move_hidden(
            proposal, RELEASE, reason=programs.REASON, by=programs.manager(place), at=programs.MORNING
        )


def test_refused_completion_rolls_everything_back() -> None:
    place = scenes.regency()
    by, proposal = programs.manager(place), scenes.published(place)
    program = programs.published(place, proposal, by=by)
    with pytest.raises(WrongState):
        publish.complete_program(program, by=by)
    assert programs.states([proposal]) == ["adopted"]
    assert not program.events.filter(step="complete").exists()


def cancel_both_at_once(monkeypatch: pytest.MonkeyPatch, both: list[Program], by: Person) -> None:
    """Two threads that have both taken their step before either looks after the proposals."""
    barrier, real = threading.Barrier(2, timeout=20), publish.settle

    def settle_together(*args: object) -> object:
        barrier.wait()
        return real(*args)  # type: ignore[arg-type]

    def cancel(program: Program) -> None:
        publish.cancel_program(program, reason=programs.REASON, by=by)
        connection.close()

    monkeypatch.setattr(publish, "settle", settle_together)
    threads = [threading.Thread(target=cancel, args=(program,)) for program in both]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("has_lock", "state"), [(True, "published"), (False, "adopted")])
def test_two_programs_cancelled_at_once_release_their_common_proposal_thanks_to_its_lock(
    has_lock: bool, state: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = scenes.regency()
    by, proposal = programs.manager(place), scenes.published(place)
    both = [programs.published(place, proposal, by=by), programs.published(place, proposal, by=by)]
    if not has_lock:
        monkeypatch.setattr(outcomes, "_locked", lambda ids: list(Proposal.objects.filter(pk__in=ids)))
    cancel_both_at_once(monkeypatch, both, by)
    assert programs.states([proposal]) == [state]

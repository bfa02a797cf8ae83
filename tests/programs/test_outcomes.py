"""What becomes of proposals when programmes end: released, completed, adopted again."""

import threading

import pytest
from django.db import connection

from rembuk.common.errors import WrongState
from rembuk.programs.actions import publish
from rembuk.programs.actions.link import unlink_proposal
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


def test_refused_completion_rolls_everything_back() -> None:
    place = scenes.regency()
    by, proposal = programs.manager(place), scenes.published(place)
    program = programs.published(place, proposal, by=by)
    with pytest.raises(WrongState):
        publish.complete_program(program, by=by)
    assert programs.states([proposal]) == ["adopted"]
    assert not program.events.filter(step="complete").exists()


@pytest.mark.django_db(transaction=True)
def test_two_programs_cancelled_at_once_release_their_common_proposal() -> None:
    place = scenes.regency()
    by, proposal = programs.manager(place), scenes.published(place)
    both = [programs.published(place, proposal, by=by), programs.published(place, proposal, by=by)]
    barrier = threading.Barrier(2)

    def cancel(number: int) -> None:
        barrier.wait()
        publish.cancel_program(both[number], reason=programs.REASON, by=by)
        connection.close()

    threads = [threading.Thread(target=cancel, args=(number,)) for number in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert programs.states([proposal]) == ["published"]

"""Two moderators at once, with real threads: one decides, the other is told who did."""

import threading
from collections.abc import Callable

import pytest
from django.db import connections

from rembuk.common.errors import DomainError
from rembuk.proposals.actions import moderate
from rembuk.proposals.errors import AlreadyDecided
from rembuk.proposals.models import Decision, Proposal
from rembuk.proposals.states import State
from tests import handling_scenes as handling
from tests import people, scenes
from tests.handling_scenes import WHY, reason

pytestmark = pytest.mark.django_db(transaction=True)


def together(*acts: Callable[[], object]) -> list[DomainError]:
    """Do all acts at the same time, each on a connection of its own; returns the refusals."""
    start, refusals = threading.Barrier(len(acts)), []

    def run(act: Callable[[], object]) -> None:
        start.wait(timeout=10)
        try:
            act()
        except DomainError as refusal:
            refusals.append(refusal)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return refusals


def test_publish_and_reject_at_once_make_one_decision() -> None:
    place = scenes.regency()
    waiting = scenes.submitted(place)
    one, two = people.staff("moderator", place.root), people.staff("moderator", place.works)
    refusals = together(
        lambda: moderate.publish_proposal(waiting, by=one),
        lambda: moderate.reject_proposal(waiting, reason=reason("iklan"), message=WHY, by=two),
    )
    assert [type(refusal) for refusal in refusals] == [AlreadyDecided]
    assert Decision.objects.filter(proposal=waiting, step__in=["publish", "reject"]).count() == 1
    assert handling.open_kinds(waiting) == []


def test_two_duplicates_of_each_other_at_once_leave_one_public() -> None:
    place = scenes.regency()
    first, second = scenes.published(place), scenes.published(place)
    one, two = people.staff("moderator", place.root), people.staff("moderator", place.root)
    refusals = together(
        lambda: moderate.mark_duplicate(first, of=second, by=one),
        lambda: moderate.mark_duplicate(second, of=first, by=two),
    )
    assert len(refusals) == 1
    assert sorted(Proposal.objects.values_list("state", flat=True)) == [State.DUPLICATE, State.PUBLISHED]

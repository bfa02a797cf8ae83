"""Two officials at once, with real threads: one proposes, the other is told who did; the last rows tell the author."""

import threading
from collections.abc import Callable

import pytest
from django.db import connections

from rembuk.common.errors import DomainError
from rembuk.consultations.actions.answering.cutting import cut_row
from rembuk.consultations.actions.answering.deciding import propose_answer
from rembuk.consultations.actions.answering.publishing import publish_answers
from rembuk.consultations.errors import AlreadyDecided
from rembuk.consultations.models import RowChange
from rembuk.notifications.models import Notice
from tests import matrix_scenes as scenes
from tests import people

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


def test_two_proposals_at_once_make_one_and_tell_the_other_who() -> None:
    found = scenes.matrix(1)
    other = people.staff("consultation-manager", found.place.works, "Rudi Hartono")
    refusals = together(
        lambda: propose_answer(found.rows, answer=scenes.text("accepted"), by=found.manager),
        lambda: propose_answer(found.rows, answer=scenes.text("rejected"), by=other),
    )
    assert [type(refusal) for refusal in refusals] == [AlreadyDecided]
    assert any(name in str(refusals[0]) for name in ("Dewi Anggraini", "Rudi Hartono"))
    assert RowChange.objects.filter(deed="propose").count() == 1


def test_last_two_rows_published_at_once_tell_the_author_once() -> None:
    found = scenes.matrix(1)
    cut_row(found.rows[0], points=["Pendapat ke-0: jadwal", "pengangkutan belum cocok."], by=found.manager)
    first, second = found.fresh()
    scenes.proposed(found, first, second)
    refusals = together(
        lambda: publish_answers([first], by=found.manager),
        lambda: publish_answers([second], by=found.manager),
    )
    assert refusals == []
    assert Notice.objects.filter(event__kind="submission.answered").count() == 1

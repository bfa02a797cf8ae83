"""Real threads against the real database, and the checks that the race tests and their negative controls share."""

import threading
from collections.abc import Callable

from django.db import connections

from rembuk.engagement import selectors
from rembuk.engagement.models import Ballot, Vote

PATIENCE = 30


def at_once(*jobs: Callable[[], object]) -> list[object]:
    """Start all jobs at the same moment, each in a thread; returns what each returned or raised, in order."""
    barrier = threading.Barrier(len(jobs))
    outcomes: list[object] = [None] * len(jobs)

    def run(place: int, job: Callable[[], object]) -> None:
        try:
            connections["default"].ensure_connection()
            barrier.wait(PATIENCE)
            outcomes[place] = job()
        except Exception as error:  # handed to the test
            outcomes[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    return outcomes


def is_right(ballot: Ballot, voter_id: int) -> bool:
    """Whether the voter has exactly one vote and the counts are those of the votes."""
    votes = list(Vote.objects.filter(ballot=ballot, voter=voter_id).values_list("value", flat=True))
    counted = {choice: Vote.objects.filter(ballot=ballot, value=choice).count() for choice in ballot.choices}
    return len(votes) == 1 and selectors.tallies([ballot])[ballot.pk] == counted

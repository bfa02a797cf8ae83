"""At the same moment: one person answers many times, and a round closes while somebody rates. With a negative control."""

import threading
import time
from datetime import timedelta
from functools import partial

import pytest
from django.db import transaction

from rembuk.common.clock import now
from rembuk.programs.actions.voices import rating
from rembuk.programs.actions.voices.rating import Given, rate
from rembuk.programs.actions.voices.rounds import close_round
from rembuk.programs.actions.voices.witness import Answer, bear_witness
from rembuk.programs.models import Milestone, Rating, Round, Witness
from tests import people, scenes
from tests import program_scenes as programs
from tests import voice_scenes as voices
from tests.engagement import races

pytestmark = pytest.mark.django_db(transaction=True)
# The statement stands still between its gate and what it writes.
PASSED, SLOW = "moment FROM gate\n", "moment FROM gate WHERE pg_sleep(1)::text = ''\n"


def test_many_answers_of_one_person_at_once_leave_one() -> None:
    with transaction.atomic():
        made = voices.milestone(programs.published(scenes.regency()), at=now() - timedelta(hours=1))
        person = people.citizen()
    found = Milestone.objects.select_related("program__unit").get(pk=made.pk)
    answers = [Answer(value=value, claim=1) for value in ("yes", "no", "partly") * 4]
    outcomes = races.at_once(*(partial(bear_witness, found, answer, by=person) for answer in answers))
    assert {type(outcome) for outcome in outcomes} == {Witness}
    assert Witness.objects.count() == 1


def _close_while_somebody_rates(found: Round) -> bool:
    """Whether what was kept at closing holds every rating there is; the round closes while a rating is under way."""
    by, person = people.staff("administrator", found.program.unit), people.citizen()

    def close_a_little_later() -> None:
        time.sleep(0.3)
        close_round(found, by=by)

    given = Given(scores=voices.scores(found))
    outcomes = races.at_once(partial(rate, found, given, by=person), close_a_little_later)
    assert outcomes == [True, None], threading.enumerate()
    counts = Round.objects.get(pk=found.pk).counts or {}
    kept = sum(sum(by_code["benefit"]) for by_code in counts.values())
    return kept == Rating.objects.count() == 1


@pytest.fixture
def found() -> Round:
    """An open round."""
    with transaction.atomic():
        place = scenes.regency()
        made = voices.opened(place, programs.manager(place))
    return Round.objects.select_related("program__unit").get(pk=made.pk)


def test_closing_waits_for_a_rating_under_way_and_counts_it(
    found: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rating, "_GIVE", rating._GIVE.replace(PASSED, SLOW, 1))
    assert _close_while_somebody_rates(found)


def test_without_the_lock_of_the_gate_the_same_check_fails(
    found: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    unlocked = rating._GIVE.replace(PASSED, SLOW, 1).replace("FOR KEY SHARE OF round", "")
    monkeypatch.setattr(rating, "_GIVE", unlocked)
    assert not _close_while_somebody_rates(found)

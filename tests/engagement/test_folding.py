"""Folding and recount: figures follow the votes and comments, and a difference is found, told and put right."""

from datetime import UTC, datetime

import pytest
import structlog.testing
from django.db import connection
from django.urls import reverse
from procrastinate.contrib.django.procrastinate_app import current_app

from rembuk.audit.models import AuditEntry
from rembuk.common.clock import WIB
from rembuk.engagement import folding, selectors
from rembuk.engagement.actions.comments import delete_comment
from rembuk.engagement.actions.recount import Drift, find_drift, recount
from rembuk.engagement.actions.votes import cast_vote
from rembuk.engagement.models import Ballot, Figures, Tally, Touched, VoteDelta
from rembuk.engagement.tasks import recount_votes
from rembuk.notifications import texts
from rembuk.notifications.models import Delivery, Event, Notice
from tests import people, scenes
from tests.engagement import talks

pytestmark = pytest.mark.django_db


@pytest.fixture
def ballot() -> Ballot:
    return talks.ballot(talks.subject(scenes.regency().works, people.citizen("Pengusul")))


def _figures(ballot: Ballot) -> tuple[int, int, int]:
    return Figures.objects.values_list("support", "against", "comments").get(subject=ballot.subject)


def test_folding_moves_deltas_and_leaves_the_count(ballot: Ballot) -> None:
    for value in (1, 1, -1):
        cast_vote(ballot, voter=people.citizen(), value=value)
    before = selectors.tallies([ballot])
    assert folding.run_once() == 3
    assert (selectors.tallies([ballot]), VoteDelta.objects.count()) == (before, 0)
    assert set(Tally.objects.values_list("choice", "count")) == {(1, 2), (-1, 1)}
    assert _figures(ballot) == (2, 1, 0)


def test_folding_again_adds_to_what_was_folded(ballot: Ballot) -> None:
    voter = people.citizen()
    for value in (1, -1, 0, 1):
        cast_vote(ballot, voter=voter, value=value)
        folding.run_once()
    assert _figures(ballot) == (1, 0, 0)
    assert folding.run_once() == 0


def test_figures_count_visible_comments_after_folding_only(ballot: Ballot) -> None:
    first, _second = (talks.comment(ballot.subject, people.citizen()) for _ in range(2))
    assert _figures(ballot) == (0, 0, 0)
    folding.run_once()
    assert (_figures(ballot), Touched.objects.count()) == ((0, 0, 2), 0)
    delete_comment(first, by=first.author)
    folding.run_once()
    assert _figures(ballot) == (0, 0, 1)


def test_folding_leaves_untouched_subjects_alone(ballot: Ballot) -> None:
    other = talks.subject(ballot.subject.unit)
    Figures.objects.filter(subject=other).update(support=9)
    cast_vote(ballot, voter=people.citizen(), value=1)
    folding.run_once()
    assert Figures.objects.get(subject=other).support == 9


def test_folding_takes_a_batch_at_a_time(ballot: Ballot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folding, "BATCH", 2)
    for _ in range(3):
        cast_vote(ballot, voter=people.citizen(), value=1)
    assert [folding.run_once() for _ in range(3)] == [2, 1, 0]


def test_folding_answers_of_a_question_leave_support_alone() -> None:
    question = talks.ballot(talks.subject(scenes.regency().works), "question")
    cast_vote(question, voter=people.citizen(), value=1)
    folding.run_once()
    assert _figures(question) == (0, 0, 0)


def test_recount_of_honest_tallies_finds_nothing(ballot: Ballot) -> None:
    for value in (1, -1):
        cast_vote(ballot, voter=people.citizen(), value=value)
    folding.run_once()
    cast_vote(ballot, voter=people.citizen(), value=1)
    people.staff("administrator", ballot.subject.unit.parent)
    with structlog.testing.capture_logs() as logs:
        assert (recount(), logs) == ([], [])
    assert not Notice.objects.filter(event__kind="tally.drift").exists()
    assert AuditEntry.objects.get(verb="ballot.recounted").after == {"differences": 0}


@pytest.mark.parametrize("is_folded", [True, False])
def test_recount_of_a_wrong_tally_raises_the_alarm_and_mends_it(ballot: Ballot, *, is_folded: bool) -> None:
    cast_vote(ballot, voter=people.citizen(), value=1)
    if is_folded:
        folding.run_once()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO engagement_votedelta (ballot_id, choice, change) VALUES (%s, 1, 4)", [ballot.pk]
        )
    with structlog.testing.capture_logs() as logs:
        assert recount() == [Drift(ballot.pk, 1, counted=1, shown=5)]
    assert [(log["event"], log["log_level"]) for log in logs] == [("tally.drift", "error")]
    assert (find_drift(), selectors.tallies([ballot])[ballot.pk][1]) == ([], 1)
    entry = AuditEntry.objects.get(verb="ballot.tally_corrected")
    assert (entry.before["votes"], entry.after["votes"], entry.actor_label) == (5, 1, "system")
    assert AuditEntry.objects.get(verb="ballot.recounted").after == {"differences": 1}


def test_drift_is_told_to_those_who_read_the_log_of_the_whole_instansi(ballot: Ballot) -> None:
    unit = ballot.subject.unit
    told = [people.staff(role, unit.parent) for role in ("administrator", "auditor")]
    people.staff("moderator", unit.parent)
    people.staff("auditor", unit)
    cast_vote(ballot, voter=people.citizen(), value=1)
    Tally.objects.create(ballot=ballot, choice=-1, count=3)
    assert len(recount()) == 1
    event = Event.objects.get(kind="tally.drift")
    assert set(event.notices.values_list("person_id", flat=True)) == {person.pk for person in told}
    assert texts.words_of(event).subject == "Counts of votes put right: 1"
    assert event.url == reverse("desk_trail:log") + "?peristiwa=tally.drift"
    assert Delivery.objects.filter(notice__event=event, state="queued", frequency="instantly").count() == 2
    assert recount() == []
    assert Event.objects.filter(kind="tally.drift").count() == 1


def test_recount_runs_every_night() -> None:
    registered = current_app.periodic_registry.periodic_tasks.values()
    (nightly,) = [job for job in registered if job.task.name == "engagement.recount"]
    minute, hour, *days = nightly.cron.split()
    assert (minute.isdecimal(), hour.isdecimal(), days) == (True, True, ["*", "*", "*"])
    local = (datetime(2026, 11, 2, int(hour), int(minute), tzinfo=UTC)).astimezone(WIB)
    assert 0 <= local.hour < 5


def test_recount_job_repairs_the_figures_too(ballot: Ballot) -> None:
    cast_vote(ballot, voter=people.citizen(), value=1)
    folding.run_once()
    Tally.objects.update(count=7)
    recount_votes(0)
    folding.run_once()
    assert _figures(ballot) == (1, 0, 0)

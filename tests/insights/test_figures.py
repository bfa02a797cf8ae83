"""The three figures: heard, considered, explained, each by its own definition."""

from datetime import UTC, datetime, timedelta

import pytest

from rembuk.insights.figures import three_figures
from rembuk.proposals.models import OfficialAnswer, Proposal
from tests import people, scenes

pytestmark = pytest.mark.django_db
SENT = datetime(2026, 3, 2, 3, tzinfo=UTC)


def test_figures_of_an_empty_site_are_zero() -> None:
    figures = three_figures()
    assert (figures.heard, figures.considered, figures.explained) == (0, 0, 0)
    assert (figures.considered_percent, figures.considered_days) == (0, None)


def test_publishing_is_not_considering() -> None:
    place = scenes.regency()
    scenes.published(place)
    scenes.submitted(place)
    scenes.draft(place)
    figures = three_figures()
    assert (figures.heard, figures.considered, figures.explained) == (2, 0, 0)


def test_figures_count_each_right_with_its_median_days() -> None:
    place = scenes.regency()
    for days in (2, 4, 9):
        proposal = scenes.submitted(place)
        Proposal.objects.filter(pk=proposal.pk).update(
            submitted_at=SENT,
            considered_at=SENT + timedelta(days=days),
            explained_at=SENT + timedelta(days=days + 1),
        )
    scenes.submitted(place)
    figures = three_figures()
    assert (figures.heard, figures.considered, figures.explained) == (4, 3, 3)
    assert (figures.considered_days, figures.explained_days, figures.considered_percent) == (4, 5, 75)


def test_answered_but_unreachable_is_counted_apart() -> None:
    place = scenes.regency()
    proposal = scenes.published(place)
    OfficialAnswer.objects.create(
        proposal=proposal, kind="declined", reason="x" * 20, unit=place.works, at=SENT
    )
    assert (three_figures().explained, three_figures().unreachable) == (0, 1)


def test_figures_of_a_unit_take_in_all_below_and_nothing_beside() -> None:
    place = scenes.regency()
    author = people.citizen()
    for unit in (place.works, place.roads, place.health):
        proposal = scenes.submitted(place, author)
        Proposal.objects.filter(pk=proposal.pk).update(unit=unit)
    assert [three_figures(u).heard for u in (place.root, place.works, place.roads)] == [3, 2, 1]


def test_figures_of_a_period_go_by_the_instant_of_sending() -> None:
    place = scenes.regency()
    proposal = scenes.submitted(place)
    Proposal.objects.filter(pk=proposal.pk).update(submitted_at=SENT)
    day = timedelta(days=1)
    assert three_figures(since=SENT, until=SENT + day).heard == 1
    assert three_figures(since=SENT - day, until=SENT).heard == 0

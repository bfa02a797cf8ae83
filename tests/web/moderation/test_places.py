"""A queue narrowed down to a category or a region: whoever counts it finds the cases that are shown."""

import pytest

from rembuk.engagement import queue
from rembuk.engagement.models import Case
from rembuk.proposals.models import Proposal
from rembuk.regions.models import Region
from rembuk.taxonomy.models import Category
from rembuk.web.moderation.places import narrowed
from tests import handling_scenes as handling
from tests import people, scenes
from tests.security import world

pytestmark = pytest.mark.django_db


def test_cases_that_are_counted_are_those_that_are_shown() -> None:
    made = world.furnish()
    place = made.place
    by = people.staff("administrator", place.root)
    handling.objected(place, by)
    handling.appealed(place, by)
    for category in (place.category, place.other_category):
        scenes.submitted(place, category=category)
    rows = queue.queue(made.admin)
    kinds, seen = set(rows.values_list("kind", flat=True)), 0
    places = [(category, "") for category in Category.objects.all()]
    places += [(None, region.code) for region in Region.objects.all()]
    places += [(place.category, region.code) for region in Region.objects.all()]
    for category, region in places:
        shown = set(narrowed(rows, category, region).values_list("pk", flat=True))
        counted = set(narrowed(rows, category, region, are_counted=True).values_list("pk", flat=True))
        assert counted == shown, (category, region)
        seen += len(shown)
    assert {"proposal", "appeal", "objection"} <= kinds, kinds
    assert seen > len(kinds)


def test_new_proposals_in_the_queue_are_those_that_are_submitted() -> None:
    made = world.furnish()
    by = people.staff("administrator", made.place.root)
    handling.objected(made.place, by)
    handling.appealed(made.place, by)
    waiting = Case.objects.filter(kind=Case.Kind.PROPOSAL, closed_at=None)
    states = Proposal.objects.filter(subject__in=waiting.values("subject")).values_list("state", flat=True)
    assert set(states) == {"submitted"}

"""What becoming public means, the first time and again."""

from datetime import UTC, datetime, timedelta

import pytest

from rembuk.common.search import query
from rembuk.engagement.models import Ballot
from rembuk.proposals.actions.publishing import make_public
from rembuk.proposals.deadlines import answer_due
from rembuk.proposals.models import Proposal
from tests import scenes

pytestmark = pytest.mark.django_db
TUESDAY = datetime(2026, 11, 24, 3, tzinfo=UTC)


def test_publishing_sets_instant_deadline_version_talk_and_ballot() -> None:
    proposal = scenes.published(scenes.regency(), at=TUESDAY)
    assert (proposal.published_at, proposal.answer_due_at) == (TUESDAY, answer_due(proposal, TUESDAY))
    assert [version.number for version in proposal.versions.all()] == [1]
    assert proposal.subject
    assert (proposal.subject.is_visible, proposal.subject.comments_open) == (True, True)
    assert Ballot.objects.get(subject=proposal.subject).is_open


def test_publishing_again_keeps_the_first_instant_and_version() -> None:
    proposal = scenes.published(scenes.regency(), at=TUESDAY)
    make_public(proposal, TUESDAY + timedelta(days=9))
    proposal.refresh_from_db()
    assert (proposal.published_at, proposal.versions.count()) == (TUESDAY, 1)


def test_publishing_keeps_the_deadline_of_the_category() -> None:
    place = scenes.regency()
    place.category.answer_days = 2
    place.category.save()
    proposal = scenes.published(place, at=TUESDAY)
    assert proposal.answer_due_at == datetime(2026, 11, 26, 16, 59, 59, tzinfo=UTC)


@pytest.mark.parametrize("asked", ["perbaikan jalan", "memperbaiki jln", "sukamaju", "berlubang", "krajan"])
def test_publishing_makes_it_found_by_stem_place_and_text(asked: str) -> None:
    proposal = scenes.published(scenes.regency(), region=scenes.village_region())
    assert Proposal.objects.filter(search=query(asked)).get() == proposal

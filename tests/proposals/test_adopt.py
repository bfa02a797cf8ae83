"""What programmes do to proposals: adoption as official answer, release, completion, reopening."""

from datetime import UTC, datetime

import pytest

from rembuk.accounts.models import Person
from rembuk.common.errors import Denied, Invalid, WrongState
from rembuk.notifications.models import Unreachable
from rembuk.proposals.actions import adopt
from rembuk.proposals.models import OfficialAnswer, Proposal
from rembuk.proposals.states import State
from rembuk.workdays.clock import add_working_days
from tests import handling_scenes as handling
from tests import people, scenes
from tests.handling_scenes import WHY
from tests.scenes import Regency

pytestmark = pytest.mark.django_db
TUESDAY = datetime(2026, 11, 24, 3, tzinfo=UTC)


def take_up(proposal: Proposal, place: Regency, by: Person, code: str = "PRG-2026-0001") -> OfficialAnswer:
    """The adoption by one programme of the works agency."""
    return adopt.record_adoption(
        proposal,
        program_code=code,
        program_title="Jalan desa mantap",
        unit=place.works,
        sentence=WHY,
        by=by,
        at=TUESDAY,
    )


def adopted(place: Regency) -> tuple[Proposal, Person]:
    """An adopted proposal and the manager of its programme."""
    found, manager = handling.referred(place), people.staff("program-manager", place.works)
    take_up(found, place, manager)
    return found, manager


def test_adoption_is_the_official_answer_and_sends_no_notice_of_its_own() -> None:
    place, author = scenes.regency(), people.citizen()
    found = handling.referred(place, author)
    before = handling.told(author)
    made = take_up(found, place, people.staff("program-manager", place.works))
    found.refresh_from_db()
    assert (found.state, found.explained_at, found.considered_at) == (State.ADOPTED, TUESDAY, None)
    assert (made.kind, made.program_code, made.unit) == ("adopted", "PRG-2026-0001", place.works)
    assert handling.trail(found)[0] == "proposal.adopted"
    assert handling.told(author) == before


def test_adoption_of_a_published_one_without_telaah_is_possible() -> None:
    place = scenes.regency()
    found = scenes.published(place)
    take_up(found, place, people.staff("program-manager", place.works))
    assert handling.state_of(found) == State.ADOPTED


def test_second_adoption_adds_an_answer_and_keeps_the_state() -> None:
    place = scenes.regency()
    found, manager = adopted(place)
    take_up(found, place, manager, "PRG-2026-0002")
    assert [row.program_code for row in found.answers.order_by("pk")] == ["PRG-2026-0001", "PRG-2026-0002"]
    assert handling.trail(found)[0] == "proposal.answer_added"


def test_adoption_with_a_short_sentence_is_invalid() -> None:
    place = scenes.regency()
    found = scenes.published(place)
    with pytest.raises(Invalid):
        adopt.record_adoption(
            found,
            program_code="PRG-2026-0001",
            program_title="Jalan",
            unit=place.works,
            sentence="x" * 19,
            by=people.staff("program-manager", place.works),
        )


def test_adoption_of_a_declined_one_is_a_wrong_state() -> None:
    place = scenes.regency()
    with pytest.raises(WrongState):
        take_up(handling.declined(place), place, people.staff("program-manager", place.works))


def test_adoption_of_the_own_proposal_is_denied() -> None:
    place = scenes.regency()
    manager = people.staff("program-manager", place.works)
    with pytest.raises(Denied):
        take_up(scenes.published(place, manager), place, manager)


def test_adoption_after_an_objection_is_not_for_the_first_decider() -> None:
    place = scenes.regency()
    first = people.staff("unit-admin", place.works)
    found = handling.objected(place, first)
    with pytest.raises(Denied):
        take_up(found, place, first)
    take_up(found, place, people.staff("unit-admin", place.works))
    assert (handling.state_of(found), handling.open_kinds(found)) == (State.ADOPTED, [])


def test_release_returns_it_to_the_public_with_a_new_clock() -> None:
    place = scenes.regency()
    found, manager = adopted(place)
    decision = adopt.release_from_programs(found, office=place.works, reason=WHY, by=manager, at=TUESDAY)
    found.refresh_from_db()
    assert (found.state, found.answer_due_at) == (State.PUBLISHED, add_working_days(TUESDAY, 60))
    assert (decision.office, decision.explanation) == (place.works, WHY)


def test_complete_and_reopen_follow_the_programme() -> None:
    place = scenes.regency()
    found, manager = adopted(place)
    adopt.complete_proposal(found, office=place.works, by=manager)
    assert handling.state_of(found) == State.COMPLETED
    adopt.reopen_proposal(found, office=place.works, reason=WHY, by=manager)
    assert handling.state_of(found) == State.ADOPTED


def test_second_adoption_counts_as_explained_when_the_author_can_be_reached_again() -> None:
    place, author = scenes.regency(), people.citizen()
    found = handling.referred(place, author)
    manager = people.staff("program-manager", place.works)
    refused = Unreachable.objects.create(person_id=author.pk, since=TUESDAY, problem="550")
    take_up(found, place, manager)
    refused.delete()
    take_up(found, place, manager, "PRG-2026-0002")
    found.refresh_from_db()
    assert found.explained_at == TUESDAY

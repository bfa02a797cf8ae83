"""What waits for whom: each list holds exactly what the rule allows, for a whole cast at once."""

from datetime import UTC, datetime

import pytest

from rembuk.accounts.models import Person
from rembuk.proposals import rules, selectors, worklists
from rembuk.proposals.actions.assess import record_assessment
from rembuk.proposals.actions.refer import Handover, refer_proposal
from rembuk.proposals.choices import AssessmentVerdict
from rembuk.proposals.models import Proposal
from rembuk.proposals.states import AWAITS_ANSWER, State
from rembuk.workunits import selectors as workunits
from rembuk.workunits.models import WorkUnit
from tests import handling_scenes as handling
from tests import people, scenes
from tests.handling_scenes import WHY
from tests.opening import behind

pytestmark = pytest.mark.django_db
ROLES = ("administrator", "unit-admin", "moderator", "assessor", "program-manager", "auditor", "member")


def world() -> tuple[scenes.Regency, list[Person]]:
    """Proposals in several states, two of them by staff, and everybody in three units."""
    place = scenes.regency()
    units = (place.root, place.works, place.health)
    cast = [people.staff(role, unit) for role in ROLES for unit in units]
    scenes.submitted(place)
    scenes.published(place, cast[4])
    handling.referred(place, cast[4], place.health)
    handling.objected(place, cast[4])
    back = handling.referred(place)
    by = people.staff("assessor", place.works)
    verdict = AssessmentVerdict.NOT_OURS
    record_assessment(back, unit=place.works, verdict=verdict, reason=WHY, by=by)
    return place, cast


def test_to_assess_is_the_twin_of_may_assess() -> None:
    _place, cast = world()
    for person in cast:
        listed = {(row.proposal_id, row.unit_id) for row in worklists.to_assess(person)}
        allowed = {
            (proposal.pk, row.unit_id)
            for proposal in Proposal.objects.filter(state=State.REVIEWING)
            for row in proposal.dispositions.filter(closed_at=None).select_related("unit")
            if rules.may_assess(proposal, person, row.unit).ok
        }
        assert listed == allowed


def test_units_to_assess_is_the_twin_of_may_assess() -> None:
    _place, cast = world()
    for proposal in Proposal.objects.all():
        for person in cast:
            allowed = [
                unit
                for unit in WorkUnit.objects.order_by("pk")
                if rules.may_assess(proposal, person, unit).ok
            ]
            found = worklists.units_to_assess(proposal, person)
            assert sorted(found, key=lambda unit: unit.pk) == allowed


def test_to_answer_is_the_twin_of_may_answer() -> None:
    _place, cast = world()
    for person in cast:
        allowed = set()
        for proposal in Proposal.objects.filter(state__in=AWAITS_ANSWER):
            responsible = selectors.responsible_disposition(proposal)
            if rules.may_answer(proposal, person, responsible.unit if responsible else None).ok:
                allowed.add(proposal)
        assert set(worklists.to_answer(person)) == allowed


def test_to_refer_holds_only_what_may_be_referred() -> None:
    _place, cast = world()
    for person in cast:
        assert all(rules.may_refer(proposal, person).ok for proposal in worklists.to_refer(person))
    admin = cast[0]
    waits = [(row.state, row.dispositions.count()) for row in worklists.to_refer(admin).order_by("pk")]
    assert waits == [("published", 0), ("reviewing", 1)]


def test_conditions_on_a_list_find_what_the_worklists_hold_in_every_unit() -> None:
    _place, cast = world()
    seen = set()
    for person in cast:
        found = {
            name: set(Proposal.objects.filter(condition(person)))
            for name, condition in (
                ("refer", worklists.awaits_referral),
                ("assess", worklists.awaits_assessment),
                ("answer", worklists.awaits_answer),
            )
        }
        fresh, back = worklists.to_refer_parts(person)
        assert found["refer"] == set(worklists.to_refer(person)) == {*fresh, *back}
        assert not {*fresh} & {*back}
        assert found["assess"] == {row.proposal for row in worklists.to_assess(person)}
        assert found["answer"] == set(worklists.to_answer(person))
        seen |= {name for name, rows in found.items() if rows}
    assert seen == {"refer", "assess", "answer"}


@pytest.mark.parametrize(("few", "handed"), [(0, 1000), (1, 1000), (100, 1000), (100, 1), (100, 0)])
def test_what_lists_find_is_what_the_door_opens(
    few: int, handed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    from rembuk.proposals import doors

    monkeypatch.setattr(workunits, "FEW", few)
    monkeypatch.setattr(selectors, "_MOST_HANDED", handed)
    place, cast = world()
    by = people.staff("moderator", place.health)
    refer_proposal(
        scenes.published(place, category=place.other_category), to=Handover(responsible=place.works), by=by
    )
    for person in cast:
        everything = Proposal.objects.exclude(code=None)
        opened = {behind(doors.for_desk, str(each.code), person) for each in everything} - {None}
        assert opened == set(Proposal.objects.filter(selectors.readable_by_staff(person)))
        assert opened == set(Proposal.objects.filter(selectors.in_reach(person)))


def test_overdue_by_unit_counts_what_is_past_its_deadline() -> None:
    place = scenes.regency()
    long_ago = datetime(2026, 1, 5, tzinfo=UTC)
    handling.referred(place, at=long_ago)
    scenes.published(place, at=long_ago)
    scenes.published(place)
    handling.declined(place)
    assert selectors.overdue_by_unit(datetime(2026, 11, 24, tzinfo=UTC)) == {place.works.pk: 2}


def test_record_counts_what_an_author_sent() -> None:
    place, author = scenes.regency(), people.citizen()
    scenes.submitted(place, author)
    scenes.published(place, author)
    scenes.draft(place, author)
    assert worklists.record_of(author) == {"sent": 2, "published": 1, "rejected": 0, "hidden_comments": 0}

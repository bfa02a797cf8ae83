"""Rules as a table of person and act; every act outside of the own units is denied, and the door finds nothing."""

from collections.abc import Callable

import pytest

from rembuk.access import permissions as izin
from rembuk.accounts.models import Person
from rembuk.common.errors import Denied, NotVisible, Verdict
from rembuk.programs import doors, rules, selectors
from rembuk.programs.actions.create import create_program, edit_program
from rembuk.programs.actions.link import link_proposals
from rembuk.programs.actions.publish import publish_program
from rembuk.programs.models import Program
from rembuk.proposals.choices import AnswerKind
from rembuk.proposals.models import Objection
from tests import people, scenes
from tests import program_scenes as programs
from tests.scenes import Regency

pytestmark = pytest.mark.django_db

CAST: dict[str, Callable[[Regency], Person]] = {
    "citizen": lambda place: people.citizen(),
    "moderator": lambda place: people.staff("moderator", place.root),
    "assessor": lambda place: people.staff("assessor", place.works),
    "auditor": lambda place: people.staff("auditor", place.root),
    "manager": lambda place: people.staff("program-manager", place.works),
    "manager above": lambda place: people.staff("program-manager", place.root),
    "manager below": lambda place: people.staff("program-manager", place.roads),
    "manager elsewhere": lambda place: people.staff("program-manager", place.health),
    "unit admin": lambda place: people.staff("unit-admin", place.works),
    "administrator": lambda place: people.staff("administrator", place.root),
}
MAY = {"manager", "manager above", "unit admin", "administrator"}
READ = MAY | {"moderator", "assessor", "auditor"}
RULES: dict[str, Callable[[Program, Person], Verdict]] = {
    "create": lambda program, by: rules.may_create(program.unit, by),
    "edit": rules.may_edit,
    "publish": lambda program, by: rules.may_step(program, izin.PROGRAM_PUBLISH, by),
    "steer": rules.may_steer,
    "report": rules.may_report,
}


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("who", CAST)
def test_rule_allows_holders_in_the_unit_and_above(who: str, rule: str) -> None:
    place = scenes.regency()
    assert RULES[rule](programs.draft(place), CAST[who](place)).ok == (who in MAY)


@pytest.mark.parametrize("who", CAST)
def test_draft_is_found_by_readers_of_its_unit_alone(who: str) -> None:
    place = scenes.regency()
    program, person = programs.draft(place), CAST[who](place)
    found = Program.objects.filter(selectors.readable_by_staff(person), pk=program.pk).exists()
    assert found == (who in READ)
    for door in (doors.for_reader, doors.for_desk):
        if who in READ:
            assert door(program.code, person) == program
        else:
            with pytest.raises(NotVisible):
                door(program.code, person)


def test_published_program_is_found_by_everybody_but_not_on_a_strange_desk() -> None:
    place = scenes.regency()
    program = programs.published(place)
    assert doors.for_reader(program.code.lower(), None) == program
    with pytest.raises(NotVisible):
        doors.for_desk(program.code, CAST["manager elsewhere"](place))


def test_link_of_a_proposal_that_lies_elsewhere_is_denied() -> None:
    place = scenes.regency()
    by = programs.manager(place)
    elsewhere = scenes.published(place, category=place.other_category)
    with pytest.raises(Denied):
        link_proposals(programs.draft(place, by=by), programs.links(elsewhere), by=by)


@pytest.mark.parametrize("who", CAST)
def test_rule_of_linking_asks_for_program_and_proposal(who: str) -> None:
    place = scenes.regency()
    program, proposal = programs.draft(place), scenes.published(place)
    assert rules.may_link(program, proposal, CAST[who](place)).ok == (who in MAY)


def test_link_of_an_own_proposal_is_denied() -> None:
    place = scenes.regency()
    by = programs.manager(place)
    own = scenes.published(place, by)
    with pytest.raises(Denied):
        link_proposals(programs.draft(place, by=by), programs.links(own), by=by)


def test_publish_by_the_author_of_a_linked_proposal_is_denied() -> None:
    place = scenes.regency()
    author = people.staff("unit-admin", place.works)
    program = programs.draft(place, scenes.published(place, author))
    with pytest.raises(Denied):
        publish_program(program, by=author)
    program.refresh_from_db()
    assert program.state == "draft"


def test_link_after_an_objection_needs_a_second_person() -> None:
    place = scenes.regency()
    first = programs.manager(place)
    proposal = scenes.published(place)
    Objection.objects.create(
        proposal=proposal,
        kind=Objection.Kind.OBJECTION,
        text=f"Keberatan atas {AnswerKind.DECLINED}",
        at=programs.MORNING,
        first_decided_by=first,
    )
    with pytest.raises(Denied):
        link_proposals(programs.draft(place, by=first), programs.links(proposal), by=first)
    second = programs.manager(place)
    assert link_proposals(programs.draft(place, by=second), programs.links(proposal), by=second)


def test_move_to_a_unit_without_rights_there_is_denied() -> None:
    place = scenes.regency()
    by = programs.manager(place)
    program = programs.draft(place, by=by)
    with pytest.raises(Denied):
        edit_program(program, programs.contents(place, unit=place.health), by=by)


def test_create_in_a_unit_without_rights_leaves_nothing() -> None:
    place = scenes.regency()
    with pytest.raises(Denied):
        create_program(programs.contents(place, unit=place.health), by=programs.manager(place))
    assert not Program.objects.exists()

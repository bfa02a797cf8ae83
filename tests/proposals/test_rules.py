"""Rules as tables: person x act, on an ordinary proposal and on one a village entered itself."""

import pytest

from rembuk.common.clock import now
from rembuk.common.errors import Denied
from rembuk.proposals import rules
from rembuk.proposals.models import Objection, Proposal
from tests import people, scenes

pytestmark = pytest.mark.django_db
ACTS = ("moderate", "hide", "refer", "assess", "answer", "see_name", "adopt", "author")

# Who may do what with a published proposal that lies with, and is answered by, Dinas Pekerjaan Umum.
TABLE = {
    "citizen": {"adopt"},
    "author": {"author"},
    "moderator of the instansi": {"moderate", "hide", "refer", "adopt"},
    "moderator of the unit": {"moderate", "hide", "refer", "adopt"},
    "moderator of another unit": {"adopt"},
    "moderator of a unit below": {"adopt"},
    "assessor of the unit": {"assess", "adopt"},
    "head of the unit": {"moderate", "hide", "refer", "assess", "answer", "see_name", "adopt"},
    "head of another unit": {"adopt"},
    "auditor": {"adopt"},
    "administrator": {"moderate", "hide", "refer", "assess", "answer", "see_name", "adopt"},
}


def cast(place: scenes.Regency, author: people.Person) -> dict[str, people.Person]:
    return {
        "citizen": people.citizen(),
        "author": author,
        "moderator of the instansi": people.staff("moderator", place.root),
        "moderator of the unit": people.staff("moderator", place.works),
        "moderator of another unit": people.staff("moderator", place.health),
        "moderator of a unit below": people.staff("moderator", place.roads),
        "assessor of the unit": people.staff("assessor", place.works),
        "head of the unit": people.staff("unit-admin", place.works),
        "head of another unit": people.staff("unit-admin", place.health),
        "auditor": people.staff("auditor", place.root),
        "administrator": people.staff("administrator", place.root),
    }


def allowed(proposal: Proposal, by: people.Person, place: scenes.Regency) -> set[str]:
    verdicts = {
        "moderate": rules.may_moderate(proposal, by),
        "hide": rules.may_hide(proposal, by),
        "refer": rules.may_refer(proposal, by),
        "assess": rules.may_assess(proposal, by, place.works),
        "answer": rules.may_answer(proposal, by, place.works),
        "see_name": rules.may_see_name(proposal, by),
        "adopt": rules.may_adopt(proposal, by),
        "author": rules.is_author(proposal, by),
    }
    assert all(str(verdict) for verdict in verdicts.values() if isinstance(verdict, Denied))
    return {act for act, verdict in verdicts.items() if verdict.ok}


@pytest.mark.parametrize("who", TABLE)
def test_rules_allow_what_the_table_says(who: str) -> None:
    place, author = scenes.regency(), people.citizen()
    proposal = scenes.published(place, author)
    proposal.dispositions.create(unit=place.works, is_responsible=True, given_at=now(), due_at=now())
    assert allowed(proposal, cast(place, author)[who], place) == TABLE[who]


@pytest.mark.parametrize("role", ["administrator", "unit-admin", "moderator"])
def test_nobody_decides_on_the_own_proposal_whatever_the_role(role: str) -> None:
    place = scenes.regency()
    author = people.staff(role, place.root)
    proposal = scenes.published(place, author)
    proposal.dispositions.create(unit=place.works, is_responsible=True, given_at=now(), due_at=now())
    held = allowed(proposal, author, place) - {"refer", "see_name"}
    assert held == {"author"}


@pytest.mark.parametrize(
    ("at", "may"), [("root", False), ("subdistrict", False), ("village", True), ("works", False)]
)
@pytest.mark.parametrize("role", ["administrator", "unit-admin"])
def test_entry_of_a_village_is_released_by_a_grant_in_that_very_village(
    at: str, may: bool, role: str
) -> None:
    place = scenes.regency()
    proposal = scenes.submitted(place)
    proposal.origin_unit = place.village
    officer = people.staff(role, getattr(place, at))
    assert (rules.may_moderate(proposal, officer).ok, rules.may_hide(proposal, officer).ok) == (may, may)


def test_who_entered_a_proposal_does_not_moderate_it() -> None:
    place = scenes.regency()
    moderator = people.staff("moderator", place.works)
    proposal = scenes.submitted(place)
    proposal.entered_by = moderator
    assert not rules.may_moderate(proposal, moderator).ok


def test_first_answerer_is_out_after_an_objection_in_every_way() -> None:
    place = scenes.regency()
    officer = people.staff("unit-admin", place.works)
    proposal = scenes.published(place)
    proposal.objections.create(kind=Objection.Kind.OBJECTION, text="x", at=now(), first_decided_by=officer)
    assert not rules.may_answer(proposal, officer, place.works).ok
    assert not rules.may_adopt(proposal, officer).ok


def test_answer_without_a_responsible_unit_is_denied() -> None:
    place = scenes.regency()
    proposal = scenes.published(place)
    assert not rules.may_answer(proposal, people.staff("unit-admin", place.works), None).ok


def test_assessment_by_a_unit_it_was_not_handed_to_is_denied() -> None:
    place = scenes.regency()
    proposal = scenes.published(place)
    assert not rules.may_assess(proposal, people.staff("assessor", place.health), place.health).ok


@pytest.mark.parametrize(("at", "may"), [("village", True), ("root", True), ("health", False)])
def test_entering_and_importing_are_held_for_the_unit(at: str, may: bool) -> None:
    place = scenes.regency()
    officer = people.staff("unit-admin", getattr(place, at))
    assert (rules.may_enter(place.village, officer).ok, rules.may_import(place.village, officer).ok) == (
        may,
        may,
    )

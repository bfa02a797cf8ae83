"""Proposals in programmes: drafts promise nothing; publication and links to public ones are the official answer."""

import pytest
from django.utils import translation

from rembuk.audit.models import AuditEntry
from rembuk.common.errors import Invalid, WrongState
from rembuk.programs import selectors
from rembuk.programs.actions import link as links
from rembuk.programs.actions import publish
from rembuk.programs.errors import NotLinkable
from rembuk.programs.models import Link, Program
from rembuk.proposals.models import Proposal
from rembuk.proposals.states import State
from tests import people, scenes
from tests import program_scenes as programs

pytestmark = pytest.mark.django_db


def test_link_of_a_draft_moves_nothing_and_is_seen_by_staff_alone() -> None:
    place = scenes.regency()
    by, proposal = programs.manager(place), scenes.published(place)
    program = programs.draft(place, proposal, by=by)
    assert programs.states([proposal]) == ["published"]
    assert selectors.public_links(proposal) == []
    assert [row.code for row in selectors.links_for_desk(proposal, by)] == [program.code]
    assert selectors.links_for_desk(proposal, people.staff("program-manager", place.health)) == []


def test_publish_program_is_the_official_answer_of_its_proposals() -> None:
    place = scenes.regency()
    proposal = scenes.published(place)
    program = programs.published(place, proposal)
    proposal.refresh_from_db()
    answer = proposal.answers.get()
    assert (proposal.state, proposal.explained_at, proposal.considered_at) == (
        "adopted",
        programs.MORNING,
        None,
    )
    assert (answer.kind, answer.reason, answer.program_code) == ("adopted", programs.SENTENCE, program.code)
    (shown,) = selectors.public_links(proposal)
    assert (shown.code, shown.phase_label, shown.extent, shown.sentence) == (
        program.code,
        "Perencanaan",
        "whole",
        programs.SENTENCE,
    )
    with translation.override("en"):
        assert shown.phase_label == "Planning"


def test_link_proposals_to_a_public_program_adopts_them_at_once() -> None:
    place = scenes.regency()
    by, later = programs.manager(place), scenes.published(place)
    program = programs.published(place, scenes.published(place), by=by)
    links.link_proposals(program, programs.links(later, extent="part"), by=by, at=programs.MORNING)
    event = program.events.get(step="link")
    assert programs.states([later]) == ["adopted"]
    assert (event.codes, AuditEntry.objects.filter(verb="program.proposal_linked").count()) == (
        [later.code],
        2,
    )


def test_link_proposals_takes_an_adopted_one_into_a_further_program() -> None:
    place = scenes.regency()
    proposal = scenes.published(place)
    first, second = programs.published(place, proposal), programs.published(place, proposal)
    assert [row.code for row in selectors.public_links(proposal)] == [first.code, second.code]
    assert programs.states([proposal]) == ["adopted"]
    assert proposal.answers.count() == 2


@pytest.mark.parametrize(
    "state", sorted(set(State.values) - {"published", "reviewing", "adopted", "draft", "duplicate"})
)
def test_link_proposals_in_another_state_is_refused(state: str) -> None:
    place = scenes.regency()
    by, proposal = programs.manager(place), scenes.published(place)
    Proposal.objects.filter(pk=proposal.pk).update(state=state)
    proposal.refresh_from_db()
    with pytest.raises(NotLinkable) as refusal:
        links.link_proposals(programs.draft(place, by=by), programs.links(proposal), by=by)
    assert str(proposal.code) in str(refusal.value)


def test_publish_program_names_a_proposal_that_moved_on_and_changes_nothing() -> None:
    place = scenes.regency()
    by, good, moved = programs.manager(place), scenes.published(place), scenes.published(place)
    program = programs.draft(place, good, moved, by=by)
    Proposal.objects.filter(pk=moved.pk).update(state=State.WITHDRAWN)
    with pytest.raises(NotLinkable):
        publish.publish_program(program, by=by)
    assert programs.states([good, moved]) == ["published", "withdrawn"]


@pytest.mark.parametrize(
    ("extent", "sentence", "field"), [("whole", "Terlalu pendek.", "sentence"), ("x", "y" * 30, "extent")]
)
def test_link_proposals_with_a_broken_link_is_invalid(extent: str, sentence: str, field: str) -> None:
    place = scenes.regency()
    by = programs.manager(place)
    new = programs.links(scenes.published(place), extent=extent, sentence=sentence)
    with pytest.raises(Invalid) as refusal:
        links.link_proposals(programs.draft(place, by=by), new, by=by)
    assert set(refusal.value.fields) == {field}


def test_link_proposals_twice_is_invalid() -> None:
    place = scenes.regency()
    by, proposal = programs.manager(place), scenes.published(place)
    program = programs.draft(place, proposal, by=by)
    with pytest.raises(Invalid):
        links.link_proposals(program, programs.links(proposal), by=by)


@pytest.mark.parametrize("state", ["postponed", "cancelled", "completed"])
def test_link_proposals_to_a_program_that_does_not_run_is_refused(state: str) -> None:
    place = scenes.regency()
    by = programs.manager(place)
    program = programs.published(place, by=by)
    Program.objects.filter(pk=program.pk).update(state=state)
    with pytest.raises(WrongState):
        links.link_proposals(program, programs.links(scenes.published(place)), by=by)


def test_change_link_rewords_a_draft_and_leaves_a_given_answer() -> None:
    place = scenes.regency()
    by = programs.manager(place)
    program = programs.draft(place, scenes.published(place), by=by)
    link = program.links.get()
    links.change_link(link, extent="input", sentence="Usulan Anda menjadi bahan penyusunan rencana.", by=by)
    assert Link.objects.get().extent == "input"
    publish.publish_program(program, by=by)
    with pytest.raises(WrongState):
        links.change_link(link, extent="whole", sentence=programs.SENTENCE, by=by)


def test_unlink_proposal_from_a_draft_needs_no_reason_and_tells_nobody() -> None:
    place = scenes.regency()
    by, proposal = programs.manager(place), scenes.published(place)
    program = programs.draft(place, proposal, by=by)
    links.unlink_proposal(program.links.get(), by=by)
    assert list(selectors.active_links(program)) == []
    assert not program.events.exists()


def test_unlink_proposal_from_its_last_program_releases_it() -> None:
    place = scenes.regency()
    by, proposal = programs.manager(place), scenes.published(place)
    program = programs.published(place, proposal, by=by)
    links.unlink_proposal(program.links.get(), reason=programs.REASON, by=by)
    decision = proposal.decisions.get(step="release")
    assert programs.states([proposal]) == ["published"]
    assert (decision.explanation, decision.office) == (programs.REASON, place.works)
    assert program.events.get(step="unlink").reason == programs.REASON


def test_unlink_proposal_that_another_program_carries_keeps_it_adopted() -> None:
    place = scenes.regency()
    by, proposal = programs.manager(place), scenes.published(place)
    first = programs.published(place, proposal, by=by)
    programs.published(place, proposal, by=by)
    links.unlink_proposal(first.links.get(), reason=programs.REASON, by=by)
    assert programs.states([proposal]) == ["adopted"]


def test_unlink_proposal_without_reason_is_invalid_and_twice_is_refused() -> None:
    place = scenes.regency()
    by = programs.manager(place)
    link = programs.published(place, scenes.published(place), by=by).links.get()
    with pytest.raises(Invalid):
        links.unlink_proposal(link, by=by)
    links.unlink_proposal(link, reason=programs.REASON, by=by)
    with pytest.raises(WrongState):
        links.unlink_proposal(link, reason=programs.REASON, by=by)


def test_unlink_proposal_from_an_ended_program_is_refused() -> None:
    place = scenes.regency()
    by = programs.manager(place)
    program = programs.completed(place, scenes.published(place), by=by)
    with pytest.raises(WrongState):
        links.unlink_proposal(program.links.get(), reason=programs.REASON, by=by)

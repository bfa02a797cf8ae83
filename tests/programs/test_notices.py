"""One notice per person and event, however many proposals join; authors at once, everybody else in the daily letter."""

from collections import Counter

import pytest

from rembuk.notifications.models import Delivery, Event, Notice
from rembuk.programs import notices
from rembuk.programs.actions import link, phases, publish, report, revise
from rembuk.programs.models import Program
from tests import people, scenes
from tests import program_scenes as programs

pytestmark = pytest.mark.django_db


def told(program: Program) -> Counter[tuple[str, int]]:
    """How often each person was told of each kind."""
    rows = Notice.objects.filter(event__key__contains=f":{program.code}:")
    return Counter(rows.values_list("event__kind", "person_id"))


def test_publish_program_from_five_proposals_tells_each_person_once() -> None:
    place = scenes.regency()
    author, supporter, follower = people.citizen(), people.citizen(), people.citizen()
    proposals = [scenes.published(place, author) for _ in range(5)]
    for proposal in proposals:
        programs.support(proposal, supporter)
        programs.follow(proposal.subject, follower, supporter, author)
    program = programs.published(place, *proposals)
    assert told(program) == {
        ("program.answer", author.pk): 1,
        ("program.proposals_adopted", supporter.pk): 1,
        ("program.proposals_adopted", follower.pk): 1,
    }


def test_publish_program_answers_at_once_and_tells_others_daily() -> None:
    place = scenes.regency()
    author, supporter = people.citizen(), people.citizen()
    proposal = scenes.published(place, author)
    programs.support(proposal, supporter)
    program = programs.published(place, proposal)
    rows = Delivery.objects.filter(notice__event__key__contains=program.code)
    assert dict(rows.values_list("person_id", "frequency")) == {
        author.pk: "instantly",
        supporter.pk: "daily",
    }


def test_answer_carries_the_sentences_of_all_own_proposals() -> None:
    place = scenes.regency()
    author = people.citizen()
    first, second = scenes.published(place, author), scenes.published(place, author)
    by = programs.manager(place)
    program = programs.draft(place, first, by=by)
    link.link_proposals(program, programs.links(second, sentence="Sebagian dikerjakan tahun depan."), by=by)
    publish.publish_program(program, by=by)
    params = Event.objects.get(kind="program.answer").params
    assert params["sentence"] == f"{programs.SENTENCE} Sebagian dikerjakan tahun depan."
    assert str(first.code) in params["codes"]
    assert str(second.code) in params["codes"]


def test_draft_tells_nobody() -> None:
    place = scenes.regency()
    programs.draft(place, scenes.published(place))
    assert not Event.objects.filter(kind__startswith="program.").exists()


def test_later_events_tell_followers_of_the_program_and_of_its_proposals() -> None:
    place = scenes.regency()
    by, author, watcher = programs.manager(place), people.citizen(), people.citizen()
    program = programs.published(place, scenes.published(place, author), by=by)
    programs.follow(program.subject, watcher, by)
    programs.follow(programs.phase(program, 1).subject, watcher)
    phases.start_phase(programs.phase(program, 1), by=by, at=programs.MORNING)
    revise.revise_plan(
        program,
        {2: (programs.PLAN[2][0], programs.PLAN[3][1])},
        reason=programs.REASON,
        by=by,
        at=programs.MORNING,
    )
    report.post_update(programs.phase(program, 1), title="Survei selesai", body="Ruas diukur.", by=by)
    kinds = ("program.phase_started", "program.plan_revised", "program.update_posted")
    expected = {(kind, person.pk): 1 for kind in kinds for person in (author, watcher)}
    assert told(program) == {**expected, ("program.answer", author.pk): 1}


def test_cancel_program_tells_authors_apart_and_everybody_once() -> None:
    place = scenes.regency()
    by, author, supporter = programs.manager(place), people.citizen(), people.citizen()
    proposal = scenes.published(place, author)
    programs.support(proposal, supporter)
    program = programs.published(place, proposal, by=by)
    before = told(program)
    publish.cancel_program(program, reason=programs.REASON, by=by)
    assert told(program) - before == {
        ("program.released", author.pk): 1,
        ("program.cancelled", supporter.pk): 1,
    }


def test_complete_program_tells_the_author_that_the_proposal_is_completed() -> None:
    place = scenes.regency()
    author = people.citizen()
    program = programs.completed(place, scenes.published(place, author))
    assert told(program)[("program.proposal_completed", author.pk)] == 1
    assert ("program.completed", author.pk) not in told(program)


def test_unlink_proposal_tells_its_author_and_supporters() -> None:
    place = scenes.regency()
    by, author, supporter, other = (
        programs.manager(place),
        people.citizen(),
        people.citizen(),
        people.citizen(),
    )
    proposal = scenes.published(place, author)
    programs.support(proposal, supporter)
    program = programs.published(place, proposal, scenes.published(place, other), by=by)
    before = told(program)
    link.unlink_proposal(
        program.links.get(proposal=proposal), reason=programs.REASON, by=by, at=programs.MORNING
    )
    assert told(program) - before == {
        ("program.released", author.pk): 1,
        ("program.proposal_removed", supporter.pk): 1,
    }


def test_audience_larger_than_a_chunk_is_told_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notices, "CHUNK", 2)
    place = scenes.regency()
    proposal = scenes.published(place)
    supporters = [people.citizen() for _ in range(5)]
    programs.support(proposal, *supporters)
    program = programs.published(place, proposal)
    found = {person for kind, person in told(program) if kind == "program.proposals_adopted"}
    assert found == {person.pk for person in supporters}


def test_every_kind_has_words_that_take_the_params_of_its_event() -> None:
    from rembuk.notifications.texts import words_of

    place = scenes.regency()
    by, author = programs.manager(place), people.citizen()
    program = programs.completed(place, scenes.published(place, author), by=by)
    publish.reopen_program(program, reason=programs.REASON, by=by)
    for event in Event.objects.filter(kind__startswith="program."):
        words = words_of(event)
        assert program.title in words.subject
        assert "%(" not in words.subject + words.body

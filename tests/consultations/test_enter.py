"""Entering submissions for somebody: what arrives, when it counts, who may, and what is refused."""

import uuid
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from rembuk.accounts.models import Person
from rembuk.audit.models import AuditEntry
from rembuk.common.errors import Denied, Invalid, WrongState
from rembuk.consultations.actions.enter import Entry, closing_day, enter_submission
from rembuk.consultations.choices import Channel, ParticipantKind, QuestionKind, Stance
from rembuk.consultations.content import AnswerContent, RemarkContent
from rembuk.consultations.errors import NotOpenYet
from rembuk.consultations.models import Consultation, Submission
from rembuk.consultations.states import SubmissionState
from rembuk.engagement.models import Case
from rembuk.siteconfig.actions import change_settings
from tests import consultation_scenes as consultations
from tests import people, scenes

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
TODAY = date(2026, 11, 24)


def entry(**fields: Any) -> Entry:
    """A letter that came today; ``fields`` replace values."""
    values: dict[str, Any] = {
        "key": uuid.uuid4(),
        "content": consultations.content(),
        "on_behalf_of": "Karang Taruna Mekarsari",
        "channel": Channel.LETTER,
        "received_on": TODAY,
    }
    return Entry(**{**values, **fields})


def officer(place: scenes.Regency) -> Person:
    """Somebody who may enter."""
    return consultations.manager(place)


def refused(made: Consultation, by: Person, **fields: Any) -> list[str]:
    """The fields of a refusal."""
    with pytest.raises(Invalid) as fault:
        enter_submission(made, entry(**fields), by=by, at=NOON)
    return list(fault.value.fields)


def test_entry_arrives_with_number_receipt_ballot_and_trail() -> None:
    place = scenes.regency()
    made, by = consultations.opened(place, at=NOON), officer(place)
    group = consultations.content(participant_kind=ParticipantKind.GROUP)
    found = enter_submission(made, entry(content=group), by=by, at=NOON)
    assert (found.state, found.number, found.code) == (SubmissionState.SENT, 1, f"{made.code}-00001")
    assert (found.author, found.entered_by, found.channel) == (None, by, Channel.LETTER)
    assert (found.shown_name, found.received_on) == ("Karang Taruna Mekarsari", TODAY)
    assert found.subject
    assert (found.subject.is_visible, found.subject.ballots.get().choices) == (True, [1])
    assert found.versions.get().content["participant_name"] == "Karang Taruna Mekarsari"
    assert AuditEntry.objects.get(target_key=found.code).verb == "submission.entered"


def test_entry_of_a_person_keeps_the_name_apart_from_groups() -> None:
    place = scenes.regency()
    made = consultations.opened(place, at=NOON)
    found = enter_submission(made, entry(on_behalf_of="Slamet Riyadi"), by=officer(place), at=NOON)
    assert (found.participant_name, found.on_behalf_of) == ("", "Slamet Riyadi")
    assert found.versions.get().content["participant_name"] == ""


def test_entry_pressed_twice_makes_one() -> None:
    place = scenes.regency()
    made, by, same = consultations.opened(place, at=NOON), officer(place), entry()
    first = enter_submission(made, same, by=by, at=NOON)
    assert enter_submission(made, same, by=by, at=NOON) == first
    assert Submission.objects.filter(consultation=made).count() == 1


def test_entry_is_held_where_the_instansi_moderates_and_its_enterer_may_not_decide() -> None:
    place = scenes.regency()
    change_settings({"submission_moderation": "before"}, by=people_actor(place))
    made, by = consultations.opened(place, at=NOON), officer(place)
    found = enter_submission(made, entry(), by=by, at=NOON)
    case = Case.objects.get(subject=found.subject)
    assert (found.state, case.kind, list(case.barred.all())) == ("held", "submission", [by])


def test_entry_after_closing_gets_its_rows_at_once() -> None:
    place = scenes.regency()
    made = consultations.closed(place, at=NOON)
    version = consultations.with_text(made, at=NOON - timedelta(days=20))
    said = consultations.full_content(version)
    words = entry(content=said, received_on=TODAY - timedelta(days=2), channel=Channel.MEETING)
    found = enter_submission(made, words, by=officer(place), at=NOON)
    assert [row.source for row in found.rows.order_by("number")] == ["overall", "remark"]


def test_entry_before_the_closing_step_gets_no_rows_yet() -> None:
    place = scenes.regency()
    made = consultations.opened(place, at=NOON)
    found = enter_submission(made, entry(), by=officer(place), at=NOON)
    assert not found.rows.exists()


def test_closing_day_is_the_last_whole_day_in_the_zone_of_the_consultation() -> None:
    made = consultations.draft(scenes.regency(), zone="WIT")
    made.closes_at = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)  # midnight in Jayapura
    assert closing_day(made) == date(2026, 11, 23)
    made.closes_at += timedelta(seconds=1)
    assert closing_day(made) == date(2026, 11, 24)


def test_entry_that_came_after_the_closing_day_is_refused_with_the_day() -> None:
    place = scenes.regency()
    made = consultations.closed(place, at=NOON)
    with pytest.raises(Invalid) as fault:
        enter_submission(made, entry(received_on=TODAY), by=officer(place), at=NOON)
    assert "23 November 2026" in str(fault.value.fields["received_on"][0])
    assert not Submission.objects.filter(consultation=made).exists()


@pytest.mark.parametrize("days", [1, -40])
def test_entry_from_the_future_or_before_the_announcement_is_refused(days: int) -> None:
    place = scenes.regency()
    made = consultations.opened(place, at=NOON)
    assert refused(made, officer(place), received_on=TODAY + timedelta(days=days)) == ["received_on"]


def test_entry_says_what_is_missing_and_asks_no_reason_of_a_show_of_hands() -> None:
    place = scenes.regency()
    made, by = consultations.opened(place, at=NOON), officer(place)
    assert refused(made, by, on_behalf_of=" ", channel=Channel.WEB) == ["on_behalf_of", "channel"]
    nothing = replace(consultations.content(), stance="", reason="")
    assert refused(made, by, content=nothing) == [""]
    hands = replace(consultations.content(), stance=Stance.DISAGREE, reason="")
    assert enter_submission(made, entry(content=hands), by=by, at=NOON).stance == Stance.DISAGREE


def test_entry_where_only_named_organisations_may_answer_needs_one_of_them() -> None:
    place = scenes.regency()
    made, by = consultations.opened(place, at=NOON), officer(place)
    consultations.invite(made, "sungai@contoh.id")
    assert refused(made, by) == ["on_behalf_of"]
    assert enter_submission(made, entry(on_behalf_of="Forum Sungai"), by=by, at=NOON).number == 1


def test_entry_keeps_several_remarks() -> None:
    place = scenes.regency()
    made = consultations.opened(place, at=NOON)
    consultations.with_text(made, at=NOON - timedelta(days=5))
    remarks = {n: RemarkContent(version=1, stance=Stance.AGREE, comment=f"Butir {n}") for n in (2, 4)}
    found = enter_submission(
        made, entry(content=consultations.content(remarks=remarks)), by=officer(place), at=NOON
    )
    assert [row.clause.number for row in found.remarks.all()] == [2, 4]


@pytest.mark.parametrize("role", ["moderator", "assessor", "auditor", "program-manager"])
def test_entry_without_the_right_is_denied(role: str) -> None:
    place = scenes.regency()
    made = consultations.opened(place, at=NOON)
    with pytest.raises(Denied):
        enter_submission(made, entry(), by=people.staff(role, place.root), at=NOON)
    with pytest.raises(Denied):
        enter_submission(made, entry(), by=people.staff("consultation-manager", place.health), at=NOON)


def test_entry_before_opening_and_after_the_conclusion_is_refused() -> None:
    place = scenes.regency()
    by = officer(place)
    with pytest.raises(NotOpenYet):
        enter_submission(consultations.scheduled(place, at=NOON), entry(), by=by, at=NOON)
    for made in (consultations.concluded(place, at=NOON), consultations.draft(place, at=NOON)):
        with pytest.raises(WrongState):
            enter_submission(made, entry(), by=by, at=NOON)


def test_consultation_without_a_schedule_has_no_closing_day() -> None:
    assert closing_day(consultations.draft(scenes.regency())) is None


def test_entry_with_an_answer_that_is_not_offered_is_refused_at_the_question() -> None:
    place = scenes.regency()
    made, by = consultations.opened(place, at=NOON), officer(place)
    consultations.with_questions(made, QuestionKind.SINGLE, QuestionKind.SCALE, QuestionKind.SHORT)
    wrong = {1: AnswerContent(choices=(9,)), 2: AnswerContent(number=7), 3: AnswerContent(text="Pagi")}
    found = refused(made, by, content=consultations.content(answers=wrong))
    assert found == ["question-1", "question-2"]
    assert not Submission.objects.filter(consultation=made).exists()


def people_actor(place: scenes.Regency) -> Any:
    """An administrator as the trail knows her."""
    from rembuk.access.rights import actor_of

    return actor_of(people.staff("administrator", place.root))

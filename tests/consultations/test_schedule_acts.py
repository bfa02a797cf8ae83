"""What staff do to the course of a consultation: handing over, announcing, extending, cancelling; and two at once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from rembuk.access.rights import actor_of
from rembuk.accounts.models import Person
from rembuk.audit.models import AuditEntry
from rembuk.common.clock import WIT
from rembuk.common.errors import Denied, Invalid, WrongState
from rembuk.consultations.actions import schedule, text, versions
from rembuk.consultations.actions.making import ask, attach
from rembuk.consultations.actions.making.changes import contents_of
from rembuk.consultations.actions.making.create import edit_consultation
from rembuk.consultations.actions.making.wording import Wording
from rembuk.consultations.errors import AlreadyDecided, NotReady
from rembuk.consultations.models import Consultation
from rembuk.consultations.text_history import parts_of, stamp_of
from rembuk.engagement.models import InternalNote
from rembuk.notifications.models import Notice
from rembuk.siteconfig.actions import change_settings
from tests import consultation_scenes as scenes
from tests import people, program_scenes
from tests.scenes import Regency, regency

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 6, 3, 5, tzinfo=UTC)
DAY = timedelta(days=1)
SPAN = {"opens_at": NOON + DAY, "closes_at": NOON + 15 * DAY}


def ready(place: Regency, **fields: object) -> Consultation:
    return scenes.draft(place, at=NOON - DAY, **{**SPAN, **fields})


def told(kind: str) -> set[int]:
    return set(Notice.objects.filter(event__kind=f"consultation.{kind}").values_list("person_id", flat=True))


def test_announcing_shows_the_page_sets_the_deadline_and_tells_followers_of_the_programme() -> None:
    place = regency()
    made, follower = ready(place), people.citizen()
    program = program_scenes.published(place)
    scenes.tie(made, program)
    program_scenes.follow(program.subject, follower)

    schedule.announce(made, by=scenes.manager(place), at=NOON)

    made.refresh_from_db()
    assert (made.state, made.announced_at, made.subject.is_visible) == ("scheduled", NOON, True)
    assert made.answer_due_at is not None
    assert made.answer_due_at > made.closes_at + 60 * DAY
    assert [(event.step, event.office) for event in made.events.all()] == [("announce", place.works)]
    assert AuditEntry.objects.get(verb="consultation.announced").target_key == made.code
    assert told("announced") == {follower.pk}


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({"summary": ""}, "plain language"),
        ({"contact": ""}, "ask"),
        ({"body": ""}, "read"),
        ({"opens_at": None, "closes_at": None}, "closing"),
        ({"opens_at": NOON}, "ahead"),
        ({"audience": "organisations"}, "organisations"),
    ],
)
def test_announcing_an_unready_draft_names_what_is_missing(fields: dict[str, object], word: str) -> None:
    from django.utils.translation import override

    place = regency()
    made = ready(place, **fields)

    with override("en"), pytest.raises(NotReady, match=word):
        schedule.announce(made, by=scenes.manager(place), at=NOON)

    assert not made.events.exists()


def test_announcing_twice_names_the_office_that_was_faster() -> None:
    place = regency()
    made = ready(place)
    schedule.announce(made, by=scenes.manager(place), at=NOON)

    with pytest.raises(AlreadyDecided, match="Dinas Pekerjaan Umum"):
        schedule.announce(made, by=scenes.manager(place), at=NOON)


def test_second_person_is_needed_where_the_instansi_wants_one() -> None:
    place = regency()
    change_settings(
        {"consultation_second_person": True}, by=actor_of(people.staff("administrator", place.root))
    )
    first, second = scenes.manager(place), scenes.manager(place, "Joko Susilo")
    made = ready(place)

    with pytest.raises(Denied):
        schedule.announce(made, by=second, at=NOON)
    schedule.hand_over(made, by=first, at=NOON)
    with pytest.raises(Denied):
        schedule.announce(made, by=first, at=NOON)
    assert told("handed") == {second.pk}
    schedule.announce(made, by=second, at=NOON)

    made.refresh_from_db()
    assert made.state == "scheduled"


def test_sending_back_tells_the_first_person_and_keeps_the_note_among_staff() -> None:
    place = regency()
    first, second = scenes.manager(place), scenes.manager(place, "Joko Susilo")
    made = schedule.hand_over(ready(place), by=first, at=NOON)

    with pytest.raises(Invalid):
        schedule.send_back(made, note=" ", by=second, at=NOON)
    schedule.send_back(made, note="Ringkasan terlalu panjang.", by=second, at=NOON)

    made.refresh_from_db()
    assert made.ready_by is None
    assert told("sent_back") == {first.pk}
    assert InternalNote.objects.get(subject=made.subject).body == "Ringkasan terlalu panjang."
    with pytest.raises(WrongState):
        schedule.send_back(made, note="Lagi", by=second, at=NOON)


def _edits(made, by) -> None:
    edit_consultation(made, replace(contents_of(made), title="Lain"), by=by, at=NOON)


def _asks(made, by) -> None:
    ask.add_question(made, Wording(kind="short", text="Apa lagi?"), by=by, at=NOON)


def _adds_a_document(made, by) -> None:
    attach.add_file(made, title="Peta", file=program_scenes.stored(), by=by, at=NOON)


def _ties(made, by) -> None:
    attach.tie_program(made, program_scenes.published(regency()), kind="about", by=by, at=NOON)


def _reads_a_text(made, by) -> None:
    text.read_source(made, "Pasal 1\nSampah dipilah.", by=by, at=NOON)


@pytest.mark.parametrize("is_second", [False, True], ids=["first", "second"])
@pytest.mark.parametrize("change", [_edits, _asks, _adds_a_document, _ties, _reads_a_text])
def test_any_change_after_handing_over_takes_it_back_whoever_made_it(
    change: Callable[[Consultation, Person], None], *, is_second: bool
) -> None:
    place = regency()
    first, second = scenes.manager(place), scenes.manager(place, "Joko Susilo")
    made = schedule.hand_over(ready(place), by=first, at=NOON)

    change(made, second if is_second else first)

    made.refresh_from_db()
    assert (made.ready_by, made.ready_at) == (None, None)


def test_text_kept_and_published_after_handing_over_takes_it_back_each_time() -> None:
    place = regency()
    first = scenes.manager(place)
    version = text.read_source(ready(place), "Pasal 1\nSampah dipilah.", by=first)
    acts: list[Callable[[], object]] = [
        lambda: text.keep_text(version, stamp=stamp_of(parts_of(version)), by=first),
        lambda: versions.publish_version(version, by=first),
    ]

    for act in acts:
        made = schedule.hand_over(version.consultation, by=first, at=NOON)
        act()
        made.refresh_from_db()
        assert made.ready_by is None


def test_extension_moves_closing_and_deadline_and_tells_followers_and_authors_apart() -> None:
    place = regency()
    made = scenes.opened(place, at=NOON, zone="WIT")
    author, follower = people.citizen(), people.citizen()
    scenes.sent(made, author, at=NOON)
    program_scenes.follow(made.subject, author, follower)
    old_due, new = made.answer_due_at, made.closes_at + 7 * DAY

    schedule.extend(made, closes_at=new, reason=scenes.REASON, by=scenes.manager(place), at=NOON)

    made.refresh_from_db()
    assert (made.closes_at, made.state) == (new, "open")
    assert made.answer_due_at is not None
    assert made.answer_due_at > old_due
    assert made.answer_due_at.astimezone(WIT).hour == 23
    assert (told("own_extended"), told("extended")) == ({author.pk}, {follower.pk})
    assert made.events.get(step="extend").reason == scenes.REASON


@pytest.mark.parametrize(("days", "reason"), [(7, "terlalu pendek"), (0, scenes.REASON), (-1, scenes.REASON)])
def test_extension_without_reason_or_not_later_is_refused(days: int, reason: str) -> None:
    place = regency()
    made = scenes.opened(place, at=NOON)

    with pytest.raises(Invalid):
        schedule.extend(
            made, closes_at=made.closes_at + days * DAY, reason=reason, by=scenes.manager(place), at=NOON
        )


def test_extension_at_the_closing_instant_is_too_late_though_the_state_lags() -> None:
    place = regency()
    made = scenes.opened(place, at=NOON)
    new, words = made.closes_at + DAY, {"reason": scenes.REASON, "by": scenes.manager(place)}

    with pytest.raises(WrongState):
        schedule.extend(made, closes_at=new, at=made.closes_at, **words)
    schedule.extend(made, closes_at=new, at=made.closes_at - timedelta(microseconds=1), **words)


def test_cancellation_keeps_the_page_closes_the_talk_and_tells_those_still_writing() -> None:
    place = regency()
    made = scenes.opened(place, at=NOON)
    writer, follower = people.citizen(), people.citizen()
    scenes.writing(made, writer, at=NOON)
    program_scenes.follow(made.subject, follower)

    schedule.cancel(made, reason=scenes.REASON, by=scenes.manager(place), at=NOON)

    made.refresh_from_db()
    assert (made.state, made.ended_at) == ("cancelled", NOON)
    assert (made.subject.is_visible, made.subject.comments_open) == (True, False)
    assert (told("own_cancelled"), told("cancelled")) == ({writer.pk}, {follower.pk})


def test_cancelled_draft_is_told_to_nobody_and_stays_hidden() -> None:
    place = regency()
    made = ready(place)
    program_scenes.follow(made.subject, people.citizen())

    schedule.cancel(made, reason=scenes.REASON, by=scenes.manager(place), at=NOON)

    made.refresh_from_db()
    assert (made.state, made.subject.is_visible, told("cancelled")) == ("cancelled", False, set())


@pytest.mark.parametrize("scene", [scenes.closed, scenes.concluded])
def test_closed_consultation_is_not_cancelled(scene) -> None:
    place = regency()
    made = scene(place, at=NOON)

    with pytest.raises(WrongState):
        schedule.cancel(made, reason=scenes.REASON, by=scenes.manager(place), at=NOON)


@pytest.mark.parametrize("act", ["announce", "hand_over", "extend", "cancel", "send_back"])
def test_staff_of_another_unit_are_denied_every_act(act: str) -> None:
    place = regency()
    made = ready(place)
    stranger = people.staff("consultation-manager", place.health)
    more = {
        "extend": {"closes_at": NOON + 30 * DAY, "reason": scenes.REASON},
        "cancel": {"reason": scenes.REASON},
        "send_back": {"note": "Periksa lagi"},
    }.get(act, {})

    with pytest.raises(Denied):
        getattr(schedule, act)(made, by=stranger, at=NOON, **more)


def test_handing_over_twice_is_refused_and_asks_nobody_again() -> None:
    place = regency()
    first, second = scenes.manager(place), scenes.manager(place, "Joko Susilo")
    made = ready(place)
    schedule.hand_over(made, by=first, at=NOON)

    with pytest.raises(WrongState, match="sudah diserahkan"):
        schedule.hand_over(made, by=second, at=NOON)

    made.refresh_from_db()
    assert made.ready_by == first
    assert AuditEntry.objects.filter(verb="consultation.ready").count() == 1


def test_draft_without_a_schedule_is_cancelled_all_the_same() -> None:
    place = regency()
    made = ready(place, opens_at=None, closes_at=None)

    schedule.cancel(made, reason=scenes.REASON, by=scenes.manager(place), at=NOON)

    made.refresh_from_db()
    assert (made.state, made.ended_at, made.subject.is_visible) == ("cancelled", NOON, False)
    assert [event.step for event in made.events.all()] == ["cancel"]

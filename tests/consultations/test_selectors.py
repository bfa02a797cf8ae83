"""Which consultations and submissions: order and stages by the clock, progress, what the public reads."""

from datetime import datetime, timedelta

import pytest
from django.utils.timezone import get_current_timezone

from rembuk.common.clock import now
from rembuk.consultations import doors, order, schedule
from rembuk.consultations.choices import Moment
from rembuk.consultations.models import Consultation, MatrixRow
from rembuk.consultations.schedule import Stage
from rembuk.consultations.selectors import heard, listing, reach
from rembuk.consultations.selectors.heard import Progress
from rembuk.workunits import selectors as workunits
from tests import consultation_scenes as consultations
from tests import people, scenes
from tests.opening import opens

pytestmark = pytest.mark.django_db


def test_at_stage_agrees_with_the_schedule_for_every_stage() -> None:
    place, moment = scenes.regency(), now()
    rows = [
        consultations.draft(place),
        consultations.scheduled(place),
        consultations.opened(place),
        consultations.closed(place),
        consultations.answering(place),
        consultations.concluded(place),
        consultations.opened(place, state="cancelled"),
        # The stored state is late: the clock alone says that it has closed.
        consultations.closed(place, state="open"),
    ]
    for stage in Stage:
        found = set(Consultation.objects.filter(listing.at_stage(stage, moment)).values_list("pk", flat=True))
        assert found == {row.pk for row in rows if schedule.stage(row, moment) is stage}, stage


def test_reading_order_has_open_ones_first_and_the_soonest_closing_at_the_top() -> None:
    place, moment = scenes.regency(), now()
    concluded = consultations.concluded(place)
    announced = consultations.scheduled(place)
    answering = consultations.answering(place)
    later = consultations.opened(place)
    sooner = consultations.opened(place, closes_at=moment + timedelta(hours=3))
    expected = [sooner, later, announced, answering, concluded]
    rows = order.in_order(listing.listed(), moment).order_by(*order.ORDER)
    assert list(rows) == expected
    for most in (1, 3, 9):
        assert order.first_listed(moment, most) == list(rows.values("id", "place", "away")[:most])


def test_reading_order_by_places_is_that_of_all_for_any_dates_and_states() -> None:
    place, moment = scenes.regency(), now()
    made = [consultations.opened(place) for _number in range(24)]
    consultations.draft(place)
    steps = (-9, -9, -1, 0, 1, 2, 2, 8)
    for number, row in enumerate(made):
        closes = moment + timedelta(microseconds=steps[number % 8])
        Consultation.objects.filter(pk=row.pk).update(
            result_published_at=moment,
            opens_at=closes - timedelta(microseconds=1 + number % 3),
            closes_at=closes,
            state=("scheduled", "open", "closed", "concluded", "cancelled")[number % 5],
        )
    for at in (moment, moment + timedelta(microseconds=2), moment - timedelta(days=1)):
        rows = list(order.in_order(listing.listed(), at).order_by(*order.ORDER).values("id", "place", "away"))
        for most in (3, len(rows), len(rows) + 5):
            assert order.first_listed(at, most) == rows[:most]


def test_reading_order_by_places_is_that_of_a_kind_and_a_year() -> None:
    place = scenes.regency()
    made = [consultations.concluded(place) for _number in range(8)]
    new_year = datetime(2026, 1, 1, tzinfo=get_current_timezone())
    opens = [new_year + timedelta(microseconds=number // 2 - 2) for number in range(8)]
    for number, row in enumerate(made):
        Consultation.objects.filter(pk=row.pk).update(
            kind=("regulation", "plan")[number % 2],
            opens_at=opens[number],
            state=("concluded", "open", "closed")[number % 3],
            closes_at=now() + timedelta(days=number)
            if number % 3 == 1
            else new_year + timedelta(days=number),
        )
    for most, kind, year in (
        (9, "regulation", None),
        (3, "", 2026),
        (9, "", 2025),
        (9, "plan", 2025),
        (9, "plan", 2031),
    ):
        asked = ({"kind": kind} if kind else {}) | ({"opens_at__year": year} if year else {})
        rows = order.narrow(listing.listed().filter(**asked), now()).order_by(*order.ORDER)
        assert len(rows) == (0 if year == 2031 else 2 if kind and year else 4)
        assert order.first_listed(now(), most, kind=kind, year=year) == list(rows)[:most]


def test_progress_counts_a_submission_answered_when_all_its_rows_are_published() -> None:
    place = scenes.regency()
    answering, untouched = consultations.answering(place), consultations.opened(place)
    consultations.sent(answering, state="withdrawn")
    found = heard.progress_of([answering.pk, untouched.pk])
    assert found == {answering.pk: Progress(heard=2, answered=1)}


def test_stances_by_clause_count_what_arrived_and_not_what_was_withdrawn() -> None:
    made = consultations.opened(scenes.regency())
    said = consultations.full_content(consultations.with_text(made), answers={})
    for state in ("sent", "held", "not_shown", "withdrawn"):
        consultations.sent(made, content=said, state=state)
    clause = made.clauses.get(number=4)
    assert heard.stances_by_clause(made) == {clause.pk: {"disagree": 3}}


@pytest.mark.parametrize(
    ("state", "rechecking", "has_page", "shown"),
    [
        ("sent", False, True, True),
        ("sent", True, True, False),
        ("not_shown", False, True, False),
        ("withdrawn", False, True, False),
        ("held", False, True, False),
        ("draft", False, False, False),
    ],
)
def test_submission_has_a_page_or_a_stub_or_none(
    state: str, rechecking: bool, has_page: bool, shown: bool
) -> None:
    made = consultations.opened(scenes.regency())
    submission = consultations.sent(made, state=state, is_rechecking=rechecking)
    found = opens(doors.submission_for_reader, made, submission.number or 0, None)
    assert (found, doors.is_shown(submission)) == (has_page, shown)


def test_submission_is_hidden_before_closing_where_so_set_but_not_from_its_author() -> None:
    made = consultations.opened(scenes.regency(), submissions_shown=Moment.AFTER_CLOSING)
    author = people.citizen()
    submission = consultations.sent(made, author)
    assert not opens(doors.submission_for_reader, made, submission.number or 0, None)
    assert doors.submission_for_reader(made, submission.number or 0, author) == submission
    assert not heard.shown_submissions(made, now()).exists()


@pytest.mark.parametrize(("few", "named"), [(0, 500), (1, 500), (100, 500), (100, 1), (100, 0)])
def test_what_the_desk_lists_is_what_its_door_opens(
    few: int, named: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workunits, "FEW", few)
    monkeypatch.setattr(reach, "_MOST_IN_CHARGE", named)
    place = scenes.regency()
    consultations.draft(place)
    for unit in (place.health, place.roads, place.subdistrict):
        made = consultations.answering(place)
        MatrixRow.objects.filter(consultation=made).update(unit=unit)
    elsewhere = consultations.opened(place)
    Consultation.objects.filter(pk=elsewhere.pk).update(unit=place.health)
    units = (place.root, place.works, place.roads, place.health, place.village)
    roles = ("administrator", "moderator", "program-manager", "member")
    seen = set()
    for person in [people.staff(role, unit) for role in roles for unit in units]:
        opened = {row for row in Consultation.objects.all() if opens(doors.for_desk, row.code, person)}
        assert set(Consultation.objects.filter(reach.in_reach(person))) == opened
        seen.add(len(opened))
    assert seen == {0, 1, 2, 4, 5}

"""Saying whether a milestone is finished: for eight weeks, once a claim, beside the office's word; and moderating it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rembuk.audit.models import AuditEntry
from rembuk.common.errors import Denied, Invalid, NotVisible, WrongState
from rembuk.engagement.actions.reports import Complaint, report_content
from rembuk.engagement.models import Case, Report, Subject
from rembuk.notifications.models import Notice
from rembuk.programs import doors, rules
from rembuk.programs.actions.create import edit_program
from rembuk.programs.actions.voices.asking import ask_followers
from rembuk.programs.actions.voices.moderate import hide_witness, show_witness_again
from rembuk.programs.errors import NotAsked
from rembuk.programs.evaluation import witnesses
from rembuk.programs.models import Milestone, Program, Witness
from rembuk.taxonomy.models import ReasonCode
from tests import people, scenes
from tests import program_scenes as programs
from tests import voice_scenes as voices
from tests.program_scenes import MORNING, stored

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
WEEKS = timedelta(days=56)
WHY = "Keterangan ini menyebut nama dan alamat orang lain."


@pytest.fixture
def place() -> scenes.Regency:
    return scenes.regency()


@pytest.fixture
def found(place: scenes.Regency) -> Milestone:
    """A milestone called done this morning."""
    return voices.milestone(programs.published(place))


def reason(use: str) -> ReasonCode:
    """A reason code for a use."""
    return ReasonCode.objects.filter(uses__contains=[use], is_active=True).first() or ReasonCode()


def test_witness_stands_beside_the_claim_and_changes_nothing_of_it(found: Milestone) -> None:
    before = Milestone.objects.values().get(pk=found.pk)
    person, picture = people.citizen(), stored()
    made = voices.said(found, "no", person, remark=" Baru separuh. ", picture=picture)
    assert (made.value, made.remark, made.picture, made.claim) == ("no", "Baru separuh.", picture, 1)
    assert Milestone.objects.values().get(pk=found.pk) == before
    entry = AuditEntry.objects.get(verb="milestone.witnessed")
    assert (entry.actor_person_id, entry.target_key) == (person.pk, str(found.public_id))
    assert (entry.before, entry.after) == (None, None)
    subject = Subject.objects.get(kind="witness")
    assert (subject.is_visible, subject.comments_open, subject.author, subject.unit) == (
        True,
        False,
        person,
        found.program.unit,
    )


def test_witness_again_changes_the_one_answer_and_the_same_again_writes_nothing(found: Milestone) -> None:
    person = people.citizen()
    voices.said(found, "no", person)
    changed = voices.said(found, "partly", person, at=MORNING + DAY, remark="Tinggal bahu jalan.")
    same = voices.said(found, "partly", person, at=MORNING + 2 * DAY, remark="Tinggal bahu jalan.")
    assert changed == same
    row = Witness.objects.get()
    assert (row.value, row.at, row.changed_at) == ("partly", MORNING, MORNING + DAY)
    assert AuditEntry.objects.filter(verb="milestone.witnessed").count() == 2


def test_witness_of_a_new_claim_is_another_answer(found: Milestone) -> None:
    person = people.citizen()
    voices.said(found, "no", person)
    Milestone.objects.filter(pk=found.pk).update(claims=2, claimed_at=MORNING + DAY)
    found.refresh_from_db()
    voices.said(found, "yes", person, at=MORNING + DAY)
    assert list(Witness.objects.order_by("claim").values_list("claim", "value")) == [(1, "no"), (2, "yes")]
    assert witnesses.said([found])[found.pk] == witnesses.Said(yes=1)
    assert witnesses.answer_of(found, person).value == "yes"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("fields", "state", "after", "asked"),
    [
        ({}, "published", timedelta(), True),
        ({}, "completed", WEEKS - timedelta(seconds=1), True),
        ({}, "published", WEEKS, False),
        ({}, "cancelled", timedelta(), False),
        ({"claimed_at": MORNING + DAY}, "published", timedelta(), False),
        ({"state": "ongoing", "actual_end_on": None}, "published", timedelta(), False),
        ({"claimed_at": None}, "published", timedelta(), False),
    ],
)
def test_witness_is_taken_for_four_weeks_while_called_done(
    found: Milestone, fields: dict[str, object], state: str, after: timedelta, asked: bool
) -> None:
    Milestone.objects.filter(pk=found.pk).update(**fields)
    Program.objects.filter(pk=found.program_id).update(state=state)
    fresh = Milestone.objects.select_related("program__unit").get(pk=found.pk)
    assert witnesses.is_asked(fresh, MORNING + after) is asked
    if asked:
        voices.said(fresh, "yes", at=MORNING + after)
    else:
        with pytest.raises(NotAsked):
            voices.said(fresh, "yes", at=MORNING + after)
    assert Witness.objects.count() == int(asked)


def test_witness_of_a_form_from_before_reopening_is_refused(found: Milestone) -> None:
    Milestone.objects.filter(pk=found.pk).update(claims=2)
    with pytest.raises(NotAsked):
        voices.said(found, "yes")


def test_witness_by_suspended_people_is_refused(found: Milestone) -> None:
    with pytest.raises(Denied):
        voices.said(found, "yes", people.citizen(is_active=False))


def test_witness_with_bad_input_is_invalid(found: Milestone) -> None:
    with pytest.raises(Invalid) as refusal:
        voices.said(found, "maybe", remark="a" * 1001)
    assert set(refusal.value.fields) == {"value", "remark"}


@pytest.mark.parametrize(
    ("values", "is_contradicted"),
    [
        (["no", "no"], False),
        (["no", "no", "yes"], True),
        (["no", "yes", "partly"], False),
        (["no", "partly", "partly"], True),
        (["yes", "yes", "no"], False),
    ],
)
def test_contradiction_needs_three_answers_and_more_no_than_yes(
    found: Milestone, values: list[str], is_contradicted: bool
) -> None:
    for value in values:
        voices.said(found, value)
    assert witnesses.said([found])[found.pk].contradicts is is_contradicted
    assert witnesses.contradicted(Milestone.objects.all()).exists() is is_contradicted


def test_followers_are_asked_once_for_each_claim(found: Milestone) -> None:
    follower = people.citizen()
    programs.follow(found.program.subject, follower)
    claimed = found.claimed_at
    assert claimed
    assert ask_followers(at=claimed + timedelta(days=28) - timedelta(seconds=1)) == 0
    for day in (28, 29):
        assert ask_followers(at=claimed + timedelta(days=day)) == 1
    assert ask_followers(at=claimed + timedelta(days=36)) == 0
    notice = Notice.objects.get(event__kind="program.finished_asked")
    assert notice.person_id == follower.pk
    assert notice.event.url == f"/program/{found.program.code}/tonggak/{found.public_id}/"


def test_followers_are_not_asked_of_what_was_reopened(found: Milestone) -> None:
    programs.follow(found.program.subject, people.citizen())
    Milestone.objects.filter(pk=found.pk).update(state="ongoing", actual_end_on=None)
    assert found.claimed_at
    assert ask_followers(at=found.claimed_at + timedelta(days=28)) == 0
    assert not Notice.objects.filter(event__kind="program.finished_asked").exists()


def test_hidden_witness_stays_counted_and_its_picture_goes(place: scenes.Regency, found: Milestone) -> None:
    made = voices.said(found, "no", remark="Pak X malas.", picture=stored())
    reporter, moderator = people.citizen(), people.staff("moderator", place.works)
    report_content(made.subject, Complaint(reason=reason("report")), by=reporter, at=MORNING)
    hidden = hide_witness(made, reason=reason("hide"), explanation=WHY, by=moderator, at=MORNING)
    assert (hidden.hidden_at, hidden.hidden_note) == (MORNING, WHY)
    assert witnesses.said([found])[found.pk] == witnesses.Said(no=1)
    assert Case.objects.get(kind="report").outcome == "hidden"
    assert Report.objects.get().closed_at == MORNING
    kinds = set(Notice.objects.values_list("event__kind", "person_id"))
    assert kinds == {("witness.hidden", made.person_id), ("report.hidden", reporter.pk)}
    entry = AuditEntry.objects.get(verb="witness.hidden")
    assert (entry.reason, entry.after) == (WHY, {"reason_code": reason("hide").code})
    code = found.program.code
    with pytest.raises(NotVisible):
        doors.witness_picture(code, made.public_id, people.citizen())
    assert doors.witness_picture(code, made.public_id, moderator) == made.picture
    with pytest.raises(NotVisible):
        report_content(hidden.subject, Complaint(reason=reason("report")), by=people.citizen(), at=MORNING)
    with pytest.raises(WrongState):
        hide_witness(made, reason=reason("hide"), explanation=WHY, by=moderator, at=MORNING)


def test_hidden_witness_is_shown_again_with_an_explanation(place: scenes.Regency, found: Milestone) -> None:
    made, moderator = voices.said(found, "no", remark="Belum."), people.staff("moderator", place.works)
    with pytest.raises(WrongState):
        show_witness_again(made, explanation=WHY, by=moderator, at=MORNING)
    hide_witness(made, reason=reason("hide"), explanation=WHY, by=moderator, at=MORNING)
    with pytest.raises(Invalid):
        show_witness_again(made, explanation="pendek", by=moderator, at=MORNING)
    shown = show_witness_again(made, explanation=WHY, by=moderator, at=MORNING + DAY)
    assert (shown.hidden_at, shown.hidden_reason, shown.hidden_note) == (None, None, "")
    assert shown.subject.is_visible
    assert Notice.objects.filter(event__kind="witness.shown_again", person_id=made.person_id).count() == 1
    assert AuditEntry.objects.filter(verb="witness.shown_again").count() == 1


def test_hidden_witness_of_a_deleted_person_tells_nobody(place: scenes.Regency, found: Milestone) -> None:
    made = voices.said(found, "no", remark="Belum.")
    Witness.objects.filter(pk=made.pk).update(person=None)
    hide_witness(
        made,
        reason=reason("hide"),
        explanation=WHY,
        by=people.staff("moderator", place.works),
        at=MORNING,
    )
    assert Notice.objects.count() == 0


@pytest.mark.parametrize("which", ["none", "code", "explanation"])
def test_hide_witness_without_reason_is_invalid(place: scenes.Regency, found: Milestone, which: str) -> None:
    made = voices.said(found, "no", remark="Belum.")
    code = reason("hide")
    if which == "none":
        code.is_active = False
    if which == "code":
        code.uses = ["report"]
    with pytest.raises(Invalid) as refusal:
        hide_witness(
            made,
            reason=code,
            explanation="kurang" if which == "explanation" else WHY,
            by=people.staff("moderator", place.works),
            at=MORNING,
        )
    assert set(refusal.value.fields) == {"explanation" if which == "explanation" else "reason"}


def test_moderating_needs_the_right_in_the_unit_and_somebody_elses_answer(
    place: scenes.Regency, found: Milestone
) -> None:
    moderator = people.staff("moderator", place.works)
    own, other = voices.said(found, "no", moderator), voices.said(found, "no")
    strangers = [people.staff("moderator", place.health), programs.manager(place), people.citizen()]
    for stranger in strangers:
        assert not rules.may_moderate_witness(other, stranger).ok
        with pytest.raises(NotVisible):
            doors.witness_to_moderate(other.public_id, stranger)
        with pytest.raises(Denied):
            hide_witness(other, reason=reason("hide"), explanation=WHY, by=stranger, at=MORNING)
        with pytest.raises(Denied):
            hide_witness(other, reason=reason("hide"), explanation=WHY, by=stranger, at=MORNING)
    with pytest.raises(Denied):
        hide_witness(own, reason=reason("hide"), explanation=WHY, by=moderator, at=MORNING)
    assert doors.witness_to_moderate(other.public_id, moderator) == other


def test_witnesses_move_with_the_programme_to_another_unit(place: scenes.Regency, found: Milestone) -> None:
    made = voices.said(found, "no", remark="Belum.")
    edit_program(
        found.program,
        programs.contents(place, unit=place.health),
        by=people.staff("administrator", place.root),
        at=MORNING,
    )
    made.subject.refresh_from_db()
    assert made.subject.unit == place.health


def test_edit_that_moves_nothing_touches_no_answer(place: scenes.Regency, found: Milestone) -> None:
    by = people.staff("administrator", place.root)
    edit_program(found.program, programs.contents(place, title="Jalan desa dari utara"), by=by, at=MORNING)
    with CaptureQueriesContext(connection) as none_said:
        edit_program(
            found.program, programs.contents(place, title="Jalan desa dari timur"), by=by, at=MORNING
        )
    for _ in range(3):
        voices.said(found, "no")
    with CaptureQueriesContext(connection) as three_said:
        edit_program(
            found.program, programs.contents(place, title="Jalan desa dari barat"), by=by, at=MORNING
        )
    assert len(three_said) == len(none_said)


def test_milestone_door_follows_the_programme(place: scenes.Regency, found: Milestone) -> None:
    code = found.program.code
    assert doors.milestone_for_reader(code, found.public_id, None) == found
    Program.objects.filter(pk=found.program_id).update(state="draft")
    with pytest.raises(NotVisible):
        doors.milestone_for_reader(code, found.public_id, people.citizen())
    other = programs.published(place)
    with pytest.raises(NotVisible):
        doors.milestone_for_reader(other.code, found.public_id, None)

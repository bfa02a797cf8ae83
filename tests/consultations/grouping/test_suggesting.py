"""Suggesting groups: what comes together, what people did stays, refusals, the job."""

from datetime import timedelta

import pytest

from rembuk.audit.models import AuditEntry
from rembuk.common.errors import Denied, WrongState
from rembuk.consultations.actions.grouping.editing import confirm_group, create_group, dismiss_group
from rembuk.consultations.actions.grouping.suggesting import ask_for_groups, suggest_groups, waiting
from rembuk.consultations.models import Grouping, MatrixGroup, MatrixRow
from rembuk.consultations.states import RowState
from rembuk.consultations.tasks import suggest_groups as job
from tests import like_scenes as scenes
from tests import matrix_scenes, people

pytestmark = pytest.mark.django_db
AT, LATER = matrix_scenes.AT, matrix_scenes.LATER


def test_like_rows_are_suggested_as_groups_and_others_left() -> None:
    found = scenes.like_matrix()
    assert suggest_groups(found.consultation, at=AT) == 2
    assert scenes.groups(found) == [{0, 1}, {2, 3}]
    group = found.consultation.groups.first()
    assert (group.is_suggested, group.confirmed_at, group.created_at) == (True, None, AT)
    entry = AuditEntry.objects.get(verb="matrix_group.suggested")
    assert (entry.after, entry.target_key) == ({"rows": 6, "groups": 2}, found.consultation.code)


def test_suggestion_remembers_when_it_was_made() -> None:
    found = scenes.like_matrix()
    suggest_groups(found.consultation, at=AT)
    grouping = Grouping.objects.get()
    assert (grouping.made_at, grouping.rows, grouping.groups, grouping.is_waiting) == (AT, 6, 2, False)


def test_same_suggestion_made_again_keeps_its_address() -> None:
    found = scenes.like_matrix()
    suggest_groups(found.consultation, at=AT)
    before = set(MatrixGroup.objects.values_list("public_id", flat=True))
    suggest_groups(found.consultation, at=LATER)
    assert set(MatrixGroup.objects.values_list("public_id", flat=True)) == before


def test_other_suggestion_gives_way_to_the_new_one() -> None:
    found = scenes.like_matrix()
    stale = MatrixGroup.objects.create(
        consultation=found.consultation, title="Lama", is_suggested=True, created_at=AT
    )
    MatrixRow.objects.filter(pk__in=[found.rows[0].pk, found.rows[5].pk]).update(group=stale)
    suggest_groups(found.consultation, at=AT)
    assert scenes.groups(found) == [{0, 1}, {2, 3}]
    assert not MatrixGroup.objects.filter(pk=stale.pk).exists()


def test_confirmed_group_and_group_by_hand_are_never_touched() -> None:
    found = scenes.like_matrix()
    confirmed = create_group([found.rows[0], found.rows[5]], by=found.manager, at=AT)
    confirm_group(confirmed, [found.rows[0], found.rows[5]], by=found.manager, at=AT)
    create_group([found.rows[2], found.rows[4]], by=found.manager, at=AT)
    assert suggest_groups(found.consultation, at=LATER) == 0
    assert scenes.groups(found) == [{0, 5}, {2, 4}]


def test_dismissed_set_is_not_suggested_again() -> None:
    found = scenes.like_matrix()
    suggest_groups(found.consultation, at=AT)
    dismiss_group(found.fresh()[0].group, by=found.manager, at=AT)
    suggest_groups(found.consultation, at=LATER)
    assert scenes.groups(found) == [{2, 3}]


def test_published_rows_and_contrary_stances_stay_alone() -> None:
    found = scenes.like_matrix()
    MatrixRow.objects.filter(pk=found.rows[0].pk).update(
        state=RowState.PUBLISHED, verdict="partly", reason=matrix_scenes.REASON
    )
    for place, stance in ((2, "agree"), (3, "disagree")):
        found.rows[place].submission.stance = stance
        found.rows[place].submission.save()
    assert suggest_groups(found.consultation, at=AT) == 0


@pytest.mark.parametrize("state", ["open", "concluded"])
def test_suggestion_before_closing_or_after_the_conclusion_is_refused(state: str) -> None:
    found = scenes.like_matrix()
    found.consultation.state, found.consultation.result_published_at = state, AT
    found.consultation.save()
    with pytest.raises(WrongState):
        suggest_groups(found.consultation, at=AT)
    assert not Grouping.objects.exists()


def test_somebody_from_elsewhere_may_not_ask() -> None:
    found = scenes.like_matrix()
    elsewhere = people.staff("consultation-manager", found.place.health)
    with pytest.raises(Denied):
        ask_for_groups(found.consultation, by=elsewhere, at=AT)


def test_job_suggests_once_after_closing_and_again_when_asked() -> None:
    found = scenes.like_matrix()
    job(0)
    first = Grouping.objects.get().made_at
    assert first is not None
    job(0)
    assert Grouping.objects.get().made_at == first
    ask_for_groups(found.consultation, by=found.manager, at=first + timedelta(hours=1))
    assert waiting() == [found.consultation]


def test_what_one_person_says_twice_is_no_group() -> None:
    found = scenes.like_matrix()
    MatrixRow.objects.filter(pk=found.rows[1].pk).update(submission=found.rows[0].submission, number=2)
    suggest_groups(found.consultation, at=AT)
    assert scenes.groups(found) == [{2, 3}]


def test_asking_again_while_one_waits_changes_nothing() -> None:
    found = scenes.like_matrix()
    first = ask_for_groups(found.consultation, by=found.manager, at=AT)
    again = ask_for_groups(found.consultation, by=found.manager, at=LATER)
    assert (first.pk, again.asked_at, again.is_waiting) == (again.pk, AT, True)

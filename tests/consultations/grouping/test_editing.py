"""Groups by hand: put together, put in, take out, rename, merge, split, confirm, dismiss; their trail and refusals."""

import pytest

from rembuk.audit.models import AuditEntry
from rembuk.common.errors import Denied, Invalid, NotVisible, WrongState
from rembuk.consultations.actions.grouping import editing
from rembuk.consultations.actions.grouping.answering import answer_group
from rembuk.consultations.actions.grouping.suggesting import suggest_groups
from rembuk.consultations.matrix import copied
from rembuk.consultations.models import MatrixGroup, MatrixRow
from rembuk.consultations.states import RowState
from tests import like_scenes as scenes
from tests import matrix_scenes, people

pytestmark = pytest.mark.django_db
AT = matrix_scenes.AT


def made(found: matrix_scenes.Matrix, *places: int) -> MatrixGroup:
    """A group of these rows put together by hand."""
    return editing.create_group([found.rows[place] for place in places], by=found.manager, at=AT)


def confirmed(found: matrix_scenes.Matrix, *places: int) -> MatrixGroup:
    """The same, confirmed."""
    rows = [found.rows[place] for place in places]
    return editing.confirm_group(made(found, *places), rows, by=found.manager, at=AT)


def test_group_by_hand_takes_the_first_text_as_its_name() -> None:
    found = scenes.like_matrix()
    group = made(found, 0, 1)
    assert (group.title, group.is_suggested, group.confirmed_at) == (scenes.TEXTS[0].rstrip("."), False, None)
    assert scenes.groups(found) == [{0, 1}]
    assert AuditEntry.objects.get(verb="matrix_group.saved").after == {"rows": 2}


def test_rows_put_in_and_taken_out_are_told_in_the_trail() -> None:
    found = scenes.like_matrix()
    group = made(found, 0, 1)
    editing.add_rows(group, [found.rows[2]], by=found.manager, at=AT)
    editing.remove_rows(group, [found.rows[0]], by=found.manager, at=AT)
    assert scenes.groups(found) == [{1, 2}]
    told = AuditEntry.objects.filter(verb="matrix_group.saved").order_by("id").values_list("after", flat=True)
    assert list(told) == [{"rows": 2}, {"added": 1}, {"removed": 1}]


def test_group_of_which_one_row_is_left_goes_away() -> None:
    found = scenes.like_matrix()
    assert editing.remove_rows(made(found, 0, 1), [found.rows[0]], by=found.manager, at=AT) is None
    assert scenes.groups(found) == []
    assert not MatrixGroup.objects.exists()


def test_renamed_group_is_no_suggestion_any_more() -> None:
    found = scenes.like_matrix()
    group = made(found, 0, 1)
    MatrixGroup.objects.update(is_suggested=True)
    editing.rename_group(group, title="  Relokasi   dulu ", by=found.manager, at=AT)
    group.refresh_from_db()
    assert (group.title, group.is_suggested) == ("Relokasi dulu", False)


def test_merged_groups_are_one() -> None:
    found = scenes.like_matrix()
    editing.merge_groups(made(found, 0, 1), made(found, 2, 3), by=found.manager, at=AT)
    assert scenes.groups(found) == [{0, 1, 2, 3}]
    assert MatrixGroup.objects.count() == 1


def test_confirmed_group_and_another_are_not_merged() -> None:
    found = scenes.like_matrix()
    with pytest.raises(WrongState):
        editing.merge_groups(confirmed(found, 0, 1), made(found, 2, 3), by=found.manager, at=AT)
    assert scenes.groups(found) == [{0, 1}, {2, 3}]


def test_split_puts_the_ticked_rows_into_a_group_of_their_own() -> None:
    found = scenes.like_matrix()
    editing.split_group(made(found, 0, 1, 2, 3), found.rows[2:4], by=found.manager, at=AT)
    assert scenes.groups(found) == [{0, 1}, {2, 3}]


def test_confirmation_keeps_the_ticked_rows_and_frees_the_others() -> None:
    found = scenes.like_matrix()
    group = editing.confirm_group(made(found, 0, 1, 4), found.rows[:2], by=found.manager, at=AT)
    assert scenes.groups(found) == [{0, 1}]
    assert (group.confirmed_by, group.confirmed_at) == (found.manager, AT)
    assert AuditEntry.objects.get(verb="matrix_group.confirmed").after == {"rows": 2, "left_out": 1}


def test_dismissed_group_frees_its_rows_and_remembers_them() -> None:
    found = scenes.like_matrix()
    group = editing.dismiss_group(made(found, 0, 4), by=found.manager, at=AT)
    assert scenes.groups(found) == []
    assert (group.parted, group.dismissed_at) == ([found.rows[0].pk, found.rows[4].pk], AT)
    assert AuditEntry.objects.get(verb="matrix_group.dismissed").after == {"rows": 2}


def test_confirmed_group_is_answered_once_for_every_row_without_a_flag() -> None:
    found = scenes.like_matrix(*(["Tambah bak sampah di pasar."] * 12))
    group = confirmed(found, *range(12))
    answer_group(group, answer=matrix_scenes.text("accepted"), by=found.manager, at=AT)
    rows = found.fresh()
    assert {(row.state, row.verdict, row.reason) for row in rows} == {
        (RowState.PROPOSED, "accepted", matrix_scenes.REASON)
    }
    assert copied.number_of(found.consultation, rows[0].reason_digest) == 0


def test_confirmed_group_can_be_neither_confirmed_again_nor_dismissed() -> None:
    found = scenes.like_matrix()
    group = confirmed(found, 0, 1)
    with pytest.raises(WrongState):
        editing.confirm_group(group, found.rows[:2], by=found.manager, at=AT)
    with pytest.raises(WrongState):
        editing.dismiss_group(group, by=found.manager, at=AT)


def test_row_of_a_confirmed_group_comes_into_no_other() -> None:
    found = scenes.like_matrix()
    confirmed(found, 0, 1)
    with pytest.raises(WrongState):
        editing.add_rows(made(found, 2, 3), [found.rows[0]], by=found.manager, at=AT)


def test_published_row_comes_into_no_group_and_leaves_none() -> None:
    found = scenes.like_matrix()
    group = made(found, 0, 1)
    MatrixRow.objects.filter(pk__in=[found.rows[1].pk, found.rows[2].pk]).update(
        state=RowState.PUBLISHED, verdict="partly", reason=matrix_scenes.REASON
    )
    with pytest.raises(WrongState):
        editing.add_rows(group, [found.rows[2]], by=found.manager, at=AT)
    with pytest.raises(WrongState):
        editing.remove_rows(group, [found.rows[1]], by=found.manager, at=AT)


def test_too_few_rows_or_no_name_are_refused() -> None:
    found = scenes.like_matrix()
    group = made(found, 0, 1)
    for act in (
        lambda: made(found, 2),
        lambda: editing.confirm_group(group, found.rows[:1], by=found.manager, at=AT),
        lambda: editing.split_group(group, found.rows[:2], by=found.manager, at=AT),
        lambda: editing.rename_group(group, title=" ", by=found.manager, at=AT),
        lambda: editing.merge_groups(group, group, by=found.manager, at=AT),
        lambda: editing.remove_rows(group, [found.rows[5]], by=found.manager, at=AT),
    ):
        with pytest.raises(Invalid):
            act()
    assert scenes.groups(found) == [{0, 1}]


def test_dismissed_and_vanished_groups_take_no_act() -> None:
    found = scenes.like_matrix()
    dismissed = made(found, 0, 1)
    editing.dismiss_group(dismissed, by=found.manager, at=AT)
    with pytest.raises(WrongState):
        editing.add_rows(dismissed, [found.rows[2]], by=found.manager, at=AT)
    MatrixGroup.objects.all().delete()
    with pytest.raises(NotVisible):
        editing.rename_group(dismissed, title="Baru", by=found.manager, at=AT)


def test_manager_from_elsewhere_is_denied() -> None:
    found = scenes.like_matrix()
    elsewhere = people.staff("consultation-manager", found.place.health)
    with pytest.raises(Denied):
        editing.create_group(found.rows[:2], by=elsewhere, at=AT)


def test_groups_are_fixed_once_it_is_concluded() -> None:
    found = scenes.like_matrix()
    group = made(found, 0, 1)
    found.consultation.state, found.consultation.result_published_at = "concluded", AT
    found.consultation.save()
    with pytest.raises(WrongState):
        editing.rename_group(group, title="Baru", by=found.manager, at=AT)


def test_unconfirmed_group_is_not_answered() -> None:
    found = scenes.like_matrix()
    with pytest.raises(WrongState):
        answer_group(made(found, 0, 1), answer=matrix_scenes.text(), by=found.manager, at=AT)
    assert {row.state for row in found.fresh()} == {RowState.OPEN}


def test_answer_of_a_group_leaves_rows_that_have_one_as_they_are() -> None:
    found = scenes.like_matrix()
    group = confirmed(found, 0, 1)
    matrix_scenes.proposed(found, found.rows[0])
    done = answer_group(group, answer=matrix_scenes.text("accepted"), by=found.manager, at=AT)
    assert ([row.pk for row in done.rows], len(done.refused)) == ([found.rows[1].pk], 1)
    assert [row.verdict for row in found.fresh()[:2]] == ["partly", "accepted"]


def test_row_that_stands_in_the_group_already_is_no_row_to_add() -> None:
    found = scenes.like_matrix()
    group = made(found, 0, 1)
    with pytest.raises(Invalid, match="paling sedikit satu baris"):
        editing.add_rows(group, [found.rows[0]], by=found.manager, at=AT)
    assert AuditEntry.objects.filter(verb="matrix_group.saved").count() == 1


def test_suggestions_that_lose_their_rows_to_a_group_by_hand_go_away() -> None:
    found = scenes.like_matrix()
    suggest_groups(found.consultation, at=AT)
    assert scenes.groups(found) == [{0, 1}, {2, 3}]
    group = made(found, 1, 2)
    assert scenes.groups(found) == [{1, 2}]
    assert list(MatrixGroup.objects.all()) == [group]


def test_suggestion_that_keeps_two_rows_stays_a_suggestion() -> None:
    found = scenes.like_matrix(*(["Tambah bak sampah di depan pasar."] * 3), scenes.TEXTS[5])
    suggest_groups(found.consultation, at=AT)
    assert scenes.groups(found) == [{0, 1, 2}]
    group = made(found, 2, 3)
    assert scenes.groups(found) == [{0, 1}, {2, 3}]
    assert MatrixGroup.objects.exclude(pk=group.pk).get().is_suggested


def test_group_whose_rows_are_all_answered_is_not_answered_again() -> None:
    found = scenes.like_matrix()
    group = confirmed(found, 0, 1)
    matrix_scenes.published(found, *found.rows[:2])
    with pytest.raises(Invalid, match="sudah"):
        answer_group(group, answer=matrix_scenes.text("accepted"), by=found.manager, at=AT)
    assert {row.verdict for row in found.fresh()[:2]} == {"partly"}

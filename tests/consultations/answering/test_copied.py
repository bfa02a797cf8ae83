"""One reason on more than ten rows outside a confirmed group is flagged to the auditors, once."""

import pytest

from rembuk.accounts.models import Person
from rembuk.consultations.actions.answering.deciding import propose_answer
from rembuk.consultations.actions.grouping import editing
from rembuk.consultations.matrix import copied
from rembuk.consultations.matrix.copied import CopiedReason
from rembuk.consultations.matrix.marks import reason_digest
from rembuk.consultations.models import MatrixGroup
from rembuk.notifications.models import Notice
from tests import matrix_scenes as scenes
from tests import people

pytestmark = pytest.mark.django_db
AT, LATER = scenes.AT, scenes.LATER


def flagged(auditor: Person) -> list[CopiedReason]:
    """What is flagged once the worker has looked."""
    copied.FLAGS.remake(0)
    return copied.shown(copied.flagged(auditor).value)


def test_digest_is_the_same_without_case_blanks_and_punctuation() -> None:
    assert reason_digest("Sudah diatur, lihat Pasal 2.") == reason_digest("sudah  diatur lihat pasal 2")
    assert reason_digest("Sudah diatur, lihat Pasal 2.") != reason_digest("Sudah diatur, lihat Pasal 3.")
    assert reason_digest(" … ") == ""


def test_eleventh_row_flags_the_reason_and_tells_the_auditors_once() -> None:
    found = scenes.matrix(12)
    auditor = people.staff("auditor", found.place.root)
    scenes.proposed(found, *found.rows[:10])
    assert flagged(auditor) == []
    propose_answer(
        found.rows[10:11], answer=scenes.text(reason=scenes.REASON.upper()), by=found.manager, at=AT
    )
    scenes.proposed(found, found.rows[11], at=LATER)
    (flag,) = flagged(auditor)
    assert (flag.number, flag.people, flag.first_at, flag.last_at) == (12, [found.manager], AT, LATER)
    assert Notice.objects.filter(event__kind="row.reason_copied", person_id=auditor.pk).count() == 1


def test_ten_rows_and_confirmed_groups_are_not_flagged_and_suggested_ones_are() -> None:
    found = scenes.matrix(11)
    auditor = people.staff("auditor", found.place.root)
    group = MatrixGroup.objects.create(
        consultation=found.consultation, title="Jadwal", created_at=AT, confirmed_at=AT
    )
    found.consultation.rows.update(group=group)
    scenes.proposed(found)
    assert flagged(auditor) == []
    MatrixGroup.objects.update(confirmed_at=None)
    assert [one.number for one in flagged(auditor)] == [11]
    MatrixGroup.objects.update(confirmed_at=AT)
    assert copied.flagged(auditor).value
    assert copied.shown(copied.flagged(auditor).value) == []  # found a moment ago, and no longer so


def test_auditor_of_another_unit_sees_nothing() -> None:
    found = scenes.matrix(11)
    scenes.proposed(found)
    assert len(flagged(people.staff("auditor", found.place.works))) == 1
    assert flagged(people.staff("auditor", found.place.health)) == []


@pytest.mark.parametrize("act", [editing.remove_rows, editing.split_group])
def test_copies_that_leave_a_confirmed_group_are_told_to_the_auditors(act) -> None:
    found = scenes.matrix(13)
    auditor = people.staff("auditor", found.place.root)
    group = MatrixGroup.objects.create(
        consultation=found.consultation, title="Jadwal", created_at=AT, confirmed_at=AT
    )
    found.consultation.rows.update(group=group)
    scenes.proposed(found)
    told = Notice.objects.filter(event__kind="row.reason_copied", person_id=auditor.pk)
    assert not told.exists()
    act(group, found.fresh()[:11], by=found.manager, at=LATER)
    assert told.count() == 1

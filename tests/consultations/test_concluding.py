"""The result and the conclusion: refused with the counts while anything is open, told to followers once."""

import pytest

from rembuk.audit.models import AuditEntry
from rembuk.common.errors import Denied, Invalid, WrongState
from rembuk.consultations.actions.concluding import (
    LONGEST_RESULT,
    conclude_consultation,
    publish_result,
    save_result,
)
from rembuk.consultations.errors import RowsOpen
from rembuk.consultations.states import State
from rembuk.engagement.models import Follow
from rembuk.notifications.models import Notice
from tests import consultation_scenes as consultations
from tests import matrix_scenes as scenes
from tests import people

pytestmark = pytest.mark.django_db
AT, LATER = scenes.AT, scenes.LATER
BODY = "Dua pasal **berubah** karena masukan warga; jadwal pengangkutan kini tiga kali seminggu."


def test_conclude_with_open_rows_or_without_result_is_refused_with_the_counts() -> None:
    found = scenes.matrix(3)
    scenes.published(found, found.rows[0])
    with pytest.raises(RowsOpen, match=r"2 baris .* Hasil"):
        conclude_consultation(found.consultation, by=found.manager, at=LATER)
    found.consultation.refresh_from_db()
    assert found.consultation.state == State.CLOSED


def test_conclude_when_all_is_answered_tells_followers_once() -> None:
    found = scenes.matrix(1)
    follower = people.citizen()
    Follow.objects.create(person=follower, subject=found.consultation.subject, created_at=AT)
    scenes.published(found)
    publish_result(found.consultation, body=BODY, by=found.manager, at=AT)
    event = conclude_consultation(found.consultation, by=found.manager, at=LATER)
    found.consultation.refresh_from_db()
    assert (found.consultation.state, found.consultation.ended_at) == (State.CONCLUDED, LATER)
    assert (event.step, event.office) == ("conclude", found.place.works)
    kinds = Notice.objects.filter(person_id=follower.pk).values_list("event__kind", flat=True)
    assert list(kinds) == ["consultation.concluded"]
    assert AuditEntry.objects.filter(verb="consultation.concluded").count() == 1


def test_submission_without_a_row_keeps_it_open() -> None:
    found = scenes.matrix(0)
    consultations.sent(found.consultation, at=AT)
    publish_result(found.consultation, body=BODY, by=found.manager, at=AT)
    with pytest.raises(RowsOpen, match="1 masukan"):
        conclude_consultation(found.consultation, by=found.manager, at=LATER)


def test_saved_result_is_not_public_until_it_is_published() -> None:
    found = scenes.matrix(0)
    save_result(found.consultation, body=BODY, by=found.manager, at=AT)
    found.consultation.refresh_from_db()
    assert (found.consultation.result_html, found.consultation.result_published_at) == ("", None)
    publish_result(found.consultation, body=BODY, by=found.manager, at=AT)
    found.consultation.refresh_from_db()
    assert "<strong>berubah</strong>" in found.consultation.result_html
    save_result(found.consultation, body=BODY + " Tambahan.", by=found.manager, at=AT)
    with pytest.raises(RowsOpen):
        conclude_consultation(found.consultation, by=found.manager, at=LATER)


def test_result_too_short_from_elsewhere_or_before_closing_is_refused() -> None:
    found = scenes.matrix(0)
    with pytest.raises(Invalid):
        publish_result(found.consultation, body="Selesai.", by=found.manager, at=AT)
    with pytest.raises(Denied):
        publish_result(
            found.consultation, body=BODY, by=people.staff("consultation-manager", found.place.health), at=AT
        )
    running = consultations.opened(found.place, at=AT)
    with pytest.raises(WrongState):
        save_result(running, body=BODY, by=found.manager, at=AT)


@pytest.mark.parametrize("act", [save_result, publish_result])
def test_result_longer_than_fits_is_refused_and_the_old_words_stay(act) -> None:
    found = scenes.matrix(0)
    save_result(found.consultation, body=BODY, by=found.manager, at=AT)

    with pytest.raises(Invalid) as refusal:
        act(found.consultation, body="a" * (LONGEST_RESULT + 1), by=found.manager, at=LATER)

    assert refusal.value.fields == {"body": ["Paling banyak 50000 karakter."]}
    found.consultation.refresh_from_db()
    assert (found.consultation.result_body, found.consultation.result_published_at) == (BODY, None)


def test_result_saved_without_a_change_leaves_no_second_entry() -> None:
    found = scenes.matrix(0)
    save_result(found.consultation, body=BODY, by=found.manager, at=AT)
    save_result(found.consultation, body=BODY, by=found.manager, at=LATER)
    assert AuditEntry.objects.filter(verb="consultation.result_saved").count() == 1

"""Publishing answers: the stage of the consultation, and one message to each author with her own rows."""

import pytest

from rembuk.audit.models import AuditEntry
from rembuk.common.errors import Denied, WrongState
from rembuk.consultations.actions.answering.deciding import return_answer
from rembuk.consultations.actions.answering.publishing import publish_answers
from rembuk.consultations.actions.rows import make_rows
from rembuk.consultations.choices import RowSource
from rembuk.consultations.models import Consultation
from rembuk.consultations.states import RowState
from rembuk.notifications.models import Notice, Unreachable
from tests import consultation_scenes as consultations
from tests import matrix_scenes as scenes
from tests import people
from tests.scenes import regency

pytestmark = pytest.mark.django_db
AT, LATER = scenes.AT, scenes.LATER


def letters(consultation: Consultation) -> list[tuple[int, dict[str, object]]]:
    found = Notice.objects.filter(event__kind="submission.answered").order_by("event__key")
    return list(found.values_list("person_id", "event__params"))


def test_publish_makes_the_page_say_being_answered_and_leaves_a_trail() -> None:
    found = scenes.matrix(1)
    scenes.published(found)
    row, consultation = found.fresh()[0], Consultation.objects.get()
    assert (row.state, row.published_by, row.published_at) == (RowState.PUBLISHED, found.manager, AT)
    assert consultation.has_answers
    entry = AuditEntry.objects.get(verb="row.published")
    assert (entry.before, entry.after) == (
        {"state": "proposed"},
        {"state": "published", "verdict": "partly"},
    )


def test_author_is_told_once_when_the_last_of_her_rows_is_published() -> None:
    made = consultations.closed(regency(), at=AT)
    version = consultations.with_text(made, at=AT)
    consultations.with_questions(made)
    sent = consultations.sent(made, content=consultations.full_content(version), at=AT)
    make_rows(made, at=AT)
    rows, manager = list(made.rows.order_by("id")), consultations.manager(scenes.matrix(0).place)
    people.grant(manager, "consultation-manager", made.unit)
    found = scenes.Matrix(regency(), made, rows, manager)
    scenes.published(found, *rows[:3])
    assert letters(made) == []
    scenes.published(found, rows[3], at=LATER)
    sent.refresh_from_db()
    ((person, params),) = letters(made)
    assert (person, sent.told_at) == (sent.author_id, LATER)
    assert params["answers"] == (
        f"1. Masukan Anda secara keseluruhan: Diterima sebagian. Alasan: {scenes.REASON}\n"
        f"2. Pasal 2 ayat (1): Diterima sebagian. Alasan: {scenes.REASON}\n"
        f"3. Pertanyaan 4: bagaimana sebaiknya sampah diangkut?: Diterima sebagian. Alasan: {scenes.REASON}\n"
        f"4. Pertanyaan 5: bagaimana sebaiknya sampah diangkut?: Diterima sebagian. Alasan: {scenes.REASON}"
    )
    assert params["until"] == "09/12/2026"
    assert AuditEntry.objects.filter(verb="submission.told", target_key=sent.code).count() == 1


def test_letter_calls_a_cut_point_without_a_clause_another_point() -> None:
    found = scenes.matrix(1)
    scenes.proposed(found)
    found.consultation.rows.update(source=RowSource.CUT)
    publish_answers(found.rows, by=found.manager, at=AT)
    ((_person, params),) = letters(found.consultation)
    assert str(params["answers"]).startswith("1. Pokok lain dalam masukan Anda: Diterima sebagian.")


def test_author_whose_address_refuses_mail_is_not_told() -> None:
    found = scenes.matrix(2)
    refused, reached = (row.submission for row in found.rows)
    Unreachable.objects.create(person_id=refused.author_id, since=AT, problem="550")
    assert scenes.published(found).told == 1
    assert [person for person, _params in letters(found.consultation)] == [reached.author_id]
    refused.refresh_from_db()
    assert refused.told_at is None


def test_author_who_cannot_be_reached_stays_untold_and_blocks_nothing() -> None:
    found = scenes.matrix(1)
    letter = consultations.sent(found.consultation, channel="letter", on_behalf_of="Bu Tini", at=AT)
    make_rows(found.consultation, at=AT, submission=letter)
    assert scenes.published(found, *found.fresh()).told == 1
    letter.refresh_from_db()
    assert letter.told_at is None


def test_publish_before_the_second_person_or_after_a_return_is_refused() -> None:
    strict = scenes.matrix(1, needs_second_person=True)
    scenes.proposed(strict)
    with pytest.raises(WrongState):
        publish_answers(strict.rows, by=strict.manager, at=AT)
    found = scenes.matrix(1)
    scenes.proposed(found)
    second = people.staff("consultation-manager", found.place.works)
    return_answer(found.rows, note="Sebutkan pasalnya.", by=second, at=AT)
    with pytest.raises(WrongState):
        publish_answers(found.rows, by=found.manager, at=AT)
    assert not Consultation.objects.filter(has_answers=True).exists()


def test_publish_without_the_right_is_denied() -> None:
    found = scenes.matrix(1)
    scenes.proposed(found)
    with pytest.raises(Denied):
        publish_answers(found.rows, by=people.staff("assessor", found.place.works), at=AT)


@pytest.mark.parametrize("number", [3, 6])
def test_publish_many_takes_the_same_number_of_statements(
    number: int, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    found = scenes.matrix(number)
    scenes.proposed(found)
    with django_assert_num_queries(23):  # type: ignore[operator]
        publish_answers(found.rows, by=found.manager, at=AT)
    assert len(letters(found.consultation)) == number

"""Questions on the desk: adding, moving by buttons, removing; the correction once it has opened."""

import pytest
from django.test import Client

from rembuk.consultations.content import AnswerContent
from rembuk.consultations.models import Consultation
from tests import consultation_scenes as consultations
from tests import people, scenes
from tests.scenes import Regency

pytestmark = pytest.mark.django_db
SENT = {
    "kind": "single",
    "text": "Kapan sebaiknya diangkut?",
    "options": "Pagi\nSore\n\n",
    "has_other": "on",
    "page": "1",
}


def signed_in(place: Regency, role: str = "consultation-manager") -> Client:
    client = Client()
    client.force_login(people.staff(role, place.works))
    return client


def at(made: Consultation, rest: str = "") -> str:
    return f"/kelola/uji-publik/{made.code}/pertanyaan/{rest}"


def test_question_is_added_and_changed() -> None:
    place = scenes.regency()
    made, client = consultations.draft(place), signed_in(place)

    answer = client.post(at(made, "baru/"), SENT)
    client.post(at(made, "1/"), {**SENT, "kind": "scale", "scale_from": "1", "scale_to": "7"})

    question = made.questions.get()
    assert (answer.status_code, answer["Location"]) == (303, at(made))
    assert (question.kind, question.options, question.scale_to) == ("scale", [], 7)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"options": "Satu"}, "options"),
        ({"text": ""}, "text"),
        ({"page": "0"}, "page"),
        ({"kind": "x"}, "kind"),
    ],
)
def test_question_with_a_fault_is_shown_again_with_everything_typed(
    fields: dict[str, str], field: str
) -> None:
    place = scenes.regency()
    made = consultations.draft(place)

    answer = signed_in(place).post(at(made, "baru/"), {**SENT, "help": "Pilih satu saja", **fields})

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert "Pilih satu saja" in answer.content.decode()


def test_question_moves_by_a_button_without_script_and_is_removed_after_a_question() -> None:
    place = scenes.regency()
    made, client = consultations.draft(place), signed_in(place)
    consultations.with_questions(made)

    moved = client.post(at(made, "5/pindah/"), {"way": "up"})
    asked = client.get(at(made, "4/hapus/"))
    client.post(at(made, "4/hapus/"))

    assert (moved.status_code, moved["Location"]) == (303, f"{at(made)}#pertanyaan-5")
    assert asked.status_code == 200
    assert list(made.questions.values_list("number", flat=True)) == [1, 2, 3, 5]


def test_answered_question_offers_a_correction_that_stands_on_the_public_page() -> None:
    place = scenes.regency()
    made, client = consultations.opened(place), signed_in(place)
    consultations.with_questions(made)
    consultations.sent(made, content=consultations.content(answers={1: AnswerContent(choices=(1,))}))
    options = {f"option_{value}": f"Pilihan {value}" for value in (1, 2, 3)}
    sent = {"text": "Bagaimana sampah diangkut?", "reason": consultations.REASON, **options}

    shown = client.get(at(made, "1/"))
    refused = client.post(at(made, "1/"), {**sent, "reason": ""})
    answer = client.post(at(made, "1/"), sent)

    assert "consultations/making/correct.html" in [template.name for template in shown.templates]
    assert (refused.status_code, answer.status_code) == (422, 303)
    page = Client().get(f"/uji-publik/{made.code}/").content.decode()
    assert consultations.REASON in page
    assert "Bagaimana sampah diangkut?" in page


def test_set_of_questions_is_refused_once_it_has_opened() -> None:
    place = scenes.regency()
    made, client = consultations.opened(place), signed_in(place)
    consultations.with_questions(made)

    page = client.get(at(made))

    assert page.context["new_url"] == ""
    assert "Ralat kata-katanya" in page.content.decode()
    for rest, sent in (("baru/", SENT), ("1/pindah/", {"way": "up"}), ("1/hapus/", {})):
        assert client.post(at(made, rest), sent).status_code == 409


def test_note_of_a_correction_stands_where_it_is_answered_and_before_it_is_sent() -> None:
    place = scenes.regency()
    made, citizen = consultations.opened(place), Client()
    consultations.with_questions(made)
    citizen.force_login(writer := people.citizen())
    consultations.writing(made, writer, consultations.content(answers={1: AnswerContent(choices=(1,))}))
    options = {
        f"option_{question['value']}": question["label"] for question in made.questions.get(number=1).options
    }
    old = made.questions.get(number=1).text

    words = {"text": "Apakah Anda MENOLAK?", **options}
    assert signed_in(place).post(at(made, "1/"), words).status_code == 422
    signed_in(place).post(at(made, "1/"), {**words, "reason": consultations.REASON})

    for rest in ("pertanyaan/1/", "tinjau/"):
        page = citizen.get(f"/uji-publik/{made.code}/ikut/{rest}").content.decode()
        assert consultations.REASON in page, rest
        assert old in page, rest


def test_readers_see_the_questions_without_buttons() -> None:
    place = scenes.regency()
    made = consultations.draft(place)
    consultations.with_questions(made)
    client = signed_in(place, "auditor")

    assert "/pindah/" not in client.get(at(made)).content.decode()
    assert client.post(at(made, "1/pindah/")).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_page_asks_the_same_queries_however_many_questions(
    count: int, django_assert_num_queries: object
) -> None:
    place = scenes.regency()
    made, client = consultations.draft(place), signed_in(place)
    consultations.with_questions(made, *["short"] * count)  # type: ignore[list-item]
    client.get(at(made))

    with django_assert_num_queries(6):  # type: ignore[operator]
        client.get(at(made))

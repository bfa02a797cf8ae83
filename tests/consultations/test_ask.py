"""Questions: what is kept of each kind, what is refused, the order, and the lock from the opening on."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from rembuk.audit.models import AuditEntry
from rembuk.common.clock import now
from rembuk.common.errors import Denied, Invalid, WrongState
from rembuk.consultations.actions.making import ask
from rembuk.consultations.actions.making.wording import Wording
from rembuk.consultations.choices import QuestionKind
from rembuk.consultations.content import AnswerContent, Content
from rembuk.consultations.errors import QuestionLocked, QuestionsFixed
from rembuk.consultations.models import Consultation, Question
from tests import consultation_scenes as scenes
from tests import people
from tests.scenes import Regency, regency

pytestmark = pytest.mark.django_db
type Answered = Callable[..., object] | None
CHOICE = Wording(kind="single", text="Kapan diangkut?", options=("Pagi", "Sore"), has_other=True)


def numbers(consultation) -> list[tuple[int, int]]:
    return [(row.page, row.number) for row in consultation.questions.all()]


def test_question_gets_the_next_number_and_its_options_get_values() -> None:
    place = regency()
    made = scenes.draft(place)

    question = ask.add_question(made, CHOICE, by=scenes.manager(place))

    assert question.number == 1
    assert question.options == [{"value": 1, "label": "Pagi"}, {"value": 2, "label": "Sore"}]
    assert AuditEntry.objects.get(verb="question.saved").after == {"number": 1, "kind": "single"}


@pytest.mark.parametrize(
    ("wording", "field"),
    [
        (Wording(kind="pilihan", text="Apa?"), "kind"),
        (Wording(kind="short", text="  "), "text"),
        (Wording(kind="single", text="Apa?", options=("Satu", " ")), "options"),
        (Wording(kind="multiple", text="Apa?", options=("Satu", "satu")), "options"),
        (Wording(kind="single", text="Apa?", options=tuple(str(n) for n in range(31))), "options"),
        (Wording(kind="single", text="Apa?", options=("Satu", "d" * 201)), "options"),
        (Wording(kind="scale", text="Apa?", scale_from=5, scale_to=5), "scale_to"),
        (Wording(kind="scale", text="Apa?", scale_from=-1, scale_to=5), "scale_to"),
        (Wording(kind="long", text="Apa?", page=0), "page"),
    ],
)
def test_question_with_a_fault_names_the_field(wording: Wording, field: str) -> None:
    place = regency()

    with pytest.raises(Invalid) as caught:
        ask.add_question(scenes.draft(place), wording, by=scenes.manager(place))

    assert list(caught.value.fields) == [field]


def test_question_drops_what_its_kind_has_no_use_for() -> None:
    place = regency()
    wording = Wording(kind="long", text="Apa?", options=("A", "B"), has_other=True, scale_to=9)

    question = ask.add_question(scenes.draft(place), wording, by=scenes.manager(place))

    assert (question.options, question.has_other, question.scale_to) == ([], False, 5)


def test_edited_options_keep_values_by_their_words_and_new_ones_get_the_next() -> None:
    place = regency()
    person = scenes.manager(place)
    question = ask.add_question(scenes.scheduled(place), CHOICE, by=person)

    edited = ask.edit_question(
        question, Wording(kind="single", text="Kapan?", options=("Malam", "Pagi")), by=person
    )

    assert edited.options == [{"value": 3, "label": "Malam"}, {"value": 1, "label": "Pagi"}]


def test_questions_move_over_the_edge_of_a_page_and_stop_at_the_ends() -> None:
    place = regency()
    made, person = scenes.draft(place), scenes.manager(place)
    for page in (1, 1, 2):
        ask.add_question(made, Wording(kind="short", text="Apa?", page=page), by=person)
    last = made.questions.get(number=3)

    ask.move_question(last, way="up", by=person)
    assert numbers(made) == [(1, 1), (1, 2), (1, 3)]
    ask.move_question(last, way="up", by=person)
    ask.move_question(made.questions.get(number=1), way="up", by=person)

    assert numbers(made) == [(1, 1), (1, 3), (1, 2)]


def asked(place: Regency, said: Answered = None) -> tuple[Consultation, Question]:
    """Open, with the question of the choice; ``said`` makes a submission that answers it."""
    made = scenes.scheduled(place)
    question = ask.add_question(made, CHOICE, by=scenes.manager(place))
    Consultation.objects.filter(pk=made.pk).update(opens_at=now() - timedelta(minutes=1))
    if said is not None:
        said(made, content=scenes.content(answers={1: AnswerContent(choices=(1,))}))
    return made, question


def writes(made: Consultation, *, content: Content) -> None:
    """A citizen saves her pages and does not send yet."""
    scenes.writing(made, people.citizen(), content)


@pytest.mark.parametrize("said", [None, writes, scenes.sent])
def test_questions_stand_fast_from_the_opening_whatever_was_answered(said: Answered) -> None:
    place = regency()
    (made, question), person = asked(place, said), scenes.manager(place)

    with pytest.raises(QuestionsFixed):
        ask.add_question(made, Wording(kind="short", text="Wajib?", is_required=True), by=person)
    with pytest.raises(QuestionsFixed):
        ask.remove_question(question, by=person)
    with pytest.raises(QuestionsFixed):
        ask.move_question(question, way="up", by=person)
    with pytest.raises(QuestionLocked):
        ask.edit_question(
            question, Wording(kind="single", text="Menolak?", options=("Ya", "Tidak")), by=person
        )

    assert list(made.questions.values_list("text", "is_required")) == [("Kapan diangkut?", False)]


@pytest.mark.parametrize("said", [None, writes, scenes.sent])
def test_wording_is_corrected_with_reason_and_note_from_the_opening_on(said: Answered) -> None:
    place = regency()
    (_made, question), person = asked(place, said), scenes.manager(place)

    ask.correct_question(question, text="Kapan sampah diangkut?", reason=scenes.REASON, by=person)

    note = question.corrections.get()
    assert (note.before["text"], note.after["text"], note.reason) == (
        "Kapan diangkut?",
        "Kapan sampah diangkut?",
        scenes.REASON,
    )


def test_answered_question_is_locked_and_only_corrected_visibly() -> None:
    place = regency()
    (made, question), person = asked(place, scenes.sent), scenes.manager(place)

    with pytest.raises(QuestionLocked):
        ask.edit_question(question, CHOICE, by=person)
    with pytest.raises(Invalid):
        ask.correct_question(question, text="Kapan sampah diangkut?", reason="salah", by=person)
    ask.correct_question(
        question, text="Kapan sampah diangkut?", labels={1: "Pagi hari"}, reason=scenes.REASON, by=person
    )

    question.refresh_from_db()
    assert (question.text, question.options[0]) == (
        "Kapan sampah diangkut?",
        {"value": 1, "label": "Pagi hari"},
    )
    correction = question.corrections.get()
    assert correction.before["text"] == "Kapan diangkut?"
    event = made.events.get(step="correct")
    assert (event.facts, event.reason) == ({"number": 1}, scenes.REASON)


@pytest.mark.parametrize("scene", [scenes.draft, scenes.scheduled])
def test_question_is_changed_and_not_corrected_before_the_opening(scene) -> None:
    place = regency()
    made, person = scene(place), scenes.manager(place)
    question = ask.add_question(made, CHOICE, by=person)

    with pytest.raises(WrongState, match="belum dibuka"):
        ask.correct_question(question, text="Lain", reason=scenes.REASON, by=person)

    assert ask.edit_question(question, replace(CHOICE, text="Lain"), by=person).text == "Lain"


def test_correction_that_changes_nothing_is_refused() -> None:
    place = regency()
    (_made, question), person = asked(place, scenes.sent), scenes.manager(place)

    with pytest.raises(Invalid):
        ask.correct_question(question, text=question.text, reason=scenes.REASON, by=person)

    assert not question.corrections.exists()


@pytest.mark.parametrize("scene", [scenes.closed, scenes.concluded])
def test_questions_stand_fast_after_closing(scene) -> None:
    place = regency()

    with pytest.raises(WrongState):
        ask.add_question(scene(place), CHOICE, by=scenes.manager(place))


def test_staff_of_another_unit_may_not_ask() -> None:
    place = regency()

    with pytest.raises(Denied):
        ask.add_question(scenes.draft(place), CHOICE, by=people.staff("consultation-manager", place.health))


def test_question_saved_as_it_stands_leaves_no_trace() -> None:
    place = regency()
    made, person = scenes.draft(place), scenes.manager(place)
    question = ask.add_question(made, CHOICE, by=person)

    ask.edit_question(question, CHOICE, by=person)

    assert AuditEntry.objects.filter(verb="question.saved").count() == 1


def test_one_question_more_than_fit_is_refused() -> None:
    place = regency()
    made = scenes.draft(place)
    scenes.with_questions(made, *[QuestionKind.SHORT] * ask.MOST_QUESTIONS)

    with pytest.raises(Invalid, match=str(ask.MOST_QUESTIONS)):
        ask.add_question(made, CHOICE, by=scenes.manager(place))

    assert made.questions.count() == ask.MOST_QUESTIONS


@pytest.mark.parametrize("act", ["edit", "remove", "move", "correct"])
def test_question_that_a_colleague_removed_takes_no_act(act: str) -> None:
    place = regency()
    made, person = scenes.draft(place), scenes.manager(place)
    question, _other = (ask.add_question(made, CHOICE, by=person) for _turn in range(2))
    gone = Question.objects.get(pk=question.pk)
    ask.remove_question(question, by=scenes.manager(place, "Joko Susilo"))
    does = {
        "edit": lambda: ask.edit_question(gone, CHOICE, by=person),
        "remove": lambda: ask.remove_question(gone, by=person),
        "move": lambda: ask.move_question(gone, way="up", by=person),
        "correct": lambda: ask.correct_question(gone, text="Apa?", reason=scenes.REASON, by=person),
    }

    with pytest.raises(WrongState, match="baru saja dihapus"):
        does[act]()

    assert made.questions.count() == 1


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"text": " "}, "text"),
        ({"text": "a" * 501}, "text"),
        ({"text": "Kapan?", "labels": {1: " "}}, ""),
        ({"text": "Kapan?", "labels": {1: "sore"}}, ""),
    ],
)
def test_correction_that_leaves_no_words_or_two_like_options_is_refused(words, field: str) -> None:
    place = regency()
    (made, question), person = asked(place, scenes.sent), scenes.manager(place)

    with pytest.raises(Invalid) as caught:
        ask.correct_question(question, reason=scenes.REASON, by=person, **words)

    assert list(caught.value.fields) == [field] * bool(field)
    question.refresh_from_db()
    assert (question.text, question.options[0]["label"]) == ("Kapan diangkut?", "Pagi")
    assert not made.events.filter(step="correct").exists()

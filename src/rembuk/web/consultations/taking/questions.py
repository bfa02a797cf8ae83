"""The form of one page of questions, made from the questions themselves."""

from typing import Any

from django import forms
from django.utils.html import escape
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from rembuk.consultations.choices import QuestionKind
from rembuk.consultations.content import LONGEST_SHORT_ANSWER, AnswerContent
from rembuk.consultations.models import Question
from rembuk.consultations.writing.checks import answer_problems, longest
from rembuk.web.consultations.reading.parts import correction_rows
from rembuk.web.consultations.taking.forms import LenientForm

# A longer scale is asked as a number.
LONGEST_SCALE = 11


class QuestionsForm(LenientForm):
    """Fields ``q7`` and, for the words of «lainnya», ``q7_other``; lenient like every page of a submission."""

    def __init__(self, *args: Any, questions: list[Question], answers: dict[int, AnswerContent]) -> None:
        self.questions = questions
        super().__init__(*args, initial=_initial(questions, answers))
        for question in questions:
            self.fields[name_of(question)] = field_for(question)
            if question.has_other and question.kind in {QuestionKind.SINGLE, QuestionKind.MULTIPLE}:
                self.fields[f"{name_of(question)}_other"] = forms.CharField(
                    label=_("Other, in your own words"), max_length=LONGEST_SHORT_ANSWER, required=False
                )

    def answers(self) -> dict[int, AnswerContent]:
        """What was answered as far as it can be read."""
        return {question.number: self._answer(question) for question in self.questions}

    def _answer(self, question: Question) -> AnswerContent:
        name = name_of(question)
        if question.kind in {QuestionKind.SINGLE, QuestionKind.MULTIPLE}:
            value = self.cleaned_data.get(name) or []
            choices = tuple(int(one) for one in ([value] if isinstance(value, str) else value))
            other = self.said(f"{name}_other", LONGEST_SHORT_ANSWER) if Question.OTHER in choices else ""
            return AnswerContent(choices=choices, text=other)
        if question.kind == QuestionKind.SCALE:
            value = self.cleaned_data.get(name)
            return AnswerContent(number=int(value) if value not in {"", None} else None)
        return AnswerContent(text=self.said(name, longest(question)))

    def clean(self) -> dict[str, Any]:
        """The checks of sending but for what is only missing; an answer of «lainnya» without its words is one."""
        for question in self.questions:
            name = name_of(question)
            if name not in self.errors:
                for text in answer_problems(question, self._answer(question)):
                    self.add_error(name, str(text))
        return self.cleaned_data

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Each question with its fields and its corrections, as the page shows them."""
        return [
            {
                "field": self[name_of(question)],
                "other": self[other] if (other := f"{name_of(question)}_other") in self.fields else None,
                "corrections": correction_rows(question),
            }
            for question in self.questions
        ]


def name_of(question: Question) -> str:
    """The name of a question's field."""
    return f"q{question.number}"


def field_for(question: Question) -> forms.Field:
    """The field that asks a question; «required» marks it, sending enforces it."""
    words: dict[str, Any] = {
        "label": question.text,
        "help_text": escape(question.help),  # the field template takes markup
        "required": question.is_required,
    }
    match question.kind:
        case QuestionKind.SINGLE:
            return forms.ChoiceField(choices=_options(question), widget=forms.RadioSelect, **words)
        case QuestionKind.MULTIPLE:
            return forms.MultipleChoiceField(
                choices=_options(question), widget=forms.CheckboxSelectMultiple, **words
            )
        case QuestionKind.SCALE:
            return _scale(question, words)
        case QuestionKind.LONG:
            area = forms.Textarea({"rows": 6})
            return forms.CharField(max_length=longest(question), widget=area, **words)
        case _:
            return forms.CharField(max_length=longest(question), **words)


def _scale(question: Question, words: dict[str, Any]) -> forms.Field:
    first, last = question.scale_from, question.scale_to
    if last - first >= LONGEST_SCALE:
        return forms.IntegerField(min_value=first, max_value=last, **words)
    ends = {first: question.scale_from_label, last: question.scale_to_label}
    choices = [(str(n), f"{n} ({ends[n]})" if ends.get(n) else str(n)) for n in range(first, last + 1)]
    return forms.ChoiceField(
        choices=_skippable(question, choices), widget=forms.RadioSelect({"class": "scale"}), **words
    )


def _options(question: Question) -> list[tuple[str, str]]:
    choices = [(str(option["value"]), str(option["label"])) for option in question.options]
    if question.has_other:
        choices.append((str(Question.OTHER), gettext("Other")))
    return _skippable(question, choices) if question.kind == QuestionKind.SINGLE else choices


def _skippable(question: Question, choices: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """A choice can't be taken back with a radio button alone."""
    return choices if question.is_required else [*choices, ("", pgettext("answer", "No answer"))]


def _initial(questions: list[Question], answers: dict[int, AnswerContent]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for question in questions:
        answer, name = answers.get(question.number, AnswerContent()), name_of(question)
        match question.kind:
            case QuestionKind.SINGLE:
                values[name] = str(answer.choices[0]) if answer.choices else ""
            case QuestionKind.MULTIPLE:
                values[name] = [str(value) for value in answer.choices]
            case QuestionKind.SCALE:
                values[name] = "" if answer.number is None else str(answer.number)
            case _:
                values[name] = answer.text
        values[f"{name}_other"] = answer.text if Question.OTHER in answer.choices else ""
    return values

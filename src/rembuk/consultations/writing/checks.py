"""What must be mended before a submission can be sent, and texts as they are kept.

Forms and actions ask here, so both mean the same. Keys of problems: a field of ``Content``, «clause-7», «question-3»,
or «» for the whole.
"""

from collections.abc import Iterable
from dataclasses import replace

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from rembuk.common.errors import Words
from rembuk.common.text import clean_line, clean_text
from rembuk.consultations import content as limits
from rembuk.consultations.choices import ParticipantKind, QuestionKind, Stance
from rembuk.consultations.content import AnswerContent, Content, RemarkContent
from rembuk.consultations.models import Question

type Problems = dict[str, list[Words]]

# Agreeing needs no reason; these do, unless a remark gives it.
_NEED_REASON = frozenset({Stance.WITH_NOTES, Stance.DISAGREE})


def cleaned(content: Content) -> Content:
    """The same with its texts cleaned, a person without the name of a group, and nothing that says nothing."""
    is_person = content.participant_kind == ParticipantKind.PERSON
    remarks = {number: _cleaned_remark(remark) for number, remark in content.remarks.items()}
    answers = {
        number: replace(answer, text=clean_text(answer.text)) for number, answer in content.answers.items()
    }
    return replace(
        content,
        reason=clean_text(content.reason),
        participant_name="" if is_person else clean_line(content.participant_name),
        remarks={number: remark for number, remark in sorted(remarks.items()) if not remark.is_empty},
        answers={number: answer for number, answer in sorted(answers.items()) if not answer.is_empty},
    )


def _cleaned_remark(remark: RemarkContent) -> RemarkContent:
    return replace(
        remark,
        comment=clean_text(remark.comment),
        suggestion=clean_text(remark.suggestion),
        quote=clean_text(remark.quote),
    )


def problems(content: Content, questions: Iterable[Question]) -> Problems:
    """What keeps a submission from being sent, by key, in the order of the pages; empty when nothing does."""
    found: Problems = {}
    if not content.says_something:
        found[""] = [
            _("You have not said anything yet. Give your stance, comment on a clause or answer a question.")
        ]
    found |= _problems_of_who(content)
    for number, remark in content.remarks.items():
        texts = remark_problems(remark)
        if not (remark.stance or remark.comment or remark.suggestion):
            texts.append(_("You quoted a passage. Say what you think of it."))
        if texts:
            found[f"clause-{number}"] = texts
    known = {question.number: question for question in questions}
    for number, question in known.items():
        if texts := answer_problems(question, content.answers.get(number), is_sending=True):
            found[f"question-{number}"] = texts
    return found


def _problems_of_who(content: Content) -> Problems:
    found: Problems = {}
    if content.participant_kind not in ParticipantKind.values:
        found["participant_kind"] = [_("Choose as what you take part.")]
    elif content.participant_kind != ParticipantKind.PERSON and not content.participant_name:
        found["participant_name"] = [_("Give the name of the group, business or organisation.")]
    if text := too_long(content.participant_name, limits.LONGEST_NAME):
        found["participant_name"] = [text]
    if not content.has_valid_stance:
        found["stance"] = [_("Choose one of the stances.")]
    if text := too_long(content.reason, limits.LONGEST_REASON):
        found["reason"] = [text]
    elif content.stance in _NEED_REASON and not content.reason and not _explains(content):
        found["reason"] = [_("Give the reason of your stance, or say it at the clause you mean.")]
    return found


def _explains(content: Content) -> bool:
    return any(remark.comment or remark.suggestion for remark in content.remarks.values())


def remark_problems(remark: RemarkContent) -> list[Words]:
    """What is wrong with what is said of a clause."""
    found: list[Words] = []
    if remark.stance and remark.stance not in Stance.values:
        found.append(_("Choose one of the stances."))
    parts = (
        (remark.comment, limits.LONGEST_COMMENT),
        (remark.suggestion, limits.LONGEST_SUGGESTION),
        (remark.quote, limits.LONGEST_QUOTE),
    )
    found += [text for said, most in parts if (text := too_long(said, most))]
    return found


def answer_problems(
    question: Question, answer: AnswerContent | None, *, is_sending: bool = False
) -> list[Words]:
    """What is wrong with an answer; only sending asks for the required ones."""
    if answer is None or answer.is_empty:
        is_missing = is_sending and question.is_required
        return [_("This question has to be answered.")] if is_missing else []
    match question.kind:
        case QuestionKind.SINGLE | QuestionKind.MULTIPLE:
            return _problems_of_choices(question, answer)
        case QuestionKind.SCALE:
            return _problems_of_scale(question, answer)
        case _:
            text = too_long(answer.text, longest(question))
            return [text] if text else []


def _problems_of_choices(question: Question, answer: AnswerContent) -> list[Words]:
    allowed = {option["value"] for option in question.options}
    if question.has_other:
        allowed.add(Question.OTHER)
    is_single = question.kind == QuestionKind.SINGLE
    if not set(answer.choices) <= allowed or (is_single and len(answer.choices) != 1):
        return [_("Choose from the answers that are offered.")]
    if Question.OTHER in answer.choices and not answer.text:
        return [_("Write your other answer in the box.")]
    text = too_long(answer.text, limits.LONGEST_SHORT_ANSWER)
    return [text] if text else []


def _problems_of_scale(question: Question, answer: AnswerContent) -> list[Words]:
    number = answer.number
    if number is None or not question.scale_from <= number <= question.scale_to:
        return [_("Choose a value of the scale.")]
    return []


def longest(question: Question) -> int:
    """How many characters a text answer, or the text beside «lainnya», may have."""
    return limits.LONGEST_ANSWER if question.kind == QuestionKind.LONG else limits.LONGEST_SHORT_ANSWER


def too_long(text: str, most: int) -> Words | None:
    """The words for a text that is longer than it may be."""
    if len(text) <= most:
        return None
    return ngettext_lazy("Write at most %(n)d character.", "Write at most %(n)d characters.", most) % {
        "n": most
    }

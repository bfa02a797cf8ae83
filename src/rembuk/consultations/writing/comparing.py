"""What changed between two versions of a submission, or between a clause and a suggested wording."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from rembuk.common.difference import Part, word_difference
from rembuk.consultations.choices import Channel, ParticipantKind, Stance
from rembuk.consultations.content import AnswerContent, Content, RemarkContent
from rembuk.consultations.models import ClauseText, Question
from rembuk.consultations.writing.sheet import Sheet


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One thing that was said differently: what it is called, and its difference word by word."""

    label: str
    parts: list[Part]


def content_changes(old: Content, new: Content, sheet: Sheet) -> list[FieldChange]:
    """What differs between two contents, in the order of the pages; labels are those of text and questions now."""
    pairs = [
        (_("You take part as"), _kind(old), _kind(new)),
        (_("Name"), old.participant_name, new.participant_name),
        (_("Directly affected"), _yes(old.is_affected), _yes(new.is_affected)),
        (_("Name hidden from the public"), _yes(old.is_name_masked), _yes(new.is_name_masked)),
        (_("Place"), old.region, new.region),
        (_("Overall stance"), stance_word(old.stance), stance_word(new.stance)),
        (_("Reason"), old.reason, new.reason),
        *_remark_pairs(old, new, sheet),
        *_answer_pairs(old, new, sheet),
    ]
    return [FieldChange(label, word_difference(a, b)) for label, a, b in pairs if a != b]


def head_changes(
    old: Mapping[str, str], new: Mapping[str, str], *, without: Collection[str] = ()
) -> list[FieldChange]:
    """What differs between the heads of two versions of an entry, but for the names of some fields."""
    pairs: list[tuple[str, str, Callable[[str], str]]] = [
        (_("Name"), "on_behalf_of", str),
        (_("Came by"), "channel", channel_word),
        (_("Received on"), "received_on", day_word),
        (_("Scan"), "scan", str),
    ]
    return [
        FieldChange(label, word_difference(word(old.get(name, "")), word(new.get(name, ""))))
        for label, name, word in pairs
        if old.get(name, "") != new.get(name, "") and name not in without
    ]


def _remark_pairs(old: Content, new: Content, sheet: Sheet) -> list[tuple[str, str, str]]:
    pairs = []
    for number in sorted({*old.remarks, *new.remarks}):
        text = sheet.text_of(number)
        nothing = RemarkContent(version=0)
        before, after = old.remarks.get(number, nothing), new.remarks.get(number, nothing)
        label = clause_label(text, number)
        pairs += [
            (f"{label} · {_('Stance')}", stance_word(before.stance), stance_word(after.stance)),
            (f"{label} · {_('Passage')}", before.quote, after.quote),
            (f"{label} · {_('Comment')}", before.comment, after.comment),
            (f"{label} · {_('Suggested wording')}", before.suggestion, after.suggestion),
        ]
    return pairs


def _answer_pairs(old: Content, new: Content, sheet: Sheet) -> list[tuple[str, str, str]]:
    nothing = AnswerContent()
    return [
        (
            question.text,
            answer_words(question, old.answers.get(question.number, nothing)),
            answer_words(question, new.answers.get(question.number, nothing)),
        )
        for question in sheet.questions
    ]


def clause_label(text: ClauseText | None, number: int) -> str:
    """How a clause is called on pages."""
    if text is None:
        return _("Clause %(number)d") % {"number": number}
    return text.full_label or text.heading or _("Clause %(number)d") % {"number": number}


def stance_word(stance: str) -> str:
    """The word of a stance; empty for none."""
    return str(Stance(stance).label) if stance in Stance.values else ""


def channel_word(channel: str) -> str:
    """The word of a way in which it came; empty for none."""
    return str(Channel(channel).label) if channel in Channel.values else ""


def day_word(day: str) -> str:
    """A day as it is written; empty for none."""
    return date_format(date.fromisoformat(day), "j F Y") if day else ""


def answer_words(question: Question, answer: AnswerContent) -> str:
    """An answer as people read it: labels of the options, the value of a scale, or the text."""
    if answer.number is not None:
        return str(answer.number)
    labels = {option["value"]: str(option["label"]) for option in question.options}
    words = [labels[value] for value in answer.choices if value in labels]
    if Question.OTHER in answer.choices:
        return "; ".join([*words, _("Other: %(text)s") % {"text": answer.text}])
    return "; ".join(words) or answer.text


def _kind(content: Content) -> str:
    kind = content.participant_kind
    return str(ParticipantKind(kind).label) if kind in ParticipantKind.values else ""


def _yes(value: bool) -> str:
    return _("Yes") if value else _("No")

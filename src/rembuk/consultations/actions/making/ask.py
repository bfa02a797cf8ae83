"""The questions of a consultation: added, changed, removed, put in order; and corrected, visibly, once it has opened.

From the opening on, by the clock, somebody may have a question before her or her answer saved, sent or not. So the
questions stand fast then, whether anybody has answered or not: only their wording can be corrected.
"""

from datetime import datetime
from typing import Any, Literal

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from rembuk.access import permissions as izin
from rembuk.accounts.models import Person
from rembuk.common.errors import Invalid, WrongState, require
from rembuk.common.text import clean_line, clean_text
from rembuk.consultations import rules, verbs
from rembuk.consultations.actions.clockwork import moment_of
from rembuk.consultations.actions.making.changes import take_back
from rembuk.consultations.actions.making.wording import Wording, checked, columns_of
from rembuk.consultations.actions.steps import Deed, add_event, checked_reason, deed, lock, record
from rembuk.consultations.errors import QuestionLocked, QuestionsFixed
from rembuk.consultations.models import Consultation, Correction, Question
from rembuk.consultations.schedule import Stage, has_opened, stage

MOST_QUESTIONS = 60
LONGEST_REASON = 300


@transaction.atomic
def add_question(
    consultation: Consultation, wording: Wording, *, by: Person, at: datetime | None = None
) -> Question:
    """A new question at the end of its page, with a number given once.

    Raises:
        Denied: without the right.
        Invalid: naming the fields that can't stand.
        QuestionsFixed: once it has opened.
        WrongState: after closing.
    """
    found, act = _begin_before_opening(consultation, by, at)
    said = checked(wording)
    if found.questions.count() >= MOST_QUESTIONS:
        raise Invalid(_("At most %(most)s questions fit a consultation.") % {"most": MOST_QUESTIONS})
    last = found.questions.filter(page=said.page).aggregate(last=Max("position"))["last"]
    made = Question.objects.create(
        consultation=found,
        number=_next_number(found),
        position=0 if last is None else last + 1,
        options=_options(said.options, None),
        **columns_of(said),
    )
    _note(made, act, verbs.QUESTION_SAVED, after={"number": made.number, "kind": made.kind})
    return made


@transaction.atomic
def edit_question(
    question: Question, wording: Wording, *, by: Person, at: datetime | None = None
) -> Question:
    """Another wording, kind or way of answering. Options keep their values by their words.

    Raises:
        Denied: without the right.
        Invalid: naming the fields that can't stand.
        QuestionLocked: once it has opened.
        WrongState: after closing.
    """
    found, act = _begin(question.consultation, by, at)
    if has_opened(found, act.moment):
        raise QuestionLocked
    standing = _standing(found, question)
    said = checked(wording)
    before = _standing_columns(standing)
    for name, value in columns_of(said).items():
        setattr(standing, name, value)
    standing.options = _options(said.options, standing)
    standing.save()
    changed = sorted(name for name, value in _standing_columns(standing).items() if value != before[name])
    if changed:
        _note(standing, act, verbs.QUESTION_SAVED, after={"number": standing.number, "fields": changed})
    return standing


@transaction.atomic
def remove_question(question: Question, *, by: Person, at: datetime | None = None) -> None:
    """Take a question away.

    Raises:
        Denied: without the right.
        QuestionsFixed: once it has opened.
        WrongState: after closing.
    """
    found, act = _begin_before_opening(question.consultation, by, at)
    standing = _standing(found, question)
    _note(standing, act, verbs.QUESTION_REMOVED, before={"number": standing.number, "kind": standing.kind})
    standing.delete()


@transaction.atomic
def move_question(
    question: Question, *, way: Literal["up", "down"], by: Person, at: datetime | None = None
) -> Question:
    """One place up or down; over the edge of a page to the neighbouring one. At either end nothing happens.

    Raises:
        Denied: without the right.
        QuestionsFixed: once it has opened.
        WrongState: after closing.
    """
    found, act = _begin_before_opening(question.consultation, by, at)
    rows = list(found.questions.all())
    place = next(index for index, row in enumerate(rows) if row.pk == _standing(found, question).pk)
    other = place + (-1 if way == "up" else 1)
    if 0 <= other < len(rows):
        if rows[place].page == rows[other].page:
            rows[place], rows[other] = rows[other], rows[place]
        else:
            rows[place].page = rows[other].page
        for position, row in enumerate(rows):
            row.position = position
        Question.objects.bulk_update(rows, ["page", "position"])
        _note(question, act, verbs.QUESTIONS_ORDERED, after={"number": question.number, "way": way})
    return question


@transaction.atomic
def correct_question(  # noqa: PLR0913
    question: Question,
    *,
    text: str,
    by: Person,
    reason: str,
    help: str = "",
    labels: dict[int, str] | None = None,
    at: datetime | None = None,
) -> Correction:
    """Correct the wording of a question once it is open: text, help, words of options (by value). Public, with reason.

    Writes a correction, one line of the public history and the audit entry. Kind, values and order stay.

    Raises:
        Denied: without the right.
        Invalid: without a reason, a text, a word for each option, or when nothing changes.
        WrongState: after closing, and before the opening, when it can simply be changed.
    """
    found, act = _begin(question.consultation, by, at, reason=checked_reason(reason)[:LONGEST_REASON])
    standing = _standing(found, question)
    if not has_opened(found, act.moment):
        raise WrongState(_("The consultation has not opened yet. You can simply change the question."))
    before = _words_of(standing)
    standing.text, standing.help = clean_line(text), clean_text(help)
    standing.options = [
        {**option, "label": clean_line((labels or {}).get(option["value"], option["label"]))}
        for option in standing.options
    ]
    _refuse_wordless(standing)
    after = _words_of(standing)
    if before == after:
        raise Invalid(_("Nothing was changed."))
    standing.save(update_fields=["text", "help", "options"])
    correction = Correction.objects.create(
        question=standing, before=before, after=after, reason=act.reason, by=by, at=act.moment
    )
    record(found, verbs.QUESTION_CORRECTED, act, before={"number": standing.number})
    add_event(found, "correct", act, facts={"number": standing.number})
    return correction


def _begin(
    consultation: Consultation, by: Person, at: datetime | None, *, reason: str = ""
) -> tuple[Consultation, Deed]:
    """The locked consultation and the act."""
    found = lock(consultation)
    require(rules.may_edit(found, by))
    act = deed(found, izin.CONSULTATION_EDIT, by=by, moment=moment_of(at), reason=reason)
    if stage(found, act.moment) not in {Stage.DRAFT, Stage.ANNOUNCED, Stage.OPEN}:
        raise WrongState(_("Questions can't be changed after closing."))
    return found, act


def _begin_before_opening(
    consultation: Consultation, by: Person, at: datetime | None
) -> tuple[Consultation, Deed]:
    """The same, for acts on the set of questions."""
    found, act = _begin(consultation, by, at)
    if has_opened(found, act.moment):
        raise QuestionsFixed
    return found, act


def _standing(consultation: Consultation, question: Question) -> Question:
    found = consultation.questions.filter(pk=question.pk).first()
    if found is None:
        raise WrongState(_("This question was removed a moment ago."))
    found.consultation = consultation
    return found


def _note(
    question: Question,
    act: Deed,
    verb: Any,
    *,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    record(question.consultation, verb, act, before=before, after=after)
    take_back(question.consultation)


def _standing_columns(question: Question) -> dict[str, Any]:
    names = [*columns_of(Wording(kind="", text="")), "options"]
    return {name: getattr(question, name) for name in names}


def _options(labels: tuple[str, ...], question: Question | None) -> list[dict[str, Any]]:
    """Options with values: words that stood before keep theirs, new ones get the next."""
    known = {option["label"]: option["value"] for option in question.options} if question else {}
    following = max(known.values(), default=0) + 1
    made = []
    for label in labels:
        value = known.get(label)
        if value is None:
            value, following = following, following + 1
        made.append({"value": value, "label": label})
    return made


def _next_number(consultation: Consultation) -> int:
    return int(consultation.questions.aggregate(last=Max("number"))["last"] or 0) + 1


def _words_of(question: Question) -> dict[str, Any]:
    labels = {str(option["value"]): option["label"] for option in question.options}
    return {"text": question.text, "help": question.help, "options": labels}


def _refuse_wordless(question: Question) -> None:
    if not question.text or len(question.text) > 500:
        message = _("Write the question.")
        raise Invalid(message, fields={"text": [message]})
    labels = [option["label"] for option in question.options]
    if not all(labels) or (labels and len({label.casefold() for label in labels}) < len(labels)):
        raise Invalid(_("Every option needs words of its own."))

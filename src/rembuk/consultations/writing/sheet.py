"""The sheet of a participant: what she has said so far beside text and questions as they stand now.

Read in a few queries, whatever the number of clauses. Writing it: ``actions.taking``.
"""

from dataclasses import dataclass

from rembuk.consultations.content import Content
from rembuk.consultations.models import ClauseText, Consultation, DraftVersion, Question, Submission
from rembuk.consultations.selectors.wording import published_version
from rembuk.consultations.writing.checks import Problems, problems


@dataclass(frozen=True, slots=True)
class TextChange:
    """A clause that changed after somebody wrote about it; ``now`` is ``None`` where it was removed."""

    number: int
    before: ClauseText
    now: ClauseText | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """``submission`` is ``None`` before the first saving, ``version`` where there is no text."""

    consultation: Consultation
    submission: Submission | None
    content: Content
    version: DraftVersion | None
    texts: list[ClauseText]
    questions: list[Question]
    changes: dict[int, TextChange]
    # Texts that remarks were written against and that no longer stand, by clause number: removed clauses.
    older: dict[int, ClauseText]

    @property
    def problems(self) -> Problems:
        """What keeps it from being sent."""
        return problems(self.content, self.questions)

    @property
    def pages(self) -> list[int]:
        """The pages of questions, in order."""
        return sorted({question.page for question in self.questions})

    def text_of(self, number: int) -> ClauseText | None:
        """The clause as it stands now, else as it stood when she wrote about it."""
        found = next((text for text in self.texts if text.clause.number == number), None)
        return found or self.older.get(number)


def wording(text: ClauseText) -> str:
    """The words of a clause that a suggestion replaces: its body, or the heading of one without a body."""
    return text.body or text.heading


def content_of(submission: Submission | None) -> Content:
    """What is being written; where nothing is, what was last sent."""
    if submission is None:
        return Content()
    if submission.working is not None:
        return Content.from_json(submission.working)
    return sent_content(submission)


def sent_content(submission: Submission) -> Content:
    """What was last sent; an empty one before."""
    last = submission.versions.order_by("-number").first()
    return Content.from_json(last.content if last else None)


def sheet_of(
    consultation: Consultation, submission: Submission | None, content: Content | None = None
) -> Sheet:
    """The whole sheet; ``content`` stands for what is being written when the caller has it."""
    said = content_of(submission) if content is None else content
    version = published_version(consultation)
    texts = list(version.texts.select_related("clause").order_by("position")) if version else []
    older = _older(consultation, said, version)
    now = {text.clause.number: text for text in texts}
    changes = {
        number: TextChange(number, before, now.get(number))
        for number, before in older.items()
        if number not in now or _differs(before, now[number])
    }
    return Sheet(
        consultation=consultation,
        submission=submission,
        content=said,
        version=version,
        texts=texts,
        questions=list(
            consultation.questions.prefetch_related("corrections").order_by("page", "position", "id")
        ),
        changes=changes,
        older={number: text for number, text in older.items() if number not in now},
    )


def _older(consultation: Consultation, said: Content, version: DraftVersion | None) -> dict[int, ClauseText]:
    """The clauses as they stood in the version that the remarks were written against, where that is not the newest."""
    wanted = {
        number: remark.version
        for number, remark in said.remarks.items()
        if version is not None and remark.version != version.number
    }
    if not wanted:
        return {}
    rows = ClauseText.objects.select_related("clause", "version").filter(
        version__consultation=consultation,
        version__number__in=set(wanted.values()),
        clause__number__in=list(wanted),
    )
    return {row.clause.number: row for row in rows if wanted[row.clause.number] == row.version.number}


def _differs(before: ClauseText, now: ClauseText) -> bool:
    return (before.heading, before.body) != (now.heading, now.body)

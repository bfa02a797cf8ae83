"""What authors are told of the answers to their submissions: all of them in one message, and what becomes of an objection.

Each function is called in the transaction of what it tells. Staff: ``matrix``; followers: ``followers``.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from rembuk.common.text import excerpt
from rembuk.consultations.choices import RowSource, Verdict
from rembuk.consultations.matrix.progress import clause_labels
from rembuk.consultations.models import MatrixRow, Objection, Submission
from rembuk.notifications import outbox
from rembuk.notifications.kinds import OWN, Kind, register
from rembuk.notifications.outbox import Letter
from rembuk.siteconfig.selectors import current

ANSWERED = Kind(
    key="submission.answered",
    label=_("Your submission was answered"),
    subject=_("%(receipt)s answered: %(title)s"),
    body=_(
        "Your submission %(receipt)s to the consultation “%(title)s” was answered:\n\n%(answers)s\n\n"
        "The page has the whole reasons. If you disagree with an answer you can object once, until %(until)s."
    ),
    category=OWN,
    is_optional=False,
)
OBJECTED = Kind(
    key="submission.objection_received",
    label=_("Your objection to an answer was received"),
    subject=_("Your objection was received: %(receipt)s"),
    body=_(
        "We have received your objection to an answer to your submission %(receipt)s (“%(title)s”). Somebody who had "
        "no part in the answer decides by %(due)s."
    ),
    category=OWN,
    is_optional=False,
)
CONFIRMED = Kind(
    key="submission.objection_confirmed",
    label=_("An answer you objected to was confirmed"),
    subject=_("The answer was confirmed: %(receipt)s"),
    body=_(
        "%(office)s has looked at your objection to an answer to your submission %(receipt)s (“%(title)s”) and "
        "confirms the answer. Reason: %(reason)s"
    ),
    category=OWN,
    is_optional=False,
)
NEW_ANSWER = Kind(
    key="submission.objection_new_answer",
    label=_("Your objection led to a new answer"),
    subject=_("A new answer after your objection: %(receipt)s"),
    body=_(
        "%(office)s has looked at your objection to an answer to your submission %(receipt)s (“%(title)s”) and gives a "
        "new answer: %(verdict)s. Reason: %(reason)s\n\nIt stands beside the first one."
    ),
    category=OWN,
    is_optional=False,
)
register(ANSWERED, OBJECTED, CONFIRMED, NEW_ANSWER)

_SHORT = 400
_SHORT_QUESTION = 120
_MOST_ROWS = 20


def path_of(submission: Submission) -> str:
    """The path of a submission's public page, without the prefix of a language."""
    return f"/uji-publik/{submission.consultation.code}/masukan/{submission.number}/"


def all_published(submissions: Sequence[Submission], at: datetime) -> int:
    """To each author one message with her own rows; the submissions are of one consultation, their authors loaded."""
    consultation = submissions[0].consultation
    rows: dict[int, list[MatrixRow]] = defaultdict(list)
    wanted = [one.pk for one in submissions]
    found = MatrixRow.objects.filter(submission__in=wanted).select_related("question")
    for row in found.order_by("submission_id", "number"):
        rows[row.submission_id].append(row)
    labels = clause_labels(consultation)
    until = current().written_day(at + timedelta(days=current().matrix_objection_days))
    letters = [
        Letter(
            key=f"{ANSWERED.key}:{one.code}",
            person_id=one.author.pk,
            params={
                "receipt": one.code or "",
                "title": consultation.title,
                "answers": _answers(rows[one.pk], labels, one.author.language),
                "until": until,
            },
            url=path_of(one),
        )
        for one in submissions
        if one.author is not None
    ]
    return outbox.enqueue_each(letters, kind=ANSWERED.key, at=at)


def objection_received(objection: Objection, due: datetime, at: datetime) -> None:
    """To its author: it is in, and by when it is decided."""
    _tell(objection, OBJECTED, at, due=current().written_day(due))


def objection_decided(objection: Objection, at: datetime) -> None:
    """To its author: the answer is confirmed, or there is a new one, with the reason."""
    kind = NEW_ANSWER if objection.outcome == Objection.Outcome.NEW_ANSWER else CONFIRMED
    office = objection.office.name if objection.office else ""
    author = objection.submission.author
    with override(author.language if author else None):
        verdict = str(Verdict(objection.verdict).label) if objection.verdict else ""
    _tell(objection, kind, at, office=office, reason=objection.explanation, verdict=verdict)


def _answers(rows: Iterable[MatrixRow], labels: dict[int, str], language: str) -> str:
    """A submission's rows as lines of a letter, in its reader's language."""
    found = list(rows)
    with override(language):
        lines = [_line(place, row, labels) for place, row in enumerate(found[:_MOST_ROWS], 1)]
        if len(found) > _MOST_ROWS:
            lines.append(gettext("The page has all %(n)s answers.") % {"n": len(found)})
    return "\n".join(lines)


def _line(place: int, row: MatrixRow, labels: dict[int, str]) -> str:
    words = {
        "place": place,
        "about": labels.get(row.clause_id or 0) or _whole(row),
        "verdict": Verdict(row.verdict).label,
        "reason": excerpt(row.reason, _SHORT),
    }
    return gettext("%(place)s. %(about)s: %(verdict)s. Reason: %(reason)s") % words


def _whole(row: MatrixRow) -> str:
    """What a row without a clause is about."""
    if row.question is not None:
        return excerpt(row.question.text, _SHORT_QUESTION)
    if row.source == RowSource.CUT:
        return gettext("Another point of your submission")
    return gettext("Your submission as a whole")


def _tell(objection: Objection, kind: Kind, at: datetime, **params: str) -> None:
    submission = objection.submission
    if submission.author_id is None:
        return
    outbox.enqueue(
        f"{kind.key}:{submission.code}",
        kind=kind.key,
        recipients=[submission.author_id],
        params={"receipt": submission.code or "", "title": submission.consultation.title, **params},
        url=path_of(submission),
        at=at,
    )

"""What the author of a submission is told of moderation. The words of receipt, change and withdrawal: ``authors``."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from rembuk.consultations.models import Submission
from rembuk.notifications import outbox
from rembuk.notifications.kinds import OWN, Kind, register
from rembuk.taxonomy.models import ReasonCode

SHOWN = Kind(
    key="submission.shown",
    label=_("Your submission is shown after review"),
    subject=_("%(code)s is shown: %(title)s"),
    body=_("A moderator has read your submission %(code)s on “%(title)s”. Everybody can read it now."),
    category=OWN,
)
NOT_SHOWN = Kind(
    key="submission.not_shown",
    label=_("Your submission is not shown"),
    subject=_("%(code)s is not shown: %(title)s"),
    body=_(
        "A moderator decided not to show your submission %(code)s on “%(title)s”. Reason: %(reason)s.\n\n"
        "%(message)s\n\n"
        "It stays counted, and the office answers it like every other one."
    ),
    category=OWN,
    is_optional=False,
)
SHOWN_AGAIN = Kind(
    key="submission.shown_again",
    label=_("Your submission is shown again"),
    subject=_("%(code)s is shown again: %(title)s"),
    body=_("Your submission %(code)s on “%(title)s” is shown again.\n\n%(message)s"),
    category=OWN,
)
register(SHOWN, NOT_SHOWN, SHOWN_AGAIN)


def submission_shown(submission: Submission, at: datetime) -> None:
    """Tell its author that everybody can read it, after it was held or after a change."""
    _tell(SHOWN, submission, at)


def submission_not_shown(submission: Submission, reason: ReasonCode, message: str, at: datetime) -> None:
    """Tell its author why it is not shown, and that it still counts."""
    _tell(NOT_SHOWN, submission, at, reason=reason.label, message=message)


def submission_shown_again(submission: Submission, message: str, at: datetime) -> None:
    """Tell its author that it is shown again, and why."""
    _tell(SHOWN_AGAIN, submission, at, message=message)


def _tell(kind: Kind, submission: Submission, at: datetime, **params: str) -> None:
    """Nobody for submissions that an office entered: there is no account to reach."""
    if submission.author_id is None:
        return
    consultation = submission.consultation
    outbox.enqueue(
        f"{kind.key}:{submission.code}:{at.isoformat()}",
        kind=kind.key,
        recipients=[submission.author_id],
        params={"code": submission.code or "", "title": consultation.title, **params},
        url=f"/uji-publik/{consultation.code}/masukan/{submission.number}/",
        at=at,
    )

"""What the author of a submission is told of her own acts: receipt, change, withdrawal. Receipts can't be switched off.

Each function is called in the transaction of what it tells. Moderation: ``moderation``; answers: ``answers``.
"""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from rembuk.consultations.models import Submission
from rembuk.notifications import outbox
from rembuk.notifications.kinds import OWN, Kind, register
from rembuk.siteconfig.selectors import current

RECEIVED = Kind(
    key="submission.received",
    label=_("Your submission was received"),
    subject=_("%(receipt)s received: %(title)s"),
    body=_(
        "We have received your submission to the consultation “%(title)s” under the number %(receipt)s. Keep the number. "
        "You can change or withdraw it until %(closes)s. Every submission is answered; you are told the answer to yours."
    ),
    category=OWN,
    is_optional=False,
)
HELD = Kind(
    key="submission.received_for_review",
    label=_("Your submission was received and is read before it is shown"),
    subject=_("%(receipt)s received: %(title)s"),
    body=_(
        "We have received your submission to the consultation “%(title)s” under the number %(receipt)s. It counts from "
        "now on. A moderator reads it by %(due)s before others can. You can change it until %(closes)s. Every "
        "submission is answered; you are told the answer to yours."
    ),
    category=OWN,
    is_optional=False,
)
CHANGED = Kind(
    key="submission.change_received",
    label=_("The change of your submission was received"),
    subject=_("%(receipt)s changed: version %(version)s"),
    body=_(
        "We have received the change of your submission %(receipt)s to the consultation “%(title)s”. It is version "
        "%(version)s; the page of your submission shows what changed. You can change it again until %(closes)s."
    ),
    category=OWN,
    is_optional=False,
)
CHANGED_HELD = Kind(
    key="submission.change_received_for_review",
    label=_("The change of your submission was received and is read before it is shown"),
    subject=_("%(receipt)s changed: version %(version)s"),
    body=_(
        "We have received the change of your submission %(receipt)s to the consultation “%(title)s”. It is version "
        "%(version)s. A moderator reads it by %(due)s before others can. You can change it again until %(closes)s."
    ),
    category=OWN,
    is_optional=False,
)
WITHDRAWN = Kind(
    key="submission.withdrawal_received",
    label=_("Your submission was withdrawn"),
    subject=_("%(receipt)s withdrawn: %(title)s"),
    body=_(
        "You have withdrawn your submission %(receipt)s to the consultation “%(title)s”. It is not counted or shown any "
        "more. You can write a new one until %(closes)s."
    ),
    category=OWN,
    is_optional=False,
)
register(RECEIVED, HELD, CHANGED, CHANGED_HELD, WITHDRAWN)


def receipt_path(submission: Submission) -> str:
    """The path of the author's own page of a submission, without the prefix of a language."""
    return f"/uji-publik/{submission.consultation.code}/ikut/bukti/"


def submission_received(submission: Submission, at: datetime) -> None:
    """The numbered receipt."""
    _tell(submission, RECEIVED, at)


def submission_held(submission: Submission, due: datetime, at: datetime) -> None:
    """The numbered receipt, with the day by which a moderator reads it."""
    _tell(submission, HELD, at, due=current().written_day(due))


def submission_changed(submission: Submission, due: datetime | None, at: datetime) -> None:
    """The receipt of a change; ``due`` where a moderator reads it first."""
    version = str(submission.version)
    if due is None:
        _tell(submission, CHANGED, at, version=version)
    else:
        _tell(submission, CHANGED_HELD, at, version=version, due=current().written_day(due))


def submission_withdrawn(submission: Submission, at: datetime) -> None:
    """The confirmation that it is taken back."""
    _tell(submission, WITHDRAWN, at)


def _tell(submission: Submission, kind: Kind, at: datetime, **params: str) -> None:
    if submission.author_id is None:
        return
    consultation = submission.consultation
    path = receipt_path(submission) if kind is not WITHDRAWN else f"/uji-publik/{consultation.code}/"
    closes = consultation.closes_at
    assert closes is not None
    outbox.enqueue(
        f"{kind.key}:{submission.code}:{at.isoformat()}",
        kind=kind.key,
        recipients=[submission.author_id],
        params={
            "receipt": submission.code or "",
            "title": consultation.title,
            "closes": f"{closes.astimezone(consultation.tz):%d/%m/%Y %H.%M} {consultation.zone}",
            **params,
        },
        url=path,
        at=at,
    )

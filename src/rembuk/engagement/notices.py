"""Who hears of what happens in the talk around a subject, and in which words.

One notice per person and event: who is both the author of a subject and of the comment replied to, hears of the
reply only; nobody hears of what she did herself.
"""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from rembuk.access.holders import grants_in_force
from rembuk.access.permissions import LOG_READ
from rembuk.engagement.models import Comment, Report, Subject
from rembuk.notifications import outbox
from rembuk.notifications.kinds import DUTY, Kind, register
from rembuk.notifications.models import Frequency
from rembuk.workunits.selectors import roots

REPLIED = Kind(
    key="comment.replied",
    label=_("Somebody replied to your comment"),
    subject=_("%(name)s replied to you: %(title)s"),
    body=_("%(name)s replied to your comment on “%(title)s”."),
)
COMMENTED = Kind(
    key="subject.commented",
    label=_("Somebody commented on what you proposed"),
    subject=_("New comment: %(title)s"),
    body=_("%(name)s commented on “%(title)s”, which you proposed."),
    default=Frequency.DAILY,
)
RELEASED = Kind(
    key="comment.released",
    label=_("Your comment was shown after review"),
    subject=_("Your comment is shown now: %(title)s"),
    body=_("A moderator has reviewed your comment on “%(title)s”. Everybody can read it now."),
)
HIDDEN = Kind(
    key="comment.hidden",
    label=_("Your comment was hidden"),
    subject=_("Your comment was hidden: %(title)s"),
    body=_("A moderator hid your comment on “%(title)s”. Reason: %(reason)s. %(explanation)s"),
    is_optional=False,
)
SHOWN_AGAIN = Kind(
    key="comment.shown_again",
    label=_("Your hidden comment was shown again"),
    subject=_("Your comment is shown again: %(title)s"),
    body=_("Your comment on “%(title)s” is shown again. Everybody can read it now."),
)
REPORT_KEPT = Kind(
    key="report.kept",
    label=_("What you reported stays"),
    subject=_("Your report was decided: %(title)s"),
    body=_(
        "A moderator looked at what you reported on “%(title)s”. It does not break the guidelines and stays."
    ),
)
REPORT_HIDDEN = Kind(
    key="report.hidden",
    label=_("What you reported was hidden"),
    subject=_("Your report was decided: %(title)s"),
    body=_("A moderator looked at what you reported on “%(title)s” and hid it. Thank you."),
)
DRIFTED = Kind(
    key="tally.drift",
    label=_("Counts of votes differed from the votes"),
    subject=_("Counts of votes put right: %(count)s"),
    body=_(
        "The nightly recount found %(count)s counts that differed from the votes, and put them right. That must never "
        "happen: find the cause. The system log names each count, before and after."
    ),
    category=DUTY,
    is_optional=False,
)
register(REPLIED, COMMENTED, RELEASED, HIDDEN, SHOWN_AGAIN, REPORT_KEPT, REPORT_HIDDEN, DRIFTED)


def comment_published(comment: Comment, *, at: datetime) -> None:
    """Tell whom it answers, and the author of the subject."""
    replied = {comment.parent.author_id} if comment.parent else set()
    proposed = {comment.subject.author_id} - replied
    for kind, people in ((REPLIED, replied), (COMMENTED, proposed)):
        _tell(kind, comment, people - {comment.author_id}, {"name": comment.speaker}, at)


def comment_released(comment: Comment, *, at: datetime) -> None:
    """Tell its author, then those a published comment is told to."""
    _tell(RELEASED, comment, {comment.author_id}, {}, at)
    comment_published(comment, at=at)


def comment_hidden(comment: Comment, *, at: datetime) -> None:
    """Tell its author, with the reason."""
    reason = comment.decided_reason.shown_label if comment.decided_reason else ""
    _tell(HIDDEN, comment, {comment.author_id}, {"reason": reason, "explanation": comment.decided_note}, at)


def comment_shown_again(comment: Comment, *, at: datetime) -> None:
    """Tell its author."""
    _tell(SHOWN_AGAIN, comment, {comment.author_id}, {}, at)


def report_settled(report: Report, subject: Subject, *, is_hidden: bool, at: datetime) -> None:
    """Tell who reported what became of it."""
    if report.reporter_id is None:
        return
    kind = REPORT_HIDDEN if is_hidden else REPORT_KEPT
    outbox.enqueue(
        f"{kind.key}:{report.pk}",
        kind=kind.key,
        recipients=[report.reporter_id],
        params={"title": subject.title},
        url=subject.path,
        at=at,
    )


def tallies_drifted(count: int, *, at: datetime) -> None:
    """Tell whoever may read the system log in the whole instansi: administrators and auditors."""
    readers = grants_in_force(at).filter(unit__in=roots(), role__permissions__contains=[LOG_READ.key])
    outbox.enqueue(
        f"{DRIFTED.key}:{at:%Y%m%d%H%M%S%f}",
        kind=DRIFTED.key,
        recipients=readers.values_list("person_id", flat=True),
        params={"count": count},
        url="/kelola/log/?peristiwa=tally.drift",
        at=at,
    )


def _tell(
    kind: Kind, comment: Comment, people: set[int | None], params: dict[str, str], at: datetime
) -> None:
    key = f"{kind.key}:{comment.public_id}"
    if kind is not REPLIED and kind is not COMMENTED:
        key += f":{at:%Y%m%d%H%M%S%f}"  # a moderator may decide on one comment more than once
    outbox.enqueue(
        key,
        kind=kind.key,
        recipients=[person for person in people if person is not None],
        params={"title": comment.subject.title, **params},
        url=f"{comment.path}#{comment.anchor}",
        at=at,
    )

"""States of a consultation, a submission and a row of the matrix, and the only steps between them."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rembuk.access import permissions as izin
from rembuk.access.permissions import Permission


class State(models.TextChoices):
    """Where a consultation stands, as stored. What people are shown follows the clock: ``schedule.stage``."""

    DRAFT = "draft", _("Draft")
    SCHEDULED = "scheduled", _("Announced")
    OPEN = "open", pgettext_lazy("consultation", "Open")
    CLOSED = "closed", pgettext_lazy("consultation", "Closed")
    CONCLUDED = "concluded", _("Concluded")
    CANCELLED = "cancelled", _("Cancelled")


class SubmissionState(models.TextChoices):
    """Where a submission stands."""

    DRAFT = "draft", _("Draft")
    SENT = "sent", pgettext_lazy("submission", "Received")
    HELD = "held", _("Held for review")
    NOT_SHOWN = "not_shown", _("Not shown")
    WITHDRAWN = "withdrawn", _("Withdrawn by its author")


class RowState(models.TextChoices):
    """Where a row of the matrix stands."""

    OPEN = "open", _("Not answered yet")
    PROPOSED = "proposed", _("Answer proposed")
    APPROVED = "approved", _("Answer approved")
    PUBLISHED = "published", _("Answered")


# Consultations with a public page. A cancelled one keeps it if it had been announced.
PUBLIC = frozenset({State.SCHEDULED, State.OPEN, State.CLOSED, State.CONCLUDED, State.CANCELLED})
# Listed on public lists and in search.
LISTED = PUBLIC - {State.CANCELLED}
# The matrix is being filled.
ANSWERING = frozenset({State.CLOSED})

# Submissions that arrived and count: «heard». A withdrawn one is not counted.
COUNTED = frozenset({SubmissionState.SENT, SubmissionState.HELD, SubmissionState.NOT_SHOWN})


@dataclass(frozen=True, slots=True)
class Step:
    """One allowed step. ``permission`` None: the author's own, or a consequence of the clock."""

    name: str
    sources: frozenset[str]
    target: str
    verb: str
    permission: Permission | None = None
    needs_reason: bool = False


def _step(
    name: str,
    sources: set[str],
    target: str,
    verb: str,
    permission: Permission | None = None,
    *,
    needs_reason: bool = False,
) -> Step:
    return Step(name, frozenset(sources), target, verb, permission, needs_reason)


S = State
ANNOUNCE = _step("announce", {S.DRAFT}, S.SCHEDULED, "consultation.announced", izin.CONSULTATION_PUBLISH)
OPEN = _step("open", {S.SCHEDULED}, S.OPEN, "consultation.opened")
CLOSE = _step("close", {S.OPEN}, S.CLOSED, "consultation.closed")
CONCLUDE = _step("conclude", {S.CLOSED}, S.CONCLUDED, "consultation.concluded", izin.CONSULTATION_PUBLISH)
CANCEL = _step(
    "cancel",
    {S.DRAFT, S.SCHEDULED, S.OPEN},
    S.CANCELLED,
    "consultation.cancelled",
    izin.CONSULTATION_PUBLISH,
    needs_reason=True,
)
STEPS: tuple[Step, ...] = (ANNOUNCE, OPEN, CLOSE, CONCLUDE, CANCEL)

B = SubmissionState
SEND = _step("send", {B.DRAFT}, B.SENT, "submission.sent")
SEND_FOR_REVIEW = _step("send_for_review", {B.DRAFT}, B.HELD, "submission.held")
SHOW = _step("show", {B.HELD}, B.SENT, "submission.shown", izin.SUBMISSION_MODERATE)
DONT_SHOW = _step(
    "dont_show",
    {B.HELD, B.SENT},
    B.NOT_SHOWN,
    "submission.not_shown",
    izin.SUBMISSION_MODERATE,
    needs_reason=True,
)
SHOW_AGAIN = _step("show_again", {B.NOT_SHOWN}, B.SENT, "submission.shown_again", izin.SUBMISSION_MODERATE)
WITHDRAW = _step("withdraw", {B.SENT}, B.WITHDRAWN, "submission.withdrawn")
SUBMISSION_STEPS: tuple[Step, ...] = (SEND, SEND_FOR_REVIEW, SHOW, DONT_SHOW, SHOW_AGAIN, WITHDRAW)

R = RowState
# A proposed answer may be proposed anew: the second person who disagrees returns it with a note, or writes her own.
PROPOSE = _step("propose", {R.OPEN, R.PROPOSED}, R.PROPOSED, "row.proposed", izin.CONSULTATION_ANSWER)
APPROVE = _step("approve", {R.PROPOSED}, R.APPROVED, "row.approved", izin.CONSULTATION_APPROVE)
PUBLISH = _step("publish", {R.PROPOSED, R.APPROVED}, R.PUBLISHED, "row.published", izin.CONSULTATION_PUBLISH)
ROW_STEPS: tuple[Step, ...] = (PROPOSE, APPROVE, PUBLISH)

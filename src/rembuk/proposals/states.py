"""States of a proposal and the only steps between them (PRODUCT.md, "States")."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from rembuk.access import permissions as izin
from rembuk.access.permissions import Permission


class State(models.TextChoices):
    """Where a proposal stands."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Waiting for moderation")
    PUBLISHED = "published", _("Published")
    RETURNED = "returned", _("Needs improvement")
    REJECTED = "rejected", _("Not published")
    DUPLICATE = "duplicate", _("Duplicate")
    WITHDRAWN = "withdrawn", _("Withdrawn by its author")
    REVIEWING = "reviewing", _("Under review")
    ADOPTED = "adopted", _("In a work programme")
    DEFERRED = "deferred", _("Kept for a later year")
    FORWARDED = "forwarded", _("Handed on outside")
    DECLINED = "declined", _("Not continued")
    COMPLETED = "completed", _("Completed")
    HIDDEN = "hidden", _("Hidden")


S = State
# States whose text everybody may read. ``withdrawn`` and ``duplicate`` count only once published.
PUBLIC = frozenset({S.PUBLISHED, S.REVIEWING, S.ADOPTED, S.DEFERRED, S.FORWARDED, S.DECLINED, S.COMPLETED})
# Public states, and those that keep a public page when they had been published before.
KEEPS_PAGE = PUBLIC | {S.DUPLICATE, S.WITHDRAWN}
# Page with code, date, category, unit, reason and explanation, but the text only for author and staff.
STUB = frozenset({S.REJECTED, S.HIDDEN})
# Listed on public lists and in search.
LISTED = PUBLIC
# Public and still without an official answer that stands.
AWAITS_ANSWER = frozenset({S.PUBLISHED, S.REVIEWING})
EDITABLE_BY_AUTHOR = frozenset({S.DRAFT, S.RETURNED, S.PUBLISHED, S.REVIEWING})
VOTABLE = frozenset({S.PUBLISHED, S.REVIEWING, S.DEFERRED, S.ADOPTED})


@dataclass(frozen=True, slots=True)
class Step:
    """One allowed step. ``target`` None means: back to the state it had. ``permission`` None: the author's or a consequence."""

    name: str
    sources: frozenset[State]
    target: State | None
    verb: str
    permission: Permission | None = None


def _step(
    name: str,
    sources: set[State] | frozenset[State],
    target: State | None,
    verb: str,
    permission: Permission | None = None,
) -> Step:
    return Step(name, frozenset(sources), target, verb, permission)


SUBMIT = _step("submit", {S.DRAFT}, S.SUBMITTED, "proposal.submitted")
SUBMIT_OPENLY = _step("submit_openly", {S.DRAFT}, S.PUBLISHED, "proposal.submitted_openly")
RESUBMIT = _step("resubmit", {S.RETURNED}, S.SUBMITTED, "proposal.resubmitted")
PUBLISH = _step("publish", {S.SUBMITTED}, S.PUBLISHED, "proposal.published", izin.PROPOSAL_MODERATE)
RETURN = _step("return", {S.SUBMITTED}, S.RETURNED, "proposal.returned", izin.PROPOSAL_MODERATE)
REJECT = _step("reject", {S.SUBMITTED}, S.REJECTED, "proposal.rejected", izin.PROPOSAL_MODERATE)
MARK_DUPLICATE = _step(
    "mark_duplicate",
    {S.SUBMITTED, S.PUBLISHED, S.REVIEWING},
    S.DUPLICATE,
    "proposal.marked_duplicate",
    izin.PROPOSAL_MODERATE,
)
UNDO_DUPLICATE = _step(
    "undo_duplicate", {S.DUPLICATE}, S.PUBLISHED, "proposal.duplicate_undone", izin.PROPOSAL_MODERATE
)
WITHDRAW = _step(
    "withdraw",
    {S.DRAFT, S.SUBMITTED, S.RETURNED, S.PUBLISHED, S.REVIEWING},
    S.WITHDRAWN,
    "proposal.withdrawn",
)
APPEAL = _step("appeal", {S.REJECTED}, S.SUBMITTED, "proposal.appealed")
REFER = _step("refer", {S.PUBLISHED}, S.REVIEWING, "proposal.referred", izin.PROPOSAL_REFER)
ADOPT = _step("adopt", {S.PUBLISHED, S.REVIEWING}, S.ADOPTED, "proposal.adopted", izin.PROGRAM_EDIT)
DEFER = _step("defer", {S.PUBLISHED, S.REVIEWING}, S.DEFERRED, "proposal.deferred", izin.PROPOSAL_ANSWER)
FORWARD = _step(
    "forward", {S.PUBLISHED, S.REVIEWING}, S.FORWARDED, "proposal.forwarded", izin.PROPOSAL_ANSWER
)
DECLINE = _step("decline", {S.PUBLISHED, S.REVIEWING}, S.DECLINED, "proposal.declined", izin.PROPOSAL_ANSWER)
RESUME = _step("resume", {S.DEFERRED}, S.REVIEWING, "proposal.resumed", izin.PROPOSAL_ANSWER)
OBJECT = _step("object", {S.DECLINED}, S.REVIEWING, "proposal.objected")
RELEASE = _step("release", {S.ADOPTED}, S.PUBLISHED, "proposal.released", izin.PROGRAM_EDIT)
COMPLETE = _step("complete", {S.ADOPTED}, S.COMPLETED, "proposal.completed", izin.PROGRAM_STEER)
REOPEN = _step("reopen", {S.COMPLETED}, S.ADOPTED, "proposal.reopened", izin.PROGRAM_STEER)
HIDE = _step("hide", KEEPS_PAGE, S.HIDDEN, "proposal.hidden", izin.PROPOSAL_HIDE)
UNHIDE = _step("unhide", {S.HIDDEN}, None, "proposal.shown_again", izin.PROPOSAL_HIDE)

STEPS: tuple[Step, ...] = (
    SUBMIT,
    SUBMIT_OPENLY,
    RESUBMIT,
    PUBLISH,
    RETURN,
    REJECT,
    MARK_DUPLICATE,
    UNDO_DUPLICATE,
    WITHDRAW,
    APPEAL,
    REFER,
    ADOPT,
    DEFER,
    FORWARD,
    DECLINE,
    RESUME,
    OBJECT,
    RELEASE,
    COMPLETE,
    REOPEN,
    HIDE,
    UNHIDE,
)

"""States of a programme and of its phases, and the only steps between them (PRODUCT.md, "States")."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from rembuk.access import permissions as izin
from rembuk.access.permissions import Permission


class State(models.TextChoices):
    """Where a programme stands."""

    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Running")
    POSTPONED = "postponed", _("Postponed")
    CANCELLED = "cancelled", _("Cancelled")
    COMPLETED = "completed", _("Completed")


class PhaseState(models.TextChoices):
    """Where a phase stands; several may be active, exactly one of the programme's phases leads."""

    UPCOMING = "upcoming", _("Upcoming")
    ACTIVE = "active", _("Active")
    DONE = "done", _("Done")


class MilestoneState(models.TextChoices):
    """Where a milestone stands; overdue is computed."""

    PLANNED = "planned", _("Planned")
    ONGOING = "ongoing", _("Ongoing")
    DONE = "done", _("Done")
    DROPPED = "dropped", _("Dropped")


class SuggestionState(models.TextChoices):
    """Where a suggested group stands."""

    OPEN = "open", _("Open")
    USED = "used", _("Used")
    DISMISSED = "dismissed", _("Dismissed")


PUBLIC = frozenset({State.PUBLISHED, State.POSTPONED, State.CANCELLED, State.COMPLETED})
# Programmes that keep their proposals ``adopted``.
OPEN = frozenset({State.PUBLISHED, State.POSTPONED})


@dataclass(frozen=True, slots=True)
class Step:
    """One allowed step; ``needs_reason`` where the table asks for one."""

    name: str
    sources: frozenset[str]
    target: str
    verb: str
    permission: Permission
    needs_reason: bool = False


def _step(
    name: str, sources: set[str], target: str, verb: str, permission: Permission, *, reason: bool = False
) -> Step:
    return Step(name, frozenset(sources), target, verb, permission, reason)


PUBLISH = _step("publish", {State.DRAFT}, State.PUBLISHED, "program.published", izin.PROGRAM_PUBLISH)
POSTPONE = _step(
    "postpone", {State.PUBLISHED}, State.POSTPONED, "program.postponed", izin.PROGRAM_STEER, reason=True
)
RESUME = _step(
    "resume", {State.POSTPONED}, State.PUBLISHED, "program.resumed", izin.PROGRAM_STEER, reason=True
)
CANCEL = _step(
    "cancel",
    {State.PUBLISHED, State.POSTPONED},
    State.CANCELLED,
    "program.cancelled",
    izin.PROGRAM_STEER,
    reason=True,
)
COMPLETE = _step("complete", {State.PUBLISHED}, State.COMPLETED, "program.completed", izin.PROGRAM_STEER)
REOPEN = _step(
    "reopen", {State.COMPLETED}, State.PUBLISHED, "program.reopened", izin.PROGRAM_STEER, reason=True
)
STEPS = (PUBLISH, POSTPONE, RESUME, CANCEL, COMPLETE, REOPEN)

P = PhaseState
START = _step("start", {P.UPCOMING}, P.ACTIVE, "phase.started", izin.PROGRAM_STEER)
FINISH = _step("finish", {P.ACTIVE}, P.DONE, "phase.finished", izin.PROGRAM_STEER)
RESTART = _step("restart", {P.DONE}, P.ACTIVE, "phase.restarted", izin.PROGRAM_STEER, reason=True)
UNSTART = _step("unstart", {P.ACTIVE}, P.UPCOMING, "phase.unstarted", izin.PROGRAM_STEER, reason=True)
PHASE_STEPS = (START, FINISH, RESTART, UNSTART)

M = MilestoneState
BEGIN = _step("begin", {M.PLANNED}, M.ONGOING, "milestone.begun", izin.PROGRAM_REPORT)
REACH = _step("reach", {M.PLANNED, M.ONGOING}, M.DONE, "milestone.reached", izin.PROGRAM_REPORT)
REOPEN_MILESTONE = _step("reopen", {M.DONE}, M.ONGOING, "milestone.reopened", izin.PROGRAM_STEER, reason=True)
DROP = _step("drop", {M.PLANNED, M.ONGOING}, M.DROPPED, "milestone.dropped", izin.PROGRAM_STEER, reason=True)
RESTORE = _step("restore", {M.DROPPED}, M.PLANNED, "milestone.restored", izin.PROGRAM_STEER, reason=True)
MILESTONE_STEPS = (BEGIN, REACH, REOPEN_MILESTONE, DROP, RESTORE)

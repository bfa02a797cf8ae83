"""What programmes do to their proposals: adopt, release, complete, reopen. Called by ``programs`` alone.

Not here: the right to make or steer a programme, and the notices of it; ``programs`` asks for the one and
sends the other, once per person however many proposals join.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from rembuk.access.rights import actor_of
from rembuk.accounts.models import Person
from rembuk.audit import actions as audit
from rembuk.audit.actors import Actor
from rembuk.common.clock import instant
from rembuk.common.errors import WrongState, require
from rembuk.proposals import deadlines, reasons, rules, verbs
from rembuk.proposals.actions.answer import explanation_of, keep_answer
from rembuk.proposals.actions.steps import Because, audit_target, lock, take_step
from rembuk.proposals.choices import AnswerKind
from rembuk.proposals.models import Decision, OfficialAnswer, Proposal
from rembuk.proposals.states import ADOPT, COMPLETE, RELEASE, REOPEN, State, Step
from rembuk.workunits.models import WorkUnit


@transaction.atomic
def record_adoption(  # noqa: PLR0913
    proposal: Proposal,
    *,
    program_code: str,
    program_title: str,
    unit: WorkUnit,
    sentence: str,
    by: Person,
    at: datetime | None = None,
    standing: str = "",
) -> OfficialAnswer:
    """The official answer «masuk program kerja»: a link to a published programme of ``unit``.

    Takes the step to ``adopted``; where another programme had adopted it already, a further answer is added.
    ``standing`` says as what she decides by a delegation. ``sentence`` tells the author how it is taken up. Sends no
    notice: the programme tells everybody once.

    Raises:
        Denied: to the author, and to whoever gave the answer that was objected to.
        Invalid: for a sentence of fewer than 20 characters.
        WrongState: unless it is published, under review or adopted.
    """
    found = lock(proposal)
    require(rules.may_adopt(found, by))
    reason = reasons.explanation(sentence, "sentence")
    moment = instant(at)
    if found.state == State.ADOPTED:
        _add_answer(found, program_code, by, reason, moment)
    else:
        because = Because(office=unit, standing=standing, explanation=reason)
        take_step(found, ADOPT, by=by, because=because, at=at, changes=explanation_of(found, moment))
    answer = OfficialAnswer(
        proposal=found,
        kind=AnswerKind.ADOPTED,
        reason=reason,
        unit=unit,
        standing=standing,
        by=by,
        at=moment,
        program_code=program_code,
        program_title=program_title,
    )
    return keep_answer(answer, step=ADOPT)


def _add_answer(found: Proposal, program_code: str, by: Person, reason: str, moment: datetime) -> None:
    changes = explanation_of(found, moment)
    for name, value in changes.items():
        setattr(found, name, value)
    found.save(update_fields=list(changes))
    audit.record(
        verbs.ANSWER_ADDED,
        by=actor_of(by),
        target=audit_target(found),
        after={"program": program_code},
        reason=reason,
        at=moment,
    )


@transaction.atomic
def release_from_programs(
    proposal: Proposal,
    *,
    office: WorkUnit,
    reason: str,
    by: Person | Actor,
    standing: str = "",
    at: datetime | None = None,
) -> Decision:
    """Back from ``adopted`` to ``published``: its last link was removed, or all its programmes are cancelled.

    The clock of the official answer starts anew. Sends no notice.

    Raises:
        WrongState: unless it is adopted.
    """
    found = lock(proposal)
    because = Because(office=office, standing=standing, explanation=reason)
    changes = {"answer_due_at": deadlines.answer_due(found, instant(at))}
    return take_step(found, RELEASE, by=by, because=because, at=at, changes=changes)


@transaction.atomic
def complete_proposal(
    proposal: Proposal,
    *,
    office: WorkUnit,
    explanation: str = "",
    by: Person | Actor,
    standing: str = "",
    at: datetime | None = None,
) -> Decision:
    """From ``adopted`` to ``completed``: none of its programmes is open and at least one is completed.

    Raises:
        WrongState: unless it is adopted.
    """
    because = Because(office=office, standing=standing, explanation=explanation)
    return take_step(lock(proposal), COMPLETE, by=by, because=because, at=at)


@transaction.atomic
def reopen_proposal(
    proposal: Proposal,
    *,
    office: WorkUnit,
    reason: str,
    by: Person | Actor,
    standing: str = "",
    at: datetime | None = None,
) -> Decision:
    """From ``completed`` back to ``adopted``: one of its programmes was reopened.

    Raises:
        WrongState: unless it is completed.
    """
    because = Because(office=office, standing=standing, explanation=reason)
    return take_step(lock(proposal), REOPEN, by=by, because=because, at=at)


@transaction.atomic
def move_hidden(proposal: Proposal, step: Step, *, reason: str, by: Person, at: datetime) -> None:
    """Let a hidden proposal return later to where ``step`` of its programmes leads; it stays hidden now.

    Writes the state behind the hiding, the clock of the answer where that begins anew, and an audit entry. No notice,
    no public decision: the page says nothing but that it is hidden.

    Raises:
        WrongState: unless it is hidden and the step leads on from the state behind.
    """
    found = lock(proposal)
    behind = found.state_before_hiding
    if found.state != State.HIDDEN or behind not in step.sources or step.target is None:
        raise WrongState(
            _("This can't be done now: the state is “%(state)s”.") % {"state": State(found.state).label}
        )
    found.state_before_hiding = step.target
    if step is RELEASE:
        found.answer_due_at = deadlines.answer_due(found, at)
    found.save(update_fields=["state_before_hiding", "answer_due_at"])
    audit.record(
        step.verb,
        by=actor_of(by),
        target=audit_target(found),
        before={"state_before_hiding": behind},
        after={"state_before_hiding": step.target},
        reason=reason,
        at=at,
    )

"""The official answer of the responsible unit: kept for a later year, handed on outside, or not continued.

After an objection the same actions are the second person's; a second «tidak dilanjutkan» is final. Here too
what every answer has in common, for ``adopt``, and the return of what was kept. Not here: answers by a
programme.
"""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from rembuk.access import permissions as izin
from rembuk.access.rights import standing_for
from rembuk.accounts.models import Person
from rembuk.audit.actors import SYSTEM, Actor
from rembuk.common.clock import instant, local_date
from rembuk.common.errors import Invalid, require
from rembuk.common.text import clean_line
from rembuk.engagement.actions.cases import close_cases
from rembuk.engagement.models import Case
from rembuk.proposals import deadlines, reasons, rules, selectors
from rembuk.proposals.actions.steps import Because, check_step, lock, subject_of, take_step
from rembuk.proposals.choices import AnswerKind
from rembuk.proposals.models import Decision, OfficialAnswer, Proposal
from rembuk.proposals.notices import authors, offices
from rembuk.proposals.states import DECLINE, DEFER, FORWARD, RESUME, Step
from rembuk.siteconfig.selectors import current
from rembuk.taxonomy.models import ReasonCode

MOST_YEARS_AHEAD = 10


@transaction.atomic
def defer_proposal(
    proposal: Proposal,
    *,
    year: int,
    return_on: date,
    because: Because,
    by: Person,
    at: datetime | None = None,
) -> OfficialAnswer:
    """Keep it for ``year``; on ``return_on`` it comes back to review by itself. Tells author and followers.

    ``because`` holds reason code and explanation; the office is the responsible unit whatever it says.

    Raises:
        Denied: unless she may answer for the responsible unit; to its author; to the first decider after an
            objection. WrongState, AlreadyDecided: when it isn't published or under review. Invalid: without
            a fitting reason and 20 characters, or when year or date don't lie ahead.
    """
    today = local_date(at, current().tz)
    _check_later(year, return_on, today)
    changes = {"deferred_until_year": year, "return_on": return_on}
    return _give(proposal, (DEFER, AnswerKind.DEFERRED, changes), because, by=by, at=at)


@transaction.atomic
def forward_proposal(
    proposal: Proposal, *, to: str, because: Because, by: Person, at: datetime | None = None
) -> OfficialAnswer:
    """Hand it on to a body outside the instansi, named in ``to``. Tells author and followers.

    Raises:
        Denied, WrongState, Invalid: as ``defer_proposal``; Invalid too without a name.
    """
    receiver = clean_line(to)
    if not receiver:
        wording = _("Say to whom it is handed on.")
        raise Invalid(wording, fields={"to": [wording]})
    return _give(
        proposal, (FORWARD, AnswerKind.FORWARDED, {"forwarded_to": receiver[:200]}), because, by=by, at=at
    )


@transaction.atomic
def decline_proposal(
    proposal: Proposal, *, because: Because, by: Person, at: datetime | None = None
) -> OfficialAnswer:
    """Don't continue it. The author may object once; decided by a second person, it is final.

    Raises:
        Denied, WrongState, Invalid: as ``defer_proposal``.
    """
    return _give(proposal, (DECLINE, AnswerKind.DECLINED, {}), because, by=by, at=at)


@transaction.atomic
def resume_proposal(
    proposal: Proposal, *, by: Person | Actor = SYSTEM, explanation: str = "", at: datetime | None = None
) -> Decision:
    """Take a deferred proposal up again, on its day by the worker or earlier by the responsible unit.

    The responsible unit has it on its desk again with a new clock.

    Raises:
        Denied: to a person who may not answer for the responsible unit.
        WrongState: unless it is deferred.
    """
    found = lock(proposal)
    responsible = selectors.responsible_disposition(found)
    if isinstance(by, Person):
        require(rules.may_answer(found, by, responsible.unit if responsible else None))
    moment = instant(at)
    due = deadlines.answer_due(found, moment)
    office = responsible.unit if responsible else found.unit
    standing = standing_for(by, office, izin.PROPOSAL_ANSWER)
    because = Because(office=office, standing=standing, explanation=explanation)
    changes = {"answer_due_at": due, "return_on": None, "deferred_until_year": None}
    decision = take_step(found, RESUME, by=by, because=because, at=at, changes=changes)
    if responsible is not None:
        responsible.due_at, responsible.closed_at = due, None
        responsible.save(update_fields=["due_at", "closed_at"])
        offices.proposal_handed(found, [responsible], moment)
    authors.proposal_resumed(found, moment)
    return decision


def explanation_of(proposal: Proposal, moment: datetime) -> dict[str, Any]:
    """The field that counts the proposal as explained, for the first answer that reaches its author's inbox.

    Authors who can't be reached (none, deleted, no address, refused mail) are counted apart: nothing is set.
    """
    if proposal.explained_at is None and selectors.is_author_reachable(proposal):
        return {"explained_at": moment}
    return {}


def keep_answer(answer: OfficialAnswer, *, step: Step) -> OfficialAnswer:
    """Save an answer, and end what waited for it: open dispositions and the case of an objection."""
    answer.save()
    proposal, moment = answer.proposal, answer.at
    proposal.dispositions.filter(closed_at=None).update(closed_at=moment)
    ended = [Case.Kind.OBJECTION]
    close_cases(subject_of(proposal), ended, outcome=step.name, by=answer.by, at=moment)
    return answer


def _give(
    proposal: Proposal,
    what: tuple[Step, AnswerKind, dict[str, Any]],
    because: Because,
    *,
    by: Person,
    at: datetime | None,
) -> OfficialAnswer:
    step, kind, changes = what
    found = lock(proposal)
    responsible = selectors.responsible_disposition(found)
    unit = responsible.unit if responsible else None
    require(rules.may_answer(found, by, unit))
    check_step(found, step, by)
    why = _checked(replace(because, office=unit, standing=standing_for(by, unit, izin.PROPOSAL_ANSWER)))
    moment = instant(at)
    changes = {**changes, **explanation_of(found, moment)}
    take_step(found, step, by=by, because=why, at=at, changes=changes)
    answer = OfficialAnswer(
        proposal=found,
        kind=kind,
        reason_code=why.reason,
        reason=why.explanation,
        unit=why.office,
        standing=why.standing,
        by=by,
        at=moment,
    )
    keep_answer(answer, step=step)
    authors.proposal_answered(found, answer, moment)
    return answer


def _checked(because: Because) -> Because:
    if because.reason is None:
        wording = _("Choose a reason from the list.")
        raise Invalid(wording, fields={"reason": [wording]})
    reasons.fitting(because.reason, ReasonCode.Use.ANSWER)
    return replace(because, explanation=reasons.explanation(because.explanation))


def _check_later(year: int, return_on: date, today: date) -> None:
    problems = {}
    if not today.year < year <= today.year + MOST_YEARS_AHEAD:
        problems["year"] = [_("Choose a year after this one.")]
    if return_on <= today:
        problems["return_on"] = [_("Choose a day after today.")]
    elif return_on.year > year:
        problems["return_on"] = [_("The return has to lie before the end of that year.")]
    if problems:
        raise Invalid(next(iter(problems.values()))[0], fields=problems)

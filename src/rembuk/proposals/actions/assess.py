"""Telaah: what a work unit finds about a proposal handed to it. Public, with reason, office and time.

Not here: the official answer (``answer``); a telaah moves no state.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from rembuk.access import permissions as izin
from rembuk.access.rights import actor_of, standing_for
from rembuk.accounts.models import Person
from rembuk.audit import actions as audit
from rembuk.common.clock import instant
from rembuk.common.errors import WrongState, require
from rembuk.proposals import reasons, rules, verbs
from rembuk.proposals.actions.steps import audit_target, lock
from rembuk.proposals.choices import AssessmentVerdict
from rembuk.proposals.models import Assessment, Disposition, Proposal
from rembuk.proposals.notices import authors, offices
from rembuk.proposals.states import State
from rembuk.workunits.models import WorkUnit


@transaction.atomic
def record_assessment(
    proposal: Proposal,
    *,
    unit: WorkUnit,
    verdict: AssessmentVerdict,
    reason: str,
    by: Person,
    at: datetime | None = None,
) -> Assessment:
    """Record what ``unit`` finds, and close its disposition; a later telaah of the same unit stands above it.

    The first one of the unit in charge counts the proposal as considered. Tells the author, and after
    «bukan wewenang» whoever handed it over, so that it goes elsewhere.

    Raises:
        Denied: outside her units, to a unit it was not handed to, and to its author.
        WrongState: unless the proposal is under review.
        Invalid: for a reason of fewer than 20 characters.
    """
    found = lock(proposal)
    require(rules.may_assess(found, by, unit))
    if found.state != State.REVIEWING:
        words = {"state": State(found.state).label}
        raise WrongState(_("This can't be done now: the proposal is “%(state)s”.") % words)
    why = reasons.explanation(reason, "reason")
    moment = instant(at)
    disposition = found.dispositions.select_related("unit", "given_by").get(unit=unit)
    assessment = Assessment.objects.create(
        proposal=found,
        unit=unit,
        verdict=verdict,
        reason=why,
        is_responsible=disposition.is_responsible,
        standing=standing_for(by, unit, izin.PROPOSAL_ASSESS),
        by=by,
        at=moment,
    )
    _close(disposition, found, moment)
    facts = {"unit": unit.code, "verdict": verdict, "responsible": disposition.is_responsible}
    if assessment.standing:
        facts["standing"] = assessment.standing
    audit.record(verbs.ASSESSED, by=actor_of(by), target=audit_target(found), after=facts, reason=why, at=at)
    authors.proposal_assessed(found, assessment, moment)
    if verdict == AssessmentVerdict.NOT_OURS:
        offices.proposal_not_ours(found, disposition, moment)
    return assessment


def _close(disposition: Disposition, found: Proposal, moment: datetime) -> None:
    disposition.closed_at = moment
    disposition.save(update_fields=["closed_at"])
    if disposition.is_responsible and found.considered_at is None:
        found.considered_at = moment
        found.save(update_fields=["considered_at"])

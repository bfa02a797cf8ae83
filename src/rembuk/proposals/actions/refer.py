"""Disposition: handing a published proposal to work units, one of them responsible, and changing that later.

The proposal then lies with the responsible unit. Not here: what the units find (``assess``) and say
(``answer``).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.accounts.models import Person
from rembuk.audit import actions as audit
from rembuk.common.clock import instant
from rembuk.common.errors import Invalid, WrongState, require
from rembuk.common.text import clean_text
from rembuk.engagement.actions.subjects import place_subject
from rembuk.proposals import deadlines, reasons, rules, selectors, verbs
from rembuk.proposals.actions.steps import (
    Because,
    Bulk,
    audit_target,
    check_step,
    lock,
    subject_of,
    take_step,
)
from rembuk.proposals.models import Decision, Disposition, Proposal
from rembuk.proposals.notices import authors, offices
from rembuk.proposals.states import REFER, State
from rembuk.workunits.models import WorkUnit

# Not a step: the state stays. Its Decision makes the change part of the public history.
CHANGED = "change_disposition"


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """To whom a proposal is handed: the unit in charge, others to be heard, an internal word to all."""

    responsible: WorkUnit
    others: Sequence[WorkUnit] = ()
    note: str = ""

    @property
    def units(self) -> list[WorkUnit]:
        """All units, the responsible first, each once."""
        found = {unit.pk: unit for unit in (self.responsible, *self.others)}
        return list(found.values())

    @property
    def names(self) -> str:
        """Their names in one line, the responsible first."""
        return ", ".join(unit.name for unit in self.units)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Terms:
    """On which terms units get it: from whom, when, until when; ``anew`` gives every unit a fresh clock."""

    by: Person
    at: datetime
    due: datetime
    anew: bool = False

    def fields(self, note: str) -> dict[str, object]:
        """The fields of a disposition that is new to its unit."""
        return {
            "note": clean_text(note),
            "given_by": self.by,
            "given_at": self.at,
            "due_at": self.due,
            "closed_at": None,
        }


@transaction.atomic
def refer_proposal(
    proposal: Proposal, *, to: Handover, by: Person, bulk: Bulk | None = None, at: datetime | None = None
) -> list[Disposition]:
    """Hand a published proposal to work units and move it to ``reviewing``; the clock of the answer starts.

    Writes the dispositions; tells author and followers which offices have it, and the offices.

    Raises:
        Denied: outside her units.
        WrongState, AlreadyDecided: unless it is published.
        Invalid: for a unit that was closed.
    """
    found = lock(proposal)
    require(rules.may_refer(found, by))
    check_step(found, REFER, by)
    _check_units(to)
    moment = instant(at)
    terms = _Terms(by=by, at=moment, due=deadlines.answer_due(found, moment), anew=True)
    office, standing = _office(found, by)
    because = Because(
        office=office,
        standing=standing,
        explanation=to.names,
        bulk=bulk.mark if bulk else None,
        bulk_size=bulk.size if bulk else 0,
    )
    changes = {"unit": to.responsible, "answer_due_at": terms.due}
    take_step(found, REFER, by=by, because=because, at=at, changes=changes)
    fresh, _taken_off = _write(found, to, terms)
    _place(found, to.responsible)
    authors.proposal_referred(found, to.names, moment)
    offices.proposal_handed(found, fresh, moment)
    return selectors.standing_dispositions(found)


@transaction.atomic
def change_disposition(
    proposal: Proposal, *, to: Handover, reason: str, by: Person, at: datetime | None = None
) -> list[Disposition]:
    """Hand it to other units, or make another one responsible; public, with the reason.

    A new responsible unit gets the full time; units kept keep their clock. A unit that has recorded its
    telaah stays in the history, one that has not is taken off.

    Raises:
        Denied: outside her units.
        WrongState: unless it is under review.
        Invalid: without a reason of 20 characters, when nothing changes, or for a unit that was closed.
    """
    found = lock(proposal)
    require(rules.may_refer(found, by))
    _check_reviewing(found)
    why = reasons.explanation(reason, "reason")
    _check_units(to)
    moment = instant(at)
    office, standing = _office(found, by)
    because = Because(office=office, standing=standing, explanation=f"{to.names}: {why}")
    terms = _Terms(by=by, at=moment, due=deadlines.answer_due(found, moment))
    before = _standing(found)
    fresh, taken_off = _write(found, to, terms)
    after = _standing(found)
    _check_changed(before, after)
    if before["responsible"] != after["responsible"]:
        _move(found, to.responsible, terms.due)
        authors.proposal_referred(found, to.names, moment)
    target, actor = audit_target(found), rights.actor_of(by)
    told = after | ({"standing": standing} if standing else {})
    audit.record(verbs.DISPOSED, by=actor, target=target, before=before, after=told, reason=why, at=at)
    _publish_change(found, because, by, moment)
    offices.proposal_handed(found, fresh, moment)
    offices.proposal_taken_back(found, taken_off, moment)
    return selectors.standing_dispositions(found)


def _check_reviewing(found: Proposal) -> None:
    if found.state != State.REVIEWING:
        words = {"state": State(found.state).label}
        raise WrongState(_("This can't be done now: the proposal is “%(state)s”.") % words)


def _check_changed(before: dict[str, object], after: dict[str, object]) -> None:
    if before == after:
        wording = _("Nothing was changed.")
        raise Invalid(wording, fields={"responsible": [wording]})


def _check_units(to: Handover) -> None:
    closed = [unit.name for unit in to.units if not unit.is_active]
    if closed:
        wording = _("This work unit is closed: %(names)s.") % {"names": ", ".join(closed)}
        raise Invalid(wording, fields={"responsible": [wording]})


def _write(found: Proposal, to: Handover, terms: _Terms) -> tuple[list[Disposition], list[WorkUnit]]:
    """Bring the rows in line with ``to``; returns those new to their unit, and the units taken off."""
    standing = {row.unit_id: row for row in selectors.standing_dispositions(found)}
    wanted = {unit.pk for unit in to.units}
    taken_off = [row for row in standing.values() if row.unit_id not in wanted]
    _take_off(found, taken_off, terms.at)
    found.dispositions.update(is_responsible=False)
    fresh = []
    for unit in to.units:
        old = standing.get(unit.pk)
        leads = unit.pk == to.responsible.pk
        is_new = terms.anew or old is None or (leads and not old.is_responsible)
        values = {"is_responsible": leads, **(terms.fields(to.note) if is_new else {})}
        row, _made = found.dispositions.update_or_create(unit=unit, defaults=values)
        if is_new:
            fresh.append(row)
    return fresh, [row.unit for row in taken_off if row.closed_at is None]


def _take_off(found: Proposal, rows: list[Disposition], moment: datetime) -> None:
    heard = set(found.assessments.values_list("unit_id", flat=True))
    for row in rows:
        if row.unit_id not in heard:
            found.dispositions.filter(pk=row.pk).delete()
        else:
            found.dispositions.filter(pk=row.pk, closed_at=None).update(closed_at=moment)


def _standing(found: Proposal) -> dict[str, object]:
    """Who has it now, by the codes of the units, as the trail keeps it."""
    rows = selectors.standing_dispositions(found)
    return {
        "responsible": next((row.unit.code for row in rows if row.is_responsible), ""),
        "others": sorted(row.unit.code for row in rows if not row.is_responsible),
    }


def _move(found: Proposal, unit: WorkUnit, due: datetime) -> None:
    found.unit, found.answer_due_at = unit, due
    found.save(update_fields=["unit", "answer_due_at"])
    _place(found, unit)


def _place(found: Proposal, unit: WorkUnit) -> None:
    """The talk goes with the proposal: comments are moderated where it lies."""
    place_subject(subject_of(found), unit=unit)


def _office(found: Proposal, by: Person) -> tuple[WorkUnit, str]:
    """The office that hands on: of where it lies, or the one that handed it there before; and as what she does it."""
    where = [found.unit, *selectors.referring_offices(found)]
    unit = next(unit for unit in where if unit is not None and rights.can(by, izin.PROPOSAL_REFER, unit))
    return rights.office_for(by, izin.PROPOSAL_REFER, unit), rights.standing_for(
        by, unit, izin.PROPOSAL_REFER
    )


def _publish_change(found: Proposal, because: Because, by: Person, moment: datetime) -> None:
    Decision.objects.create(
        proposal=found,
        step=CHANGED,
        from_state=found.state,
        to_state=found.state,
        at=moment,
        by=by,
        office=because.office,
        standing=because.standing,
        explanation=because.explanation,
    )

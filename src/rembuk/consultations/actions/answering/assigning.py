"""Giving rows to a unit in charge and to a person, and placing them: butir and category."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.accounts.models import Person
from rembuk.common.clock import instant
from rembuk.common.errors import Invalid, require
from rembuk.consultations import rules, verbs
from rembuk.consultations.actions.answering import acts
from rembuk.consultations.actions.answering.acts import Done
from rembuk.consultations.models import Clause, MatrixRow
from rembuk.consultations.notices import matrix as notices
from rembuk.consultations.states import RowState
from rembuk.taxonomy.models import Category
from rembuk.taxonomy.tree import settled
from rembuk.workunits.models import WorkUnit


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """Where rows go; what is ``None`` stays. With a new unit and no person they lie with nobody."""

    unit: WorkUnit | None = None
    person: Person | None = None
    to_nobody: bool = False
    category: Category | None = None
    clause: Clause | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing would change."""
        return not (self.unit or self.person or self.to_nobody or self.category or self.clause)


@transaction.atomic
def assign_rows(rows: Sequence[MatrixRow], *, to: Assignment, by: Person, at: datetime | None = None) -> Done:
    """Give rows to a unit or a person, or place them at a butir or category. Person or unit are told, in one notice.

    Raises:
        Invalid: for nothing to change, a person who may not answer there, or a butir of another consultation.
        Denied, WrongState: for a single row; of several the refused ones are reported.
    """
    moment, found = instant(at), acts.lock_rows(rows)
    _check_target(to, found)

    def check(row: MatrixRow) -> None:
        # Moving work between units is the consultation's business; within a unit its own.
        if to.unit is not None and to.unit.pk != row.unit_id:
            require(rules.may_assign(row.consultation, by))
        require(rules.may_answer(row, by))
        if row.state == RowState.PUBLISHED:
            raise acts.wrong_state(row)

    done = acts.sort_out(found, check)
    if done.rows:
        act = acts.act_of(rows, by, moment)
        acts.change_rows(done.rows, _columns(to))
        acts.note_deed(done.rows, "assigned", act)
        acts.record(done.rows, verbs.ROW_ASSIGNED, act, after=_facts(to))
        _tell(done.rows, to, act)
    return done


def _check_target(to: Assignment, rows: Sequence[MatrixRow]) -> None:
    consultation = rows[0].consultation
    if to.is_empty:
        raise Invalid(_("Choose a unit, a person, a butir or a category."))
    if to.clause is not None and to.clause.consultation_id != consultation.pk:
        wording = _("Choose a part of the published version.")
        raise Invalid(wording, fields={"clause": [wording]})
    if to.person is None:
        return
    units = [to.unit] if to.unit else list({row.unit_id: row.unit for row in rows}.values())
    if rights.can(to.person, izin.CONSULTATION_ANSWER, consultation.unit):
        return
    if not all(rights.can(to.person, izin.CONSULTATION_ANSWER, unit) for unit in units):
        wording = _("This person may not answer for the unit in charge.")
        raise Invalid(wording, fields={"person": [wording]})


def _columns(to: Assignment) -> dict[str, Any]:
    columns: dict[str, Any] = {}
    if to.unit is not None:
        columns |= {"unit": to.unit, "assigned_to": to.person}
    if to.person is not None or to.to_nobody:
        columns["assigned_to"] = to.person
    if to.category is not None:
        columns["category"] = settled(to.category)
    if to.clause is not None:
        columns["clause"] = to.clause
    return columns


def _facts(to: Assignment) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    if to.unit is not None:
        facts["unit"] = to.unit.code
    if to.person is not None or to.to_nobody:
        facts["assigned_to"] = to.person.pk if to.person else None
    if to.category is not None:
        facts["category"] = to.category.slug
    if to.clause is not None:
        facts["clause"] = to.clause.number
    return facts


def _tell(rows: Sequence[MatrixRow], to: Assignment, act: acts.RowAct) -> None:
    if to.person is not None and to.person.pk != act.by.pk:
        notices.rows_assigned(rows, to.person, at=act.moment)
    elif to.unit is not None and to.person is None:
        notices.rows_handed(rows, to.unit, by=act.by, at=act.moment)

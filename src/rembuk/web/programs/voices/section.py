"""The part about voices on the desk page of a programme: its newest round, and milestones that citizens contradict."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.access import rights
from rembuk.access.permissions import CONSULTATION_EDIT
from rembuk.accounts.models import Person
from rembuk.common.clock import now
from rembuk.programs import rules
from rembuk.programs.evaluation import rounds, witnesses
from rembuk.programs.models import Milestone, Program, Round
from rembuk.programs.states import State
from rembuk.web.programs.voices import parts

type Row = dict[str, Any]


def section(program: Program, by: Person) -> Row:
    """The part of the programme's desk page: the newest round, and milestones that citizens contradict."""
    moment = now()
    newest = list(program.rounds.all()[:1])
    for found in newest:
        found.program = program
    rows = [parts.round_row(found, rounds.result(found), moment) for found in newest]
    against = list(witnesses.contradicted(program.milestones.all()).order_by("-claimed_at", "-id"))
    for milestone in against:
        milestone.program = program
    return {
        "rounds": rows,
        "rounds_url": reverse("desk_programs:rounds", args=[program.code]),
        "open_url": open_url(program, by, newest),
        "contradicted": contradicted_rows(against),
        "consult_url": _consult_url(program, by),
    }


def contradicted_rows(found: Iterable[Milestone]) -> list[Row]:
    """Milestones that citizens contradict, for ``components/queue.html``; annotated by ``witnesses.contradicted``."""
    return [
        {
            "url": reverse("programs:milestone", args=[row.program.code, row.public_id]),
            "title": row.title,
            "code": row.program.code,
            "unit": row.program.unit.label,
            "at": row.claimed_at,
            "kind": parts.said_words(_said(row)),
            "flags": [{"label": _("contradicted by citizens"), "tone": "bad"}],
        }
        for row in found
    ]


def _said(row: Any) -> witnesses.Said:
    return witnesses.Said(yes=row.yes, no=row.no, partly=row.answers - row.yes - row.no)


def _consult_url(program: Program, by: Person) -> str:
    """Where a consultation of the kind "evaluation" is made about it, also while another phase leads; else empty."""
    if program.state == State.CANCELLED or not rights.can(by, CONSULTATION_EDIT):
        return ""
    phase = rounds.evaluating(program).first()
    if phase is None:
        return ""
    query = urlencode({"program": program.code, "fase": phase.position})
    return f"{reverse('desk_consultations:new')}?{query}"


def open_url(program: Program, by: Person, newest: Iterable[Round]) -> str:
    """Where a round is opened; empty without the right, while one is open, or while nothing is evaluated."""
    is_free = not any(rounds.is_open(found, now()) for found in newest)
    may = is_free and program.state == State.PUBLISHED and rules.may_run_rounds(program, by).ok
    if not may or not rounds.can_be_opened_in(program).exists():
        return ""
    return reverse("desk_programs:open_round", args=[program.code])

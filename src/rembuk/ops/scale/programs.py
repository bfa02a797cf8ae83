"""Work programmes with phases, milestones, money, news, and links to the proposals they take up."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from psycopg.types.json import Jsonb

from rembuk.common.text import render_staff
from rembuk.engagement.models import Ballot
from rembuk.ops.scale import trail, wording
from rembuk.ops.scale.making import Making
from rembuk.ops.scale.talk import Topic
from rembuk.ops.scale.trail import Office
from rembuk.programs.models import (
    Link,
    Milestone,
    Pagu,
    Phase,
    Program,
    ProgramEvent,
    ProgramPlace,
    Realisation,
    Update,
)

_STATES = [("published", 78), ("completed", 12), ("draft", 4), ("postponed", 4), ("cancelled", 2)]
_KINDS = (("planning", 60), ("execution", 120), ("evaluation", 60))
_STEPS = {
    "completed": ("complete", "program.completed"),
    "postponed": ("postpone", "program.postponed"),
    "cancelled": ("cancel", "program.cancelled"),
}
_SENTENCE = "Usulan ini dilaksanakan dalam program ini sesuai hasil telaah."
_ORDER = (ProgramPlace, Phase, Milestone, Pagu, Realisation, Update, ProgramEvent, Link)
_NEWS = "Kabar pelaksanaan"
_MILESTONES = 2
_WITHOUT_BUDGET = 1 / 8


def code_of(year: int, place: int) -> str:
    """The public code of the programme at a place of the series, from 1."""
    return f"PRG-{year}-{place:04}"


@dataclass(frozen=True, slots=True)
class _Plan:
    """What all rows of one programme need."""

    number: int
    code: str
    state: str
    title: str
    office: Office
    at: datetime

    @property
    def is_public(self) -> bool:
        return self.state != "draft"


@dataclass(frozen=True, slots=True)
class _Span:
    """A phase's place and days."""

    position: int
    kind: str
    begins: date
    ends: date
    state: str
    leads: bool


def undertake(
    of: Callable[[], Making], count: int, taken: Mapping[str, Mapping[str, int]], *, chunk: int = 2_000
) -> Iterator[tuple[list[Topic], list[int]]]:
    """Write ``count`` programmes in chunks; ``taken`` are numbers of proposals by their codes, by that of the programme.

    Gives the topics of their phases, and the subjects nobody votes on.
    """
    for start in range(1, count + 1, chunk):
        making, topics, silent = of(), list[Topic](), list[int]()
        for place in range(start, min(start + chunk, count + 1)):
            code = code_of(making.site.now.year, place)
            plan, spans, subject = _one(making, code, taken.get(code, {}))
            silent.append(subject)
            topics += [_phase(making, plan, span) for span in spans]
        making.write(Program, _ORDER)
        yield topics, silent


def _one(making: Making, code: str, taken: Mapping[str, int]) -> tuple[_Plan, list[_Span], int]:
    draw, site = making.draw, making.site
    state, office, where = draw.weighted(_STATES), draw.choice(site.offices), wording.place(draw)
    at = draw.between(site.begun_at, site.now - timedelta(days=5))
    plan = _Plan(making.loader.number(Program), code, state, wording.title(draw, where), office, at)
    body, (region, name) = wording.body(draw, 3), site.places.village(draw)
    subject = making.subject(
        "program", code, plan.title, f"/program/{code}/", office, at, is_visible=plan.is_public
    )
    making.words[plan.number] = (plan.title, f"{code} {where}, {name}", body)
    spans = list(_spans(making, plan))
    making.add(
        Program, id=plan.number, code=code, state=state, subject_id=subject, title=plan.title, summary=body[:250],
        body=body, html=render_staff(body), category_id=draw.choice(site.categories), unit_id=office.unit.pk, place=where,
        region_id=region, year=site.now.year, created_by_id=office.head, created_at=at, changed_at=at,
        published_at=at if plan.is_public else None, ended_at=site.now if state in ("completed", "cancelled") else None,
        leading_kind=next(span.kind for span in spans if span.leads),
    )  # fmt: skip
    making.add(ProgramPlace, program_id=plan.number, position=1, words=where, region_id=region)
    for proposal in taken.values():
        making.add(
            Link, program_id=plan.number, proposal_id=proposal, extent="whole", sentence=_SENTENCE,
            added_by_id=office.head, added_at=at,
        )  # fmt: skip
    _events(making, plan, taken)
    _money(making, plan)
    return plan, spans, subject


def _events(making: Making, plan: _Plan, taken: Mapping[str, int]) -> None:
    created: dict[str, object] = {
        "title": plan.title, "unit": plan.office.unit.code, "year": making.site.now.year
    }  # fmt: skip
    _deed(making, plan, plan.at, "program.created", (None, created))
    if taken:
        _deed(making, plan, plan.at, "program.proposal_linked", (None, dict.fromkeys(taken, "whole")))
    steps = [("publish", "draft", "published", "program.published", plan.at)] if plan.is_public else []
    if plan.state in _STEPS:
        step, verb = _STEPS[plan.state]
        steps.append((step, "published", plan.state, verb, making.site.now))
    for step, before, after, verb, at in steps:
        making.add(
            ProgramEvent, program_id=plan.number, step=step, from_state=before, to_state=after, at=at,
            by_id=plan.office.head, office_id=plan.office.unit.pk, codes=Jsonb([]),
        )  # fmt: skip
        _deed(making, plan, at, verb, ({"state": before}, {"state": after}))


def _money(making: Making, plan: _Plan) -> None:
    """What it may cost, and what was spent; of one in eight nothing is named."""
    if making.draw.random() < _WITHOUT_BUDGET:
        return
    amount = Decimal(making.draw.randrange(50, 5_000)) * 1_000_000
    first = amount if plan.is_public else None
    pagu = making.add(Pagu, program_id=plan.number, fund="apbd", first_amount=first, amount=amount)
    if plan.is_public:
        spent = (amount * making.draw.randrange(5, 90) / 100).quantize(Decimal("0.01"))
        making.add(
            Realisation, public_id=making.public_id(), program_id=plan.number, pagu_id=pagu, amount=spent,
            spent_on=making.site.now.date(), document_number=f"{plan.number:05}/SP2D/LS/{making.site.now.year}",
            description="Termin", by_id=plan.office.head, at=making.site.now,
        )  # fmt: skip
        spent_on = making.site.now.date().isoformat()
        facts: dict[str, object] = {
            "document_number": f"{plan.number:05}/SP2D/LS/{making.site.now.year}", "fund": "apbd",
            "amount": f"{spent:.2f}", "spent_on": spent_on,
        }  # fmt: skip
        _deed(making, plan, making.site.now, "program.realisation_entered", (None, facts))


def _spans(making: Making, plan: _Plan) -> Iterator[_Span]:
    """One phase after the other: the first that is not over leads, or the last of all."""
    begins, today, spans = plan.at.date(), making.site.now.date(), []
    for kind, days in _KINDS:
        spans.append((kind, begins, begins + timedelta(days=days)))
        begins += timedelta(days=days)
    over = len(spans) if plan.state == "completed" else sum(ends < today for _kind, _begins, ends in spans)
    over = over if plan.is_public else 0
    leading = min(over, len(spans) - 1)
    for place, (kind, first, last) in enumerate(spans):
        is_active = place == leading and plan.is_public
        state = "done" if place < over else "active" if is_active else "upcoming"
        yield _Span(place + 1, kind, first, last, state, place == leading)


def _phase(making: Making, plan: _Plan, span: _Span) -> Topic:
    today, code = making.site.now.date(), f"{plan.code}-{span.position}"
    since = making.site.begun_at if span.begins > today else _morning(making, span.begins)
    subject = making.subject(
        "phase", code, f"{span.kind}: {plan.title}", f"/program/{plan.code}/fase/{span.position}/", plan.office, since,
        is_visible=plan.is_public,
    )  # fmt: skip
    began = None if span.state == "upcoming" else min(span.begins, today)
    ended = max(began or span.ends, min(span.ends, today)) if span.state == "done" else None
    first = (span.begins, span.ends) if plan.is_public else (None, None)
    phase = making.add(
        Phase, program_id=plan.number, kind=span.kind, position=span.position, state=span.state, is_leading=span.leads,
        subject_id=subject, first_start_on=first[0], first_end_on=first[1], planned_start_on=span.begins,
        planned_end_on=span.ends, actual_start_on=began, actual_end_on=ended,
    )  # fmt: skip
    for step in range(_MILESTONES):
        _milestone(making, plan, span, phase, step)
    if began:
        _moved(making, plan, code, "started", ("upcoming", "active"), ("actual_start_on", began))
        _news(making, plan, phase)
    if ended:
        _moved(making, plan, code, "finished", ("active", "done"), ("actual_end_on", ended))
    return Topic(subject, making.loader.number(Ballot), code, "phase", plan.office.unit, since, (1, 2, 3))


def _milestone(making: Making, plan: _Plan, span: _Span, phase: int, step: int) -> None:
    length, is_done = (span.ends - span.begins).days // _MILESTONES, span.state == "done"
    begins = span.begins + timedelta(days=step * length)
    ends = begins + timedelta(days=length - 1)
    first = (begins, ends, Decimal("10.00")) if plan.is_public else (None, None, None)
    public_id, title = making.public_id(), wording.title(making.draw, "lokasi program")[:150]
    making.add(
        Milestone, public_id=public_id, program_id=plan.number, phase_id=phase,
        position=_MILESTONES * (span.position - 1) + step + 1, title=title,
        weight=Decimal("10.00"), office_id=plan.office.unit.pk, state="done" if is_done else "planned",
        first_start_on=first[0], first_end_on=first[1], first_weight=first[2], planned_start_on=begins, planned_end_on=ends,
        actual_start_on=begins if is_done else None, actual_end_on=ends if is_done else None, claims=int(is_done),
    )  # fmt: skip
    if is_done:
        before: dict[str, object] = {"state": "planned", "actual_start_on": None, "actual_end_on": None}
        after: dict[str, object] = {
            "milestone": str(public_id), "title": title, "state": "done",
            "actual_start_on": begins.isoformat(), "actual_end_on": ends.isoformat(),
        }  # fmt: skip
        _deed(making, plan, _since(making, plan, ends), "milestone.reached", (before, after))


def _moved(
    making: Making, plan: _Plan, code: str, verb: str, states: tuple[str, str], on: tuple[str, date]
) -> None:
    """The entry of a step of a phase, on the day it happened."""
    name, day = on
    before: dict[str, object] = {"state": states[0], name: None}
    after: dict[str, object] = {"state": states[1], name: day.isoformat()}
    _deed(making, plan, _since(making, plan, day), f"phase.{verb}", (before, after), phase=code)


def _news(making: Making, plan: _Plan, phase: int) -> None:
    body, at = wording.body(making.draw, 2), making.draw.between(plan.at, making.site.now)
    making.add(
        Update, public_id=making.public_id(), program_id=plan.number, phase_id=phase, title=_NEWS, body=body,
        html=render_staff(body), by_id=plan.office.head, office_id=plan.office.unit.pk, at=at,
    )  # fmt: skip
    _deed(making, plan, at, "program.update_posted", (None, {"title": _NEWS, "pictures": 0}))


def _deed(
    making: Making,
    plan: _Plan,
    at: datetime,
    verb: str,
    facts: tuple[dict[str, object] | None, dict[str, object] | None] = (None, None),
    phase: str = "",
) -> None:
    """The entry of an act; ``phase`` is the code of one where it is not the programme itself."""
    kind, office = "phase" if phase else "program", plan.office
    making.deeds.append(
        trail.Deed(at, verb, office.head, kind, phase or plan.code, office.unit, office, *facts)
    )


def _since(making: Making, plan: _Plan, day: date) -> datetime:
    """A moment of that day, not before the programme was there and not to come."""
    return max(plan.at, _morning(making, day))


def _morning(making: Making, day: date) -> datetime:
    return min(making.site.now.replace(year=day.year, month=day.month, day=day.day, hour=1), making.site.now)

"""Making and editing a programme: its words, and before publication its dates. Proposals are in ``link``."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from rembuk.access import permissions as izin
from rembuk.accounts.models import Person
from rembuk.common.clock import instant
from rembuk.common.errors import Invalid, WrongState, require
from rembuk.common.text import clean_line, clean_text, render_staff
from rembuk.engagement.actions.subjects import (
    draw_codes,
    open_ballot,
    open_subject,
    place_subject,
    set_ballot_open,
)
from rembuk.engagement.models import Ballot, Subject
from rembuk.programs import rules, verbs
from rembuk.programs.actions.editing.places import Spot, places_of, tidy, write_places
from rembuk.programs.actions.indexing import refresh_search
from rembuk.programs.actions.link import NewLink, add_links
from rembuk.programs.actions.steps import deed, lock, record, today
from rembuk.programs.actions.voices.witness import move_witnesses
from rembuk.programs.choices import is_nomenclature
from rembuk.programs.kinds import kinds_in, official_name, template_of
from rembuk.programs.models import Phase, PhaseTemplate, Program
from rembuk.programs.plan.days import refuse_far
from rembuk.programs.plan.overlap import Span as Dated
from rembuk.programs.plan.overlap import overlapping
from rembuk.programs.states import State
from rembuk.regions.models import Region
from rembuk.taxonomy.models import Category
from rembuk.taxonomy.tree import settled
from rembuk.workunits.models import WorkUnit

ANSWERS = (Ballot.YES, Ballot.UNSURE, Ballot.NO)
type Span = tuple[date | None, date | None]
"""First and last planned day of a phase."""
type Plan = Mapping[int, Span]
"""Planned days by the phase's number from 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What staff write about a programme; ``body`` is staff Markdown, ``further`` places follow on the first."""

    title: str
    summary: str
    unit: WorkUnit
    year: int
    body: str = ""
    category: Category | None = None
    region: Region | None = None
    place: str = ""
    further: Sequence[Spot] = ()
    nomenclature: str = ""
    executing_unit: WorkUnit | None = None
    beneficiaries: str = ""
    is_public_service: bool = False


@transaction.atomic
def create_program(
    contents: Contents,
    *,
    by: Person,
    plan: Plan | None = None,
    template: PhaseTemplate | None = None,
    links: Sequence[NewLink] = (),
    at: datetime | None = None,
) -> Program:
    """A draft with the phases of a template (the default one unless told), each with its own talk, and the
    proposals it comes from. Nobody is told.

    The code is drawn now and stays. Writes the programme, phases, subjects, ballots, links and one audit
    entry.

    Raises:
        Denied: without the right in the unit, or for a proposal that lies elsewhere.
        Invalid: for dates in the wrong order or out of range, phases of one kind that overlap, a nomenclature that is no code.
        NotLinkable: for proposals in a state that can't be taken up.
    """
    require(rules.may_create(contents.unit, by))
    moment = instant(at)
    spots = tidy([Spot(contents.region, contents.place), *contents.further])
    columns = _columns(contents, spots, moment)
    (code,) = draw_codes("PRG", today(moment).year)
    program = Program.objects.create(
        code=code, subject=_subject(code, contents, moment), created_by=by, created_at=moment, **columns
    )
    write_places(program, spots)
    for number, kind in enumerate(kinds_in(template or template_of("")), 1):
        _make_phase(program, number, kind, (plan or {}).get(number, (None, None)), moment)
    refuse_overlap(program)
    act = deed(program, izin.PROGRAM_EDIT, by=by, moment=moment)
    record(
        program,
        verbs.CREATED,
        act,
        after={"title": program.title, "unit": program.unit.code, "year": program.year},
    )
    if links:
        add_links(program, links, act)
    refresh_search(program)
    return program


@transaction.atomic
def edit_program(
    program: Program, contents: Contents, *, by: Person, plan: Plan | None = None, at: datetime | None = None
) -> Program:
    """New words for a programme; ``plan`` changes dates of a draft only, a published plan is revised
    (``revise``).

    A new unit needs the right there too. Writes named fields and one audit entry; nothing when nothing
    changed.

    Raises:
        Denied: without the right in the old and the new unit.
        Invalid: as ``create_program``.
        WrongState: for a cancelled programme, or dates of a published one.
    """
    found = lock(program)
    require(rules.may_edit(found, by))
    require(rules.may_create(contents.unit, by))
    if found.state == State.CANCELLED:
        raise WrongState(_("A cancelled work programme can't be edited."))
    if plan and found.state != State.DRAFT:
        raise WrongState(_("The plan is published. Its dates change only by a public revision."))
    act = deed(found, izin.PROGRAM_EDIT, by=by, moment=instant(at))
    spots = tidy([Spot(contents.region, contents.place), *contents.further])
    columns = _columns(contents, spots, act.moment)
    before, after = _differences(found, columns, spots)
    dates = _plan_draft(found, plan) if plan else {}
    if before or after or dates:
        _write(found, columns, spots)
        record(found, verbs.EDITED, act, before=before, after={**after, **dates})
        refresh_search(found)
    return found


def _columns(contents: Contents, spots: Sequence[Spot], moment: datetime) -> dict[str, Any]:
    body, first = clean_text(contents.body), next(iter(spots), Spot())
    nomenclature = clean_line(contents.nomenclature)
    if nomenclature and not is_nomenclature(nomenclature):
        message = _("A code of the nomenclature looks like 1.03.10, 1.03.10.2.01 or 1.03.10.2.01.0005.")
        raise Invalid(message, fields={"nomenclature": [message]})
    return {
        "title": clean_line(contents.title),
        "summary": clean_line(contents.summary),
        "body": body,
        "html": render_staff(body),
        "category": settled(contents.category),
        "unit": contents.unit,
        "region": first.region,
        "place": first.words,
        "year": contents.year,
        "nomenclature": nomenclature,
        "executing_unit": contents.executing_unit,
        "beneficiaries": clean_line(contents.beneficiaries),
        "is_public_service": contents.is_public_service,
        "changed_at": moment,
    }


def _subject(code: str, contents: Contents, moment: datetime) -> Subject:
    return open_subject(
        kind=Subject.Kind.PROGRAM,
        code=code,
        title=clean_line(contents.title),
        path=f"/program/{code}/",
        unit=contents.unit,
        author=None,
        at=moment,
    )


def _make_phase(program: Program, number: int, kind: str, span: Span, moment: datetime) -> Phase:
    """A phase with a subject and a question of its own; the first one leads until another is chosen."""
    _checked(span, number)
    subject = open_subject(
        kind=Subject.Kind.PHASE,
        code=f"{program.code}-{number}",
        title=_phase_title(program.title, kind),
        path=f"/program/{program.code}/fase/{number}/",
        unit=program.unit,
        author=None,
        at=moment,
    )
    set_ballot_open(open_ballot(subject, kind=Ballot.Kind.QUESTION, choices=ANSWERS), is_open=False)
    return Phase.objects.create(
        program=program,
        kind=kind,
        position=number,
        subject=subject,
        is_leading=number == 1,
        planned_start_on=span[0],
        planned_end_on=span[1],
    )


def _phase_title(title: str, kind: str) -> str:
    """Stored once for queues and lists, so in the official language."""
    return f"{official_name(kind)}: {title}"[:300]


def _checked(span: Span, number: int) -> None:
    start, end = span
    refuse_far({f"start_{number}": start, f"end_{number}": end})
    if end is not None and (start is None or end < start):
        message = _("A phase can't end before it starts.")
        raise Invalid(message, fields={f"end_{number}": [message]})


def _differences(
    program: Program, columns: dict[str, Any], spots: Sequence[Spot]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Named fields before and after; of long texts only that they changed, units and lists by their code."""
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    for name in (name for name in columns if name not in {"html", "changed_at"}):
        old, new = getattr(program, name), columns[name]
        if old != new:
            is_long = name == "body"
            before[name] = "…" if is_long else _plain(old)
            after[name] = "…" if is_long else _plain(new)
    old_spots = places_of(program)
    if old_spots[1:] != tuple(spots)[1:]:
        before["places"] = [str(spot) for spot in old_spots]
        after["places"] = [str(spot) for spot in spots]
    return before, after


def _plain(value: object) -> object:
    key = next((getattr(value, name) for name in ("code", "slug") if hasattr(value, name)), None)
    return key if key is not None else value


def _write(program: Program, columns: dict[str, Any], spots: Sequence[Spot]) -> None:
    is_moved = columns["unit"] != program.unit
    for name, value in columns.items():
        setattr(program, name, value)
    program.save(update_fields=list(columns))
    write_places(program, spots)
    Subject.objects.filter(pk=program.subject_id).update(title=program.title)
    place_subject(program.subject, unit=program.unit)
    if is_moved:
        move_witnesses(program)
    for phase in program.phases.select_related("subject"):
        Subject.objects.filter(pk=phase.subject_id).update(title=_phase_title(program.title, phase.kind))
        place_subject(phase.subject, unit=program.unit)


def _plan_draft(program: Program, plan: Plan) -> dict[str, Any]:
    """New dates of a draft's phases; returns those that changed, in ISO form."""
    changed: dict[str, Any] = {}
    for phase in program.phases.all():
        span = plan.get(phase.position, (phase.planned_start_on, phase.planned_end_on))
        _checked(span, phase.position)
        if span != (phase.planned_start_on, phase.planned_end_on):
            phase.planned_start_on, phase.planned_end_on = span
            phase.save(update_fields=["planned_start_on", "planned_end_on"])
            changed[f"phase_{phase.position}"] = [day.isoformat() if day else None for day in span]
    refuse_overlap(program)
    return changed


def refuse_overlap(program: Program) -> None:
    """Refuse a plan in which phases of one kind share a day, as the database would.

    Raises:
        Invalid: at the later one of the first such pair.
    """
    rows = program.phases.values_list("position", "kind", "planned_start_on", "planned_end_on")
    for one, other in overlapping(Dated(*row) for row in rows)[:1]:
        message = _("Phases %(one)s and %(other)s are of one kind and can't overlap.") % {
            "one": one,
            "other": other,
        }
        raise Invalid(message, fields={f"start_{other}": [message]})

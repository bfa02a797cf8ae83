"""What every act on a programme shares: the lock, the check of the table, the public event, the audit entry.

Here too: how the talk of a programme and its phases follows their states.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from rembuk.access.permissions import Permission
from rembuk.access.rights import actor_of, office_for, standing_for
from rembuk.accounts.models import Person
from rembuk.audit import actions as audit
from rembuk.audit.verbs import Verb
from rembuk.common.clock import local_date
from rembuk.common.errors import Invalid
from rembuk.common.text import clean_text
from rembuk.engagement.actions.subjects import set_ballots_open, show_subject
from rembuk.programs.errors import AlreadyMoved
from rembuk.programs.kinds import kind_of
from rembuk.programs.models import Milestone, Phase, Program, ProgramEvent
from rembuk.programs.plan.days import refuse_far
from rembuk.programs.states import PUBLIC, PhaseState, State, Step
from rembuk.siteconfig.selectors import current
from rembuk.workunits.models import WorkUnit

MIN_REASON = 20
# While cancelled nothing can be said any more; a completed programme still takes what citizens find.
TALKING = frozenset({State.PUBLISHED, State.POSTPONED, State.COMPLETED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """Who acts under which office and as what, why, and when: what every act passes on."""

    by: Person
    office: WorkUnit
    moment: datetime
    reason: str = ""
    standing: str = ""


def lock(program: Program) -> Program:
    """The programme as it is now, its row locked until the transaction ends; its phases are moved under this
    lock.
    """
    return (
        Program.objects.select_for_update(of=("self",)).select_related("subject", "unit").get(pk=program.pk)
    )


def deed(program: Program, permission: Permission, *, by: Person, moment: datetime, reason: str = "") -> Deed:
    """The act of a person whose right was checked: the office is where the grant that allows it was given."""
    office = office_for(by, permission, program.unit)
    standing = standing_for(by, program.unit, permission)
    return Deed(by=by, office=office, moment=moment, reason=reason, standing=standing)


def today(moment: datetime) -> Any:
    """The date of an instant where the office is."""
    return local_date(moment, current().tz)


def checked_reason(text: str, *, needed: bool = True) -> str:
    """The cleaned reason of a step.

    Raises:
        Invalid: where one is needed and it has fewer than ``MIN_REASON`` characters.
    """
    cleaned = clean_text(text)
    if needed and len(cleaned) < MIN_REASON:
        message = _("Give a reason of at least %(least)s characters. It is public.") % {"least": MIN_REASON}
        raise Invalid(message, fields={"reason": [message]})
    return cleaned


def check_step(
    program: Program, state: str, step: Step, label: str, about: Phase | Milestone | None = None
) -> None:
    """Refuse a step the table does not have from ``state``, saying who moved it last and when.

    Raises:
        AlreadyMoved: 409, with office and moment.
    """
    if state in step.sources:
        return
    last = program.events.filter(**_about(about)).select_related("office").order_by("-at", "-id").first()
    if last is None:
        raise AlreadyMoved(_("This can't be done now: the state is “%(state)s”.") % {"state": label})
    words = {
        "office": last.office.name,
        "moment": date_format(localtime(last.at), "SHORT_DATETIME_FORMAT"),
        "state": label,
    }
    raise AlreadyMoved(
        _("%(office)s changed this at %(moment)s: the state is now “%(state)s”. Nothing was changed by you.")
        % words
    )


def take_step(program: Program, step: Step, act: Deed, changes: dict[str, Any] | None = None) -> ProgramEvent:
    """Move a locked programme by one step, with public event, audit entry and the state of its talk."""
    check_step(program, program.state, step, str(State(program.state).label))
    before = program.state
    fields = {"state": step.target, "changed_at": act.moment, **(changes or {})}
    for name, value in fields.items():
        setattr(program, name, value)
    program.save(update_fields=list(fields))
    follow_states(program)
    record(program, step.verb, act, before={"state": before}, after={"state": step.target})
    return add_event(program, step.name, act, moved=(before, step.target))


def record(
    program: Program,
    verb: Verb | str,
    act: Deed,
    *,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    key: str = "",
) -> None:
    """The audit entry of an act; ``key`` names a phase where it is not the programme itself."""
    target = audit.Target(
        kind="phase" if key else "program",
        key=key or program.code,
        unit_id=program.unit_id,
        unit_path=program.unit.path,
        shown_by=("program", program.code),
    )
    told = {**(after or {}), "standing": act.standing} if act.standing else after
    audit.record(
        verb, by=actor_of(act.by), target=target, before=before, after=told, reason=act.reason, at=act.moment
    )


def add_event(
    program: Program,
    name: str,
    act: Deed,
    *,
    phase: Phase | Milestone | None = None,
    moved: tuple[str, str] | None = None,
    codes: Sequence[str] = (),
) -> ProgramEvent:
    """One line of the public history: of the programme, of a phase, or (as ``phase``) of a milestone."""
    state = phase.state if phase else program.state
    before, after = moved or (state, state)
    return ProgramEvent.objects.create(
        program=program,
        **_about(phase),
        step=name,
        from_state=before,
        to_state=after,
        at=act.moment,
        by=act.by,
        office=act.office,
        standing=act.standing,
        reason=act.reason,
        codes=list(codes),
    )


def happened_on(act: Deed, on: date | None, field: str) -> date:
    """The day something really began or ended: the one told, else today.

    Raises:
        Invalid: for a day to come, or one so long ago that its year is mistyped.
    """
    last = today(act.moment)
    day: date = on or last
    if day > last:
        message = _("This day has not come yet.")
        raise Invalid(message, fields={field: [message]})
    refuse_far({field: day})
    return day


def _about(thing: Phase | Milestone | None) -> dict[str, Phase | Milestone | None]:
    if isinstance(thing, Milestone):
        return {"phase": thing.phase, "milestone": thing}
    return {"phase": thing, "milestone": None}


def follow_states(program: Program) -> None:
    """Show the talk of a public programme; a phase is open for comments and answers while it takes them."""
    visible = program.state in PUBLIC
    show_subject(program.subject, visible=visible, comments_open=False)
    for phase in program.phases.select_related("subject"):
        is_open = takes_talk(program, phase)
        show_subject(
            phase.subject, visible=visible, comments_open=is_open and kind_of(phase.kind).takes_comments
        )
        set_ballots_open(phase.subject, is_open=is_open and kind_of(phase.kind).takes_answers)


def takes_talk(program: Program, phase: Phase) -> bool:
    """Whether a phase takes comments and answers now: the first since publication, others once begun, also
    when done.

    Another phase may lead meanwhile; monitoring has its say while the work goes on.
    """
    return program.state in TALKING and (phase.position == 1 or phase.state != PhaseState.UPCOMING)

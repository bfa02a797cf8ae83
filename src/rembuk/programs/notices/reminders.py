"""What offices are reminded of: days of milestones and phases that come near or are over, and programmes without news.

Each reminder is named after the fact and the planned day, so that it is written once however often the job runs, and
again after a revision.
"""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from rembuk.access import permissions as izin
from rembuk.access.holders import holder_ids
from rembuk.notifications import outbox
from rembuk.notifications.kinds import DUTY, Kind, Text, register
from rembuk.programs.kinds import official_name
from rembuk.programs.models import Milestone, Phase, Program
from rembuk.workunits.models import WorkUnit


def _duty(key: str, label: Text, subject: Text, body: Text) -> Kind:
    return Kind(key=f"program.{key}", label=label, subject=subject, body=body, category=DUTY)


MILESTONE_DUE = _duty(
    "milestone_due",
    _("A milestone of ours is due within a week"),
    _("Due on %(day)s: %(milestone)s"),
    _(
        "“%(milestone)s” of the work programme “%(title)s” (%(code)s) is planned to be done on %(day)s. Call it done with "
        "evidence, or revise the plan with a reason."
    ),
)
MILESTONE_OVERDUE = _duty(
    "milestone_overdue",
    _("A milestone of ours is overdue"),
    _("Overdue since %(day)s: %(milestone)s"),
    _(
        "“%(milestone)s” of the work programme “%(title)s” (%(code)s) was to be done on %(day)s. Everybody can see that it "
        "is late. Call it done with evidence, or revise the plan with a reason."
    ),
)
PHASE_DUE = _duty(
    "phase_due",
    _("A phase of ours ends within a week"),
    _("Ends on %(day)s: %(phase)s, “%(title)s”"),
    _(
        "Phase %(number)s, %(phase)s, of the work programme “%(title)s” (%(code)s) is planned to end on %(day)s. Finish it, "
        "or revise the plan with a reason."
    ),
)
PHASE_OVERDUE = _duty(
    "phase_overdue",
    _("A phase of ours is overdue"),
    _("Overdue since %(day)s: %(phase)s, “%(title)s”"),
    _(
        "Phase %(number)s, %(phase)s, of the work programme “%(title)s” (%(code)s) was to end on %(day)s. Everybody can see "
        "that it is late. Finish it, or revise the plan with a reason."
    ),
)
SILENT = _duty(
    "silent",
    _("A work programme of ours has had no news for 30 days"),
    _("No news since %(day)s: “%(title)s”"),
    _(
        "The work programme “%(title)s” (%(code)s) has had no news since %(day)s, and its page says so. Tell in a few "
        "sentences how it goes."
    ),
)
register(MILESTONE_DUE, MILESTONE_OVERDUE, PHASE_DUE, PHASE_OVERDUE, SILENT)


def milestone(row: Milestone, number: int, moment: datetime) -> int:
    """Remind of a milestone (with programme and office): ``number`` 0 before its day, then 1, 2, … once it is over."""
    kind = MILESTONE_OVERDUE if number else MILESTONE_DUE
    key = f"{kind.key}:{row.public_id}:{row.planned_end_on.isoformat()}:{number}"
    params = {"milestone": row.title, **_params(row.program, row.planned_end_on)}
    page = f"/kelola/program/{row.program.code}/tonggak/#tonggak-{row.public_id}"
    people = _office(row.program.unit, moment)
    told = outbox.enqueue(key, kind=kind.key, recipients=people, params=params, url=page, at=moment)
    if row.office_id == row.program.unit_id:
        return told
    # The office in charge may have no right in the unit of the programme: it reads the public page.
    others = set(_office(row.office, moment)) - set(people)
    page = f"/program/{row.program.code}/"
    return told + outbox.enqueue(
        f"{key}:office", kind=kind.key, recipients=others, params=params, url=page, at=moment
    )


def phase(row: Phase, number: int, moment: datetime) -> int:
    """The same of a phase with its planned end."""
    assert row.planned_end_on is not None
    kind = PHASE_OVERDUE if number else PHASE_DUE
    params = {
        "phase": official_name(row.kind),
        "number": row.position,
        **_params(row.program, row.planned_end_on),
    }
    return outbox.enqueue(
        f"{kind.key}:{row.program.code}:{row.position}:{row.planned_end_on.isoformat()}:{number}",
        kind=kind.key,
        recipients=_office(row.program.unit, moment),
        params=params,
        url=f"/kelola/program/{row.program.code}/#fase",
        at=moment,
    )


def silence(program: Program, since: date, moment: datetime) -> int:
    """Remind once that nothing was told since a day."""
    return outbox.enqueue(
        f"{SILENT.key}:{program.code}:{since.isoformat()}",
        kind=SILENT.key,
        recipients=_office(program.unit, moment),
        params=_params(program, since),
        url=f"/kelola/program/{program.code}/kabar/",
        at=moment,
    )


def _office(unit: WorkUnit, moment: datetime) -> list[int]:
    return holder_ids(izin.PROGRAM_REPORT, unit, moment)


def _params(program: Program, day: date) -> dict[str, str | int]:
    return {"title": program.title, "code": program.code, "day": f"{day:%d/%m/%Y}"}

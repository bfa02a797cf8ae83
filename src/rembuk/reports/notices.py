"""Who hears of an evaluation: everybody who follows the programme or stands behind it, in the daily letter."""

from itertools import islice

from django.utils.translation import gettext_lazy as _

from rembuk.notifications import outbox
from rembuk.notifications.kinds import FOLLOWED, Kind, register
from rembuk.notifications.models import Frequency
from rembuk.programs import selectors as programs
from rembuk.programs.models import ProgramEvent
from rembuk.reports.models import EvaluationReport

CHUNK = 2000
EVALUATED = Kind(
    key="evaluation.published",
    label=_("The evaluation of a work programme is published"),
    subject=_("What came of it? “%(title)s”"),
    body=_(
        "%(office)s has published the evaluation of the work programme “%(title)s” (%(code)s): what was achieved, what it "
        "cost, what citizens said, and what was learned."
    ),
    category=FOLLOWED,
    default=Frequency.DAILY,
)
register(EVALUATED)


def evaluation_published(report: EvaluationReport, event: ProgramEvent) -> None:
    """An evaluation is public: tell the audience under one key, a chunk of people at a time."""
    program = report.program
    linked = list(programs.active_links(program).values_list("proposal_id", flat=True))
    left_out = [] if event.by_id is None else [event.by_id]
    people = programs.audience(program, linked, leave_out=left_out)
    while chunk := list(islice(people, CHUNK)):
        outbox.enqueue(
            f"{EVALUATED.key}:{program.code}:{report.number}",
            kind=EVALUATED.key,
            recipients=chunk,
            params={"title": program.title, "code": program.code, "office": event.office.name},
            url=f"/program/{program.code}/evaluasi/{report.number}/",
            at=event.at,
        )

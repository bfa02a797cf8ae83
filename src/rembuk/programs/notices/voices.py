"""Who hears of ratings and of what citizens say of milestones: followers are asked, authors hear of moderators."""

from collections.abc import Iterable
from datetime import datetime
from itertools import islice

from django.utils.translation import gettext_lazy as _

from rembuk.notifications import outbox
from rembuk.notifications.kinds import FOLLOWED, Kind, register
from rembuk.notifications.models import Frequency
from rembuk.programs import selectors
from rembuk.programs.models import Milestone, Program, ProgramEvent, Witness
from rembuk.taxonomy.models import ReasonCode

CHUNK = 2000
ROUND_OPENED = Kind(
    key="program.round_opened",
    label=_("A work programme asks for my rating"),
    subject=_("What do you think of the results? “%(title)s”"),
    body=_("%(office)s asks how you rate the work programme “%(title)s” (%(code)s). It takes two minutes."),
    category=FOLLOWED,
    default=Frequency.DAILY,
)
ROUND_CLOSED = Kind(
    key="program.round_closed",
    label=_("The rating of a work programme is closed"),
    subject=_("The rating is closed: “%(title)s”"),
    body=_("The rating of the work programme “%(title)s” (%(code)s) is closed. You can read the result."),
    category=FOLLOWED,
    default=Frequency.DAILY,
)
CALLED_DONE = Kind(
    key="program.milestone_done",
    label=_("A work programme calls a milestone done"),
    subject=_("Called done: %(milestone)s"),
    body=_(
        "%(office)s says that “%(milestone)s” of the work programme “%(title)s” (%(code)s) is done, and shows evidence. In "
        "four weeks we ask you whether it is; you can say so already today."
    ),
    category=FOLLOWED,
    default=Frequency.DAILY,
)
FINISHED = Kind(
    key="program.finished_asked",
    label=_("I am asked whether a milestone is finished"),
    subject=_("Is this finished? %(milestone)s"),
    body=_(
        "Four weeks ago %(office)s said that “%(milestone)s” of the work programme “%(title)s” (%(code)s) is done. Is it? You "
        "can answer for four weeks, with a picture if you like. Your answer stands beside what the office says."
    ),
    category=FOLLOWED,
    default=Frequency.DAILY,
)
HIDDEN = Kind(
    key="witness.hidden",
    label=_("What I said of a milestone was hidden"),
    subject=_("What you said was hidden: %(milestone)s"),
    body=_(
        "A moderator hid your remark and picture on “%(milestone)s”. Reason: %(reason)s. %(explanation)s\n\nYour answer "
        "stays counted."
    ),
    is_optional=False,
)
SHOWN_AGAIN = Kind(
    key="witness.shown_again",
    label=_("What I said of a milestone is shown again"),
    subject=_("What you said is shown again: %(milestone)s"),
    body=_("Your remark and picture on “%(milestone)s” are shown again. %(explanation)s"),
)
register(ROUND_OPENED, ROUND_CLOSED, CALLED_DONE, FINISHED, HIDDEN, SHOWN_AGAIN)


def round_opened(program: Program, event: ProgramEvent) -> None:
    """A round is open: everybody who follows the programme, or stands behind it."""
    _everybody(program, ROUND_OPENED, event)


def round_closed(program: Program, event: ProgramEvent) -> None:
    """A round was closed, by hand or by the clock: everybody as before."""
    _everybody(program, ROUND_CLOSED, event)


def called_done(milestone: Milestone, *, office: str, by_id: int, at: datetime) -> None:
    """A milestone is called done: everybody who follows the programme, once for each claim, but ``by_id``, who did it.

    ``milestone`` comes with its programme.
    """
    _of_claim(CALLED_DONE, milestone, office, at, (by_id,))


def finished_asked(milestone: Milestone, *, at: datetime) -> None:
    """Ask everybody who follows the programme whether it is finished, once for each claim.

    ``milestone`` comes with its programme and its unit.
    """
    _of_claim(FINISHED, milestone, milestone.program.unit.name, at)


def _of_claim(
    kind: Kind, milestone: Milestone, office: str, at: datetime, leave_out: Iterable[int] = ()
) -> None:
    program = milestone.program
    params = {"title": program.title, "code": program.code, "office": office, "milestone": milestone.title}
    key = f"{kind.key}:{milestone.public_id}:{milestone.claims}"
    _tell(program, kind, key, params, _page(milestone), at, leave_out)


def witness_hidden(witness: Witness, reason: ReasonCode, explanation: str, at: datetime) -> None:
    """Its author, with the reason."""
    _author(HIDDEN, witness, {"reason": str(reason.shown_label), "explanation": explanation}, at)


def witness_shown_again(witness: Witness, explanation: str, at: datetime) -> None:
    """Its author."""
    _author(SHOWN_AGAIN, witness, {"explanation": explanation}, at)


def _author(kind: Kind, witness: Witness, params: dict[str, str], at: datetime) -> None:
    if witness.person_id is None:
        return
    outbox.enqueue(
        f"{kind.key}:{witness.public_id}:{at:%Y%m%d%H%M%S%f}",  # a moderator may decide on one more than once
        kind=kind.key,
        recipients=[witness.person_id],
        params={"milestone": witness.milestone.title, **params},
        url=_page(witness.milestone),
        at=at,
    )


def _everybody(program: Program, kind: Kind, event: ProgramEvent) -> None:
    params = {"title": program.title, "code": program.code, "office": event.office.name}
    url = f"/program/{program.code}/penilaian/"
    left_out = () if event.by_id is None else (event.by_id,)
    _tell(program, kind, f"{kind.key}:{program.code}:{event.pk}", params, url, event.at, left_out)


def _tell(  # noqa: PLR0913
    program: Program,
    kind: Kind,
    key: str,
    params: dict[str, str],
    url: str,
    at: datetime,
    leave_out: Iterable[int],
) -> None:
    """Tell the audience under one key, a chunk of people at a time."""
    linked = list(selectors.active_links(program).values_list("proposal_id", flat=True))
    people = selectors.audience(program, linked, leave_out=list(leave_out))
    while chunk := list(islice(people, CHUNK)):
        outbox.enqueue(key, kind=kind.key, recipients=chunk, params=params, url=url, at=at)


def _page(milestone: Milestone) -> str:
    return f"/program/{milestone.program.code}/tonggak/{milestone.public_id}/"

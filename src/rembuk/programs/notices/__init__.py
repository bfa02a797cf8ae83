"""Who hears of what happens to a programme: one notice per person and event, however many proposals join.

Authors whose proposal changes its fate are told at once and apart; everybody else (supporters and followers
of the linked proposals, followers of the programme) by one event for all. Words are in ``kinds``.
"""

from collections.abc import Collection, Iterable, Sequence
from itertools import islice

from rembuk.notifications import outbox
from rembuk.notifications.kinds import Kind
from rembuk.programs import selectors
from rembuk.programs.kinds import official_name
from rembuk.programs.models import Link, Program, ProgramEvent
from rembuk.programs.notices import kinds
from rembuk.proposals.models import Proposal

CHUNK = 2000
# More codes than this are not worth reading in a sentence.
_NAMED = 5


def adopted(program: Program, links: Sequence[Link], event: ProgramEvent) -> None:
    """Proposals are taken up: the answer to each author at once, one notice to everybody else."""
    told = _authors(program, kinds.ANSWERED, [link.proposal for link in links], event, _sentences(links))
    codes = [link.proposal_id for link in links]
    _everybody(program, kinds.ADOPTED, codes, event, leave_out=told)


def removed(program: Program, link: Link, event: ProgramEvent) -> None:
    """A proposal is removed from a public programme: its author at once, its supporters and followers."""
    told = _authors(program, kinds.RETURNED, [link.proposal], event)
    _everybody(program, kinds.REMOVED, [link.proposal_id], event, leave_out=told)


def moved(
    program: Program, event: ProgramEvent, *, own: Kind | None = None, proposals: Sequence[Proposal] = ()
) -> None:
    """A step of the programme; ``own`` goes to the authors of ``proposals``, whose fate the step changes."""
    told = _authors(program, own, proposals, event) if own else set()
    _everybody(program, kinds.STEPS[event.step], _linked(program), event, leave_out=told)


def phase_moved(program: Program, event: ProgramEvent) -> None:
    """A step of a phase."""
    _everybody(program, kinds.PHASE_STEPS[event.step], _linked(program), event)


def milestone_reopened(program: Program, event: ProgramEvent) -> None:
    """What was called done goes on. (That it is done is told by ``voices.called_done``.)"""
    title = event.milestone.title if event.milestone else ""
    _everybody(program, kinds.MILESTONE_REOPENED, _linked(program), event, milestone=title)


def plan_revised(program: Program, event: ProgramEvent) -> None:
    """New dates of a public plan."""
    _everybody(program, kinds.REVISED, _linked(program), event)


def update_posted(program: Program, event: ProgramEvent, title: str) -> None:
    """News of a programme."""
    _everybody(program, kinds.NEWS, _linked(program), event, news=title)


def _linked(program: Program) -> list[int]:
    return list(selectors.active_links(program).values_list("proposal_id", flat=True))


def _sentences(links: Sequence[Link]) -> dict[int, str]:
    return {link.proposal_id: link.sentence for link in links}


def _authors(
    program: Program,
    kind: Kind,
    proposals: Iterable[Proposal],
    event: ProgramEvent,
    sentences: dict[int, str] | None = None,
) -> set[int]:
    """Tell each author once of all her proposals; returns whom."""
    theirs: dict[int, list[Proposal]] = {}
    for proposal in proposals:
        if proposal.author_id is not None:
            theirs.setdefault(proposal.author_id, []).append(proposal)
    for author, own in theirs.items():
        said = dict.fromkeys((sentences or {}).get(proposal.pk, "") for proposal in own)
        params = {**_params(program, event), "codes": _names(own), "sentence": " ".join(said)}
        key = f"{kind.key}:{program.code}:{event.pk}:{author}"
        outbox.enqueue(
            key, kind=kind.key, recipients=[author], params=params, url=_url(program, event), at=event.at
        )
    return set(theirs)


def _everybody(
    program: Program,
    kind: Kind,
    proposal_ids: Collection[int],
    event: ProgramEvent,
    *,
    leave_out: Iterable[int] = (),
    **more: str,
) -> None:
    """Tell the audience under one key, a chunk of people at a time."""
    barred = {*leave_out, *([event.by_id] if event.by_id else [])}
    people = selectors.audience(program, proposal_ids, leave_out=barred)
    params = {**_params(program, event), "codes": _codes(event.codes), **more}
    while chunk := list(islice(people, CHUNK)):
        outbox.enqueue(
            f"{kind.key}:{program.code}:{event.pk}",
            kind=kind.key,
            recipients=chunk,
            params=params,
            url=_url(program, event),
            at=event.at,
        )


def _params(program: Program, event: ProgramEvent) -> dict[str, str | int]:
    params: dict[str, str | int] = {
        "title": program.title,
        "code": program.code,
        "office": event.office.name,
        "reason": event.reason,
    }
    if event.phase is not None:
        # Names of phases are kept in the official language, whoever acts in whichever language.
        params["phase"] = official_name(event.phase.kind)
        params |= {"number": event.phase.position, "count": program.phases.count()}
    return params


def _url(program: Program, event: ProgramEvent) -> str:
    if event.milestone is not None:
        return f"/program/{program.code}/tonggak/{event.milestone.public_id}/"
    return (
        f"/program/{program.code}/fase/{event.phase.position}/"
        if event.phase
        else f"/program/{program.code}/"
    )


def _names(proposals: Sequence[Proposal]) -> str:
    return ", ".join(f"“{proposal.title}” ({proposal.code})" for proposal in proposals)


def _codes(codes: Sequence[str]) -> str:
    shown = ", ".join(codes[:_NAMED])
    return f"{shown}, …" if len(codes) > _NAMED else shown

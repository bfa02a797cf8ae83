"""Proposals in all their states, with what offices did with them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from rembuk.common.text import excerpt, render_plain
from rembuk.engagement.models import Ballot, Case
from rembuk.ops.scale import trail, wording
from rembuk.ops.scale.making import Making
from rembuk.ops.scale.talk import Topic
from rembuk.ops.scale.trail import Office
from rembuk.proposals.models import (
    Assessment,
    Decision,
    Disposition,
    OfficialAnswer,
    Proposal,
    ProposalVersion,
)

# States by weight, those that wait for moderation aside: one in ten.
_STATES = [
    ("published", 50), ("reviewing", 14), ("adopted", 9), ("declined", 7), ("deferred", 4), ("completed", 3),
    ("returned", 2), ("rejected", 3), ("withdrawn", 1), ("hidden", 1),
]  # fmt: skip
_NEVER_PUBLIC = frozenset({"submitted", "returned", "rejected"})
_UNSEEN = _NEVER_PUBLIC | {"withdrawn", "hidden"}
# Steps and kinds of answers.
_ANSWERED = {
    "adopted": ("adopt", "adopted"),
    "completed": ("adopt", "adopted"),
    "declined": ("decline", "declined"),
    "deferred": ("defer", "deferred"),
}
_REASON = "Usulan ini kami telaah bersama bidang teknis dan desa; ukuran, biaya, dan jadwalnya tertulis dalam telaah."
_ORDER = (Case, Decision, ProposalVersion, Disposition, Assessment, OfficialAnswer)


@dataclass(frozen=True, slots=True)
class Made:
    """A proposal as others need it; ``program`` is the code of the programme that takes it up, if one does."""

    number: int
    code: str
    state: str
    topic: Topic
    program: str

    @property
    def is_open(self) -> bool:
        """Whether people talk about it and vote on it."""
        return self.state not in _UNSEEN


@dataclass(frozen=True, slots=True)
class _Story:
    """What all rows of one proposal need; ``at`` is when it was sent, ``shown`` when it was decided to be public or not."""

    number: int
    code: str
    state: str
    office: Office
    author: int
    at: datetime
    shown: datetime
    title: str
    where: str
    village: tuple[str, str]
    program: str

    @property
    def place(self) -> str:
        """As a proposal says where it is."""
        return f"{self.where}, {self.village[1]}"


def propose(
    of: Callable[[], Making], count: int, program_of: Callable[[int], str], *, chunk: int = 5_000
) -> Iterator[list[Made]]:
    """Write ``count`` proposals in chunks; every tenth waits. ``program_of`` names the programme of the one at a place."""
    first = of()
    moments = sorted(
        first.draw.between(first.site.begun_at, first.site.now - timedelta(hours=2)) for _ in range(count)
    )
    # What waits came lately; what is decided came before.
    states = [first.draw.weighted(_STATES) for _ in range(count - count // 10)] + ["submitted"] * (
        count // 10
    )
    series: dict[int, int] = {}
    for start in range(0, count, chunk):
        making, made = of(), []
        for place in range(start, min(start + chunk, count)):
            at = moments[place]
            series[at.year] = series.get(at.year, 0) + 1
            code = f"USL-{at.year}-{series[at.year]:06}"
            made.append(_one(making, code, states[place], at, program_of(place)))
        making.write(Proposal, _ORDER)
        yield made


def _one(making: Making, code: str, state: str, at: datetime, program: str) -> Made:
    draw, now, where = making.draw, making.site.now, wording.place(making.draw)
    office, author = draw.choice(making.site.offices), draw.choice(making.site.citizens)
    shown = draw.between(at, min(at + timedelta(days=5), now)) if state != "submitted" else at
    number = making.loader.number(Proposal)
    title, village = wording.title(draw, where), making.site.places.village(draw)
    story = _Story(number, code, state, office, author, at, shown, title, where, village, program)
    subject = making.subject(
        "proposal", code, story.title, f"/usulan/{code}/", office, shown, author_id=author,
        is_visible=state not in _UNSEEN, comments_open=state not in _UNSEEN,
    )  # fmt: skip
    topic = Topic(subject, making.loader.number(Ballot), code, "proposal", office.unit, shown, (1, -1))
    _text(making, story, subject, _moderate(making, story, subject))
    return Made(number, code, state, topic, program if state in ("adopted", "completed") else "")


def _text(making: Making, story: _Story, subject: int, answered: datetime | None) -> None:
    body = wording.body(making.draw)
    published = None if story.state in _NEVER_PUBLIC else story.shown
    making.words[story.number] = (story.title, story.place, body)
    making.add(
        Proposal, id=story.number, public_id=making.public_id(), code=story.code, state=story.state,
        state_before_hiding="published" if story.state == "hidden" else "", subject_id=subject, title=story.title,
        body=body, html=render_plain(body), excerpt=excerpt(body), category_id=making.draw.choice(making.site.categories),
        place=story.where, region_id=story.village[0], author_id=story.author, source="citizen", planning_year=story.at.year + 1,
        unit_id=story.office.unit.pk, deferred_until_year=story.at.year + 2 if story.state == "deferred" else None,
        created_at=story.at, changed_at=answered or published or story.at, submitted_at=story.at, published_at=published,
        considered_at=answered and answered - timedelta(hours=1), explained_at=answered,
        answer_due_at=published and published + timedelta(days=85),
    )  # fmt: skip
    if published:
        making.add(
            ProposalVersion, proposal_id=story.number, number=1, title=story.title, body=body, place=story.place,
            created_at=published,
        )  # fmt: skip


def _moderate(making: Making, story: _Story, subject: int) -> datetime | None:
    """The case of moderation and what followed; returns when the proposal was answered."""
    _decide(making, story, "submit", ("draft", "submitted"), story.at, story.author, "proposal.submitted")
    is_waiting, moderator = story.state == "submitted", story.office.moderator
    outcome = {"returned": "return", "rejected": "reject"}.get(story.state, "publish")
    closed = {} if is_waiting else {"closed_at": story.shown, "closed_by_id": moderator, "outcome": outcome}
    making.add(
        Case, public_id=making.public_id(), kind="proposal", subject_id=subject, unit_id=story.office.unit.pk,
        opened_at=story.at, due_at=story.at + timedelta(days=5), **closed,
    )  # fmt: skip
    if is_waiting:
        return None
    if story.state in _NEVER_PUBLIC:
        steps = ("submitted", story.state)
        _decide(making, story, outcome, steps, story.shown, moderator, f"proposal.{story.state}", _REASON)
        return None
    _decide(
        making, story, "publish", ("submitted", "published"), story.shown, moderator, "proposal.published"
    )
    later = making.draw.between(story.shown, making.site.now)
    if story.state == "hidden":
        _decide(making, story, "hide", ("published", "hidden"), later, moderator, "proposal.hidden", _REASON)
    if story.state == "withdrawn":
        _decide(
            making, story, "withdraw", ("published", "withdrawn"), later, story.author, "proposal.withdrawn"
        )
    return _consider(making, story) if story.state in {"reviewing", *_ANSWERED} else None


def _consider(making: Making, story: _Story) -> datetime | None:
    """Disposition, and where there is one, assessment and official answer."""
    office, unit = story.office, story.office.unit.pk
    referred = making.draw.between(story.shown, making.site.now)
    _decide(
        making, story, "refer", ("published", "reviewing"), referred, office.moderator, "proposal.referred"
    )
    given = _ANSWERED.get(story.state)
    assessed = making.draw.between(referred, making.site.now) if given else None
    making.add(
        Disposition, proposal_id=story.number, unit_id=unit, is_responsible=True, given_by_id=office.moderator,
        given_at=referred, due_at=referred + timedelta(days=85), closed_at=assessed,
    )  # fmt: skip
    if given is None or assessed is None:
        return None
    making.add(
        Assessment, proposal_id=story.number, unit_id=unit, verdict="feasible", reason=_REASON, is_responsible=True,
        by_id=office.head, at=assessed,
    )  # fmt: skip
    found = {"unit": office.unit.code, "verdict": "feasible", "responsible": True}
    _deed(making, story, assessed, "proposal.assessed", office.head, (None, found), _REASON)
    answered, (step, kind) = making.draw.between(assessed, making.site.now), given
    making.add(
        OfficialAnswer, proposal_id=story.number, kind=kind, reason=_REASON, unit_id=unit, by_id=office.head, at=answered,
        program_code=story.program if kind == "adopted" else "",
    )  # fmt: skip
    _decide(making, story, step, ("reviewing", kind), answered, office.head, f"proposal.{kind}", _REASON)
    if story.state == "completed":
        steps = ("adopted", "completed")
        _decide(making, story, "complete", steps, making.site.now, office.head, "proposal.completed")
    return answered


def _decide(  # noqa: PLR0913
    making: Making,
    story: _Story,
    step: str,
    states: tuple[str, str],
    at: datetime,
    by: int,
    verb: str,
    why: str = "",
) -> None:
    cited = making.site.reasons.get(step, [])
    making.add(
        Decision, proposal_id=story.number, step=step, from_state=states[0], to_state=states[1], at=at, by_id=by,
        office_id=None if by == story.author else story.office.unit.pk, explanation=why,
        reason_id=cited[story.number % len(cited)] if cited else None,
    )  # fmt: skip
    _deed(making, story, at, verb, by, ({"state": states[0]}, {"state": states[1]}), why)


def _deed(  # noqa: PLR0913
    making: Making,
    story: _Story,
    at: datetime,
    verb: str,
    by: int,
    facts: tuple[dict[str, object] | None, dict[str, object] | None],
    why: str,
) -> None:
    office = None if by == story.author else story.office
    making.deeds.append(
        trail.Deed(at, verb, by, "proposal", story.code, story.office.unit, office, *facts, why)
    )

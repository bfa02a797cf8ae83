"""What offices do with a proposal of the texts: disposition, telaah, official answer, notes; and the objection."""

from datetime import date, datetime

from rembuk.access import permissions as izin
from rembuk.accounts.models import Person
from rembuk.engagement.actions.moderation import add_note, claim_case
from rembuk.engagement.models import Case
from rembuk.ops.demo.content import Entry
from rembuk.ops.demo.plays.story import Step, Story
from rembuk.proposals.actions import answer, assess, edit, refer
from rembuk.proposals.actions.steps import Because
from rembuk.proposals.choices import AssessmentVerdict
from rembuk.proposals.models import Objection
from rembuk.proposals.selectors import responsible_disposition


def _handover(story: Story, step: Entry) -> refer.Handover:
    return refer.Handover(
        responsible=story.unit(step["to"]),
        others=[story.unit(code) for code in step.get("others", [])],
        note=step.get("note", ""),
    )


def _refer(story: Story, step: Entry, at: datetime) -> None:
    refer.refer_proposal(story.proposal, to=_handover(story, step), by=story.world.people["moderator"], at=at)


def _change_disposition(story: Story, step: Entry, at: datetime) -> None:
    by = story.world.people["moderator"]
    refer.change_disposition(story.proposal, to=_handover(story, step), reason=step["text"], by=by, at=at)


def _assess(story: Story, step: Entry, at: datetime) -> None:
    proposal = story.proposal
    responsible = responsible_disposition(proposal)
    if responsible is None:
        raise LookupError(story.key)
    unit = story.unit(step["unit"]) if "unit" in step else responsible.unit
    assess.record_assessment(
        proposal,
        unit=unit,
        verdict=AssessmentVerdict(step["verdict"]),
        reason=step["text"],
        by=story.world.officer(izin.PROPOSAL_ASSESS, unit),
        at=at,
    )


def _answerer(story: Story) -> Person:
    """Who answers for the responsible unit; after an objection somebody else."""
    proposal = story.proposal
    responsible = responsible_disposition(proposal)
    unit = responsible.unit if responsible else story.world.units["LEMBAYUNG"]
    before = proposal.objections.filter(kind=Objection.Kind.OBJECTION)
    barred = [pk for pk in before.values_list("first_decided_by", flat=True) if pk is not None]
    return story.world.officer(izin.PROPOSAL_ANSWER, unit, barred=barred)


def _because(story: Story, step: Entry) -> Because:
    return Because(reason=story.world.reasons[step["reason"]], explanation=step["text"])


def _defer(story: Story, step: Entry, at: datetime) -> None:
    year = story.world.calendar.today.year + step.get("years", 1)
    answer.defer_proposal(
        story.proposal,
        year=year,
        return_on=date(year, 1, 12),
        because=_because(story, step),
        by=_answerer(story),
        at=at,
    )


def _forward(story: Story, step: Entry, at: datetime) -> None:
    because = _because(story, step)
    by = _answerer(story)
    answer.forward_proposal(story.proposal, to=step["to"], because=because, by=by, at=at)


def _decline(story: Story, step: Entry, at: datetime) -> None:
    because = _because(story, step)
    answer.decline_proposal(story.proposal, because=because, by=_answerer(story), at=at)


def _object(story: Story, step: Entry, at: datetime) -> None:
    edit.object_to_answer(story.proposal, by=story.writer, text=step["text"], at=at)


def _note(story: Story, step: Entry, at: datetime) -> None:
    subject = story.proposal.subject
    if subject is not None:
        add_note(subject, by=story.world.people["moderator"], body=step["text"], at=at)


def _claim(story: Story, step: Entry, at: datetime) -> None:
    case = Case.objects.get(subject=story.proposal.subject, closed_at=None)
    claim_case(case, by=story.moderator(), at=at)


STEPS: dict[str, Step] = {
    "refer": _refer,
    "change_disposition": _change_disposition,
    "assess": _assess,
    "defer": _defer,
    "forward": _forward,
    "decline": _decline,
    "object": _object,
    "note": _note,
    "claim": _claim,
}

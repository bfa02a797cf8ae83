"""What citizens say of milestones that are called done: how long they are asked, what they said, who contradicts.

Their answers are never part of a milestone's state; nothing here computes progress.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, F, Q, QuerySet

from rembuk.accounts.models import Person
from rembuk.programs.choices import Finished
from rembuk.programs.models import Milestone, Program, Witness
from rembuk.programs.states import MilestoneState, State

ASKED_AFTER = timedelta(days=28)
"""When followers are asked after a milestone was called done: time enough to see it in use. Others may say so at once."""
ASKED_FOR = 2 * ASKED_AFTER
"""How long after the claim everybody may answer: until four weeks after followers were asked."""
CONTRADICTED_FROM = 3
"""Answers from which more "not yet" than "yes" count as a contradiction on the desk."""
ASKING = frozenset({State.PUBLISHED, State.POSTPONED, State.COMPLETED})


@dataclass(frozen=True, slots=True)
class Said:
    """How many people said what of one claim."""

    yes: int = 0
    partly: int = 0
    no: int = 0

    @property
    def n(self) -> int:
        """All answers."""
        return self.yes + self.partly + self.no

    @property
    def contradicts(self) -> bool:
        """Whether citizens contradict the office: at least three answers, and more "not yet" than "yes"."""
        return self.n >= CONTRADICTED_FROM and self.no > self.yes


def is_asked(milestone: Milestone, moment: datetime) -> bool:
    """Whether people are asked of this milestone (with its programme) at an instant."""
    claimed = milestone.claimed_at
    running = claimed is not None and claimed <= moment < claimed + ASKED_FOR
    return running and milestone.state == MilestoneState.DONE and milestone.program.state in ASKING


def asked_until(milestone: Milestone) -> datetime | None:
    """The end of the time to answer; ``None`` when it was never called done."""
    return milestone.claimed_at + ASKED_FOR if milestone.claimed_at else None


def told_of(program: Program) -> QuerySet[Milestone]:
    """Milestones of a programme that were ever called done, the last first."""
    return program.milestones.filter(claims__gt=0).order_by("-claimed_at", "-id")


def said(milestones: Collection[Milestone]) -> dict[int, Said]:
    """What was said of the present claims, by id of the milestone, in one query; those without answers too."""
    current = Q(milestone__in=milestones, claim=F("milestone__claims"))
    rows = (
        Witness.objects.filter(current).order_by().values_list("milestone_id", "value").annotate(Count("pk"))
    )
    found: dict[int, dict[str, int]] = {milestone.pk: {} for milestone in milestones}
    for milestone_id, value, count in rows:
        found[milestone_id][value] = count
    return {key: Said(**by_value) for key, by_value in found.items()}


def with_words(milestone: Milestone) -> QuerySet[Witness]:
    """Answers that have something to read or see, of earlier claims too, hidden ones as a note, without order."""
    spoken = ~Q(remark="") | Q(picture__isnull=False)
    found = Witness.objects.filter(spoken, milestone=milestone)
    return found.select_related("person", "picture", "hidden_reason", "subject", "milestone")


def answer_of(milestone: Milestone, person: Person) -> Witness | None:
    """What a person said of the present claim."""
    found = milestone.witnesses.filter(claim=milestone.claims, person=person)
    return found.select_related("picture").first()


def contradicted(milestones: QuerySet[Milestone]) -> QuerySet[Milestone]:
    """Of these milestones those whose present claim citizens contradict: the queryset twin of ``Said.contradicts``.

    Annotated with ``yes``, ``no`` and ``answers``.
    """
    current = Q(witnesses__claim=F("claims"))
    # Said first, so that only milestones are read of which somebody ever said "not yet": an index holds those answers.
    denied = Witness.objects.filter(value=Finished.NO).order_by().values("milestone")
    counted = milestones.filter(state=MilestoneState.DONE, pk__in=denied).annotate(
        answers=Count("witnesses", filter=current),
        yes=Count("witnesses", filter=current & Q(witnesses__value=Finished.YES)),
        no=Count("witnesses", filter=current & Q(witnesses__value=Finished.NO)),
    )
    return counted.filter(answers__gte=CONTRADICTED_FROM, no__gt=F("yes"))

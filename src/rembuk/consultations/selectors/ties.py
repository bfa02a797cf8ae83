"""Consultations and programmes that belong together."""

from collections.abc import Collection

from django.db.models import QuerySet

from rembuk.common.composed import Composed, Given
from rembuk.consultations.models import Consultation, ProgramTie
from rembuk.programs.models import Link, Program
from rembuk.programs.states import PUBLIC as PUBLIC_PROGRAMS
from rembuk.proposals.models import Proposal


def public_ties(consultation: Consultation) -> QuerySet[ProgramTie]:
    """The programmes with a public page that it is about or that came out of it."""
    shown = consultation.ties.filter(program__state__in=PUBLIC_PROGRAMS)
    return shown.select_related("program", "phase").order_by("kind", "id")


def ties_of_programs(programs: Collection[Program] | QuerySet[Program]) -> QuerySet[ProgramTie]:
    """The announced consultations of these programmes, the last to close first."""
    shown = ProgramTie.objects.filter(program__in=programs, consultation__announced_at__isnull=False)
    return shown.select_related("consultation", "program").order_by("-consultation__closes_at", "-id")


def ties_behind(proposal: Proposal) -> list[ProgramTie]:
    """The announced consultations of the public programmes a proposal was taken into."""
    return _TIES_BEHIND.rows(proposal=proposal.pk)


def _ties_behind() -> QuerySet[ProgramTie]:
    taken = Link.objects.filter(
        proposal=Given("proposal"), removed_at=None, program__state__in=PUBLIC_PROGRAMS
    )
    return ties_of_programs(Program.objects.filter(pk__in=taken.values("program")))


_TIES_BEHIND = Composed(_ties_behind)

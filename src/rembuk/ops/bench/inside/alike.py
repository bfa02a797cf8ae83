"""What is shown with nearly as many rows at every scale: lists that a small site cannot fill to a page, a talk, a programme."""

from collections import Counter
from collections.abc import Iterable
from urllib.parse import urlencode

from django.db.models import Count, Exists, F, OuterRef, QuerySet, Sum
from django.db.models.functions import Abs

from rembuk.access.holders import grants_in_force
from rembuk.access.models import Role
from rembuk.accounts.models import Person
from rembuk.common import clock
from rembuk.consultations.matrix.copied import FLAGS
from rembuk.consultations.models import Consultation
from rembuk.consultations.selectors import listing as consultations
from rembuk.engagement import selectors as talks
from rembuk.engagement.models import Case, Comment, Figures, Vote
from rembuk.management.actions.grants.giving import give_grant
from rembuk.management.facts import GrantFacts
from rembuk.programs import selectors as programs
from rembuk.programs.models import Link, Pagu, Program
from rembuk.programs.plan.reading import thresholds
from rembuk.programs.portfolio.conditions import in_condition
from rembuk.taxonomy.selectors import active_categories
from rembuk.workunits.models import WorkUnit
from rembuk.workunits.tree import chain

COMMENTS, COMMENTS_OF_PROGRAM = 50, 20
# The most that the smallest site can show.
_CRITICAL, _CONSULTATIONS, _UNITS, _CASES, _OPEN, _PROGRAMS, _UNPAID, _COPIED = 6, 4, 6, 4, 13, 13, 4, 2
_VOTES, _COMMENTS, _LOOKED_AT = 16, 2, 200
# What a page shows of a talk, how many of those replies there shall be, and of how many talks one is chosen.
THREADS, REPLIES_OF_THREAD, _REPLIES, _FEW, _TALKS = 20, 3, 2, 2, 25
_AUDITOR = "auditor"
# As many as fill a page of programmes, and some.
_PAGE = 15


def citizen() -> Person:
    """Of the first citizens the one who gave nearly so many votes and comments."""
    first = Person.objects.filter(grants__isnull=True).order_by("pk")[:_LOOKED_AT]
    votes = Counter(Vote.objects.filter(voter__in=first.values("pk")).values_list("voter", flat=True))
    said = Counter(Comment.objects.filter(author__in=first.values("pk")).values_list("author", flat=True))
    return min(first, key=lambda one: (abs(votes[one.pk] - _VOTES) + abs(said[one.pk] - _COMMENTS), one.pk))


def official(role: str) -> Person:
    """Who has this role for a unit with all below it where nearly so many cases wait."""
    return _holder(role, Case.objects.filter(closed_at=None).values_list("unit__path", flat=True), _OPEN)


def official_of_consultations(role: str) -> Person:
    """Who has this role where nearly so many consultations lie."""
    return _holder(role, Consultation.objects.values_list("unit__path", flat=True), _CONSULTATIONS)


def official_of_programs(role: str) -> Person:
    """Who has this role where nearly so many programmes lie."""
    return _holder(role, Program.objects.values_list("unit__path", flat=True), _PROGRAMS)


def _holder(role: str, lying: Iterable[str], wanted: int) -> Person:
    """Told is the path of the unit of each."""
    counts = Counter(step for path in lying for step in chain(path))
    held = grants_in_force().filter(role__slug=role).select_related("person", "unit").order_by("pk")
    return min(held, key=lambda one: abs(counts[one.unit.path] - wanted)).person


def auditor() -> Person:
    """Who reads the trail of a unit where nearly so many reasons are flagged; the administrator made her, at the first time."""
    made = Person.objects.filter(grants__role__slug=_AUDITOR).order_by("pk").first()
    return made or _made_auditor()


def _made_auditor() -> Person:
    administrator = Person.objects.filter(grants__role__slug="administrator").order_by("pk")[:1].get()
    last = Person.objects.filter(grants__isnull=True).order_by("-pk")[:1].get()
    counts = Counter(chain(flag.unit)[1] for flag in FLAGS.made().value if len(chain(flag.unit)) > 1)
    unit = WorkUnit.objects.get(path=_nearest(counts, _COPIED))
    facts = GrantFacts(role=Role.objects.get(slug=_AUDITOR), unit=unit, reason="./rembuk bench")
    give_grant(last, facts, by=administrator)
    return last


def proposal() -> Figures:
    """A proposal that one programme took up and has yet to finish, with about as many comments at every scale.

    Of those, one that shows as many replies beside the first comments of its newest threads.
    """
    taken = Link.objects.filter(
        proposal__subject=OuterRef("subject"), proposal__state="adopted", program__consultation_ties=None
    )
    talked = Figures.objects.filter(Exists(taken), subject__kind="proposal", subject__is_visible=True)
    near = talked.select_related("subject").order_by(Abs(F("comments") - COMMENTS), "pk")[:_TALKS]
    return min(near, key=_distance)


def _distance(figures: Figures) -> tuple[int, int]:
    """By comments where it is more than a few of them, then by replies."""
    threads = talks.newest_roots(figures.subject, None, at_most=THREADS)
    replies = talks.replies(threads, None, at_most=REPLIES_OF_THREAD) if threads else []
    return max(abs(figures.comments - COMMENTS) - _FEW, 0), abs(len(replies) - _REPLIES)


def program() -> Program:
    """A running programme that took up one proposal, with about as many comments on its phases at every scale."""
    running = Program.objects.filter(state="published").annotate(taken=Count("links", distinct=True))
    talked = running.filter(taken=1).annotate(said=Sum("phases__subject__figures__comments"))
    return talked.order_by(Abs(F("said") - COMMENTS_OF_PROGRAM), "pk")[:1].get()


def visited() -> dict[str, str]:
    """The path of each list that everybody reads."""
    critical = programs.listed().filter(in_condition("critical", clock.local_date(), thresholds()))
    rare = _branch(critical.values_list("unit", flat=True), _CRITICAL)
    filled = Counter(programs.listed().values_list("category__slug", flat=True))
    villages = programs.listed().exclude(region=None).values_list("region", flat=True)
    around = Counter(str(code).rpartition(".")[0] for code in villages)
    asked, year = consultations.listed(), clock.local_date().year
    few = _branch(asked.values_list("unit", flat=True), _CONSULTATIONS)
    few_of_year = _branch(asked.filter(opens_at__year=year).values_list("unit", flat=True), _CONSULTATIONS)
    parents = WorkUnit.objects.exclude(parent=None).values_list("parent__code", flat=True)
    poor = _branch(_without_budget(programs.listed()), _UNPAID)
    return {
        "programmes of a category": f"/program/?kategori={_nearest(filled, _PAGE)}",
        "programmes of a region": f"/program/?wilayah={_nearest(around, _PAGE)}",
        "critical programmes of a unit": f"/program/?kondisi=critical&satuan={rare}",
        "programmes of a unit without a budget": f"/program/?satuan={poor}&uang=tanpa",
        "consultations of a unit": f"/uji-publik/?satuan={few}",
        "consultations of a unit and a kind": f"/uji-publik/?satuan={few}&jenis=regulation",
        "consultations of a unit and a year": f"/uji-publik/?satuan={few_of_year}&tahun={year}",
        "work units below one": f"/satuan-kerja/?di={_nearest(Counter(parents), _UNITS)}",
    }


def at_the_desk() -> dict[str, str]:
    """The path of each list that staff read."""
    office = _branch(Consultation.objects.values_list("unit", flat=True), _CONSULTATIONS)
    poor = _branch(_without_budget(Program.objects.all()), _UNPAID)
    return {
        "desk: consultations of a unit": f"/kelola/uji-publik/?satuan={office}",
        "desk: programmes of a unit without a budget": f"/kelola/program/?satuan={poor}&uang=tanpa",
        "desk: moderation of a unit and a category": f"/kelola/moderasi/?{_cases()}",
        # The codes begin so of nine units at every scale.
        "desk: work units by code": "/kelola/satuan-kerja/?q=U00",
    }


def _without_budget(asked: QuerySet[Program]) -> QuerySet[Program, int]:
    """The unit of each of them that has no budget."""
    unpaid = asked.exclude(Exists(Pagu.objects.filter(program=OuterRef("pk"))))
    return unpaid.values_list("unit", flat=True)


def _cases() -> str:
    """The unit, as below, and the category without others below it where nearly so many cases wait; as the filter has them."""
    above = _codes_above()
    leaves = active_categories().filter(children=None)
    waiting = Case.objects.filter(closed_at=None, subject__proposal__category__in=leaves)
    counts = Counter(
        urlencode({"satuan": above[unit][1], "kategori": slug})
        for unit, slug in waiting.values_list("unit", "subject__proposal__category__slug")
        if len(above.get(unit, ())) > 1
    )
    return _nearest(counts, _CASES)


def _branch(lying: Iterable[int], wanted: int) -> str:
    """Of the units right below the instansi, which lists offer, the one where with all below it nearly so many of these lie.

    Told is the unit of each.
    """
    above = _codes_above()
    return _nearest(Counter(above[pk][1] for pk in lying if len(above[pk]) > 1), wanted)


def _codes_above() -> dict[int, list[str]]:
    """Of each unit the codes from the top down to its own."""
    units = WorkUnit.objects.all()
    codes = {unit.path: unit.code for unit in units}
    return {unit.pk: [codes[step] for step in chain(unit.path)] for unit in units}


def _nearest(counts: Counter[str], wanted: int) -> str:
    if not counts:
        raise LookupError("The site has nothing that a filter could narrow a list to.")
    return min(counts, key=lambda name: (abs(counts[name] - wanted), name))

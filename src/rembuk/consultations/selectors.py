"""Which consultations, clauses and submissions, in which order: the queryset twins of who may see what.

Their order in lists: ``order``. Rows of the matrix: ``matrix``. Figures: ``figures``. Fetching with authority: ``doors``.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from django.db.models import (
    Count,
    Exists,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Coalesce

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.access.rights import Somebody
from rembuk.accounts.models import Person
from rembuk.common import search
from rembuk.common.codes import read_code
from rembuk.common.composed import Composed, Given
from rembuk.common.postgresql.asking import exists_row_by_row
from rembuk.consultations.choices import Moment
from rembuk.consultations.models import (
    Clause,
    ClauseText,
    Consultation,
    ConsultationEvent,
    DraftVersion,
    MatrixRow,
    ProgramTie,
    Remark,
    Submission,
)
from rembuk.consultations.schedule import Stage, is_over
from rembuk.consultations.states import COUNTED, LISTED, RowState, State, SubmissionState
from rembuk.notifications.selectors import unreachable
from rembuk.programs.models import Link, Program
from rembuk.programs.states import PUBLIC as PUBLIC_PROGRAMS
from rembuk.proposals.models import Proposal

# What a card or the head of a page shows of a consultation.
WITH = ("unit", "category")
# What it shows nothing of, and what may be long.
TEXTS = ("body", "html", "search", "result_body", "result_html")
_MOST_IN_CHARGE = 500
CLOCKED = Q(state__in=[State.SCHEDULED, State.OPEN, State.CLOSED])


def is_listed() -> Q:
    """Consultations on public lists and in search: every announced one that was not cancelled."""
    return Q(state__in=LISTED)


def listed() -> QuerySet[Consultation]:
    """The same as a queryset, without order."""
    return Consultation.objects.filter(is_listed())


def with_public_page() -> Q:
    """Consultations everybody may read: announced ones, also when they were cancelled afterwards."""
    return Q(announced_at__isnull=False)


def at_stage(stage: Stage, at: datetime | Given) -> Q:
    """Announced consultations at a stage at an instant: the twin of ``schedule.stage``."""
    has_closed = CLOCKED & Q(closes_at__lte=at)
    return {
        Stage.DRAFT: Q(state=State.DRAFT),
        Stage.ANNOUNCED: CLOCKED & Q(opens_at__gt=at),
        Stage.OPEN: CLOCKED & Q(opens_at__lte=at, closes_at__gt=at),
        Stage.CLOSED: has_closed & Q(has_answers=False),
        Stage.ANSWERING: has_closed & Q(has_answers=True),
        Stage.CONCLUDED: Q(state=State.CONCLUDED),
        Stage.CANCELLED: Q(state=State.CANCELLED) & with_public_page(),
    }[stage]


def for_cards(keys: Sequence[int]) -> list[Consultation]:
    """The consultations with these keys in the same order, with what a card shows."""
    found = Consultation.objects.select_related(*WITH).defer(*TEXTS).in_bulk(keys)
    return [found[key] for key in keys if key in found]


def found_by(text: str) -> Q:
    """Consultations with a code, or with every word of a text."""
    code = read_code(text)
    if code is not None:
        return Q(code=str(code))
    words = search.query(text)
    return Q(search=words) if words is not None else Q(pk__in=[])


def following(consultation: Consultation) -> QuerySet[Consultation]:
    """The consultations that follow this one on the same matter, oldest first."""
    rows = Consultation.objects.filter(with_public_page(), previous=consultation)
    return rows.order_by("announced_at", "id")


def public_events() -> QuerySet[ConsultationEvent]:
    """The public history of all announced consultations, without order."""
    events = ConsultationEvent.objects.filter(consultation__announced_at__isnull=False)
    return events.select_related("consultation", "office")


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


def readable_by_staff(person: Somebody) -> Q:
    """Consultations a staff member may read, drafts too: of her units, or with rows her unit is in charge of."""
    if rights.can_everywhere(person, izin.CONSULTATION_READ):
        # Nothing lies outside the instansi, and so nothing has to be looked up.
        return Q(unit__isnull=False)
    held = rights.paths(person, izin.CONSULTATION_READ)
    in_charge = MatrixRow.objects.filter(rights.within("unit", held)).values("consultation")
    return rights.within("unit", held) | Q(pk__in=in_charge)


def in_reach(person: Person) -> Q:
    """``readable_by_staff``, for lists: whoever works for few units has their keys and those of what they are in charge of, so
    that both are sought. By their paths all consultations of the site were joined with their units.
    """
    held = rights.paths(person, izin.CONSULTATION_READ)
    units = None if rights.can_everywhere(person, izin.CONSULTATION_READ) else rights.few_units(person, held)
    return readable_by_staff(person) if units is None else Q(unit__in=units) | _in_charge(units)


def _in_charge(units: list[int]) -> Q:
    """Consultations with a row one of these units is in charge of; with many such rows, asked of one after the other."""
    rows = MatrixRow.objects.filter(unit__in=units).order_by()
    found = list(rows.values_list("consultation", flat=True)[: _MOST_IN_CHARGE + 1])
    if len(found) > _MOST_IN_CHARGE:
        return Q(exists_row_by_row(rows.filter(consultation=OuterRef("pk")), "unit"))
    return Q(pk__in=set(found))


def submissions_for_staff(person: Somebody) -> Q:
    """Submissions a staff member reads on the desk: of her units' consultations, else those with a row of her unit."""
    held = rights.paths(person, izin.CONSULTATION_READ)
    in_charge = MatrixRow.objects.filter(rights.within("unit", held)).values("submission")
    return rights.within("consultation__unit", held) | Q(pk__in=in_charge)


def rows_for_staff(person: Somebody, through: str = "") -> Q:
    """Rows of the matrix a staff member reads: all of her units' consultations, else those her unit is in charge of.

    ``through`` leads to the rows from the rows that are asked for, such as ``"rows__"``.
    """
    held = rights.paths(person, izin.CONSULTATION_READ)
    return rights.within(f"{through}consultation__unit", held) | rights.within(f"{through}unit", held)


def groups_for_staff(person: Somebody) -> Q:
    """Groups of like rows a staff member reads: of her units' consultations, else those with a row of her unit."""
    held = rights.paths(person, izin.CONSULTATION_READ)
    in_charge = MatrixRow.objects.filter(rights.within("unit", held), group__isnull=False).values("group")
    return rights.within("consultation__unit", held) | Q(pk__in=in_charge)


def handed_over_to(person: Person) -> QuerySet[Consultation]:
    """Drafts that somebody else handed over and that this person may announce, without order."""
    mine = rights.within("unit", rights.paths(person, izin.CONSULTATION_PUBLISH))
    handed = Consultation.objects.filter(mine, state=State.DRAFT, ready_by__isnull=False)
    return handed.exclude(ready_by=person)


def published_version(consultation: Consultation) -> DraftVersion | None:
    """The newest published version of the text, or ``None`` where there is no text yet."""
    return consultation.versions.filter(published_at__isnull=False).order_by("-number").first()


def version_in_work(consultation: Consultation) -> DraftVersion | None:
    """The version staff are preparing, or ``None``."""
    return consultation.versions.filter(published_at=None).first()


def texts_of(version: DraftVersion) -> QuerySet[ClauseText]:
    """The clauses of a version in reading order, with clause and subject."""
    return version.texts.select_related("clause__subject").order_by("position")


def counted(consultation: Consultation) -> QuerySet[Submission]:
    """Submissions that arrived and count, held and not shown ones among them."""
    return Submission.objects.filter(consultation=consultation, state__in=COUNTED)


class Progress(NamedTuple):
    """Submissions of a consultation that count, and those all of whose answers are published."""

    heard: int = 0
    answered: int = 0


def progress_of(consultations: Collection[int]) -> dict[int, Progress]:
    """How far each of these ids is answered, in one query; those nobody has written to are left out."""
    rows = MatrixRow.objects.filter(submission=OuterRef("pk"), consultation__in=consultations)
    is_answered = Exists(rows) & ~Exists(rows.exclude(state=RowState.PUBLISHED))
    found = Submission.objects.filter(consultation__in=consultations, state__in=COUNTED)
    counts = found.values_list("consultation").annotate(
        heard=Count("pk"), answered=Count("pk", filter=is_answered)
    )
    return {pk: Progress(heard, answered) for pk, heard, answered in counts.order_by()}


def stances_by_clause(consultation: Consultation, clause: Clause | None = None) -> dict[int, dict[str, int]]:
    """How many counted submissions take each stance on a clause, by the clause's id; of one clause alone if given."""
    of = {"clause": clause} if clause is not None else {"clause__consultation": consultation}
    remarks = Remark.objects.filter(**of, submission__state__in=COUNTED, stance__gt="")
    found: dict[int, dict[str, int]] = {}
    counts = remarks.values_list("clause_id", "stance").annotate(Count("pk")).order_by()
    for key, stance, count in counts:
        found.setdefault(key, {})[stance] = count
    return found


def shows_submissions(consultation: Consultation, at: datetime) -> bool:
    """Whether the public reads names and submissions now."""
    return consultation.submissions_shown == Moment.AT_ONCE or is_over(consultation, at)


def shows_totals(consultation: Consultation, at: datetime) -> bool:
    """Whether the public sees figures now, those per clause included."""
    return consultation.totals_shown == Moment.AT_ONCE or is_over(consultation, at)


def shown_submissions(consultation: Consultation, at: datetime) -> QuerySet[Submission]:
    """Submissions the public reads now, without order; none while they are not shown yet."""
    if not shows_submissions(consultation, at):
        return Submission.objects.none()
    return Submission.objects.filter(
        consultation=consultation, state=SubmissionState.SENT, is_rechecking=False
    )


def shown_remarks(consultation: Consultation, at: datetime) -> QuerySet[Remark]:
    """Remarks of the submissions the public reads now, without order."""
    return Remark.objects.filter(submission__in=shown_submissions(consultation, at))


def answers_to(remarks: Collection[Remark]) -> dict[int, MatrixRow]:
    """The published answer to each remark, by the remark's id; the first where the office cut it into several."""
    if not remarks:
        return {}
    rows = MatrixRow.objects.filter(remark__in=remarks, state=RowState.PUBLISHED).order_by("-number")
    return {row.remark_id: row for row in rows if row.remark_id is not None}


def with_standing(rows: QuerySet[Submission]) -> QuerySet[Submission]:
    """Submissions as a list shows them: with ``remark_count``, ``first_remark``, and ``is_answered``: every point is."""
    points = MatrixRow.objects.filter(submission=OuterRef("pk"))
    remarks = Remark.objects.filter(submission=OuterRef("pk")).order_by("id")
    return rows.select_related("author").annotate(
        is_answered=Exists(points) & ~Exists(points.exclude(state=RowState.PUBLISHED)),
        first_remark=Subquery(remarks.exclude(comment="").values("comment")[:1]),
        remark_count=Coalesce(
            Subquery(remarks.order_by().values("submission").annotate(n=Count("pk")).values("n")), 0
        ),
    )


def clauses_remarked(consultation: Consultation, at: datetime) -> list[tuple[str, str]]:
    """Number and label of the clauses that shown submissions remark on, in reading order of their last version."""
    last = ClauseText.objects.filter(clause=OuterRef("pk"), version__published_at__isnull=False)
    last = last.order_by("-version__number")
    remarks = shown_remarks(consultation, at).filter(clause=OuterRef("pk"))
    clauses = Clause.objects.filter(Exists(remarks), consultation=consultation).annotate(
        label=Subquery(last.values("full_label")[:1]), place=Subquery(last.values("position")[:1])
    )
    found = clauses.order_by("place", "number").values_list("number", "label")
    return [(str(number), label or "") for number, label in found]


def rows_of_submission(submission: Submission) -> QuerySet[MatrixRow]:
    """The points of a submission in order, with ``clause_label`` as the newest published version has it."""
    texts = ClauseText.objects.filter(clause=OuterRef("clause"), version__published_at__isnull=False)
    label = texts.order_by("-version__number").values("full_label")[:1]
    rows = submission.rows.select_related("office", "question", "changed_clause", "changed_version")
    return rows.annotate(clause_label=Subquery(label)).order_by("number")


def is_published(row: MatrixRow) -> bool:
    """Whether everybody may read the answer."""
    return row.state == RowState.PUBLISHED


def labels_in(places: Collection[tuple[int | None, int | None]]) -> dict[tuple[int, int], str]:
    """The labels of clauses in versions, by both ids; one query, none for nothing."""
    if not places:
        return {}
    clauses, versions = zip(*places, strict=True)
    texts = ClauseText.objects.filter(clause__in=clauses, version__in=versions)
    return {(c, v): label for c, v, label in texts.values_list("clause_id", "version_id", "full_label")}


def published_rows(consultation: Consultation) -> QuerySet[MatrixRow]:
    """Rows of the matrix whose answer is public, in the order of receipt."""
    rows = MatrixRow.objects.filter(consultation=consultation, state=RowState.PUBLISHED)
    return rows.order_by("submission__number", "number")


def own_submission(consultation: Consultation, person: Person) -> Submission | None:
    """The person's submission in a consultation, draft or sent; withdrawn ones are left out."""
    found = Submission.objects.filter(consultation=consultation, author=person)
    return found.exclude(state=SubmissionState.WITHDRAWN).order_by("-id").first()


def reachable_authors(submissions: Collection[Submission]) -> set[int]:
    """The authors whom an answer reaches: an account that stands, with an address whose mail is not refused, or a desk's.

    Who has no email address reads it on the own page.
    """
    authors = [one.author for one in submissions if one.author is not None]
    standing = [author for author in authors if author.deleted_at is None]
    found = {author.pk for author in standing if author.email or author.sign_in_name}
    return found - unreachable(found)

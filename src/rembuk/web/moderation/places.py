"""What a case is about besides proposals: submissions, clauses, consultations, programmes; and the filters by place."""

from collections.abc import Callable, Sequence
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Model, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.accounts.models import Person
from rembuk.common.postgresql.asking import exists_row_by_row
from rembuk.consultations.models import Clause, ClauseText, Consultation, Submission
from rembuk.engagement.models import Case, Subject
from rembuk.engagement.selectors import notes_on
from rembuk.proposals.models import Proposal
from rembuk.proposals.states import State
from rembuk.regions import selectors as regions
from rembuk.taxonomy import selectors as taxonomy
from rembuk.taxonomy.models import Category
from rembuk.web.consultations.offline.context import reading_context
from rembuk.web.engagement import paths
from rembuk.web.moderation.submissions import objection_of, submission_of
from rembuk.web.moderation.witnesses import witness_of
from rembuk.web.programs.voices.parts import picture_of

type Context = dict[str, Any]

_SHOWN = (
    *("subject__submission", "subject__witness", "comment"),
    *("unit", "released_by_unit", "claimed_by"),
)
# What lies in a category and a region, and the way to them from it.
_PLACED: tuple[tuple[type[Model], str], ...] = (
    (Proposal, ""),
    (Consultation, ""),
    (Clause, "consultation__"),
    (Submission, "consultation__"),
)
_OF_PROPOSALS = (Case.Kind.PROPOSAL, Case.Kind.APPEAL, Case.Kind.OBJECTION)


def with_content(cases: Sequence[Case]) -> list[Case]:
    """These cases of the queue with what a row shows of each, in one query; each keeps its mark ``is_barred``."""
    found = Case.objects.select_related(*_SHOWN).in_bulk([case.pk for case in cases])
    shown = [found[case.pk] for case in cases if case.pk in found]
    barred = {case.pk for case in cases if getattr(case, "is_barred", False)}
    for case in shown:
        setattr(case, "is_barred", case.pk in barred)  # noqa: B010 - as the queue annotates it
    return shown


def narrowed(
    cases: QuerySet[Case], category: Category | None, region: str, *, are_counted: bool = False
) -> QuerySet[Case]:
    """Of these cases those about proposals and consultations of a category and of a region, with all below them; all without.

    ``are_counted``: the same cases, found as suits who counts many, not who shows the first.
    """
    if category is not None:
        keys = taxonomy.keys_at_or_below(category.slug)
        cases = cases.filter(_about_one_where(lambda way: Q(**{f"{way}category__in": keys}), are_counted))
    if region:
        cases = cases.filter(
            _about_one_where(lambda way: regions.at_or_below(f"{way}region", region), are_counted)
        )
    return cases


def about(case: Case, by: Person) -> Context:
    """What the page of a case shows of a thing that is no proposal."""
    submission = submission_of(case)
    if submission is None:
        return {"place": _of_witness(case) or place_of(case.subject), "notes": list(notes_on(case.subject))}
    objection = objection_of(case)
    page = [submission.consultation.code, submission.number]
    return {
        **reading_context(submission, by),
        "place": {
            "title": submission.consultation.title,
            "url": paths.page_of(submission.consultation.subject),
        },
        "objection": objection,
        "row_url": reverse("desk_consultations:row", args=[page[0], objection.row.public_id])
        if objection
        else "",
        "desk_url": reverse("desk_consultations:submission", args=page),
        "desk_label": _("Open the submission"),
    }


def place_of(subject: Subject) -> Context:
    """Where something was said: the thing's name, its words as far as they help, and the way to it."""
    found = {"kind": subject.get_kind_display(), "title": subject.title, "url": paths.page_of(subject)}
    if subject.kind == Subject.Kind.CONSULTATION and (made := getattr(subject, "consultation", None)):
        return {**found, "text": made.summary}
    is_clause = subject.kind == Subject.Kind.CLAUSE
    clause = getattr(subject, "clause", None) if is_clause else None
    text = _newest_text(clause) if clause is not None else None
    if text is None:
        return found
    return {
        **found,
        "title": text.full_label or text.heading,
        "below": subject.title,
        "text": text.body or text.heading,
    }


def _of_witness(case: Case) -> Context | None:
    """What somebody said of a milestone, with the picture, where a case is about that."""
    found = witness_of(case)
    if found is None:
        return None
    picture = picture_of(found, found.milestone.program.code) if found.picture else None
    return {
        "kind": found.get_value_display(),
        "title": case.subject.title,
        "url": paths.page_of(case.subject, f"kata-{found.public_id}"),
        "text": found.remark,
        "picture": picture,
    }


def _newest_text(clause: Clause) -> ClauseText | None:
    rows = ClauseText.objects.filter(clause=clause, version__published_at__isnull=False)
    return rows.order_by("-version__number").first()


def _about_one_where(holds: Callable[[str], Q], are_counted: bool) -> Q:
    """Cases about a thing for which this holds; asked row by row, and where the kind of case says what it is about, of that
    table alone: a queue is walked by what indexes hold. To be counted, new proposals are taken from all that are submitted.

    ``holds`` is given the way to where category and region stand.
    """

    def told(model: type[Model], way: str) -> Q:
        rows: QuerySet[Any] = model._default_manager.filter(holds(way), subject=OuterRef("subject"))
        return Q(exists_row_by_row(rows, "subject"))

    proposal, *others = (told(model, way) for model, way in _PLACED)
    if are_counted:
        submitted = Proposal.objects.filter(holds(""), state=State.SUBMITTED).order_by().values("subject")
        is_new = Q(kind=Case.Kind.PROPOSAL)
        proposal = is_new & Q(subject__in=submitted) | ~is_new & proposal
    return proposal | ~Q(kind__in=_OF_PROPOSALS) & reduce(or_, others)

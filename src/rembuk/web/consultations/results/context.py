"""What the results page shows, gathered in a bounded number of statements."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.access.rights import Somebody
from rembuk.accounts.models import Person
from rembuk.common.errors import NotVisible
from rembuk.consultations import schedule
from rembuk.consultations.figures import figures_of
from rembuk.consultations.models import Clause, Consultation
from rembuk.consultations.results import questions, stances
from rembuk.consultations.results.groups import (
    Grouping,
    Split,
    clause_grouping,
    grouping,
    question_groupings,
)
from rembuk.consultations.results.questions import Answers
from rembuk.consultations.results.rows import clause_labels
from rembuk.consultations.selectors.heard import shows_totals
from rembuk.consultations.states import State
from rembuk.web.consultations.reading.page import head
from rembuk.web.consultations.results import charts
from rembuk.web.consultations.results.names import PARAM, SPLITS, group_names

type Row = dict[str, Any]

# Clauses drawn on one page; the data file has all.
MOST_CLAUSES = 150


def with_outcome(consultation: Consultation, at: datetime) -> Consultation:
    """The consultation, if there is an outcome to show: drafts have none, nor what was cancelled before it opened.

    Raises:
        NotVisible: for those.
    """
    was_never_open = consultation.state == State.CANCELLED and not schedule.has_opened(consultation, at)
    if consultation.announced_at is None or was_never_open:
        raise NotVisible
    return consultation


def results_context(consultation: Consultation, request: HttpRequest, at: datetime) -> Row:
    """The page whole: where totals are hidden, why and until when; split where the address says so."""
    stage = schedule.stage(consultation, at)
    context: Row = {
        **head(consultation, stage, request, here=_("Results in figures")),
        "has_opened": schedule.has_opened(consultation, at),
        "is_staff_look": not shows_totals(consultation, at),
        "shows": sees_totals(consultation, request.user, at),
    }
    if not (context["shows"] and context["has_opened"]):
        return {**context, "shows": False}
    context["figures"] = figures_of(consultation, at)
    split = SPLITS.get(request.GET.get(PARAM, ""))
    context["split_links"] = _links(request, split)
    if split is None:
        return {**context, **_whole(consultation, context["figures"].heard)}
    return {**context, **_split(consultation, grouping(consultation, split, at), request, at)}


def sees_totals(consultation: Consultation, reader: Somebody, at: datetime) -> bool:
    """Whether this reader sees figures now: everybody where they are shown, staff always."""
    if shows_totals(consultation, at):
        return True
    return isinstance(reader, Person) and rights.can(reader, izin.CONSULTATION_READ, consultation.unit)


def _whole(consultation: Consultation, heard: int) -> Row:
    answers = questions.answer_totals(consultation)
    drawn = [
        charts.question(asked, answers.get(asked.pk, Answers()), heard, consultation.code)
        for asked in consultation.questions.all()
    ]
    found = clauses_remarked(consultation)
    return {
        "overall": charts.overall(stances.stance_totals(consultation))
        if consultation.has_overall_stance
        else None,
        "clauses": charts.clauses(found[:MOST_CLAUSES], consultation.code) if found else None,
        "clauses_left": max(0, len(found) - MOST_CLAUSES),
        "questions": drawn,
    }


def clauses_remarked(consultation: Consultation) -> list[tuple[int, str, stances.ClauseStances]]:
    """Clauses somebody remarked on, in the order of their numbers."""
    totals = stances.clause_totals(consultation)
    labels = clause_labels(consultation)
    numbers = Clause.objects.filter(pk__in=totals).order_by("number").values_list("pk", "number")
    return [(number, labels.get(pk, str(number)), totals[pk]) for pk, number in numbers]


def _split(consultation: Consultation, groups: Grouping, request: HttpRequest, at: datetime) -> Row:
    label = str(groups.split.label).capitalize()
    if not groups.is_possible:
        return {"split": label, "too_few": True}
    own = question_groupings(consultation, groups.split, at)
    answers = questions.answers_by(consultation, own)
    keys = {*groups.sizes, *(key for one in own.values() for key in one.sizes)}
    names = group_names(groups.split, keys)
    drawn = [
        charts.question_by(asked, answers[asked.pk], names, label)
        if own[asked.pk].is_possible
        else charts.too_few(asked)
        for asked in consultation.questions.all()
        if asked.pk in own
    ]
    return {
        "split": label,
        "joins": bool(groups.joined) or any(one.joined for one in own.values()),
        "clause_split": _clause_split(consultation, groups.split, request, at),
        "overall": charts.overall_by(stances.stances_by(consultation, groups), names, label)
        if consultation.has_overall_stance
        else None,
        "questions": drawn,
        **_choose_clause(consultation, request),
    }


def _clause_split(consultation: Consultation, split: Split, request: HttpRequest, at: datetime) -> Row | None:
    """The chosen clause: ``chart``, or its ``title`` alone where too few remarked on it."""
    chosen = request.GET.get("butir", "")
    if not (chosen.isascii() and chosen.isdecimal() and len(chosen) < 8):
        return None
    clause = consultation.clauses.filter(number=int(chosen), subject__isnull=False).first()
    if clause is None:
        return None
    title = clause_labels(consultation).get(clause.pk, chosen)
    groups = clause_grouping(consultation, split, at, clause)
    if not groups.is_possible:
        return {"title": title}
    found = stances.clause_by(consultation, clause, groups)
    names = group_names(split, groups.sizes)
    label = str(split.label).capitalize()
    return {"title": title, "chart": charts.overall_by(found, names, label, key="butir", title=title)}


def _choose_clause(consultation: Consultation, request: HttpRequest) -> Row:
    """The clauses that can be split, as options of a small form."""
    options = [{"value": number, "label": label} for number, label, _said in clauses_remarked(consultation)]
    return {
        "clause_options": options,
        "clause_chosen": request.GET.get("butir", ""),
        "split_param": request.GET[PARAM],
    }


def _links(request: HttpRequest, current: Split | None) -> list[Row]:
    """The splits as plain links, the whole first."""
    whole = {"label": pgettext("results", "Everybody"), "url": request.path, "current": current is None}
    return [
        whole,
        *(
            {
                "label": str(split.label).capitalize(),
                "url": f"{request.path}?{PARAM}={name}",
                "current": split is current,
            }
            for name, split in SPLITS.items()
        ),
    ]


def data_links(consultation: Consultation) -> list[Row]:
    """The ways to take everything along."""
    code = [consultation.code]
    return [
        {"label": _("Open data (CSV)"), "url": reverse("consultations:data", args=code)},
        {"label": _("Spreadsheet (XLSX)"), "url": reverse("consultations:workbook", args=code)},
        {"label": _("What the columns mean (JSON)"), "url": reverse("consultations:dictionary", args=code)},
    ]

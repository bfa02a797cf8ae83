"""Parts of pages: the results of a round as tables and bars, and what was said of milestones."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from rembuk.common.clock import now
from rembuk.programs.choices import Finished, Survey
from rembuk.programs.evaluation import rounds, skm, witnesses
from rembuk.programs.evaluation.elements import OF, Element
from rembuk.programs.evaluation.figures import NOWHERE, Figures, Split, shown
from rembuk.programs.evaluation.witnesses import Said
from rembuk.programs.models import Milestone, Program, Round, Witness
from rembuk.programs.states import MilestoneState
from rembuk.regions import selectors as regions
from rembuk.web.components.formats import number
from rembuk.web.components.pictures import picture_row
from rembuk.web.engagement import paths

type Row = dict[str, Any]
SHOWN = 20
GRADES: dict[str, tuple[Promise, str]] = {
    "A": (gettext_lazy("A: very good"), "ok"),
    "B": (gettext_lazy("B: good"), "ok"),
    "C": (gettext_lazy("C: not good"), "warn"),
    "D": (gettext_lazy("D: bad"), "bad"),
}
_TONES = ("bad", "warn", "info", "ok")
_SAID_TONES = {Finished.YES: "ok", Finished.PARTLY: "warn", Finished.NO: "bad"}


def voices(program: Program) -> Row:
    """What the programme's own page shows: its newest rounds with their figures, and milestones called done.

    Two queries where there is neither; at most four more.
    """
    moment = now()
    newest = list(program.rounds.all()[:2])
    for found in newest:
        found.program = program
    rows = [round_row(found, rounds.result(found), moment) for found in newest]
    called = _called(program, list(witnesses.told_of(program)[:SHOWN]), moment)
    return {
        "open_round": next((row for row in rows if row["is_open"]), None),
        "results": [row for row in rows if row["figures"]][:1],
        "milestones": called,
        "contradicted": sum(row["is_done"] and row["said"].contradicts for row in called),
        "rating_url": reverse("programs:rating", args=[program.code]),
    }


def round_row(found: Round, figures: Figures | None, moment: datetime) -> Row:
    """A round in one line: its state and its figure."""
    is_open = rounds.is_open(found, moment)
    ended = found.closed_at or found.closes_at
    return {
        "number": found.number,
        "survey": Survey(found.survey).label,
        "is_skm": found.survey == Survey.SKM,
        "is_open": is_open,
        "opened_at": found.opened_at,
        "closes_at": found.closes_at,
        "ended_at": None if is_open else ended,
        "n": figures.n if figures else 0,
        "people": people_words(figures.n if figures else 0),
        "figures": figures,
        "mean": number(shown(figures.mean), 2) if figures else "",
        "grade": grade(figures.skm) if figures and figures.skm else None,
    }


def grade(result: skm.Result) -> Row:
    """The converted value and its grade."""
    words, tone = GRADES[result.grade]
    return {"value": number(result.converted, 2), "words": words, "tone": tone, "letter": result.grade}


def people_words(n: int) -> str:
    """How many took part, as a sentence."""
    if not n:
        return _("Nobody has rated yet.")
    return ngettext("%(n)s person has rated.", "%(n)s people have rated.", n) % {"n": number(n)}


def result_parts(found: Round, figures: Figures) -> Row:
    """The whole result: elements with their distribution, and splits by region."""
    elements = OF[found.survey]
    return {
        "elements": _element_table(elements, figures) if figures.skm else None,
        "bars": [_bars(element, figures) for element in elements],
        "regions": _region_table(figures.splits) if figures.splits else None,
        "wanted": skm.sample_size(found.population) if found.population else None,
        "population": found.population,
        "index": number(skm.rounded(figures.skm.index, 4), 4) if figures.skm else "",
    }


def _element_table(elements: tuple[Element, ...], figures: Figures) -> Row:
    assert figures.skm is not None
    by_code = {row.code: row for row in figures.skm.elements}
    heads = (_("Average"), _("Weighted (1/9)"))
    return {
        "caption": _("Average of each element, from 1 to 4"),
        "columns": [{"label": _("Element")}, *({"label": head, "kind": "num"} for head in heads)],
        "rows": [
            [
                f"U{place} {element.name}",
                number(skm.rounded(by_code[element.code].average, 3), 3),
                number(skm.rounded(by_code[element.code].weighted, 3), 3),
            ]
            for place, element in enumerate(elements, 1)
        ],
    }


def _bars(element: Element, figures: Figures) -> Row:
    rated = figures.of(element.code)
    mean = _("Average %(mean)s of 4") % {"mean": number(shown(rated.mean), 2)}
    rows = [
        {"label": words, "value": count, "percent": 100 * count / figures.n, "tone": tone}
        for words, count, tone in zip(element.answers, rated.counts, _TONES, strict=True)
    ]
    return {"title": element.name, "total_text": mean, "rows": rows}


def _region_table(splits: Iterable[Split]) -> Row:
    rows = list(splits)
    names = {NOWHERE: _("No region given"), **_names(rows)}
    return {
        "caption": _("By region"),
        "columns": [
            {"label": _("Region")},
            {"label": _("People"), "kind": "num"},
            {"label": _("Average"), "kind": "num"},
        ],
        "rows": [
            [
                names[row.regions[0]] if len(row.regions) == 1 else _("The other regions together"),
                number(row.n),
                number(shown(row.mean), 2),
            ]
            for row in rows
        ],
    }


def _names(splits: Iterable[Split]) -> dict[str, str]:
    codes = [code for split in splits for code in split.regions if code]
    return regions.full_names(codes)


def _called(program: Program, called: list[Milestone], moment: datetime) -> list[Row]:
    counts = witnesses.said(called) if called else {}
    for milestone in called:
        milestone.program = program
    rows = [milestone_row(milestone, counts[milestone.pk], moment) for milestone in called]
    return [row for row in rows if row["is_asked"] or row["said"].n]


def milestone_row(milestone: Milestone, said: Said, moment: datetime) -> Row:
    """A milestone with the office's word and what citizens say, side by side."""
    return {
        "title": milestone.title,
        "url": reverse("programs:milestone", args=[milestone.program.code, milestone.public_id]),
        "is_done": milestone.state == MilestoneState.DONE,
        "done_on": milestone.actual_end_on,
        "claimed_at": milestone.claimed_at,
        "is_asked": witnesses.is_asked(milestone, moment),
        "until": witnesses.asked_until(milestone),
        "said": said,
        "words": said_words(said),
    }


def said_words(said: Said) -> str:
    """The answers in one line."""
    if not said.n:
        return _("Nobody has answered yet.")
    counts = {"yes": number(said.yes), "partly": number(said.partly), "no": number(said.no)}
    people = ngettext("%(n)s person answered", "%(n)s people answered", said.n) % {"n": number(said.n)}
    return f"{people}: " + _("yes %(yes)s, partly %(partly)s, not yet %(no)s") % counts


def said_bars(said: Said) -> Row:
    """The answers as bars."""
    values = ((Finished.YES, said.yes), (Finished.PARTLY, said.partly), (Finished.NO, said.no))
    return {
        "title": _("What citizens say"),
        "rows": [
            {
                "label": Finished(value).label,
                "value": count,
                "percent": 100 * count / said.n if said.n else 0,
                "tone": _SAID_TONES[value],
            }
            for value, count in values
        ],
    }


def witness_rows(found: Iterable[Witness], code: str, request: HttpRequest, *, moderates: bool) -> list[Row]:
    """Remarks and pictures of citizens; of hidden ones only why."""
    return [_witness(row, code, request, moderates) for row in found]


def _witness(row: Witness, code: str, request: HttpRequest, moderates: bool) -> Row:
    is_own = row.person_id is not None and row.person_id == request.user.pk
    hidden = row.hidden_at is not None
    reason = row.hidden_reason.shown_label if row.hidden_reason else ""
    return {
        "anchor": f"kata-{row.public_id}",
        "name": row.person.shown_name if row.person else _("Deleted account"),
        "at": row.changed_at or row.at,
        "value": Finished(row.value).label,
        "is_earlier": row.claim < row.milestone.claims,
        "tone": _SAID_TONES[Finished(row.value)],
        "is_hidden": hidden,
        "hidden_why": f"{reason}. {row.hidden_note}" if hidden else "",
        "remark": "" if hidden else row.remark,
        "picture": None if hidden or row.picture is None else picture_of(row, code),
        "report_url": "" if hidden or is_own else paths.to("report", row.subject),
        "moderate_url": reverse("desk_programs:witness", args=[row.public_id])
        if moderates and not is_own
        else "",
    }


def picture_of(row: Witness, code: str) -> Row:
    """The picture of an answer: address, size, and words for those who can't see it."""
    assert row.picture is not None
    url = reverse("programs:witness_picture", args=[code, row.public_id])
    name = row.person.shown_name if row.person else _("Deleted account")
    return picture_row(row.picture, _("Picture sent by %(name)s with the answer") % {"name": name}, url)

"""Totals as the chart tags take them: stances of the whole, of each clause, answers to each question, split or not."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from rembuk.consultations.choices import QuestionKind, Stance
from rembuk.consultations.models import Question
from rembuk.consultations.results.questions import Answers
from rembuk.consultations.results.stances import ClauseStances, Stances
from rembuk.web.components.formats import number, percent

type Row = dict[str, Any]
type Names = Mapping[str, str]

_STANCES = ((Stance.AGREE, "ok", ""), (Stance.WITH_NOTES, "warn", "lines"), (Stance.DISAGREE, "bad", "dots"))
_TEXT = {QuestionKind.SHORT, QuestionKind.LONG}


def overall(stances: Stances) -> Row:
    """The stance on the whole."""
    return {
        "id": "sikap",
        "title": _("Overall stance"),
        "series": _series(),
        "rows": [{"label": _("All submissions"), "counts": stances.counts}],
        "whole_text": stated(stances.total, stances.whole),
        "open": True,
    }


def overall_by(
    groups: Mapping[str, Stances], names: Names, label: str, *, key: str = "sikap", title: str = ""
) -> Row:
    """The stance of each group, on the whole or on what ``title`` says."""
    rows = [
        {"label": names.get(name, name), "counts": stances.counts, "note": _of(stances.total, stances.whole)}
        for name, stances in groups.items()
    ]
    return {
        "id": key,
        "title": title or _("Overall stance"),
        "label": label,
        "series": _series(),
        "rows": rows,
    }


def clauses(found: Sequence[tuple[int, str, ClauseStances]], code: str) -> Row:
    """The stance on each clause: (public number, label, what was said)."""
    rows = [
        {
            "label": label,
            "url": reverse("consultations:clause", args=[code, clause]),
            "counts": said.stances.counts,
            "note": _remarks(said),
        }
        for clause, label, said in found
    ]
    return {
        "id": "butir",
        "title": _("Stance on each clause"),
        "label": _("Clause"),
        "series": _series(),
        "rows": rows,
        "whole_text": _("Shares are of those who took a stance on the clause."),
    }


def question(asked: Question, answers: Answers, heard: int, code: str) -> Row:
    """What a section of a question shows: its words and either ``bars`` or the way to its texts."""
    shown: Row = {
        "number": asked.number,
        "text": asked.text,
        "is_text": asked.kind in _TEXT,
        "stated": stated(answers.answered, heard),
        "texts_url": reverse("consultations:answers", args=[code, asked.number]) if has_texts(asked) else "",
    }
    if shown["is_text"]:
        return shown
    rows = [{"label": label, "value": answers.counts.get(value, 0)} for value, label in values_of(asked)]
    text = f"{_scale_text(answers)} {shown['stated']}".strip()
    if asked.kind == QuestionKind.MULTIPLE:
        text = _("Several choices were possible, so shares add up to more than 100%.") + f" {text}"
    bars = {
        "id": f"p{asked.number}",
        "title": asked.text,
        "title_hidden": True,
        "rows": rows,
        "whole": answers.answered,
    }
    return {**shown, "bars": {**bars, "whole_text": text}}


def question_by(asked: Question, groups: Mapping[str, Answers], names: Names, label: str) -> Row:
    """The same split: ``stacked`` for one choice and scales, ``table`` where several choices were possible."""
    shown: Row = {"number": asked.number, "text": asked.text, "is_text": asked.kind in _TEXT}
    if shown["is_text"]:
        return shown
    values = values_of(asked)
    if asked.kind == QuestionKind.MULTIPLE:
        return {**shown, "table": _shares(asked, values, groups, names, label)}
    rows = [
        {
            "label": names.get(name, name),
            "counts": [answers.counts.get(value, 0) for value, _label in values],
            "note": _mean(answers),
        }
        for name, answers in groups.items()
    ]
    series = [{"label": words} for _value, words in values]
    chart: Row = {
        "id": f"p{asked.number}",
        "title": asked.text,
        "label": label,
        "series": series,
        "rows": rows,
    }
    chart["title_hidden"] = True
    return {**shown, "stacked": chart}


def too_few(asked: Question) -> Row:
    """A question that so few answered that its groups would give somebody away."""
    return {"number": asked.number, "text": asked.text, "too_few": True}


def values_of(asked: Question) -> list[tuple[int, str]]:
    """The values that can be chosen with their words, in order; a scale's with the words at its ends."""
    if asked.kind == QuestionKind.SCALE:
        ends = {asked.scale_from: asked.scale_from_label, asked.scale_to: asked.scale_to_label}
        span = range(asked.scale_from, asked.scale_to + 1)
        return [(value, f"{value} · {ends[value]}" if ends.get(value) else str(value)) for value in span]
    options = [(option["value"], option["label"]) for option in asked.options]
    return [*options, (Question.OTHER, _("Other"))] if asked.has_other else options


def has_texts(asked: Question) -> bool:
    """Whether there is something to read: text answers, or words for «lainnya»."""
    return asked.kind in _TEXT or asked.has_other


def stated(part: int, whole: int) -> str:
    """How many of the submissions are looked at."""
    words = ngettext(
        "%(n)s of %(whole)s submission says something on this.",
        "%(n)s of %(whole)s submissions say something on this.",
        whole,
    )
    return words % {"n": number(part), "whole": number(whole)}


def _series() -> list[Row]:
    return [{"label": stance.label, "tone": tone, "pattern": pattern} for stance, tone, pattern in _STANCES]


def _of(part: int, whole: int) -> str:
    return _("%(n)s of %(whole)s took a stance") % {"n": number(part), "whole": number(whole)}


def _remarks(said: ClauseStances) -> str:
    words = {"comments": number(said.comments), "suggestions": number(said.suggestions)}
    return _("%(comments)s comments, %(suggestions)s suggested wordings") % words


def _mean(answers: Answers) -> str:
    return "" if answers.mean is None else _("mean %(mean)s") % {"mean": number(answers.mean, 1)}


def _scale_text(answers: Answers) -> str:
    if answers.mean is None:
        return ""
    words = {"mean": number(answers.mean, 1), "median": number(answers.median, 1)}
    return _("Mean %(mean)s, median %(median)s.") % words


def _shares(
    asked: Question, values: list[tuple[int, str]], groups: Mapping[str, Answers], names: Names, label: str
) -> Row:
    rows = []
    for name, answers in groups.items():
        counts = [answers.counts.get(value, 0) for value, _label in values]
        cells = [
            f"{number(n)} ({percent(round(n * 100 / answers.answered))})" if answers.answered else "0"
            for n in counts
        ]
        rows.append([names.get(name, name), *cells, number(answers.answered)])
    columns = [{"label": label}, *({"label": words, "kind": "num"} for _value, words in values)]
    return {
        "caption": asked.text,
        "caption_hidden": True,
        "columns": [*columns, {"label": pgettext("question", "Answered"), "kind": "num"}],
        "rows": rows,
    }

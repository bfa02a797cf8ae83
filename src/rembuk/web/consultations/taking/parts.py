"""Parts of the pages of taking part: the steps, what was said as people read it, the clauses with what was said of each."""

from hashlib import blake2b
from typing import Any

from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from rembuk.common.difference import word_difference
from rembuk.common.text import clean_text, excerpt, render_plain
from rembuk.consultations.choices import ParticipantKind
from rembuk.consultations.models import ClauseText
from rembuk.consultations.writing.comparing import answer_words, clause_label
from rembuk.consultations.writing.sheet import Sheet, TextChange, wording
from rembuk.regions.models import Region
from rembuk.web.consultations.reading.parts import correction_rows
from rembuk.web.consultations.taking.seat import Seat

type Row = dict[str, Any]

MOST_BELOW = 40


def url(seat: Seat, name: str, *more: int) -> str:
    """The address of a page of taking part."""
    return reverse(f"consultations:{name}", args=[seat.code, *more])


def local_key(seat: Seat, part: str) -> str:
    """Under which name the browser keeps what is typed on a page until it has arrived."""
    return f"masukan-{seat.code}-{part}"


def base_of(values: object) -> str:
    """A digest of what a form shows first: what is kept on the device belongs to exactly this."""
    return blake2b(repr(values).encode(), digest_size=8).hexdigest()


def steps(seat: Seat, sheet: Sheet, here: str) -> list[Row]:
    """The pages of the form in order: {label, url, is_here, is_done}; «here» is a part's name as in ``local_key``."""
    said = sheet.content
    rows = [
        _step(_("You and the whole"), url(seat, "take"), here == "siapa", bool(said.stance or said.reason))
    ]
    if sheet.version is not None:
        is_here = here.startswith("butir")
        rows.append(_step(_("Clauses"), url(seat, "take_text"), is_here, bool(said.remarks)))
    for place, page in enumerate(sheet.pages, 1):
        label = _("Questions") if len(sheet.pages) == 1 else _("Questions %(n)d") % {"n": place}
        numbers = {question.number for question in sheet.questions if question.page == page}
        address = url(seat, "take_questions", page)
        rows.append(_step(label, address, here == f"tanya-{page}", bool(numbers & said.answers.keys())))
    return [*rows, _step(_("Check and send"), url(seat, "take_review"), here == "tinjau", False)]


def _step(label: str, address: str, is_here: bool, is_done: bool) -> Row:
    return {"label": label, "url": address, "is_here": is_here, "is_done": is_done}


def after_who(seat: Seat, sheet: Sheet) -> str:
    """The page after the first."""
    return url(seat, "take_text") if sheet.version is not None else after_text(seat, sheet)


def after_text(seat: Seat, sheet: Sheet) -> str:
    """The page after the clauses."""
    return url(seat, "take_questions", sheet.pages[0]) if sheet.pages else url(seat, "take_review")


def after_clause(seat: Seat, sheet: Sheet, number: int, step: str) -> tuple[str, str]:
    """Where the button pressed on a clause leads, and the place on that page."""
    before, after = neighbours(sheet, number)
    if step == "next":
        return (url(seat, "take_clause", after) if after else after_text(seat, sheet)), ""
    if step == "previous" and before:
        return url(seat, "take_clause", before), ""
    if step == "see":
        return url(seat, "take_clause", number), "#usulan-rumusan"
    if step.startswith("quote"):
        return url(seat, "take_clause", number), "#id_quote"
    return url(seat, "take_text"), f"#butir-{number}"


def after_questions(seat: Seat, sheet: Sheet, page: int) -> str:
    """The page after a page of questions."""
    later = [one for one in sheet.pages if one > page]
    return url(seat, "take_questions", later[0]) if later else url(seat, "take_review")


def before_questions(seat: Seat, sheet: Sheet, page: int) -> str:
    """The page before a page of questions."""
    earlier = [one for one in sheet.pages if one < page]
    if earlier:
        return url(seat, "take_questions", earlier[-1])
    return url(seat, "take_text") if sheet.version is not None else url(seat, "take")


def clause_rows(seat: Seat, sheet: Sheet) -> list[Row]:
    """Every clause in reading order with what was said of it so far; those without words of their own are headings."""
    rows = []
    for text in sheet.texts:
        number = text.clause.number
        remark = sheet.content.remarks.get(number)
        rows.append(
            {
                "number": number,
                "url": url(seat, "take_clause", number),
                "label": clause_label(text, number),
                "heading": text.heading if text.full_label else "",
                "excerpt": excerpt(text.body, 140),
                "depth": min(text.depth, 4),
                "is_heading": not text.body,
                "stance": remark.stance if remark else "",
                "comment": excerpt(remark.comment, 90) if remark else "",
                "has_suggestion": bool(remark and remark.suggestion),
                "is_changed": number in sheet.changes,
            }
        )
    return rows


def neighbours(sheet: Sheet, number: int) -> tuple[int | None, int | None]:
    """The numbers of the clauses with words before and after this one, in reading order."""
    numbers = [text.clause.number for text in sheet.texts if text.body or text.clause.number == number]
    if number not in numbers:
        return None, numbers[0] if numbers else None
    place = numbers.index(number)
    before = numbers[place - 1] if place else None
    return before, numbers[place + 1] if place + 1 < len(numbers) else None


def place_of(sheet: Sheet, number: int) -> tuple[int, int] | None:
    """«3 of 40» for a clause, counting those with words of their own; ``None`` for one that has none or is gone."""
    numbers = [text.clause.number for text in sheet.texts if text.body]
    return (numbers.index(number) + 1, len(numbers)) if number in numbers else None


def below(seat: Seat, sheet: Sheet, text: ClauseText) -> list[Row]:
    """The parts with words below a clause that has none of its own, the first ``MOST_BELOW``."""
    rows: list[Row] = []
    for part in sheet.texts:
        if part.position <= text.position:
            continue
        if part.depth <= text.depth or len(rows) == MOST_BELOW:
            break
        if part.body:
            number = part.clause.number
            label = clause_label(part, number)
            rows.append({"label": label, "url": url(seat, "take_clause", number), "body": part.body})
    return rows


def passages(text: ClauseText) -> list[str]:
    """The paragraphs of a clause, each of which can be quoted."""
    return [line.strip() for line in wording(text).split("\n") if line.strip()]


def change_row(change: TextChange) -> Row:
    """How a clause changed since something was said of it: the difference, or that it was removed."""
    if change.now is None:
        return {"is_removed": True, "version": change.before.version.number}
    before, after = _whole(change.before), _whole(change.now)
    return {"parts": word_difference(before, after), "version": change.before.version.number}


def _whole(text: ClauseText) -> str:
    return f"{text.heading}\n\n{text.body}".strip()


def suggestion_parts(sheet: Sheet, number: int, suggestion: str) -> list[Any]:
    """The difference of a suggested wording to the clause it was written for."""
    change = sheet.changes.get(number)
    text = change.before if change else sheet.text_of(number)
    if not suggestion or text is None:
        return []
    return word_difference(clean_text(wording(text)), suggestion)


def who_facts(seat: Seat, sheet: Sheet) -> list[Row]:
    """As what somebody takes part, for ``components/facts.html``."""
    said = sheet.content
    kind = said.participant_kind
    region = Region.objects.filter(code=said.region).first() if said.region else None
    name = said.participant_name or (seat.person.shown_name if seat.person else "")
    return [
        {
            "term": _("You take part as"),
            "value": ParticipantKind(kind).label if kind in ParticipantKind.values else "",
        },
        {"term": _("Name"), "value": name},
        {
            "term": _("Shown to the public as"),
            "value": _("Participant (name hidden)") if said.is_name_masked else "",
        },
        {"term": _("Directly affected"), "value": _("Yes") if said.is_affected else ""},
        {"term": _("Place"), "value": region.full_name if region else ""},
    ]


def said_rows(seat: Seat, sheet: Sheet) -> Row:
    """Everything that was said, as review, receipt and the page after closing show it."""
    said = sheet.content
    return {
        "facts": who_facts(seat, sheet),
        "stance": said.stance if said.has_valid_stance else "",
        "reason": mark_safe(render_plain(said.reason)),  # noqa: S308
        "remarks": [_remark_row(seat, sheet, number) for number in _in_order(sheet)],
        "answers": [
            {
                "question": question.text,
                "words": answer_words(question, said.answers[question.number]),
                "corrections": correction_rows(question),
                "url": url(seat, "take_questions", question.page) + f"#id_q{question.number}",
            }
            for question in sheet.questions
            if question.number in said.answers
        ],
    }


def _in_order(sheet: Sheet) -> list[int]:
    """Numbers of the clauses commented on, in reading order; removed ones last."""
    places = {text.clause.number: text.position for text in sheet.texts}
    return sorted(sheet.content.remarks, key=lambda number: (places.get(number, 10**9), number))


def _remark_row(seat: Seat, sheet: Sheet, number: int) -> Row:
    remark = sheet.content.remarks[number]
    change = sheet.changes.get(number)
    return {
        "number": number,
        "label": clause_label(sheet.text_of(number), number),
        "url": url(seat, "take_clause", number),
        "stance": remark.stance,
        "quote": remark.quote,
        "comment": mark_safe(render_plain(remark.comment)),  # noqa: S308
        "parts": suggestion_parts(sheet, number, remark.suggestion),
        "change": change_row(change) if change else None,
    }


def missing_rows(seat: Seat, sheet: Sheet) -> list[Row]:
    """What keeps it from being sent, each with the place where it is mended."""
    rows = []
    pages = {question.number: question for question in sheet.questions}
    for key, texts in sheet.problems.items():
        kind, _dash, number = key.partition("-")
        if kind == "clause":
            label, address = (
                clause_label(sheet.text_of(int(number)), int(number)),
                url(seat, "take_clause", int(number)),
            )
        elif kind == "question":
            question = pages[int(number)]
            label, address = question.text, url(seat, "take_questions", question.page) + f"#id_q{number}"
        else:
            label, address = "", url(seat, "take") + (f"#id_{key}" if key else "")
        rows += [{"label": label, "text": text, "url": address} for text in texts]
    return rows

"""What the pages of writing show: the first page, the list of clauses, one clause, a page of questions."""

import re
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.common.difference import word_difference
from rembuk.consultations.models import ClauseText
from rembuk.consultations.writing.comparing import clause_label
from rembuk.consultations.writing.sheet import Sheet
from rembuk.regions.models import Region
from rembuk.web.consultations.taking import parts
from rembuk.web.consultations.taking.forms import RemarkForm, WhoForm
from rembuk.web.consultations.taking.questions import QuestionsForm
from rembuk.web.consultations.taking.seat import Seat

type Context = dict[str, Any]

SAVED = "tersimpan"
_PART = re.compile(r"(siapa|butir-\d{1,9}|tanya-\d{1,5})\Z")


def shared(seat: Seat, sheet: Sheet, title: str, here: str) -> Context:
    """What every page of the form has: steps, key, crumbs, what has just arrived."""
    consultation = seat.consultation
    home = reverse("consultations:detail", args=[seat.code])
    arrived = seat.request.GET.get(SAVED, "")
    return {
        "page_title": title,
        "section": "consultations",
        "consultation": consultation,
        "crumbs": [
            {"label": _("Consultations"), "url": reverse("consultations:list")},
            {"label": consultation.title, "url": home},
            {"label": title},
        ],
        "steps": parts.steps(seat, sheet, here),
        "key": seat.signed_key,
        "is_sent": seat.is_sent,
        "has_saved": seat.submission is not None,
        "submission": seat.submission,
        "receipt_url": parts.url(seat, "receipt"),
        "review_url": parts.url(seat, "take_review"),
        "discard_url": parts.url(seat, "discard") if seat.submission is not None else "",
        "home_url": home,
        "local_key": parts.local_key(seat, here),
        "cleared_key": parts.local_key(seat, arrived) if _PART.match(arrived) else "",
        "has_arrived": bool(_PART.match(arrived)),
    }


def who_page(seat: Seat, sheet: Sheet, form: WhoForm, *, status: int = 200) -> HttpResponse:
    """Stance and reason of the whole, and as what somebody takes part."""
    attributes = {"data-similar": reverse("proposals:places"), "data-similar-into": "pilihan-tempat"}
    widget = form.fields["region_q"].widget
    widget.attrs.update({**attributes, "data-similar-least": 3, "autocomplete": "off"})
    context = {
        **shared(seat, sheet, _("Say what you think"), "siapa"),
        "form": form,
        "has_places": Region.objects.exists(),
        "base": parts.base_of(form.initial),
        "beside": seat.beside,
        "action": parts.url(seat, "take"),
    }
    return render(seat.request, "consultations/taking/who.html", context, status=status)


def text_page(seat: Seat, sheet: Sheet) -> HttpResponse:
    """The clauses with what was said of each so far."""
    rows = parts.clause_rows(seat, sheet)
    context = {
        **shared(seat, sheet, _("Clause by clause"), "butir"),
        "rows": rows,
        "version": sheet.version,
        "said_count": sum(1 for text in sheet.texts if text.clause.number in sheet.content.remarks),
        "all_count": sum(1 for text in sheet.texts if text.body),
        "next_url": parts.after_text(seat, sheet),
        "removed": [
            clause_label(text, number) for number, text in sheet.older.items() if number in sheet.changes
        ],
    }
    return render(seat.request, "consultations/taking/text.html", context)


def clause_page(
    seat: Seat, sheet: Sheet, text: ClauseText, form: RemarkForm, *, status: int = 200
) -> HttpResponse:
    """One clause with its words, and what is said of it."""
    number = text.clause.number
    before, after = parts.neighbours(sheet, number)
    label = clause_label(text, number)
    change = sheet.changes.get(number)
    suggestion = str(form["suggestion"].value() or "")
    form.fields["suggestion"].widget.attrs.update({"data-difference": "beda", "data-original": form.original})
    is_wordless = not form.original and not suggestion and not form["quote"].value()
    context = {
        **shared(seat, sheet, label, f"butir-{number}"),
        "text": text,
        "is_wordless": is_wordless,
        "below": parts.below(seat, sheet, text) if not text.body and number not in sheet.older else [],
        "label": label,
        "passages": parts.passages(text),
        "form": form,
        "base": parts.base_of(form.initial),
        "change": parts.change_row(change) if change else None,
        "version": sheet.version,
        "suggested": word_difference(form.original, suggestion)
        if suggestion.strip() != form.original
        else [],
        "place": parts.place_of(sheet, number),
        "has_before": before is not None,
        "has_after": after is not None,
        "action": parts.url(seat, "take_clause", number),
        "text_url": parts.url(seat, "take_text"),
        "read_url": reverse("consultations:clause", args=[seat.code, number]),
    }
    return render(seat.request, "consultations/taking/clause.html", context, status=status)


def questions_page(
    seat: Seat, sheet: Sheet, page: int, form: QuestionsForm, *, status: int = 200
) -> HttpResponse:
    """One page of questions."""
    context = {
        **shared(seat, sheet, _("Questions"), f"tanya-{page}"),
        "form": form,
        "rows": form.rows,
        "base": parts.base_of(form.initial),
        "place": (sheet.pages.index(page) + 1, len(sheet.pages)),
        "action": parts.url(seat, "take_questions", page),
    }
    return render(seat.request, "consultations/taking/questions.html", context, status=status)

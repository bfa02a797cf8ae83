"""Writing a report on the desk: the form of its parts, and what happens when two write at once."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django import forms
from django.db.models import TextChoices
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rembuk.common.text import clean_text
from rembuk.reports.actions.writing import LONGEST
from rembuk.reports.errors import ChangedMeanwhile, ChangedSinceRead
from rembuk.reports.models import Report

type Row = dict[str, Any]
# The buttons of the form.
SAVE, REFRESH, PUBLISH = "save", "refresh", "publish"


class SeenForm(forms.Form):
    """The state of the report that she has before her."""

    seen = forms.DateTimeField()


class WordsForm(forms.Form):
    """A field for each part; ``seen`` is the state of the report that she has before her."""

    seen = forms.DateTimeField(widget=forms.HiddenInput)

    def __init__(self, data: Any, report: Report, labels: type[TextChoices]) -> None:
        super().__init__(data, initial={**report.words, "seen": report.changed_at.isoformat()})
        self.parts = [part for part, _label in labels.choices]
        for part, label in labels.choices:
            self.fields[part] = forms.CharField(
                label=label, required=False, max_length=LONGEST, widget=forms.Textarea({"rows": 6})
            )
        self.fields[self.parts[0]].help_text = gettext_lazy("Headings with ##, lists with -, bold with **.")

    @property
    def words(self) -> dict[str, str]:
        """The parts as typed."""
        return {part: self.cleaned_data[part] for part in self.parts}

    def look_at(self, report: Report) -> None:
        """Let the next sending count from what stands there now."""
        self.data = {**dict(self.data.items()), "seen": report.changed_at.isoformat()}


def save(form: WordsForm, write: Callable[[dict[str, str], datetime], object], report: Report) -> int:
    """Save a sent form by the action ``write(words, seen)``; 0 when it is saved, else the status of the page."""
    if not form.is_valid():
        return 422
    try:
        write(form.words, form.cleaned_data["seen"])
    except ChangedMeanwhile as refusal:
        report.refresh_from_db()
        form.look_at(report)
        form.add_error(None, str(refusal))
        return 409
    return 0


def mark(report: Report) -> list[dict[str, str]]:
    """What the question before publishing carries: the state of the report that she read."""
    return [{"name": "seen", "value": report.changed_at.isoformat()}]


def seen(request: HttpRequest) -> datetime:
    """The state of the report that she read before she published.

    Raises:
        ChangedSinceRead: when nothing readable was sent, so that she reads it now.
    """
    form = SeenForm(request.POST)
    if not form.is_valid():
        raise ChangedSinceRead
    found: datetime = form.cleaned_data["seen"]
    return found


def fields(form: WordsForm, report: Report, drafted: dict[str, str]) -> list[Row]:
    """Each part with what a draft of now would say, and after a conflict with what stands there now."""
    return [
        {
            "field": form[part],
            "drafted": drafted[part] if _differs(drafted[part], form[part].value()) else "",
            "theirs": report.words.get(part, "")
            if form.is_bound and _differs(report.words.get(part, ""), form[part].value())
            else "",
        }
        for part in form.parts
    ]


def button(request: HttpRequest) -> str:
    """Which button was pressed."""
    asked = request.POST.get("step", SAVE)
    return asked if asked in {SAVE, REFRESH, PUBLISH} else SAVE


def told(step: str) -> str:
    """What is said afterwards."""
    return (
        _("Your words are saved, and the figures are those of now.")
        if step == REFRESH
        else _("Your words are saved.")
    )


def _differs(text: str, other: object) -> bool:
    return bool(text) and clean_text(text) != clean_text(str(other or ""))

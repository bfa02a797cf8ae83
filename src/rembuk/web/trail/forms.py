"""The filters of the audit page and of the log page."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rembuk.accounts.models import Person
from rembuk.audit import selectors as audit
from rembuk.audit import verbs
from rembuk.common.clock import first_instant, last_instant
from rembuk.logbook import selectors as log
from rembuk.management.selectors import named
from rembuk.siteconfig.selectors import current
from rembuk.web.trail import words

MOST_PEOPLE = 200
_BIGGEST = 19
_DAY = {"type": "date"}


def people_called(text: str) -> tuple[int, ...] | None:
    """Numbers of the people with this name or email address; a number itself, as older links have it, stays.

    Nothing asked for is ``None``; nobody found is an empty tuple, which fits no entry.
    """
    if not text:
        return None
    if text.isdecimal() and len(text) < _BIGGEST:
        return (int(text),)
    return tuple(named(Person.objects.all(), text).order_by("pk").values_list("pk", flat=True)[:MOST_PEOPLE])


class PeriodForm(forms.Form):
    """A period in calendar days of the office's zone, both ends included."""

    hide_optional = True

    dari = forms.DateField(
        label=_("From"), required=False, widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d")
    )
    sampai = forms.DateField(
        label=_("Until"), required=False, widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d")
    )

    def period(self) -> tuple[datetime | None, datetime | None]:
        """The instants the period begins and ends at."""
        since, until = self.cleaned_data.get("dari"), self.cleaned_data.get("sampai")
        zone = current().tz
        begin = first_instant(since, zone) if since else None
        return begin, last_instant(until, zone) if until else None


class AuditFilterForm(PeriodForm):
    """Who, what, when, and words of a reason or a code."""

    q = forms.CharField(
        label=_("Code or words of a reason"), required=False, max_length=100, widget=forms.SearchInput
    )
    perbuatan = forms.ChoiceField(label=_("Deed"), required=False)
    orang = forms.CharField(
        label=_("Name or email of the person"), required=False, max_length=254, widget=forms.SearchInput
    )
    permintaan = forms.CharField(
        label=_("Request id"), required=False, max_length=64, widget=forms.SearchInput
    )
    massal = forms.CharField(label=_("Bulk act"), required=False, max_length=40, widget=forms.HiddenInput)

    field_order = ("massal", "q", "perbuatan", "dari", "sampai", "orang", "permintaan")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["perbuatan"]
        field.choices = [("", _("All deeds")), *verbs.choices()]  # type: ignore[attr-defined]

    def wanted(self, unit_paths: tuple[str, ...] | None) -> audit.Filter:
        """What was asked for, within the reader's reach."""
        given = self.cleaned_data
        since, until = self.period()
        return audit.Filter(
            text=given.get("q", ""),
            verb=given.get("perbuatan", ""),
            person_ids=people_called(given.get("orang", "")),
            request_id=given.get("permintaan", ""),
            bulk=given.get("massal", ""),
            since=since,
            until=until,
            unit_paths=unit_paths,
        )


class LogFilterForm(PeriodForm):
    """Level, event, person, request."""

    tingkat = forms.ChoiceField(label=_("At least"), required=False)
    keamanan = forms.BooleanField(label=_("Security events only"), required=False)
    peristiwa = forms.CharField(
        label=_("Event begins with"), required=False, max_length=100, widget=forms.SearchInput
    )
    permintaan = forms.CharField(
        label=_("Request id"), required=False, max_length=64, widget=forms.SearchInput
    )
    orang = forms.CharField(
        label=_("Name or email of the person"), required=False, max_length=254, widget=forms.SearchInput
    )

    field_order = ("tingkat", "keamanan", "peristiwa", "dari", "sampai", "permintaan", "orang")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["tingkat"]
        field.choices = [("", _("All levels")), *((name, words.level(n)) for name, n in log.LEVELS.items())]  # type: ignore[attr-defined]

    def wanted(self) -> log.Filter:
        """What was asked for."""
        given = self.cleaned_data
        since, until = self.period()
        return log.Filter(
            level=log.LEVELS.get(given.get("tingkat", ""), 0),
            security_only=bool(given.get("keamanan")),
            event=given.get("peristiwa", ""),
            request_id=given.get("permintaan", ""),
            person_ids=people_called(given.get("orang", "")),
            since=since,
            until=until,
        )

"""The filters of lists of consultations and of the submissions of one."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from rembuk.common import clock
from rembuk.common.text import clean_line
from rembuk.consultations.choices import Kind, ParticipantKind, Stance
from rembuk.consultations.models import Answer, Consultation, Remark, Submission
from rembuk.consultations.schedule import Stage
from rembuk.consultations.selectors import listing
from rembuk.taxonomy import selectors as taxonomy
from rembuk.web.components.words import KINDS
from rembuk.web.proposals.filters import choices, units_asked
from rembuk.workunits import selectors as workunits

YEARS_BACK = 6
_STAGES = [stage for stage in Stage if stage is not Stage.DRAFT]


def years() -> list[tuple[str, str]]:
    """The years a consultation may have opened in, newest first."""
    this = clock.local_date().year
    return [(str(year), str(year)) for year in range(this + 1, this - YEARS_BACK, -1)]


class ConsultationFilter(django_filters.FilterSet):
    """Words, stage, kind, unit with all below, category with its children, year. Cancelled ones only when asked for."""

    q = django_filters.CharFilter(
        label=_("Words or code"), method="by_words", max_length=200, widget=forms.SearchInput
    )
    tahap = django_filters.ChoiceFilter(
        label=_("Stage"),
        method="by_stage",
        choices=[(stage.value, KINDS["consultation"][stage].word) for stage in _STAGES],
        empty_label=_("All stages"),
    )
    jenis = django_filters.ChoiceFilter(
        label=_("Kind"), field_name="kind", choices=Kind.choices, empty_label=_("All kinds")
    )
    satuan = django_filters.ChoiceFilter(
        label=_("Work unit"), method="by_unit", empty_label=_("All work units")
    )
    kategori = django_filters.ChoiceFilter(
        label=_("Category"), method="by_category", empty_label=_("All categories")
    )
    tahun = django_filters.ChoiceFilter(label=_("Year"), method="by_year", empty_label=_("All years"))

    class Meta:
        model = Consultation
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["satuan"].extra["choices"] = units_asked((self.data or {}).get("satuan", ""))
        self.filters["kategori"].extra["choices"] = choices("category")
        self.filters["tahun"].extra["choices"] = years()
        form: Any = self.form
        form.hide_optional = True

    def by_words(self, rows: QuerySet[Consultation], name: str, value: str) -> QuerySet[Consultation]:
        """Every word, or the code."""
        return rows.filter(listing.found_by(value))

    def by_stage(self, rows: QuerySet[Consultation], name: str, value: str) -> QuerySet[Consultation]:
        """Those at a stage by the clock."""
        return rows.filter(listing.at_stage(Stage(value), clock.now()))

    def by_unit(self, rows: QuerySet[Consultation], name: str, value: str) -> QuerySet[Consultation]:
        """The unit and all below it."""
        return rows.filter(workunits.at_or_below("unit", value))

    def by_category(self, rows: QuerySet[Consultation], name: str, value: str) -> QuerySet[Consultation]:
        """The category and its children."""
        return rows.filter(taxonomy.at_or_below("category", value))

    def by_year(self, rows: QuerySet[Consultation], name: str, value: str) -> QuerySet[Consultation]:
        """Those that opened, or will open, in a year."""
        return rows.filter(opens_at__year=int(value))


def consultation_filter(asked: QueryDict) -> ConsultationFilter:
    """The filter over all that are listed; over cancelled ones as well where these are asked for."""
    asks_cancelled = asked.get("tahap") == Stage.CANCELLED
    among = listing.with_public_page() if asks_cancelled else listing.is_listed()
    return ConsultationFilter(asked, queryset=Consultation.objects.filter(among))


class SubmissionFilter(django_filters.FilterSet):
    """Stance on the whole, kind of participant, clause remarked on, words."""

    q = django_filters.CharFilter(
        label=_("Words or number"), method="by_words", max_length=100, widget=forms.SearchInput
    )
    sikap = django_filters.ChoiceFilter(
        label=_("Stance"), field_name="stance", choices=Stance.choices, empty_label=_("All stances")
    )
    peserta = django_filters.ChoiceFilter(
        label=_("Participant"),
        field_name="participant_kind",
        choices=ParticipantKind.choices,
        empty_label=_("All participants"),
    )
    butir = django_filters.ChoiceFilter(
        label=_("Clause"), method="by_clause", choices=[], empty_label=_("All clauses")
    )

    class Meta:
        model = Submission
        fields: list[str] = []

    def __init__(self, *args: Any, clauses: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if clauses:
            self.filters["butir"].extra["choices"] = clauses
        else:
            del self.filters["butir"]
        form: Any = self.form
        form.hide_optional = True

    def by_words(self, rows: QuerySet[Submission], name: str, value: str) -> QuerySet[Submission]:
        """The text as typed in the reason, a remark or an answer; or the number of the receipt."""
        text = clean_line(value)
        if text.isdecimal() and len(text) < 8:
            return rows.filter(number=int(text))
        # Of these rows only: otherwise the remarks and answers of all consultations are read.
        here = rows.order_by().values("pk")
        said = Remark.objects.filter(
            Q(comment__icontains=text) | Q(suggestion__icontains=text), submission__in=here
        )
        answers = Answer.objects.filter(text__icontains=text, submission__in=here)
        found = Q(reason__icontains=text) | Q(code__iexact=text)
        return rows.filter(
            found | Q(pk__in=said.values("submission")) | Q(pk__in=answers.values("submission"))
        )

    def by_clause(self, rows: QuerySet[Submission], name: str, value: str) -> QuerySet[Submission]:
        """Those with a remark on a clause."""
        remarks = Remark.objects.filter(submission=OuterRef("pk"), clause__number=int(value))
        return rows.filter(Exists(remarks))

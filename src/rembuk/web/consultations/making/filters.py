"""The filters of the staff list of consultations."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from rembuk.common import clock
from rembuk.consultations.choices import Kind
from rembuk.consultations.models import Consultation
from rembuk.consultations.schedule import Stage
from rembuk.consultations.selectors import listing
from rembuk.consultations.states import State
from rembuk.web.proposals.filters import choices
from rembuk.workunits import selectors as workunits


class DeskFilter(django_filters.FilterSet):
    """Words, stage by the clock, kind, unit with all below."""

    q = django_filters.CharFilter(
        label=_("Words or code"), method="by_words", max_length=100, widget=forms.SearchInput
    )
    tahap = django_filters.ChoiceFilter(
        label=_("Stage"), method="by_stage", choices=Stage.choices, empty_label=_("All stages")
    )
    jenis = django_filters.ChoiceFilter(
        label=_("Kind"), field_name="kind", choices=Kind.choices, empty_label=_("All kinds")
    )
    satuan = django_filters.ChoiceFilter(
        label=_("Work unit"), method="by_unit", empty_label=_("All work units")
    )

    class Meta:
        model = Consultation
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["satuan"].extra["choices"] = choices("unit")
        form: Any = self.form
        form.hide_optional = True

    def by_words(self, rows: QuerySet[Consultation], name: str, value: str) -> QuerySet[Consultation]:
        """Every word, or the code."""
        return rows.filter(listing.found_by(value))

    def by_stage(self, rows: QuerySet[Consultation], name: str, value: str) -> QuerySet[Consultation]:
        """The stage now; cancelled drafts among the cancelled ones."""
        if value == Stage.CANCELLED:
            return rows.filter(Q(state=State.CANCELLED))
        return rows.filter(listing.at_stage(Stage(value), clock.now()))

    def by_unit(self, rows: QuerySet[Consultation], name: str, value: str) -> QuerySet[Consultation]:
        """The unit and all below it."""
        return rows.filter(workunits.at_or_below("unit", value))

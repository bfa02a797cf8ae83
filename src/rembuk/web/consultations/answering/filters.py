"""The filters of the matrix: which there are, and how an address says them."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from rembuk.accounts.models import Person
from rembuk.consultations.choices import ParticipantKind, Verdict
from rembuk.consultations.matrix import progress
from rembuk.consultations.matrix.like import readable_groups
from rembuk.consultations.matrix.rows import RowFilter, readable
from rembuk.consultations.models import Clause, Consultation
from rembuk.consultations.states import RowState
from rembuk.taxonomy.models import Category
from rembuk.workunits.models import WorkUnit

TASKS = (
    ("saya", gettext_lazy("Waiting for me")),
    ("kosong", gettext_lazy("With nobody")),
    ("setujui", gettext_lazy("To be approved by me")),
    ("terbitkan", gettext_lazy("To be published")),
)
WHOLE = NOBODY = "0"


class RowsForm(forms.Form):
    """Filters of a consultation's matrix, with the choices that occur in it; six small queries."""

    hide_optional = True

    q = forms.CharField(label=gettext_lazy("Words or receipt"), max_length=200, required=False)
    tugas = forms.ChoiceField(
        label=pgettext_lazy("matrix", "Work"),
        choices=[("", gettext_lazy("All rows")), *TASKS],
        required=False,
    )
    keadaan = forms.ChoiceField(
        label=gettext_lazy("State"),
        choices=[("", gettext_lazy("All states")), *RowState.choices],
        required=False,
    )
    butir = forms.ChoiceField(label=gettext_lazy("Clause"), required=False)
    putusan = forms.ChoiceField(
        label=gettext_lazy("Verdict"),
        choices=[("", gettext_lazy("All verdicts")), *Verdict.choices],
        required=False,
    )
    satuan = forms.ChoiceField(label=gettext_lazy("Unit in charge"), required=False)
    orang = forms.ChoiceField(label=gettext_lazy("Person in charge"), required=False)
    kategori = forms.ChoiceField(label=gettext_lazy("Category"), required=False)
    sebagai = forms.ChoiceField(
        label=gettext_lazy("Takes part as"),
        choices=[("", gettext_lazy("Everybody")), *ParticipantKind.choices],
        required=False,
    )
    kelompok = forms.ChoiceField(label=gettext_lazy("Group of like submissions"), required=False)
    kembali = forms.BooleanField(label=gettext_lazy("Returned with a note"), required=False)
    # The fingerprint of a reason, from the auditor's page of copied reasons.
    alasan = forms.SlugField(
        label=gettext_lazy("Same reason"), max_length=32, required=False, widget=forms.HiddenInput
    )

    def __init__(self, data: Any, *, consultation: Consultation, by: Person) -> None:
        super().__init__(data)
        rows = readable(consultation, by)
        self.labels = progress.clause_labels(consultation)
        numbers = dict(Clause.objects.filter(pk__in=rows.values("clause")).values_list("pk", "number"))
        clauses = [(str(numbers[key]), label) for key, label in self.labels.items() if key in numbers]
        self._offer("butir", _("All clauses"), [(WHOLE, _("The whole and questions")), *clauses])
        units = WorkUnit.objects.filter(pk__in=rows.values("unit")).order_by("path")
        self._offer("satuan", _("All work units"), [(unit.code, unit.label) for unit in units])
        people = Person.objects.filter(pk__in=rows.values("assigned_to")).order_by("name")
        self._offer(
            "orang",
            _("Everybody"),
            [(NOBODY, _("Nobody")), *((str(one.pk), one.shown_name) for one in people)],
        )
        kinds = Category.objects.filter(pk__in=rows.values("category")).order_by("path")
        self._offer("kategori", _("All categories"), [(one.slug, one.label) for one in kinds])
        groups = readable_groups(consultation, by).filter(dismissed_at=None).order_by("title")
        self._offer("kelompok", _("All groups"), [(str(one.public_id), one.title) for one in groups])

    def wanted(self) -> RowFilter:
        """What was asked for; a value nobody offered narrows nothing."""
        self.is_valid()
        kept = self.cleaned_data
        clause = kept.get("butir", "")
        return RowFilter(
            clause=int(clause) if clause else None,
            state=kept.get("keadaan", ""),
            verdict=kept.get("putusan", ""),
            unit=kept.get("satuan", ""),
            task=kept.get("tugas", ""),
            person=int(kept["orang"]) if kept.get("orang") else None,
            category=kept.get("kategori", ""),
            participant=kept.get("sebagai", ""),
            group=UUID(kept["kelompok"]) if kept.get("kelompok") else None,
            words=kept.get("q", ""),
            is_returned=bool(kept.get("kembali")),
            digest=kept.get("alasan", ""),
        )

    def _offer(self, name: str, everything: str, choices: list[tuple[str, str]]) -> None:
        field: Any = self.fields[name]
        field.choices = [("", everything), *choices]
        if not choices:
            field.widget = forms.HiddenInput()

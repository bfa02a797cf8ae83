"""The filters of the matrix: which there are, and how an address says them."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from rembuk.accounts.models import Person
from rembuk.common.codes import read_uuid
from rembuk.consultations.choices import ParticipantKind, Verdict
from rembuk.consultations.matrix import progress
from rembuk.consultations.matrix.like import readable_groups
from rembuk.consultations.matrix.rows import RowFilter, readable
from rembuk.consultations.models import Clause, Consultation, MatrixRow
from rembuk.consultations.states import RowState
from rembuk.taxonomy.models import Category
from rembuk.web.components.suggesting import SuggestingInput
from rembuk.workunits.models import WorkUnit

TASKS = (
    ("saya", gettext_lazy("Waiting for me")),
    ("kosong", gettext_lazy("With nobody")),
    ("setujui", gettext_lazy("To be approved by me")),
    ("terbitkan", gettext_lazy("To be published")),
)
_NUMBER = re.compile(r"[0-9]{1,6}")
WHOLE = NOBODY = "0"
MOST_SUGGESTED = 200


class ClauseChoice:
    """The clause that was asked for: by number, as links have it, or by its label or the beginning of it."""

    def __init__(self, consultation: Consultation, labels: dict[int, str], asked: str) -> None:
        self.consultation, self.labels = consultation, labels
        self.asked = asked.strip()
        self._number = int(self.asked) if _NUMBER.fullmatch(self.asked) else None
        self._key = self._numbered(self._number) if self._number else None
        self.typed = self.asked
        if self._number == 0:
            self.typed = _("The whole and questions")
        elif self._key is not None:
            self.typed = labels.get(self._key, "") or self.asked

    @property
    def is_whole(self) -> bool:
        """Whether rows about no clause are asked for."""
        return self._number == 0 or _plain(self.asked) == _plain(_("The whole and questions"))

    def keys(self) -> frozenset[int] | None:
        """The clauses that are meant: the one of this number or label, else those whose label begins so."""
        if not self.asked or self.is_whole:
            return None
        if self._number:
            return frozenset([self._key] if self._key is not None else [])
        wanted = _plain(self.asked)
        exact = frozenset(key for key, label in self.labels.items() if _plain(label) == wanted)
        return exact or frozenset(
            key for key, label in self.labels.items() if _plain(label).startswith(wanted)
        )

    def suggestions(self, rows: QuerySet[MatrixRow]) -> Iterator[str]:
        """The labels of clauses that rows are about, in reading order; a bare number gets a full stop, being a number else."""
        used = set(rows.order_by().values_list("clause", flat=True).distinct())
        yield _("The whole and questions")
        for key, label in self.labels.items():
            if key in used and label:
                yield f"{label}." if _NUMBER.fullmatch(label) else label

    def _numbered(self, number: int) -> int | None:
        found = Clause.objects.filter(consultation=self.consultation, number=number)
        return found.values_list("pk", flat=True).first()


def _plain(label: str) -> str:
    return " ".join(label.casefold().split()).rstrip(".")


class RowsForm(forms.Form):
    """Filters of a consultation's matrix, with the choices that occur in it; a few small queries.

    What there may be thousands of is typed: clauses by their label, groups by words of their title.
    """

    hide_optional = True

    q = forms.CharField(
        label=gettext_lazy("Words or receipt"), max_length=200, required=False, widget=forms.SearchInput
    )
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
    butir = forms.CharField(
        label=gettext_lazy("Clause"), max_length=200, required=False, widget=SuggestingInput
    )
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
    judul = forms.CharField(
        label=gettext_lazy("Words in the title of a group"),
        max_length=200,
        required=False,
        widget=SuggestingInput,
    )
    # One group, from its page.
    kelompok = forms.UUIDField(
        label=gettext_lazy("Group of like submissions"), required=False, widget=forms.HiddenInput
    )
    kembali = forms.BooleanField(label=gettext_lazy("Returned with a note"), required=False)
    # The fingerprint of a reason, from the auditor's page of copied reasons.
    alasan = forms.SlugField(
        label=gettext_lazy("Same reason"), max_length=32, required=False, widget=forms.HiddenInput
    )

    def __init__(self, data: Any, *, consultation: Consultation, by: Person) -> None:
        rows, groups = readable(consultation, by), readable_groups(consultation, by)
        self.labels = progress.clause_labels(consultation)
        self.clauses = ClauseChoice(consultation, self.labels, str(data.get("butir", "")))
        super().__init__({**data.dict(), "butir": self.clauses.typed})
        self._suggest("butir", self.clauses.suggestions(rows))
        self._name("butir", self.clauses.asked, self.clauses.typed)
        self._suggest(
            "judul", groups.filter(dismissed_at=None).order_by("title").values_list("title", flat=True)
        )
        if key := read_uuid(str(data.get("kelompok", ""))):
            title = groups.filter(public_id=key).values_list("title", flat=True).first()
            self._name("kelompok", str(key), title or "")
        units = WorkUnit.objects.filter(pk__in=rows.values("unit")).order_by("path")
        self._offer("satuan", _("All work units"), [(unit.code, unit.label) for unit in units])
        people = Person.objects.filter(pk__in=rows.values("assigned_to")).order_by("name")
        self._offer(
            "orang",
            _("Everybody"),
            [(NOBODY, _("Nobody")), *((str(one.public_id), one.shown_name) for one in people)],
        )
        kinds = Category.objects.filter(pk__in=rows.values("category")).order_by("path")
        self._offer("kategori", _("All categories"), [(one.slug, one.label) for one in kinds])

    def wanted(self) -> RowFilter:
        """What was asked for; a value nobody offered narrows nothing."""
        self.is_valid()
        kept = self.cleaned_data
        person = kept.get("orang", "")
        return RowFilter(
            clauses=self.clauses.keys(),
            is_whole=self.clauses.is_whole,
            state=kept.get("keadaan", ""),
            verdict=kept.get("putusan", ""),
            unit=kept.get("satuan", ""),
            task=kept.get("tugas", ""),
            person=read_uuid(person),
            is_with_nobody=person == NOBODY,
            category=kept.get("kategori", ""),
            participant=kept.get("sebagai", ""),
            group=kept.get("kelompok"),
            group_words=kept.get("judul", ""),
            words=kept.get("q", ""),
            is_returned=bool(kept.get("kembali")),
            digest=kept.get("alasan", ""),
        )

    def _offer(self, name: str, everything: str, choices: list[tuple[str, str]]) -> None:
        field: Any = self.fields[name]
        field.choices = [("", everything), *choices]
        if not choices:
            field.widget = forms.HiddenInput()

    def _suggest(self, name: str, options: Iterable[str]) -> None:
        """What the browser offers while somebody types: the first few; any other words can be typed too."""
        widget: Any = self.fields[name].widget
        widget.options = list(dict.fromkeys(islice(options, MOST_SUGGESTED)))

    def _name(self, name: str, value: str, words: str) -> None:
        """The words of a value that came with a link, for the chip of the filter."""
        field: Any = self.fields[name]
        field.choices = [(value, words or value)]

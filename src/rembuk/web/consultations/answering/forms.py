"""Forms on rows of the matrix, for one or for many: the answer, the note of a return, the assignment, the cut."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.access.holders import grants_in_force
from rembuk.accounts.models import Person
from rembuk.consultations.actions.answering.assigning import Assignment
from rembuk.consultations.actions.answering.drafting import LONGEST_CHANGE, LONGEST_REASON, AnswerText
from rembuk.consultations.choices import Verdict
from rembuk.consultations.matrix import progress
from rembuk.consultations.models import Clause, Consultation
from rembuk.consultations.selectors import wording
from rembuk.taxonomy.models import Category
from rembuk.web.desk.acts import ActForm
from rembuk.web.desk.unit_field import UnitField

NOBODY = "-"
CUT = "---"


def consultation_of(thing: Any) -> Consultation:
    """The consultation of a row, or itself where a form is for many rows."""
    found: Consultation = thing if isinstance(thing, Consultation) else thing.consultation
    return found


class NothingForm(ActForm):
    """An act that asks for nothing."""


class AnswerForm(ActForm):
    """Verdict, public reason, what changed and where. ``seen`` is the answer it was made from."""

    hide_optional = True

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    verdict = forms.ChoiceField(
        label=gettext_lazy("Verdict"), choices=Verdict.choices, widget=forms.RadioSelect, required=False
    )
    reason = forms.CharField(
        label=gettext_lazy("Public reason"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea({"rows": 6}),
        required=False,
        help_text=gettext_lazy("At least 20 characters. The author gets it, everybody can read it."),
    )
    change = forms.CharField(
        label=gettext_lazy("What changed because of it"),
        max_length=LONGEST_CHANGE,
        widget=forms.Textarea({"rows": 2}),
        required=False,
    )
    changed = forms.ChoiceField(label=gettext_lazy("Where it changed"), required=False)

    def prepare(self) -> None:
        self.version = wording.published_version(consultation_of(self.thing))
        self.clauses: dict[str, str] = {}
        if self.version is None or self.version.number < 2:
            del self.fields["changed"]
            return
        texts = self.version.texts.order_by("position").values_list("clause__number", "full_label")
        self.clauses = {str(number): label for number, label in texts}
        label = _("In no clause of version %(number)s") % {"number": self.version.number}
        self.field("changed").choices = [("", label), *self.clauses.items()]

    @property
    def answer(self) -> AnswerText:
        """What was written, as the actions take it."""
        kept, number = self.cleaned_data, self.cleaned_data.get("changed", "")
        clause = None
        if number:
            clause = Clause.objects.get(consultation=consultation_of(self.thing), number=int(number))
        return AnswerText(
            verdict=kept["verdict"],
            reason=kept["reason"],
            change=kept["change"],
            clause=clause,
            version=self.version if clause else None,
        )


class NoteForm(ActForm):
    """What should be different."""

    note = forms.CharField(
        label=gettext_lazy("Note to the proposer"),
        max_length=2_000,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("Only staff can read it."),
    )


class InternalNoteForm(ActForm):
    """A note among staff."""

    body = forms.CharField(
        label=gettext_lazy("Note"),
        max_length=5_000,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("Only staff can read it."),
    )


class AssignForm(ActForm):
    """Unit in charge, person, butir, category; what is not chosen stays."""

    hide_optional = True

    unit = UnitField(label=gettext_lazy("Unit in charge"), required=False)
    person = forms.ChoiceField(label=gettext_lazy("Person in charge"), required=False)
    clause = forms.ChoiceField(label=gettext_lazy("Clause"), required=False)
    category = forms.ChoiceField(label=gettext_lazy("Category"), required=False)

    def prepare(self) -> None:
        consultation = consultation_of(self.thing)
        stays = [("", _("Stays as it is"))]
        if not rights.can(self.by, izin.CONSULTATION_ANSWER, consultation.unit):
            del self.fields["unit"]
        self.people = {str(person.public_id): person for person in answerers()}
        named = [(key, person.shown_name) for key, person in self.people.items()]
        self.field("person").choices = [*stays, (NOBODY, _("Nobody in particular")), *named]
        labels = progress.clause_labels(consultation)
        numbers = dict(Clause.objects.filter(pk__in=labels).values_list("pk", "number"))
        clauses = [(str(numbers[key]), label) for key, label in labels.items()]
        self.field("clause").choices = [*stays, *clauses]
        kinds = Category.objects.filter(is_active=True).order_by("path")
        self.categories = {one.slug: one for one in kinds}
        self.field("category").choices = [*stays, *((one.slug, one.label) for one in kinds)]
        for name in ("clause", "category"):
            if len(self.field(name).choices) == 1:
                del self.fields[name]

    @property
    def assignment(self) -> Assignment:
        """What was chosen, as the action takes it."""
        kept = self.cleaned_data
        clause = None
        if kept.get("clause"):
            clause = Clause.objects.get(consultation=consultation_of(self.thing), number=int(kept["clause"]))
        return Assignment(
            unit=kept.get("unit"),
            person=self.people.get(kept["person"]),
            to_nobody=kept["person"] == NOBODY,
            category=self.categories.get(kept.get("category", "")),
            clause=clause,
        )


class CutForm(ActForm):
    """The words of a row, cut by lines of three hyphens."""

    points = forms.CharField(
        label=gettext_lazy("The words, cut into points"),
        max_length=20_000,
        widget=forms.Textarea({"rows": 8}),
        help_text=gettext_lazy("Put a line with --- between the points. Change nothing else."),
    )

    def prepare(self) -> None:
        self.field("points").initial = self.thing.text

    @property
    def parts(self) -> list[str]:
        """The points."""
        return re.split(rf"(?m)^[ \t]*{CUT}+[ \t]*\r?$", self.cleaned_data["points"])


def answerers() -> list[Person]:
    """People who may answer rows somewhere, by name; whether those of a unit, the action says."""
    holders = grants_in_force().filter(role__permissions__contains=[izin.CONSULTATION_ANSWER.key])
    found = Person.objects.filter(pk__in=holders.values("person"), deleted_at=None)
    return list(found.order_by("name", "pk"))

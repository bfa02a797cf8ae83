"""Forms of the handling panel: disposition, telaah, official answer, hiding, duplicates. Entering: ``entry_form``."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rembuk.common.clock import local_date
from rembuk.common.codes import read_code
from rembuk.proposals import selectors, worklists
from rembuk.proposals.actions.answer import MOST_YEARS_AHEAD
from rembuk.proposals.actions.refer import Handover
from rembuk.proposals.choices import AnswerKind, AssessmentVerdict
from rembuk.proposals.models import OfficialAnswer, Proposal
from rembuk.siteconfig.selectors import current
from rembuk.taxonomy.models import ReasonCode
from rembuk.web.desk.acts import ActForm, ReasonForm
from rembuk.web.desk.unit_field import UnitField, written
from rembuk.workunits.models import WorkUnit

OTHERS = 3
_AT_LEAST = gettext_lazy("At least 20 characters. Everybody can read it.")


def words(label: Any, *, rows: int = 5, required: bool = True, help_text: Any = "") -> forms.CharField:
    """A field for a few sentences."""
    widget = forms.Textarea({"rows": rows})
    return forms.CharField(
        label=label, max_length=5000, widget=widget, required=required, help_text=help_text
    )


class ReferForm(ActForm):
    """To whom: one unit in charge, up to three to be heard, an internal word to them."""

    responsible = UnitField(label=gettext_lazy("Responsible work unit"))
    other_1 = UnitField(label=gettext_lazy("Also to be heard"), required=False)
    other_2 = UnitField(label=gettext_lazy("Also to be heard (2)"), required=False, help_text="")
    other_3 = UnitField(label=gettext_lazy("Also to be heard (3)"), required=False, help_text="")
    note = words(
        gettext_lazy("Note to the work units"),
        rows=3,
        required=False,
        help_text=gettext_lazy("Internal. The public sees which units have it, not this note."),
    )

    def prepare(self) -> None:
        for wanted in (self.thing.executing_unit, self.thing.target_unit, self.thing.unit):
            if wanted is not None and wanted.is_active and not wanted.releases_own:
                self.field("responsible").initial = written(wanted)
                break

    def handover(self) -> Handover:
        """What was chosen."""
        kept = self.cleaned_data
        others = [kept[f"other_{n}"] for n in range(1, OTHERS + 1) if kept.get(f"other_{n}")]
        return Handover(responsible=kept["responsible"], others=others, note=kept["note"])


class ChangeDispositionForm(ReferForm):
    """The same later, with the reason that everybody reads."""

    reason = words(gettext_lazy("Reason for the change"), rows=3, help_text=_AT_LEAST)

    def prepare(self) -> None:
        rows = selectors.standing_dispositions(self.thing)
        others = (row.unit for row in rows if not row.is_responsible)
        for row in rows:
            if row.is_responsible:
                self.field("responsible").initial = written(row.unit)
        for number, unit in zip(range(1, OTHERS + 1), others, strict=False):
            self.field(f"other_{number}").initial = written(unit)


class AssessForm(ActForm):
    """Telaah of one of the person's units."""

    unit = forms.ModelChoiceField(
        WorkUnit.objects.none(),
        label=gettext_lazy("For which work unit"),
        to_field_name="code",
        empty_label=None,
    )
    verdict = forms.ChoiceField(
        label=gettext_lazy("Finding"), choices=AssessmentVerdict.choices, widget=forms.RadioSelect
    )
    reason = words(gettext_lazy("Reasons"), help_text=_AT_LEAST)

    def prepare(self) -> None:
        units = worklists.units_to_assess(self.thing, self.by)
        self.field("unit").queryset = WorkUnit.objects.filter(pk__in=[unit.pk for unit in units])
        if len(units) == 1:
            self.field("unit").initial = units[0].code


class AnswerForm(ReasonForm):
    """The official answer: which of three, what it needs, reason code and explanation."""

    use = ReasonCode.Use.ANSWER
    text_field = "message"

    kind = forms.ChoiceField(
        label=gettext_lazy("Answer"),
        choices=[choice for choice in AnswerKind.choices if choice[0] != AnswerKind.ADOPTED],
        widget=forms.RadioSelect,
    )
    year = forms.TypedChoiceField(
        label=gettext_lazy("Kept for which year"),
        coerce=int,
        empty_value=None,
        required=False,
        help_text=gettext_lazy("Only for “Kept for a later year”."),
    )
    return_on = forms.DateField(
        label=gettext_lazy("Comes back on"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("Only for “Kept for a later year”: it is then under review again by itself."),
    )
    to = forms.CharField(
        label=gettext_lazy("Handed on to"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Only for “Handed on outside”: the name of the office or body."),
    )
    message = words(gettext_lazy("Answer to the author"), rows=7, help_text=_AT_LEAST)
    field_order = ("kind", "year", "return_on", "to", "reason", "template", "message")

    def prepare(self) -> None:
        super().prepare()
        year = local_date(None, current().tz).year
        years = range(year + 1, year + MOST_YEARS_AHEAD + 1)
        self.field("year").choices = [("", _("Choose a year")), *((str(n), str(n)) for n in years)]

    def clean(self) -> dict[str, Any]:
        kept = super().clean() or {}
        needed = {AnswerKind.DEFERRED: ("year", "return_on"), AnswerKind.FORWARDED: ("to",)}
        for name in needed.get(kept.get("kind"), ()):  # type: ignore[arg-type]
            if not kept.get(name) and name not in self.errors:
                self.add_error(name, _("Needed for this answer."))
        if kept.get("message") and len(kept["message"].strip()) < OfficialAnswer.MIN_REASON:
            least = OfficialAnswer.MIN_REASON
            self.add_error("message", _("Explain it in at least %(least)s characters.") % {"least": least})
        return kept


class HideForm(ReasonForm):
    """Why it is hidden."""

    use = ReasonCode.Use.HIDE
    message = words(
        gettext_lazy("Explanation"), rows=4, help_text=gettext_lazy("Shown in place of the text.")
    )


class ExplainForm(ActForm):
    """An act that needs a public explanation and nothing else."""

    message = words(gettext_lazy("Explanation"), rows=4, help_text=_AT_LEAST)


class ResumeForm(ActForm):
    """Taking up early what was kept for later."""

    message = words(gettext_lazy("Explanation"), rows=3, required=False, help_text="")


class DuplicateForm(ActForm):
    """Which public proposal asks for the same."""

    of = forms.CharField(
        label=gettext_lazy("Code of the proposal that is kept"),
        max_length=30,
        help_text=gettext_lazy("For example USL-2026-000123. It has to be public."),
    )
    message = words(gettext_lazy("Message to the author"), rows=3, required=False)

    def clean_of(self) -> Proposal:
        """The public proposal with this code."""
        code = read_code(self.cleaned_data["of"])
        found = selectors.listed().filter(code=str(code)).exclude(pk=self.thing.pk).first() if code else None
        if found is None:
            raise forms.ValidationError(_("No other public proposal has this code."))
        return found


class NoteForm(ActForm):
    """A note among staff."""

    body = words(gettext_lazy("Internal note"), rows=3, help_text=gettext_lazy("Never public."))

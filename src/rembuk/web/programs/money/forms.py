"""Forms of money: pagu by source and cash plan by month, one payment, why it is struck out."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from rembuk.common.money import write_amount
from rembuk.programs.actions.money.budget import Budget
from rembuk.programs.choices import Fund
from rembuk.programs.money.selectors import Line
from rembuk.web.programs.money.fields import AmountField, EvidenceForm
from rembuk.web.programs.steering.forms import DayField


class BudgetForm(forms.Form):
    """One amount for each source of funds and each month; an empty one is no line."""

    def __init__(
        self,
        *args: Any,
        pagu: dict[str, Decimal],
        cash: dict[date, Decimal],
        months: Sequence[date],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        self.months = list(months)
        for fund in Fund:
            name = f"pagu_{fund}"
            self.fields[name] = AmountField(label=fund.label, required=False)
            self.initial.setdefault(name, pagu.get(fund))
        for month in self.months:
            name = f"cash_{month:%Y-%m}"
            self.fields[name] = AmountField(label=date_format(month, "F Y"), required=False)
            self.initial.setdefault(name, cash.get(month))

    @property
    def budget(self) -> Budget:
        """All lines as typed."""
        values = self.cleaned_data
        return Budget(
            pagu={fund.value: values[f"pagu_{fund}"] for fund in Fund},
            cash={month: values[f"cash_{month:%Y-%m}"] for month in self.months},
        )

    @property
    def pagu_fields(self) -> list[forms.BoundField]:
        """The sources."""
        return [self[f"pagu_{fund}"] for fund in Fund]

    @property
    def years(self) -> list[dict[str, Any]]:
        """The months by year."""
        found: dict[int, list[forms.BoundField]] = {}
        for month in self.months:
            found.setdefault(month.year, []).append(self[f"cash_{month:%Y-%m}"])
        return [{"year": year, "fields": rows} for year, rows in found.items()]


class SpendForm(EvidenceForm):
    """One payment."""

    fund = forms.ChoiceField(label=_("Source of funds"))
    amount = AmountField(label=_("Amount"), help_text=_("Such as Rp1.500.000,00 or 1,5 M."))
    spent_on = DayField(label=_("Day of payment"), help_text=_("The real day, today or before."))
    document_number = forms.CharField(
        label=_("Document number"), max_length=100, help_text=_("Such as the number of the SP2D. Public.")
    )
    description = forms.CharField(
        label=_("What was it for?"), max_length=300, required=False, help_text=_("In plain words. Public.")
    )

    field_order = ["fund", "amount", "spent_on", "document_number", "description", "evidence"]

    def __init__(self, *args: Any, lines: Iterable[Line], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        left = _("%(fund)s: %(left)s is left")
        fields["fund"].choices = [
            (line.fund, str(left) % {"fund": line.label, "left": write_amount(line.left)}) for line in lines
        ]


class ProofForm(EvidenceForm):
    """The evidence that a payment lacks."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["evidence"].required = True


class StrikeForm(forms.Form):
    """Why a payment is struck out."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Public, at least 20 characters. It stands beside the entry that no longer counts."),
    )

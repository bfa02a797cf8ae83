"""Putting an indicator together over several requests without script: rows can be added, nothing is lost."""

from typing import Any

from rembuk.common.errors import Invalid
from rembuk.programs.actions.indicators.define import Target
from rembuk.programs.models import Indicator, Program
from rembuk.programs.states import State
from rembuk.web.guards import PersonRequest
from rembuk.web.programs.indicators.forms import IndicatorForm
from rembuk.web.programs.steering.forms import ReasonForm, show_refusal


class IndicatorBench:
    """The form of an indicator and, once the programme is public, that of the reason."""

    def __init__(self, request: PersonRequest, program: Program, indicator: Indicator | None) -> None:
        is_sent = request.method == "POST"
        self.is_saving = is_sent and request.POST.get("step") != "more"
        data = request.POST if is_sent else None
        self.form = IndicatorForm(data, of=indicator)
        self.why = None if program.state == State.DRAFT else ReasonForm(data)
        if is_sent and not self.is_saving:
            self._without_faults()

    def _without_faults(self) -> None:
        """More rows were asked for: what was typed is shown again, without a word about what is missing yet."""
        for form in (self.form, self.why):
            if form is not None:
                form.initial = {**form.initial, **{name: form.data.get(name) for name in form.fields}}
                form.is_bound = False
        self.form.with_more_rows()

    def is_valid(self) -> bool:
        """Whether it can be saved; asks both forms, so that all faults show at once."""
        return all([self.form.is_valid(), self.why is None or self.why.is_valid()])

    @property
    def targets(self) -> list[Target]:
        """The filled rows in their order."""
        return list(self.form.targets.values())

    @property
    def reason(self) -> str:
        """The public reason; empty for a draft."""
        return self.why.cleaned_data["reason"] if self.why else ""

    def refuse(self, refusal: Invalid) -> None:
        """Show a refusal where it can be mended; the action numbers the filled rows, the page all of them."""
        numbers = list(self.form.targets)
        fields: dict[str, Any] = {}
        for name, texts in refusal.fields.items():
            stem, _dash, place = name.rpartition("_")
            is_row = stem in {"period", "ends_on", "target"} and int(place) <= len(numbers)
            fields[f"{stem}_{numbers[int(place) - 1]}" if is_row else name] = texts
        form = self.why if self.why is not None and "reason" in fields else self.form
        show_refusal(form, Invalid(refusal.message, fields=fields))

    def context(self) -> dict[str, Any]:
        """What the page needs."""
        return {"form": self.form, "why": self.why}

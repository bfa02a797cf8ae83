"""Putting an indicator together over several requests without script: rows can be added, nothing is lost."""

from contextlib import AbstractContextManager, nullcontext
from typing import Any

from django import forms
from django.http import QueryDict

from rembuk.common.errors import Invalid
from rembuk.programs.actions.indicators.define import Target
from rembuk.programs.models import Indicator, Program
from rembuk.programs.states import State
from rembuk.web.guards import PersonRequest
from rembuk.web.programs.editing.seen import SEEN, Sight
from rembuk.web.programs.indicators.forms import IndicatorForm, join_rows
from rembuk.web.programs.steering.forms import ReasonForm, show_refusal


class IndicatorBench:
    """The form of an indicator and, once the programme is public, that of the reason."""

    def __init__(self, request: PersonRequest, program: Program, indicator: Indicator | None) -> None:
        is_sent = request.method == "POST"
        self.is_saving = is_sent and request.POST.get("step") != "more"
        self.indicator = indicator
        # Asking for more rows is no saving: what others changed is shown when she saves.
        is_watched = indicator is not None and (self.is_saving or not is_sent)
        self.sight = Sight(request, program, self._build, join_rows) if is_watched else None
        self.seen = request.POST.get(SEEN, "")
        sent = request.POST if is_sent else None
        data = self.sight.data if self.sight else sent
        self.form = IndicatorForm(data, of=indicator)
        self.why = None if program.state == State.DRAFT else ReasonForm(data)
        if is_sent and not self.is_saving:
            self._without_faults()

    def _build(self, data: QueryDict | None) -> list[forms.BaseForm]:
        return [IndicatorForm(data, of=self.indicator and Indicator.objects.get(pk=self.indicator.pk))]

    @property
    def may_save(self) -> bool:
        """Whether it was sent to be saved, and nobody changed what she saw."""
        return self.is_saving and (self.sight is None or self.sight.clash is None)

    def held(self) -> AbstractContextManager[None]:
        """Keep what she saw as it is for the act inside.

        Raises:
            Clashed: when somebody was faster.
        """
        return self.sight.held() if self.sight else nullcontext()

    @property
    def status(self) -> int:
        """409 for a difference, 422 for other faults, 200 for a first look and for more rows."""
        if self.sight is not None:
            return self.sight.status()
        return 422 if self.is_saving else 200

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
        return {"form": self.form, "why": self.why, "sight": self.sight, "seen": self.seen}

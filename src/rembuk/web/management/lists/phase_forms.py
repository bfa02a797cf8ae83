"""The forms of a kind of phase and of a template of phases."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rembuk.management.actions.phases import MOST_PHASES
from rembuk.management.facts import KindFacts, PhaseTemplateFacts
from rembuk.programs.choices import Nature
from rembuk.programs.models import KindOfPhase, PhaseTemplate
from rembuk.web.management.fields import ManagedForm, check_reserved
from rembuk.web.management.lists.forms import RESERVED

_CODE = _("Lower-case letters, digits and hyphens. It never changes later.")


class KindForm(ManagedForm):
    """A kind of phase: its words, its question, what citizens can do in it."""

    hide_optional = True

    code = forms.SlugField(label=_("Code"), max_length=20, help_text=_CODE)
    name = forms.CharField(label=_("Name in Indonesian"), max_length=80)
    name_en = forms.CharField(label=_("Name in English"), max_length=80)
    nature = forms.ChoiceField(
        label=_("Purpose"),
        choices=Nature.choices,
        help_text=_("What the system takes it for. It stays once a programme has such a phase."),
    )
    question = forms.CharField(
        label=_("Question in Indonesian"),
        max_length=200,
        help_text=_("Citizens answer it with ya, ragu-ragu or tidak."),
    )
    question_en = forms.CharField(label=_("Question in English"), max_length=200)
    takes_comments = forms.BooleanField(label=_("Citizens can comment"), required=False)
    takes_answers = forms.BooleanField(label=_("Citizens can answer the question"), required=False)
    takes_ratings = forms.BooleanField(
        label=_("Rounds of rating can be opened in it"),
        required=False,
        help_text=_("For phases of monitoring and evaluation."),
    )
    is_active = forms.BooleanField(
        label=_("In use"),
        required=False,
        help_text=_("Without this no template can take it; phases that have it stay."),
    )

    def __init__(self, *args: Any, row: KindOfPhase | None = None, **kwargs: Any) -> None:
        new = {"takes_comments": True, "takes_answers": True, "is_active": True}
        kwargs["initial"] = {name: getattr(row, name) for name in self.base_fields} if row else new
        super().__init__(*args, **kwargs)
        if row is not None:
            del self.fields["code"]

    def clean_code(self) -> str:
        """Lower case, and no word of the addresses here."""
        return check_reserved(self.cleaned_data["code"].lower(), RESERVED)

    def facts(self) -> KindFacts:
        """What was entered, without the code."""
        return KindFacts(**{name: value for name, value in self.cleaned_data.items() if name != "code"})


class PhaseTemplateForm(ManagedForm):
    """A template: its name, and its phases in order; a kind may come more than once."""

    hide_optional = True

    code = forms.SlugField(label=_("Code"), max_length=40, help_text=_CODE)
    name = forms.CharField(label=_("Name in Indonesian"), max_length=80)
    name_en = forms.CharField(label=_("Name in English"), max_length=80)
    is_default = forms.BooleanField(
        label=_("New work programmes begin with it"),
        required=False,
        help_text=_("Exactly one template is this default."),
    )
    is_active = forms.BooleanField(label=_("In use"), required=False)

    def __init__(self, *args: Any, row: PhaseTemplate | None = None, **kwargs: Any) -> None:
        initial: dict[str, Any] = {"is_active": True}
        chosen: list[str] = []
        if row is not None:
            chosen = list(row.phases.values_list("kind__code", flat=True))
            initial = {name: getattr(row, name) for name in self.base_fields}
        kwargs["initial"] = initial
        super().__init__(*args, **kwargs)
        if row is not None:
            del self.fields["code"]
        kinds = [(kind.code, kind.label) for kind in KindOfPhase.objects.filter(is_active=True)]
        for number in range(1, MOST_PHASES + 1):
            self.fields[f"phase_{number}"] = forms.ChoiceField(
                label=_("Phase %(number)s") % {"number": number},
                choices=[("", _("No phase")), *kinds],
                required=False,
                initial=chosen[number - 1] if number <= len(chosen) else "",
            )

    def shown_sections(self) -> list[dict[str, Any]]:
        """Name first, then the phases."""
        phases = [name for name in self.fields if name.startswith("phase_")]
        words = [name for name in self.fields if name not in phases]
        return [
            {"title": "", "fields": [self[name] for name in words]},
            {"title": _("Phases in their order"), "fields": [self[name] for name in phases]},
        ]

    def clean_code(self) -> str:
        """Lower case, and no word of the addresses here."""
        return check_reserved(self.cleaned_data["code"].lower(), RESERVED)

    def facts(self) -> PhaseTemplateFacts:
        """What was entered, without the code; gaps between phases are closed."""
        given = self.cleaned_data
        chosen = [given[f"phase_{number}"] for number in range(1, MOST_PHASES + 1)]
        return PhaseTemplateFacts(
            name=given["name"],
            name_en=given["name_en"],
            kinds=tuple(code for code in chosen if code),
            is_default=given["is_default"],
            is_active=given["is_active"],
        )

"""The forms of reasons and text templates."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rembuk.management.facts import ReasonFacts, TemplateFacts
from rembuk.taxonomy.models import ReasonCode, TextTemplate
from rembuk.web.management.fields import ManagedForm, ReasonForm, check_reserved

RESERVED = ("baru", "massal", "templat")


class ReasonCodeForm(ManagedForm):
    """The words of a reason in both languages, and where it is offered."""

    field_order = ("code", "label", "label_en", "explanation", "uses", "is_active")

    code = forms.SlugField(
        label=_("Code"),
        max_length=40,
        help_text=_("Lower-case letters, digits and hyphens. It never changes later."),
    )
    label = forms.CharField(label=_("Words in Indonesian"), max_length=120)
    label_en = forms.CharField(label=_("Words in English"), max_length=120)
    explanation = forms.CharField(
        label=_("Explanation for staff"), max_length=2000, required=False, widget=forms.Textarea({"rows": 3})
    )
    uses = forms.MultipleChoiceField(
        label=_("Offered for"), choices=ReasonCode.Use.choices, widget=forms.CheckboxSelectMultiple
    )
    is_active = forms.BooleanField(
        label=_("In use"),
        required=False,
        help_text=_("Without this it is offered no more; decisions that cite it keep it."),
    )

    def __init__(self, *args: Any, row: ReasonCode | None = None, **kwargs: Any) -> None:
        names = ("label", "label_en", "explanation", "uses", "is_active")
        kwargs["initial"] = {name: getattr(row, name) for name in names} if row else {"is_active": True}
        super().__init__(*args, **kwargs)
        if row is not None:
            del self.fields["code"]

    def clean_code(self) -> str:
        """Lower case, and no word of the addresses here."""
        return check_reserved(self.cleaned_data["code"].lower(), RESERVED)

    def facts(self) -> ReasonFacts:
        """What was entered, without the code."""
        return ReasonFacts(**{name: value for name, value in self.cleaned_data.items() if name != "code"})


class ReplaceForm(ReasonForm):
    """Which reason to cite instead, and why."""

    field_order = ("into", "reason")

    into = forms.ModelChoiceField(
        ReasonCode.objects.none(),
        label=_("Cite instead"),
        to_field_name="code",
        empty_label=_("Choose a reason"),
    )

    def __init__(self, *args: Any, row: ReasonCode, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.field("into").queryset = ReasonCode.objects.filter(is_active=True).exclude(pk=row.pk)


class TemplateForm(ManagedForm):
    """A text to start from."""

    title = forms.CharField(label=_("Title"), max_length=120)
    use = forms.ChoiceField(label=_("Offered for"), choices=ReasonCode.Use.choices)
    body = forms.CharField(
        label=_("Text"),
        max_length=5000,
        widget=forms.Textarea({"rows": 8}),
        help_text=_("It is put into the message as it stands; whoever writes can change it there."),
    )
    is_active = forms.BooleanField(label=_("In use"), required=False)

    def __init__(self, *args: Any, row: TextTemplate | None = None, **kwargs: Any) -> None:
        names = ("title", "use", "body", "is_active")
        begun = {"is_active": True, **(kwargs.get("initial") or {})}
        kwargs["initial"] = {name: getattr(row, name) for name in names} if row else begun
        super().__init__(*args, **kwargs)

    def facts(self) -> TemplateFacts:
        """What was entered."""
        return TemplateFacts(**self.cleaned_data)

"""Forms of the questions: one for each way of answering in one page, and the visible correction of an answered one."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rembuk.consultations.actions.making.ask import LONGEST_REASON
from rembuk.consultations.actions.making.wording import LONGEST_HELP, LONGEST_OPTION, Wording
from rembuk.consultations.choices import QuestionKind
from rembuk.consultations.models import Question


class QuestionForm(forms.Form):
    """A question with all that any kind needs; what the chosen kind has no use for is dropped on saving."""

    kind = forms.ChoiceField(
        label=_("How is it answered?"), choices=QuestionKind.choices, widget=forms.RadioSelect
    )
    text = forms.CharField(label=_("Question"), max_length=500)
    help = forms.CharField(
        label=_("Help"), max_length=LONGEST_HELP, required=False, widget=forms.Textarea({"rows": 2})
    )
    options = forms.CharField(
        label=_("Options"),
        max_length=8_000,
        required=False,
        widget=forms.Textarea({"rows": 5}),
        help_text=_("For one or several choices: each on a line of its own."),
    )
    has_other = forms.BooleanField(label=_("Add “Other, in your own words”"), required=False)
    scale_from = forms.IntegerField(label=_("Scale from"), min_value=0, max_value=9, required=False)
    scale_from_label = forms.CharField(label=_("What its beginning means"), max_length=60, required=False)
    scale_to = forms.IntegerField(label=_("Scale to"), min_value=1, max_value=10, required=False)
    scale_to_label = forms.CharField(label=_("What its end means"), max_length=60, required=False)
    is_required = forms.BooleanField(label=_("Must be answered"), required=False)
    page = forms.IntegerField(
        label=_("Page"),
        min_value=1,
        max_value=20,
        help_text=_("People answer page by page; each page is saved when they go on."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False

    @property
    def wording(self) -> Wording:
        """What was entered, for the action."""
        values = dict(self.cleaned_data)
        values["options"] = tuple(values["options"].splitlines())
        for name, default in (("scale_from", 1), ("scale_to", 5)):
            values[name] = default if values[name] is None else values[name]
        return Wording(**values)


def first_values(page: int = 1) -> dict[str, Any]:
    """What a new question begins with."""
    return {"kind": QuestionKind.SINGLE, "scale_from": 1, "scale_to": 5, "page": page}


def values_of(question: Question) -> dict[str, Any]:
    """A question as the form shows it."""
    names = [name for name in QuestionForm.base_fields if name != "options"]
    labels = "\n".join(option["label"] for option in question.options)
    return {**{name: getattr(question, name) for name in names}, "options": labels}


class CorrectionForm(forms.Form):
    """Another wording of an answered question: text, help, a word for each option, and why."""

    text = forms.CharField(label=_("Question"), max_length=500)
    help = forms.CharField(
        label=_("Help"), max_length=LONGEST_HELP, required=False, widget=forms.Textarea({"rows": 2})
    )

    def __init__(self, *args: Any, question: Question, **kwargs: Any) -> None:
        labels = {f"option_{option['value']}": option["label"] for option in question.options}
        kwargs["initial"] = {"text": question.text, "help": question.help, **labels}
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        for place, name in enumerate(labels, 1):
            label = _("Option %(number)s") % {"number": place}
            self.fields[name] = forms.CharField(label=label, max_length=LONGEST_OPTION)
        self.fields["reason"] = forms.CharField(
            label=_("Reason"),
            max_length=LONGEST_REASON,
            widget=forms.Textarea({"rows": 3}),
            help_text=_(
                "Public, at least 20 characters. It stands beside the question with the old wording."
            ),
        )

    @property
    def correction(self) -> dict[str, Any]:
        """What was entered, for the action."""
        values = dict(self.cleaned_data)
        labels = {
            int(name.removeprefix("option_")): value
            for name, value in values.items()
            if name.startswith("option_")
        }
        kept = {name: values[name] for name in ("text", "help", "reason")}
        return {**kept, "labels": labels}

"""Choosing proposals for a programme inside a page, without script: search, add, untick, one sentence for all.

The chosen codes travel as ``usulan``, each with extent and sentence of its own. Nothing is stored before
saving.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rembuk.programs.choices import DEFAULT_SENTENCES, Extent
from rembuk.programs.models import Link
from rembuk.programs.selectors import LINKABLE
from rembuk.proposals.models import Proposal
from rembuk.taxonomy.models import Category
from rembuk.taxonomy.selectors import active_categories
from rembuk.web.programs.steering.forms import TreeField
from rembuk.web.proposals.filters import choices

CHOSEN = "usulan"
PICKED = "pilih"
MOST = 200


class LinkForm(forms.Form):
    """How one proposal is taken up, and what its author reads."""

    extent = forms.ChoiceField(label=gettext_lazy("How is it taken up?"), choices=Extent.choices)
    sentence = forms.CharField(
        label=gettext_lazy("Sentence to the author"),
        max_length=1000,
        widget=forms.Textarea({"rows": 2}),
        help_text=gettext_lazy(
            "It becomes the official answer, with at least 20 characters. A sentence offered here follows "
            "your choice."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False

    def clean(self) -> dict[str, Any]:
        """A sentence offered for another extent becomes the one offered for the chosen extent."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        extent, sentence = values.get("extent"), (values.get("sentence") or "").strip()
        if extent and sentence in {str(text) for text in DEFAULT_SENTENCES.values()}:
            values["sentence"] = str(DEFAULT_SENTENCES[Extent(extent)])
        elif sentence and len(sentence) < Link.MIN_SENTENCE:
            self.add_error(
                "sentence",
                _("Write at least %(least)s characters to the author.") % {"least": Link.MIN_SENTENCE},
            )
        return values


class AllForm(forms.Form):
    """One extent and sentence for every chosen proposal."""

    extent = forms.ChoiceField(
        label=gettext_lazy("How are they taken up?"), choices=Extent.choices, required=False
    )
    sentence = forms.CharField(
        label=gettext_lazy("Sentence to all authors"),
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=gettext_lazy("Leave it empty to use the sentence offered."),
    )
    hide_optional = True


class FindForm(forms.Form):
    """Search among the proposals that can be taken up."""

    q = forms.CharField(
        label=gettext_lazy("Words or code"), max_length=100, required=False, widget=forms.SearchInput
    )
    category = TreeField(
        label=gettext_lazy("Category"),
        queryset=Category.objects.none(),
        to_field_name="slug",
        required=False,
        empty_label=gettext_lazy("All categories"),
    )
    region = forms.ChoiceField(label=gettext_lazy("Region"), required=False)
    hide_optional = True
    prefix = "cari"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["category"].queryset = active_categories()
        fields["region"].choices = [("", _("All regions")), *choices("region")]


class Choice:
    """One chosen proposal with its form; ``refusal`` says why it can't be taken up."""

    def __init__(self, proposal: Proposal, data: Mapping[str, Any] | None, *, bind: bool) -> None:
        self.proposal = proposal
        prefix = str(proposal.code)
        offered = {"extent": Extent.WHOLE, "sentence": str(DEFAULT_SENTENCES[Extent.WHOLE])}
        is_sent = data is not None and f"{prefix}-sentence" in data
        typed = (
            {name: data.get(f"{prefix}-{name}", offered[name]) for name in offered}
            if is_sent and data
            else offered
        )
        self.form = LinkForm(data if bind and is_sent else None, prefix=prefix, initial=typed)
        self.refusal = (
            "" if proposal.state in LINKABLE else _("This proposal can't be taken up in its present state.")
        )

    @property
    def is_unfolded(self) -> bool:
        """Whether its fields stand open: with faults, so that they are seen."""
        return bool(self.form.errors)

    @property
    def offer(self) -> str:
        """How it is taken up and what its author reads, in one line."""
        extent, sentence = self.form["extent"].value(), self.form["sentence"].value()
        label = Extent(extent).label if extent in Extent else extent
        return f"{label}: {sentence}"

    def say(self, extent: str, sentence: str) -> None:
        """Offer other words instead of those typed."""
        self.form = LinkForm(prefix=str(self.proposal.code), initial={"extent": extent, "sentence": sentence})


class LinkSet:
    """The chosen proposals of a page; ``bind`` checks what was typed, else it is only shown again."""

    def __init__(
        self, proposals: Sequence[Proposal], data: QueryDict | None = None, *, bind: bool = False
    ) -> None:
        self.choices = [Choice(proposal, data, bind=bind) for proposal in proposals]

    def is_valid(self) -> bool:
        """Whether every chosen proposal can be taken up as typed."""
        checked = [choice.form.is_valid() and not choice.refusal for choice in self.choices]
        return all(checked)

    @property
    def chosen(self) -> list[tuple[Proposal, str, str]]:
        """Proposal, extent and sentence of each, after ``is_valid``."""
        return [
            (choice.proposal, choice.form.cleaned_data["extent"], choice.form.cleaned_data["sentence"])
            for choice in self.choices
        ]

    @property
    def forms(self) -> list[LinkForm]:
        """The forms with faults, for the error summary."""
        return [choice.form for choice in self.choices]

    def say_to_all(self, form: AllForm) -> None:
        """Put one extent and sentence into every form."""
        form.is_valid()
        extent = form.cleaned_data.get("extent") or Extent.WHOLE
        sentence = form.cleaned_data.get("sentence") or str(DEFAULT_SENTENCES[Extent(extent)])
        for choice in self.choices:
            choice.say(extent, sentence)


def chosen_codes(data: QueryDict, step: str) -> list[str]:
    """The codes that are ticked after a step: ``add`` takes the picked ones in."""
    codes = data.getlist(CHOSEN)
    if step == "add":
        codes += data.getlist(PICKED)
    return list(dict.fromkeys(codes))[:MOST]

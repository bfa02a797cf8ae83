"""Forms of a participant: who she is and what she thinks of the whole; what she says of one clause.

Lenient: whatever was typed is kept as a draft. What is missing is asked of ``consultations.writing.checks`` on the
page before sending, so form and action mean the same. Questions: ``questions``.
"""

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rembuk.common.text import clean_line, clean_text
from rembuk.consultations import content as limits
from rembuk.consultations.choices import ParticipantKind, Stance
from rembuk.consultations.content import Content, RemarkContent
from rembuk.consultations.models import ClauseText
from rembuk.consultations.writing.sheet import wording
from rembuk.regions.models import Region
from rembuk.web.proposals.writing.places import find_places

NO_STANCE = ("", pgettext_lazy("stance", "No stance"))


class LenientForm(forms.Form):
    """A form that drops what is only missing, and gives back what was typed even where it is faulty."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False

    def full_clean(self) -> None:
        """Drop what is only missing: a draft may be incomplete."""
        super().full_clean()
        for name in list(self.errors if self.is_bound else ()):
            if {error.code for error in self.errors[name].as_data()} == {"required"}:
                del self.errors[name]

    def said(self, name: str, most: int) -> str:
        """A text as typed; one that is too long is kept up to twice its limit, and refused on sending."""
        return str(self.cleaned_data.get(name, self.data.get(name, "")[: 2 * most]))


class WhoForm(LenientForm):
    """Stance and reason of the whole, and as what somebody takes part."""

    # All of it is, and the page says so.
    hide_optional = True
    stance = forms.ChoiceField(
        label=_("What do you think of it as a whole?"),
        choices=[*Stance.choices, NO_STANCE],
        widget=forms.RadioSelect,
        required=False,
    )
    reason = forms.CharField(
        label=_("Why?"),
        max_length=limits.LONGEST_REASON,
        required=False,
        widget=forms.Textarea({"rows": 7}),
        help_text=_("The office reads every word and has to answer it."),
    )
    participant_kind = forms.ChoiceField(
        label=_("You take part as"),
        choices=ParticipantKind.choices,
        initial=ParticipantKind.PERSON,
        widget=forms.RadioSelect,
    )
    participant_name = forms.CharField(
        label=_("Name of the group, business or organisation"), max_length=limits.LONGEST_NAME, required=False
    )
    is_affected = forms.BooleanField(
        label=_("I am (we are) directly affected"),
        required=False,
        help_text=_("For example because you live, work or trade where it applies."),
    )
    region_q = forms.CharField(
        label=_("Village, urban village or subdistrict"),
        required=False,
        help_text=_("Type the name, search, and choose it from the list."),
    )
    region = forms.CharField(required=False, max_length=13)
    is_name_masked = forms.BooleanField(
        label=_("Hide my name from the public"),
        required=False,
        help_text=_("Officers in charge can still see it, and each time is recorded."),
    )

    def __init__(self, *args: Any, asks_stance: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.chosen_region: Region | None = None
        if not asks_stance:
            del self.fields["stance"]
            self.fields["reason"].label = _("What do you think of it as a whole?")

    @classmethod
    def of(cls, content: Content, *, asks_stance: bool, asked: str = "") -> "WhoForm":
        """The form as it stands; ``asked`` is a name of a place to look up."""
        region = Region.objects.filter(code=content.region).first() if content.region else None
        values = {name: getattr(content, name) for name in cls.base_fields if hasattr(content, name)}
        values["region_q"] = asked or (region.full_name if region else "")
        form = cls(initial=values, asks_stance=asks_stance)
        form.chosen_region = region
        return form

    def clean_region(self) -> str:
        """The code of the region chosen, or of the only one that is called as typed."""
        code, typed = self.cleaned_data.get("region"), clean_line(self.cleaned_data.get("region_q", ""))[:100]
        if not typed:  # the name was emptied: no place
            return ""
        if code:
            self.chosen_region = Region.objects.filter(code=code).first()
        if self.chosen_region is None:
            found = find_places(typed)
            self.chosen_region = found[0] if len(found) == 1 else None
        return self.chosen_region.code if self.chosen_region else ""

    def edited(self, content: Content) -> Content:
        """The content with what this page says."""
        kept = self.cleaned_data
        return replace(
            content,
            stance=kept.get("stance", content.stance),
            reason=self.said("reason", limits.LONGEST_REASON),
            participant_kind=kept.get("participant_kind") or content.participant_kind,
            participant_name=self.said("participant_name", limits.LONGEST_NAME),
            is_affected=kept.get("is_affected", False),
            is_name_masked=kept.get("is_name_masked", False),
            region=kept.get("region") or "",
        )

    @property
    def places(self) -> list[Region]:
        """What can be chosen below the search: the region chosen, then those called as typed."""
        typed = str(self["region_q"].value() or "")[:100]
        chosen = self.chosen_region
        found = find_places(typed) if typed and (chosen is None or chosen.full_name != typed) else []
        return [*([chosen] if chosen else []), *(place for place in found if place != chosen)]


class RemarkForm(LenientForm):
    """Stance, passage, comment and suggested wording for one clause; the wording begins as the clause's own."""

    hide_optional = True
    stance = forms.ChoiceField(
        label=_("Your stance on this clause"),
        choices=[*Stance.choices, NO_STANCE],
        widget=forms.RadioSelect,
        required=False,
    )
    quote = forms.CharField(
        label=_("The passage you mean"),
        max_length=limits.LONGEST_QUOTE,
        required=False,
        widget=forms.Textarea({"rows": 2, "class": "short"}),
        help_text=_("Only if you mean a part of it. Empty it to mean the whole clause."),
    )
    comment = forms.CharField(
        label=_("Your comment"),
        max_length=limits.LONGEST_COMMENT,
        required=False,
        widget=forms.Textarea({"rows": 5}),
    )
    suggestion = forms.CharField(
        label=_("Your suggested wording"),
        max_length=limits.LONGEST_SUGGESTION,
        required=False,
        widget=forms.Textarea({"rows": 6}),
        help_text=_("Change the words of the clause right here. Leave them as they are if you suggest none."),
    )

    def __init__(self, *args: Any, text: ClauseText, remark: RemarkContent | None = None) -> None:
        self.text, self.remark = text, remark
        self.original = clean_text(wording(text))
        super().__init__(*args, initial=self._initial())

    def _initial(self) -> dict[str, str]:
        said = self.remark
        own = said.suggestion if said else ""
        fits = len(self.original) <= limits.LONGEST_SUGGESTION
        return {
            "stance": said.stance if said else "",
            "quote": said.quote if said else "",
            "comment": said.comment if said else "",
            "suggestion": own or (self.original if fits else ""),
        }

    def clean_quote(self) -> str:
        """A passage of the clause as it stands, or as it stood when it was quoted."""
        quote = clean_text(self.cleaned_data["quote"])
        known = self.remark is not None and quote == self.remark.quote
        if (
            quote
            and not known
            and clean_line(quote) not in clean_line(f"{self.text.heading} {self.text.body}")
        ):
            raise forms.ValidationError(
                _("This passage is not in the clause. Choose it from the text above.")
            )
        return quote

    def content(self, version: int) -> RemarkContent:
        """What this page says of the clause, written against a version; untouched wording is no suggestion."""
        suggestion = clean_text(self.said("suggestion", limits.LONGEST_SUGGESTION))
        return RemarkContent(
            version=version,
            stance=self.cleaned_data.get("stance", ""),
            quote=self.said("quote", limits.LONGEST_QUOTE),
            comment=self.said("comment", limits.LONGEST_COMMENT),
            suggestion="" if suggestion == self.original else suggestion,
        )

"""Forms of the text: the source, one part, the note of a version. What is possible is asked of the actions."""

from django import forms
from django.utils.translation import gettext_lazy as _

from rembuk.common.errors import Invalid
from rembuk.consultations.actions.versions import LONGEST_NOTE
from rembuk.consultations.choices import ClauseKind
from rembuk.consultations.drafts.parts import DEEPEST, LONGEST_HEADING, LONGEST_LABEL, Part
from rembuk.consultations.drafts.reading import LONGEST


class SourceForm(forms.Form):
    """The text as it was typed or pasted."""

    source = forms.CharField(
        label=_("Text"),
        strip=False,
        help_text=_(
            "Paste it from Word or PDF, or type it; headings may be Markdown (#). Page numbers and running headers "
            "are left out, broken lines joined. At most 300.000 characters."
        ),
        widget=forms.Textarea(attrs={"rows": 20, "spellcheck": "false"}),
        max_length=LONGEST * 2,
        error_messages={"required": _("Paste or type the text first.")},
    )


class PartForm(forms.Form):
    """One part being mended; ``level`` counts from 1."""

    hide_optional = True

    kind = forms.ChoiceField(label=_("Kind"), choices=ClauseKind.choices)
    label = forms.CharField(
        label=_("Label"),
        required=False,
        max_length=LONGEST_LABEL,
        help_text=_("As the law names it: “Pasal 7”, “ayat (2)”, “huruf b”."),
    )
    level = forms.TypedChoiceField(
        label=_("Level"), coerce=int, choices=[(n, str(n)) for n in range(1, DEEPEST + 2)]
    )
    heading = forms.CharField(label=_("Heading"), required=False, max_length=LONGEST_HEADING)
    body = forms.CharField(
        label=_("Text of the part"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("To cut it in two, write --- on a line of its own and press “Cut”."),
    )

    @classmethod
    def of(cls, part: Part) -> "PartForm":
        """The form as it stands before anything is typed."""
        return cls(initial={"level": part.depth + 1, **part.to_json()})

    @property
    def part(self) -> Part:
        """What was typed, as a part."""
        data = self.cleaned_data
        return Part(
            kind=data["kind"],
            depth=data["level"] - 1,
            label=data["label"],
            heading=data["heading"],
            body=data["body"],
        )


class PublishForm(forms.Form):
    """The public note of a version."""

    note = forms.CharField(
        label=_("What changed, and why"),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "Everybody reads it beside the version. At least 20 characters from the second version on."
        ),
    )


def show_refusal(form: forms.Form | None, refusal: Invalid) -> str:
    """Put an action's refusal where the person can mend it; returns what has to be said where there is no form."""
    if form is None:
        return str(refusal.message)
    known = {name: texts for name, texts in refusal.fields.items() if name in form.fields}
    for name, texts in known.items():
        form.add_error(name, [str(text) for text in texts])
    if not known:
        form.add_error(None, str(refusal.message))
    return ""

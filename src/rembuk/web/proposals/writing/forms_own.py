"""Forms of the author's own words on a proposal that stands: withdrawing, appealing, objecting."""

from django import forms
from django.utils.translation import gettext_lazy as _

from rembuk.proposals.content import OWN_WORDS_LENGTH


class WithdrawForm(forms.Form):
    """Withdrawing needs no reason; one is welcome."""

    reason = forms.CharField(
        label=_("Why do you withdraw it?"),
        max_length=OWN_WORDS_LENGTH[1],
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Public. Leave it empty if you prefer."),
    )


class OwnWordsForm(forms.Form):
    """The words of an appeal or an objection."""

    text = forms.CharField(
        label=_("Why do you disagree?"),
        min_length=OWN_WORDS_LENGTH[0],
        max_length=OWN_WORDS_LENGTH[1],
        widget=forms.Textarea({"rows": 8}),
        help_text=_("Public, with 20 to 2,000 characters. Say what was overlooked."),
    )

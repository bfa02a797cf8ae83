"""Why a suggested group is dismissed."""

from django import forms
from django.utils.translation import gettext_lazy as _


class DismissForm(forms.Form):
    """A reason for colleagues and auditors."""

    reason = forms.CharField(
        label=_("Why do they not belong together?"),
        max_length=1000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("At least 20 characters. It is kept in the audit trail and is not public."),
    )

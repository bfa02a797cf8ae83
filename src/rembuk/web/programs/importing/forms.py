"""The form that takes a workbook."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rembuk.web.imports.forms import MAX_BYTES


class BookForm(forms.Form):
    """A workbook after the template."""

    book = forms.FileField(
        label=_("Workbook"),
        help_text=_("XLSX after the template, at most 5 MB and 1,000 rows."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
    )

    def clean_book(self) -> Any:
        """Refuse what is too large before anybody reads it."""
        book = self.cleaned_data["book"]
        if book.size > MAX_BYTES:
            raise forms.ValidationError(_("The file is larger than 5 MB. Split it into several."))
        return book

"""The filters of one's own downloads."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from rembuk.exports.models import Export
from rembuk.exports.sources import every
from rembuk.exports.states import State
from rembuk.web.management.fields import ManagedForm


class ExportFilter(ManagedForm):
    """Words of the filters or the file's name, what it is of, and where it stands."""

    hide_optional = True

    q = forms.CharField(label=_("Search"), required=False, max_length=100, widget=forms.HiddenInput)
    isi = forms.ChoiceField(label=_("What it is of"), required=False)
    keadaan = forms.ChoiceField(
        label=_("State"), choices=[("", _("Any state")), *State.choices], required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(source.key, source.label) for source in every()]
        self.field("isi").choices = [("", _("Everything")), *kinds]

    def found(self, exports: QuerySet[Export]) -> QuerySet[Export]:
        """Those that fit; none where a filter can't be read."""
        if not self.is_valid():
            return exports.none()
        given = self.cleaned_data
        if given["q"]:
            exports = exports.filter(Q(words__icontains=given["q"]) | Q(name__icontains=given["q"]))
        if given["isi"]:
            exports = exports.filter(kind=given["isi"])
        return exports.filter(state=given["keadaan"]) if given["keadaan"] else exports

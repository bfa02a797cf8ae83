"""The form of a role with its permissions by area, and the search of the list."""

from typing import Any

from django import forms
from django.forms.utils import ErrorList
from django.utils.translation import gettext_lazy as _

from rembuk.access.permissions import ALL
from rembuk.accounts.models import Person
from rembuk.common.text import clean_line
from rembuk.management.roles import rules
from rembuk.management.roles.selectors import ACTIVE, EVERY, RETIRED
from rembuk.management.roles.states import RoleState
from rembuk.web.management.fields import ManagedForm, ReasonForm

WHICH = ((ACTIVE, _("In use")), (RETIRED, _("Retired")), (EVERY, _("All")))


class RoleSearch(ManagedForm):
    """Words in names and descriptions, and whether the role is in use."""

    q = forms.CharField(
        label=_("Words in the name or description"), required=False, max_length=80, widget=forms.SearchInput
    )
    keadaan = forms.ChoiceField(label=_("State"), choices=WHICH, required=False)
    hide_optional = True


class RoleForm(ManagedForm):
    """Names, descriptions, and a tick for each permission; what one lacks oneself can't be ticked or unticked.

    ``upon`` is the role as it stands, none for a new one; ``begin`` is what the fields start with.
    """

    name = forms.CharField(label=_("Name in Indonesian"), max_length=80)
    name_en = forms.CharField(label=_("Name in English"), max_length=80)
    description = forms.CharField(
        label=_("What it is for, in Indonesian"),
        max_length=300,
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )
    description_en = forms.CharField(
        label=_("What it is for, in English"),
        max_length=300,
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )
    permissions = forms.MultipleChoiceField(
        label=_("Permissions"),
        choices=[(key, one.label) for key, one in ALL.items()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    words = ("name", "name_en", "description", "description_en")

    def __init__(
        self,
        *args: Any,
        by: Person,
        upon: RoleState | None = None,
        begin: RoleState | None = None,
        **kwargs: Any,
    ) -> None:
        start = begin or upon
        kwargs.setdefault("initial", start.values() if start else {})
        super().__init__(*args, **kwargs)
        self._upon = upon
        self._fixed = frozenset(rules.lacking(by, ALL))

    def wanted(self) -> RoleState:
        """The role as it was entered; what the sender can't move stays as it is, and what was added is asked about."""
        given = self.cleaned_data
        kept = (
            {key for key in self._upon.permissions if key in self._fixed or key not in ALL}
            if self._upon
            else set()
        )
        return RoleState(
            **{name: clean_line(given[name]) for name in self.words},
            permissions=tuple({*given["permissions"], *kept}),
            is_active=self._upon.is_active if self._upon else True,
        )

    def shown_words(self) -> list[Any]:
        """The fields of names and descriptions."""
        return [self[name] for name in self.words]

    def shown_areas(self) -> list[dict[str, Any]]:
        """Each area with its permissions: label, sentence, ticked or not, and whether it can be moved."""
        ticked = set(self["permissions"].value() or ())
        areas: dict[str, list[dict[str, Any]]] = {}
        for key, one in ALL.items():
            fact = {
                "key": key,
                "id": f"izin-{key.replace('.', '-')}",
                "label": one.label,
                "sentence": one.sentence,
                # A copy leaves out what its maker can't hand out.
                "ticked": key in ticked and (self._upon is not None or key not in self._fixed),
                "fixed": key in self._fixed,
            }
            areas.setdefault(str(one.area), []).append(fact)
        return [{"title": title, "rows": rows} for title, rows in areas.items()]

    def faults(self) -> ErrorList:
        """What is wrong with the ticks."""
        return self["permissions"].errors


class NewRoleForm(RoleForm):
    """The same with the reason, since nobody holds a new role and there is nothing to look at first."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("Kept in the audit trail. Write no personal data."),
        widget=forms.Textarea({"rows": 2}),
    )


class SaveForm(ReasonForm):
    """Why, under what the change does to whom."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.field("reason").widget.attrs["rows"] = 2

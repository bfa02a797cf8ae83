"""The question: who, which permission, where. Read from the address, so that an answer can be opened again."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rembuk.access import permissions as izin
from rembuk.access.permissions import ALL, Permission
from rembuk.accounts.models import Person
from rembuk.common.errors import NotVisible
from rembuk.management.why import selectors
from rembuk.management.why.places import Place, place_of, unit_place
from rembuk.web.desk.unit_input import typing_attrs
from rembuk.web.management.fields import ManagedForm

MOST_NAMED = 10


def _choices() -> list[tuple[Any, Any]]:
    areas: dict[str, list[tuple[str, Any]]] = {}
    for key, one in ALL.items():
        areas.setdefault(str(one.area), []).append((key, one.label))
    return [("", gettext("Choose a permission")), *areas.items()]


class WhyForm(ManagedForm):
    """Without a person it asks who may."""

    siapa = forms.CharField(
        label=_("Person"),
        max_length=254,
        required=False,
        help_text=_("Email address, sign-in name, or a part of the name. Empty: who may do this there?"),
    )
    izin = forms.ChoiceField(label=_("Permission"), choices=_choices)
    di = forms.CharField(
        label=_("Work unit, or the code of a proposal, programme or consultation"),
        max_length=260,
        required=False,
        help_text=_(
            "For example USL-2026-000123. Empty: anywhere; without a person the top of your work units."
        ),
    )
    orang = forms.UUIDField(required=False, widget=forms.HiddenInput)
    hide_optional = True

    def __init__(self, data: QueryDict | None, *, by: Person, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.by = by
        self.people: list[Person] = []
        self.field("di").widget.attrs.update(typing_attrs(permission=izin.GRANT_MANAGE))

    @property
    def permission(self) -> Permission:
        """The permission asked about."""
        return ALL[self.cleaned_data["izin"]]

    def clean(self) -> dict[str, Any]:
        """The people meant: the one of the link while her name stands unchanged, else those who are called so."""
        given = super().clean() or {}
        text, linked = given.get("siapa", ""), given.get("orang")
        known = person_of(linked, self.by) if linked else None
        if known is not None and text in {"", known.shown_name}:
            self.people = [known]
            # The page shows whom the answer is about, also where only a link named her.
            sent = {name: self.data.get(name, "") for name in self.fields}
            self.data = {**sent, "siapa": known.shown_name}
        elif text:
            self.people = list(selectors.called(self.by, text)[: MOST_NAMED + 1])
            if not self.people:
                self.add_error("siapa", gettext("Nobody in your reach is called so."))
        return given

    def place(self) -> Place | None:
        """Where; ``None`` for anywhere. An unknown place is an error of its field.

        Raises:
            Nowhere: when what was written names nothing in reach.
        """
        text = self.cleaned_data["di"]
        if text:
            found = place_of(text, self.permission, self.by)
            if found is None:
                raise Nowhere
            return found
        if self.people:
            return None
        top = selectors.units_in_reach(self.by).filter(is_active=True).first()
        return unit_place(top, self.permission) if top else None


class Nowhere(Exception):
    """Nothing in reach is written so."""


def person_of(public_id: UUID, by: Person) -> Person:
    """The person a link names.

    Raises:
        NotVisible: when there is none in reach.
    """
    found = selectors.people_in_reach(by).filter(public_id=public_id).first()
    if found is None:
        raise NotVisible
    return found


def begun(request: HttpRequest, by: Person) -> WhyForm:
    """The form of a link that names a person or a place only, filled in and not asked yet."""
    initial: dict[str, Any] = {"di": request.GET.get("di", "")}
    try:
        linked = UUID(request.GET.get("orang", ""))
    except ValueError:
        linked = None
    if linked is not None:
        initial |= {"orang": linked, "siapa": person_of(linked, by).shown_name}
    return WhyForm(None, by=by, initial=initial)

"""Fields of the forms with which a consultation is made: an instant without zone, a list of organisations, an upload."""

import re
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from rembuk.access.rights import acting
from rembuk.accounts.models import Person
from rembuk.common.errors import Invalid
from rembuk.consultations.actions.making.attach import PURPOSE
from rembuk.consultations.actions.making.changes import Invited
from rembuk.files.actions import store_upload
from rembuk.files.models import StoredFile

_TYPED = ("%d/%m/%Y %H.%M", "%d/%m/%Y %H:%M", "%d-%m-%Y %H.%M", "%d-%m-%Y %H:%M")
_LINE = re.compile(r"^(?P<name>.*?)[\s,;<(]+(?P<email>[^\s<>(),;]+@[^\s<>(),;]+)[>)]?$")


class LocalMomentField(forms.Field):
    """A day and a time as a clock on the wall shows them; the form adds the zone. Reads what a picker or a person writes."""

    widget = forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})

    def to_python(self, value: Any) -> datetime | None:
        if value in self.empty_values or isinstance(value, datetime):
            return value or None
        text = " ".join(str(value).split())
        found = _parsed(text)
        if found is None or found.tzinfo is not None:
            raise forms.ValidationError(_("Write a day and a time such as 24/11/2026 08.00."))
        return found.replace(second=0, microsecond=0)


class OrganisationsField(forms.CharField):
    """Organisations, one a line: the name, then the address its member signs in with."""

    widget = forms.Textarea

    def clean(self, value: Any) -> tuple[Invited, ...]:
        text = str(super().clean(value) or "")
        return tuple(_organisation(line.strip()) for line in text.splitlines() if line.strip())


def written(invited: tuple[Invited, ...]) -> str:
    """Organisations as the field shows and reads them."""
    return "\n".join(f"{row.name}, {row.email}" for row in invited)


def keep_upload(form: forms.Form, by: Person) -> StoredFile | None:
    """Store a file that was sent, or find the one kept from an earlier try of hers; a refused one is said at the field.

    Asked before the rest is checked, so that a fault elsewhere costs no upload.
    """
    form.errors  # noqa: B018  the rest is checked now, so that a fault can be added
    sent = form.files.get("file")
    if sent is None:
        return _kept(form.data.get("kept", ""), by)
    try:
        return store_upload(sent, by=acting(by), purpose=PURPOSE)
    except Invalid as refusal:
        form.add_error("file", str(refusal))
        return None


def _kept(text: str, by: Person) -> StoredFile | None:
    try:
        key = UUID(text)
    except ValueError:
        return None
    return StoredFile.objects.filter(public_id=key, uploaded_by_id=by.pk, purpose=PURPOSE).first()


def _organisation(line: str) -> Invited:
    match = _LINE.match(line)
    if match is None or not match["name"].strip(" ,;"):
        raise forms.ValidationError(
            _("Write the name and then the email address: “%(line)s” is not like that.") % {"line": line[:80]}
        )
    return Invited(match["name"].strip(" ,;"), match["email"])


def _parsed(text: str) -> datetime | None:
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    for form in _TYPED:
        if found is None:
            try:
                found = datetime.strptime(text, form)
            except ValueError:
                continue
    return found

"""The forms of grants: terms, giving to one and to many, another end."""

import re
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rembuk.access.models import Role, Standing
from rembuk.accounts.models import Person
from rembuk.common.clock import local_date
from rembuk.management.actions.grants.many import MOST
from rembuk.management.facts import GrantFacts
from rembuk.management.selectors import grantable_roles
from rembuk.siteconfig.selectors import current
from rembuk.web.desk.unit_field import UnitField
from rembuk.web.management.fields import ManagedForm, ReasonForm, day_field, first_instant, last_instant

_APART = re.compile(r"[\s,;]+")


class GrantTermsForm(ManagedForm):
    """Which role, where, from when, until when, and why."""

    role = forms.ModelChoiceField(
        Role.objects.none(), label=_("Role"), to_field_name="slug", empty_label=_("Choose a role")
    )
    unit = UnitField(label=_("Work unit"))
    since = day_field(_("First day"), help_text=_("Empty: from now on."))
    until = day_field(_("Last day"), help_text=_("Empty: until somebody ends it."))
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("For example the number of the letter of appointment. Kept in the audit trail."),
    )

    def __init__(self, *args: Any, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = [role.pk for role in grantable_roles(by)]
        self.field("role").queryset = Role.objects.filter(pk__in=mine)

    def clean_since(self) -> Any:
        """Not before today: nobody is given a right in hindsight."""
        day = self.cleaned_data["since"]
        if day and day < local_date(zone=current().tz):
            raise forms.ValidationError(_("The first day can't lie in the past."))
        return day

    def facts(self) -> GrantFacts:
        """What was entered; today means now."""
        given = self.cleaned_data
        since, until = given.get("since"), given.get("until")
        is_now = since is None or since == local_date(zone=current().tz)
        return GrantFacts(
            role=given["role"],
            unit=given["unit"],
            reason=given["reason"],
            starts_at=None if is_now or since is None else first_instant(since),
            ends_at=last_instant(until) if until else None,
            standing=given.get("standing", ""),
            standing_title=given.get("standing_title", ""),
            letter=given.get("letter", ""),
        )


class DelegationForm(GrantTermsForm):
    """Terms with how the task is held: by one's own post, or for somebody else for a time."""

    sections: tuple[tuple[Any, tuple[str, ...]], ...] = (
        (_("Role"), ("role", "unit", "since", "until", "reason")),
        (_("Held for somebody else (pelimpahan tugas)"), ("standing", "standing_title", "letter")),
    )
    standing = forms.ChoiceField(
        label=_("How it is held"), choices=(("", _("Own post")), *Standing.choices), required=False
    )
    standing_title = forms.CharField(
        label=_("Post stood in for"),
        max_length=120,
        required=False,
        help_text=_(
            "For example “Kepala Dinas Kesehatan”. Stands beside everything that is decided under it."
        ),
    )
    letter = forms.CharField(label=_("Number of the letter"), max_length=120, required=False)


class GiveGrantForm(DelegationForm):
    """Terms, and to whom by email address or sign-in name."""

    sections = ((_("Person"), ("email",)), *DelegationForm.sections)
    email = forms.CharField(label=_("Email address or sign-in name of the person"), max_length=254)

    person: Person

    def clean_email(self) -> str:
        """An address or a name that has an account."""
        text = str(self.cleaned_data["email"])
        found = people_named([text]).get(text.lower())
        if found is None:
            raise forms.ValidationError(
                _("Nobody has an account with this address. Invite the person under Users.")
            )
        self.person = found
        return text


class ManyGrantForm(DelegationForm):
    """The same terms for many people."""

    sections = ((_("People"), ("people",)), *DelegationForm.sections)
    people = forms.CharField(
        label=_("Email addresses or sign-in names"),
        max_length=MOST * 120,
        widget=forms.Textarea({"rows": 8, "spellcheck": "false"}),
        help_text=_("One to a line, or with commas between them; at most 500."),
    )

    found: dict[str, Person | None]

    def clean_people(self) -> str:
        """Who is meant by each word; those that nobody has stay to be shown."""
        text = str(self.cleaned_data["people"])
        words = list(dict.fromkeys(word.lower() for word in _APART.split(text) if word))
        if not words:
            raise forms.ValidationError(self.fields["people"].error_messages["required"])
        if len(words) > MOST:
            raise forms.ValidationError(_("At most 500 people get a role in one act."))
        known = people_named(words)
        self.found = {word: known.get(word) for word in words}
        return text


class ChangeEndForm(ReasonForm):
    """Another last day, and why; ``now`` is when the grant ends at present, and its last day stands in the field."""

    field_order = ("until", "reason")
    until = day_field(_("New last day"), help_text=_("Empty: until somebody ends it."))

    def __init__(self, *args: Any, now: datetime | None, **kwargs: Any) -> None:
        self.now, self.last_day = now, _last_day(now)
        super().__init__(*args, initial={"until": self.last_day}, **kwargs)

    def ends_at(self) -> datetime | None:
        """When it ends then; the day that stood there already moves nothing, at whatever hour it ends."""
        day = self.cleaned_data.get("until")
        if day == self.last_day:
            return self.now
        return last_instant(day) if day else None


def _last_day(ends_at: datetime | None) -> date | None:
    """A grant ends at an instant; the last day it holds is the one before midnight."""
    return local_date(ends_at - timedelta(microseconds=1), zone=current().tz) if ends_at else None


def people_named(words: list[str]) -> dict[str, Person]:
    """Accounts by email address or sign-in name, in one query."""
    keys = [word.strip().lower() for word in words]
    rows = Person.objects.filter(Q(email__in=keys) | Q(sign_in_name__in=keys), deleted_at=None)
    found: dict[str, Person] = {}
    for person in rows:
        for key in (person.email, person.sign_in_name):
            if key and key in keys:
                found[key] = person
    return found

"""Whose roles end with a unit, and whether whoever retires it may end them."""

from collections.abc import Collection
from datetime import datetime

from django.utils.translation import gettext as _

from rembuk.access.models import Grant
from rembuk.accounts.models import Person
from rembuk.common.errors import ALLOWED, Denied, Verdict
from rembuk.management import rules

_MOST_NAMED = 5


def may_end_roles(by: Person, grants: Collection[Grant], at: datetime | None = None) -> Verdict:
    """Whether this person may end every one of these grants; the refusal names the people and roles."""
    names = [
        f"{grant.person.shown_name} ({grant.role.label})"
        for grant in grants
        if not rules.may_end_grant(by, grant, at).ok
    ]
    if not names:
        return ALLOWED
    words = _(
        "Roles would end that you may not end: %(names)s. Somebody who may has to end or move them first."
    )
    named = "; ".join([*names[:_MOST_NAMED], *(["…"] if len(names) > _MOST_NAMED else [])])
    return Denied(words % {"names": named})

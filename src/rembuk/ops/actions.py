"""What the operator does from a terminal: make the first administrator. All else is `management`."""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from rembuk.access.models import Grant, Role
from rembuk.accounts.models import Person
from rembuk.audit import actions as audit
from rembuk.audit.actors import Actor
from rembuk.common.clock import instant
from rembuk.common.errors import Invalid
from rembuk.ops.verbs import ADMINISTRATOR_MADE
from rembuk.workunits import tree
from rembuk.workunits.models import WorkUnit

ROLE = "administrator"
FIRST_CODE = "INSTANSI"
"""The code of the instansi, where it is the first unit of a site and no other code was given."""


def ensure_root(*, code: str, name: str) -> WorkUnit:
    """Return the unit with that code, or make the first unit of an empty tree, the government body itself.

    Without a code it is the instansi of the site, whatever its code. Raises Invalid where the tree has other units but
    not this one, or without a code not exactly one instansi.
    """
    with transaction.atomic():
        tops = WorkUnit.objects.filter(parent=None)
        bodies = tops.filter(kind=WorkUnit.Kind.INSTANSI)
        found = list(WorkUnit.objects.filter(code=code) if code else bodies[:2])
        if len(found) == 1:
            return found[0]
        roots = list(tops.order_by("code").values_list("code", flat=True)[:5])
        if roots:
            fault = f"There is no work unit {code}." if code else "Say with --unit which work unit is meant."
            raise Invalid(f"{fault} The topmost are: {', '.join(roots)}.")
        return tree.plant(code=code or FIRST_CODE, name=name, kind=WorkUnit.Kind.INSTANSI)


def make_administrator(  # noqa: PLR0913
    email: str,
    *,
    name: str,
    password: str | None,
    unit: WorkUnit,
    by: Actor,
    reason: str = "",
    at: datetime | None = None,
) -> Person:
    """Give a person the role of administrator in a unit and all below it; make the account if it is missing.

    The address counts as confirmed, since the operator vouches for it. The password of an existing account
    stays as it is, and a role held there already without end is not given twice. Raises Invalid for an address or
    password that is not fit, and for a suspended account.
    """
    moment = instant(at)
    email = email.strip().lower()
    with transaction.atomic():
        person = Person.objects.filter(email=email).first() or _account(email, name, password)
        if not person.is_active:
            raise Invalid(f"The account {email} is suspended. Lift the suspension first.")
        EmailAddress.objects.update_or_create(
            user=person, email=email, defaults={"verified": True, "primary": True}
        )
        _grant(person, unit, reason, moment)
        audit.record(
            ADMINISTRATOR_MADE,
            by=by,
            target=audit.Target("person", str(person.pk), unit.pk, unit.path),
            after={"role": ROLE, "unit": unit.code},
            reason=reason,
            at=at,
        )
    return person


def _grant(person: Person, unit: WorkUnit, reason: str, moment: datetime) -> None:
    role = Role.objects.select_for_update(no_key=True).get(slug=ROLE)
    if person.grants.filter(role=role, unit=unit, starts_at__lte=moment, ends_at=None).exists():
        raise Invalid(f"{person.email} is an administrator of {unit.name} ({unit.code}) already.")
    why = f"./rembuk create-admin: {reason}" if reason else "./rembuk create-admin"
    Grant.objects.create(person=person, role=role, unit=unit, starts_at=moment, reason=why[:300])


def _account(email: str, name: str, password: str | None) -> Person:
    person = Person(email=email, name=name.strip())
    try:
        validate_email(email)
        validate_password(password or "", person)
    except ValidationError as error:
        raise Invalid(" ".join(error.messages)) from error
    if not person.name:
        raise Invalid("A name is needed.")
    return Person.objects.create_user(email, password, name=person.name)

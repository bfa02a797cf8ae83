"""Who may ask for, approve, refuse and take back the grant that makes an administrator, and move the end of a grant.

Who may give and end one is in ``management.rules``.
"""

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rembuk.access.holders import is_administrator_left, makes_administrator
from rembuk.access.models import Grant, GrantRequest
from rembuk.accounts.models import Person
from rembuk.common.errors import ALLOWED, Denied, Verdict
from rembuk.management import rules


def may_decide(by: Person, request: GrantRequest) -> Verdict:
    """Approve or refuse: somebody who could give the role, but who neither asked for it nor gets it."""
    if by.pk == request.asked_by_id:
        return Denied(_("You asked for this yourself. Another person has to decide."))
    if by.pk == request.person_id:
        return Denied(_("This is about your own role. Another person has to decide."))
    return rules.may_give_grant(by, None, request.role, request.unit)


def may_withdraw(by: Person, request: GrantRequest) -> Verdict:
    """Take a request back: who asked."""
    if by.pk == request.asked_by_id:
        return ALLOWED
    return Denied(_("Only the person who asked for it can take it back."))


def may_change_end(by: Person, grant: Grant, ends_at: datetime | None, at: datetime | None = None) -> Verdict:
    """Move the end of a grant: whoever may give it, never one's own.

    An administrator's is not lengthened by one person, and the last one that stays gets no end.
    """
    verdict = rules.may_change_grant(by, grant)
    if not verdict.ok:
        return verdict
    is_longer = grant.ends_at is not None and (ends_at is None or ends_at > grant.ends_at)
    if is_longer and makes_administrator(grant.role, grant.unit, grant.person, at):
        return Denied(
            _(
                "Two people make an administrator, and two lengthen it. Give the role anew from the day on which this grant "
                "ends; a second person approves it."
            )
        )
    if grant.ends_at is None and ends_at is not None and not is_administrator_left(Q(pk=grant.pk), at):
        return Denied(
            _(
                "This is the last administrator, so the grant can't get an end. Give somebody else this role first."
            )
        )
    return ALLOWED

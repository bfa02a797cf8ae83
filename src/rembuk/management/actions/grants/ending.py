"""Ending a grant at once, or many in one act: all of them or none."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import uuid4

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rembuk.access.holders import is_administrator_left, lock_administrators, makes_administrator
from rembuk.access.models import Grant
from rembuk.access.rights import actor_of
from rembuk.accounts.models import Person
from rembuk.audit import actions as audit
from rembuk.common.clock import instant
from rembuk.common.errors import Invalid, Words, WrongState, require
from rembuk.common.text import clean_line
from rembuk.management import rules, verbs
from rembuk.management.actions.grants.giving import target, told
from rembuk.management.actions.rows import wrong

MOST = 500


def end_grant(grant: Grant, *, by: Person, reason: str, at: datetime | None = None) -> None:
    """End a grant at once; one that was still to come is taken back and leaves its traces in the trail only.

    Raises:
        Denied: for one's own, outside of one's units, with permissions one lacks, or the last administrator's.
        WrongState: when it has ended already.
    """
    moment = instant(at)
    with transaction.atomic():
        lock_administrators()
        found = _locked([grant.pk]).first()
        if found is None or _is_over(found, moment):
            raise WrongState(_("This grant has ended already."))
        require(rules.may_end_grant(by, found, at))
        before = told(found)
        _end([found], moment)
        audit.record(
            verbs.GRANT_ENDED,
            by=actor_of(by),
            target=target(found),
            before=before,
            after={"ends_at": moment},
            reason=clean_line(reason),
            at=at,
        )


def end_grants(numbers: Sequence[int], *, by: Person, reason: str, at: datetime | None = None) -> int:
    """End many grants in one act under one mark, all of them or none; returns how many.

    Raises:
        Invalid: without a reason, for more than ``MOST``, or where one of them can't be ended.
    """
    moment, why = instant(at), clean_line(reason)
    if not why:
        raise wrong("reason", _("Say why, so that an auditor understands it later."))
    if len(set(numbers)) > MOST:
        raise Invalid(_("At most %(n)d grants end in one act.") % {"n": MOST})
    with transaction.atomic():
        lock_administrators()
        found = list(_locked(numbers))
        refused = refusals(found, by=by, at=moment)
        gone = len(set(numbers)) - len(found) + len(refused)
        if gone:
            words = ngettext(
                "%(n)d of these grants can't be ended any more, so none was. Look through the list once more.",
                "%(n)d of these grants can't be ended any more, so none was. Look through the list once more.",
                gone,
            )
            raise Invalid(words % {"n": gone})
        entries = [(verbs.GRANT_ENDED, target(grant), told(grant) | {"ends_at": moment}) for grant in found]
        _end(found, moment)
        audit.record_many(entries, by=actor_of(by), at=moment, bulk=str(uuid4()), reason=why)
    return len(found)


def refusals(grants: Iterable[Grant], *, by: Person, at: datetime | None = None) -> dict[int, Words]:
    """Of these grants those that can't be ended together, by number, each with the reason; two queries at most."""
    moment = instant(at)
    found: dict[int, Words] = {}
    for grant in grants:
        verdict = rules.may_take_grant(by, grant)
        if _is_over(grant, moment):
            found[grant.pk] = _("This grant has ended already.")
        elif not verdict.ok:
            found[grant.pk] = str(verdict)
    left = [grant for grant in grants if grant.pk not in found]
    if not is_administrator_left(Q(pk__in=[grant.pk for grant in left]), moment):
        words = _("This would take the last administrator away. Give somebody else this role first.")
        found |= {grant.pk: words for grant in left if makes_administrator(grant.role, grant.unit)}
    return found


def _locked(numbers: Sequence[int]) -> QuerySet[Grant]:
    rows = Grant.objects.select_for_update(of=("self",)).select_related("role", "unit", "person")
    return rows.filter(pk__in=numbers).order_by("pk")


def _is_over(grant: Grant, moment: datetime) -> bool:
    return grant.ends_at is not None and grant.ends_at <= moment


def _end(grants: Sequence[Grant], moment: datetime) -> None:
    """Ended now; what was still to come is deleted, since a grant can't end before it begins."""
    rows = Grant.objects.filter(pk__in=[grant.pk for grant in grants])
    rows.filter(starts_at__gte=moment).delete()
    rows.filter(starts_at__lt=moment).update(ends_at=moment)

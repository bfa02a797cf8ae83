"""Accountability reports: drafted from the data of a unit and period, refreshed, edited, discarded, published."""

from collections.abc import Mapping
from datetime import datetime
from itertools import chain, count

from django.db import transaction
from django.utils.translation import gettext as _

from rembuk.access.rights import actor_of
from rembuk.accounts.models import Person
from rembuk.audit import actions as audit
from rembuk.audit.verbs import Verb
from rembuk.common.clock import instant, local_date
from rembuk.common.errors import Invalid, WrongState, require
from rembuk.reports import rules, verbs
from rembuk.reports.accountability.data import snapshot
from rembuk.reports.accountability.words import drafted
from rembuk.reports.actions import writing
from rembuk.reports.choices import AccountabilityPart
from rembuk.reports.models import AccountabilityReport
from rembuk.reports.periods import Period
from rembuk.siteconfig.selectors import current
from rembuk.workunits.models import WorkUnit

EARLIEST = 2000


@transaction.atomic
def draft_account(
    unit: WorkUnit, period: Period, *, by: Person, at: datetime | None = None
) -> AccountabilityReport:
    """A draft with the figures of the period as they are now, and words made of them.

    Raises:
        Denied: without the right in that unit.
        Invalid: for a period that has not begun, or that is too long ago.
        WrongState: when the unit has a report of this period.
    """
    found = WorkUnit.objects.select_for_update().get(pk=unit.pk)
    require(rules.may_account(found, by))
    moment = instant(at)
    _refuse_other_times(period, moment)
    if AccountabilityReport.objects.filter(unit=found, year=period.year, quarter=period.quarter).exists():
        raise WrongState(
            _("%(unit)s has a report for this period already.") % {"unit": found.name}, code="has_report"
        )
    data = writing.reckoned(lambda at: snapshot(found, period, at), moment)
    report = AccountabilityReport(
        code=_free_code(period, found),
        unit=found,
        year=period.year,
        quarter=period.quarter,
        data=data,
        drafted_by=by,
        drafted_at=moment,
        changed_at=moment,
    )
    writing.fill(report, drafted(data))
    report.save()
    _record(report, verbs.ACCOUNTABILITY_DRAFTED, by, moment)
    return report


@transaction.atomic
def refresh_account(
    report: AccountabilityReport, *, by: Person, at: datetime | None = None
) -> AccountabilityReport:
    """The figures of now in a draft; its words stay as staff wrote them.

    Raises:
        Denied: without the right.
        AlreadyPublished: for a public one.
    """
    require(rules.may_account(report.unit, by))
    found, moment = writing.lock_draft(report), instant(at)
    found.data = writing.reckoned(lambda at: snapshot(found.unit, period_of(found), at), moment)
    found.changed_at = moment
    found.save(update_fields=["data", "changed_at"])
    _record(found, verbs.ACCOUNTABILITY_REFRESHED, by, moment)
    return found


@transaction.atomic
def edit_account(
    report: AccountabilityReport,
    words: Mapping[str, str],
    *,
    seen: datetime,
    by: Person,
    at: datetime | None = None,
) -> AccountabilityReport:
    """Other words; ``seen`` is ``changed_at`` of what she had before her.

    Raises:
        Denied: without the right.
        AlreadyPublished: for a public one.
        ChangedMeanwhile: when somebody else saved in between.
        Invalid: for a part that is too long.
    """
    require(rules.may_account(report.unit, by))
    found, moment = writing.lock_draft(report), instant(at)
    changed = writing.put_words(found, words, AccountabilityPart.values, seen, moment)
    _record(found, verbs.ACCOUNTABILITY_EDITED, by, moment, parts=changed)
    return found


@transaction.atomic
def discard_account(report: AccountabilityReport, *, by: Person, at: datetime | None = None) -> None:
    """Throw a draft away; the trail keeps that there was one.

    Raises:
        Denied: without the right.
        AlreadyPublished: for a public one.
    """
    require(rules.may_account(report.unit, by))
    found, moment = writing.lock_draft(report), instant(at)
    _record(found, verbs.ACCOUNTABILITY_DISCARDED, by, moment)
    found.delete()


@transaction.atomic
def publish_account(
    report: AccountabilityReport, *, seen: datetime | None = None, by: Person, at: datetime | None = None
) -> AccountabilityReport:
    """Make it public with the figures it has; from now on neither words nor figures change.

    ``seen`` is when the report that was read had last been changed; without it, the one given is that report.

    Raises:
        Denied: without the right.
        AlreadyPublished: when it is public.
        ChangedSinceRead: when somebody changed it meanwhile.
        Invalid: without a summary.
    """
    require(rules.may_account(report.unit, by))
    found, moment = writing.lock_draft(report), instant(at)
    writing.make_public(found, seen or report.changed_at, moment)
    _record(found, verbs.ACCOUNTABILITY_PUBLISHED, by, moment)
    return found


def period_of(report: AccountabilityReport) -> Period:
    """The quarter or year it is about."""
    return Period(report.year, report.quarter)


def _free_code(period: Period, unit: WorkUnit) -> str:
    """The code of a new report; numbered where a unit that went by this unit's code before has taken it."""
    code = f"LPJ-{period.code}-{unit.code}"
    taken = set(AccountabilityReport.objects.filter(code__startswith=code).values_list("code", flat=True))
    numbered = (f"{code}-{number}" for number in count(2))
    return next(free for free in chain([code], numbered) if free not in taken)


def _refuse_other_times(period: Period, moment: datetime) -> None:
    today = local_date(moment, current().tz)
    if period.year < EARLIEST or period.starts_on > today:
        message = _("Choose a period that has begun.")
        raise Invalid(message, fields={"year": [message]})


def _record(
    report: AccountabilityReport, verb: Verb, by: Person, moment: datetime, **after: list[str]
) -> None:
    target = audit.Target(
        kind="accountability", key=report.code, unit_id=report.unit_id, unit_path=report.unit.path
    )
    audit.record(
        verb, by=actor_of(by), target=target, after={"period": period_of(report).code, **after}, at=moment
    )

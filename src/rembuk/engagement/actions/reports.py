"""Reporting content ("Laporkan isi ini"). A report opens a case; however many come, nothing is hidden by itself."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from rembuk.access.rights import acting
from rembuk.accounts.models import Person
from rembuk.audit import actions as audit
from rembuk.common.clock import instant
from rembuk.common.errors import Invalid, NotVisible, require
from rembuk.common.text import clean_text
from rembuk.engagement import notices, rules, verbs
from rembuk.engagement.actions.cases import open_case
from rembuk.engagement.actions.talk import comment_target, subject_target
from rembuk.engagement.errors import AlreadyReported
from rembuk.engagement.models import Case, Comment, Report, Subject
from rembuk.siteconfig.selectors import current
from rembuk.taxonomy.models import ReasonCode
from rembuk.workdays.clock import add_working_days


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """Why somebody reports, and perhaps a note."""

    reason: ReasonCode
    note: str = ""


def report_content(
    subject: Subject,
    complaint: Complaint,
    *,
    by: Person,
    comment: Comment | None = None,
    at: datetime | None = None,
) -> Report:
    """Report a comment, or the subject itself; a case opens or the open one gains a report, its clock unchanged.

    Raises:
        NotVisible: when the content is not shown.
        Denied: for one's own content, or without a confirmed address.
        Invalid: for a reason that is not meant for reports.
        AlreadyReported: while an earlier report of the same person waits.
    """
    if not subject.is_visible or (comment is not None and comment.state != Comment.State.VISIBLE):
        raise NotVisible
    if ReasonCode.Use.REPORT not in complaint.reason.uses:
        raise Invalid(_("Choose a reason from the list."))
    author = comment.author if comment is not None else subject.author
    require(rules.may_report(author.pk if author else None, by))
    moment = instant(at)
    with transaction.atomic():
        report = _store(subject, complaint, by, comment, moment)
        _open(report, author, moment)
        audit.record(
            verbs.REPORTED,
            by=acting(by),
            target=comment_target(comment) if comment is not None else subject_target(subject),
            after={"reason_code": complaint.reason.code},
            at=at,
        )
    return report


def close_reports(
    subject: Subject, comment: Comment | None, *, at: datetime, is_hidden: bool | None = None
) -> int:
    """Close the open reports; with ``is_hidden`` told, who reported hears what became of it. Returns how many."""
    waiting = list(
        Report.objects.select_for_update().filter(subject=subject, comment=comment, closed_at=None)
    )
    Report.objects.filter(pk__in=[report.pk for report in waiting]).update(closed_at=at)
    if is_hidden is not None:
        for report in waiting:
            notices.report_settled(report, subject, is_hidden=is_hidden, at=at)
    return len(waiting)


def _store(
    subject: Subject, complaint: Complaint, by: Person, comment: Comment | None, moment: datetime
) -> Report:
    try:
        with transaction.atomic():
            return Report.objects.create(
                subject=subject,
                comment=comment,
                reporter=by,
                reason=complaint.reason,
                note=clean_text(complaint.note)[:500],
                created_at=moment,
            )
    except IntegrityError:
        raise AlreadyReported from None


def _open(report: Report, author: Person | None, moment: datetime) -> Case:
    settings = current()
    subject = report.subject
    # A village's or subdistrict's own entry stays with its own approver, reports of it included.
    entry = Case.objects.filter(subject=subject, kind=Case.Kind.PROPOSAL).order_by("-id").first()
    releases_own = entry.released_by_unit if entry is not None and report.comment is None else None
    return open_case(
        Case.Kind.REPORT,
        subject,
        comment=report.comment,
        released_by_unit=releases_own,
        due_at=add_working_days(moment, settings.moderation_days, settings.tz),
        at=moment,
        barred=[author, report.reporter],
    )

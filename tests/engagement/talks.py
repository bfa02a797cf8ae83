"""Small subjects with a ballot, comments and cases, made by the engagement's own actions."""

import itertools
from datetime import UTC, datetime

from rembuk.accounts.models import Person
from rembuk.engagement.actions.comments import Draft, post_comment
from rembuk.engagement.actions.reports import Complaint, report_content
from rembuk.engagement.actions.subjects import open_ballot, open_subject, show_subject
from rembuk.engagement.models import Ballot, Case, Comment, Subject
from rembuk.siteconfig.models import Setting
from rembuk.siteconfig.selectors import forget
from rembuk.taxonomy.models import ReasonCode
from rembuk.workunits.models import WorkUnit

AT = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)
_numbers = itertools.count(1)


def subject(unit: WorkUnit, author: Person | None = None, **fields: object) -> Subject:
    """A visible proposal's subject, open for comments."""
    code = f"USL-2026-{next(_numbers):06d}"
    made = open_subject(
        kind=Subject.Kind.PROPOSAL,
        code=code,
        title="Perbaikan jalan desa",
        path=f"/usulan/{code}/",
        unit=unit,
        author=author,
        at=AT,
        **fields,
    )
    show_subject(made, visible=True)
    return made


def ballot(on: Subject, kind: str = Ballot.Kind.SUPPORT) -> Ballot:
    """Its open ballot: support or against, or the three answers of a phase's question."""
    return open_ballot(
        on, kind=Ballot.Kind(kind), choices=[1, -1] if kind == Ballot.Kind.SUPPORT else [1, 2, 3]
    )


def comment(on: Subject, by: Person, body: str = "Saya setuju.", **fields: object) -> Comment:
    """A posted comment."""
    return post_comment(on, Draft(body=body, **fields), by=by, at=AT)


def report(on: Subject, by: Person, comment: Comment | None = None) -> Case:
    """The case of a report."""
    report_content(on, Complaint(reason=reason("report")), by=by, comment=comment, at=AT)
    return Case.objects.get(subject=on, comment=comment, kind=Case.Kind.REPORT, closed_at=None)


def reason(use: str) -> ReasonCode:
    """The first reason code for a use."""
    return ReasonCode.objects.filter(uses__contains=[use]).order_by("position").first()


def setting(key: str, value: object) -> None:
    """Change a setting of the instansi for this test."""
    Setting.objects.update_or_create(key=key, defaults={"value": value, "changed_at": AT})
    forget()

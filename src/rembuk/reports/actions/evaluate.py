"""The evaluation of a programme: drafted from the data, refreshed, edited, discarded, published."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from rembuk.access import permissions as izin
from rembuk.accounts.models import Person
from rembuk.common.clock import instant
from rembuk.common.errors import WrongState, require
from rembuk.programs.actions.steps import add_event, deed, lock, record
from rembuk.programs.models import Program
from rembuk.programs.states import PUBLIC
from rembuk.reports import notices, rules, verbs
from rembuk.reports.actions import writing
from rembuk.reports.choices import EvaluationPart
from rembuk.reports.evaluation.data import snapshot
from rembuk.reports.evaluation.words import drafted
from rembuk.reports.models import EvaluationReport
from rembuk.reports.states import ReportState


@transaction.atomic
def draft_evaluation(program: Program, *, by: Person, at: datetime | None = None) -> EvaluationReport:
    """A draft with the figures of now and words made of them; its number follows the last one.

    Raises:
        Denied: without the right.
        WrongState: for a programme that was never published, or while there is a draft.
    """
    found = lock(program)
    require(rules.may_evaluate(found, by))
    if found.state not in PUBLIC:
        raise WrongState(_("Only a published work programme can be evaluated."))
    if found.evaluations.filter(state=ReportState.DRAFT).exists():
        raise WrongState(_("There is a draft of an evaluation already. Go on with that one."))
    act = deed(found, izin.PROGRAM_REPORT, by=by, moment=instant(at))
    data = writing.reckoned(lambda at: snapshot(found, at), act.moment)
    report = EvaluationReport(
        program=found,
        number=(found.evaluations.aggregate(last=Max("number"))["last"] or 0) + 1,
        office=act.office,
        data=data,
        drafted_by=by,
        drafted_at=act.moment,
        changed_at=act.moment,
    )
    writing.fill(report, drafted(data))
    report.save()
    record(found, verbs.EVALUATION_DRAFTED, act, after={"number": report.number})
    return report


@transaction.atomic
def refresh_evaluation(
    report: EvaluationReport, *, by: Person, at: datetime | None = None
) -> EvaluationReport:
    """The figures of now in a draft; its words stay as staff wrote them.

    Raises:
        Denied: without the right.
        AlreadyPublished: for a public one.
    """
    program = lock(report.program)
    require(rules.may_evaluate(program, by))
    found = writing.lock_draft(report)
    act = deed(program, izin.PROGRAM_REPORT, by=by, moment=instant(at))
    found.data = writing.reckoned(lambda at: snapshot(program, at), act.moment)
    found.changed_at = act.moment
    found.save(update_fields=["data", "changed_at"])
    record(program, verbs.EVALUATION_REFRESHED, act, after={"number": found.number})
    return found


@transaction.atomic
def edit_evaluation(
    report: EvaluationReport,
    words: Mapping[str, str],
    *,
    seen: datetime,
    by: Person,
    at: datetime | None = None,
) -> EvaluationReport:
    """Other words; ``seen`` is ``changed_at`` of what she had before her.

    Raises:
        Denied: without the right.
        AlreadyPublished: for a public one.
        ChangedMeanwhile: when somebody else saved in between.
        Invalid: for a part that is too long.
    """
    program = lock(report.program)
    require(rules.may_evaluate(program, by))
    found = writing.lock_draft(report)
    act = deed(program, izin.PROGRAM_REPORT, by=by, moment=instant(at))
    changed = writing.put_words(found, words, EvaluationPart.values, seen, act.moment)
    record(program, verbs.EVALUATION_EDITED, act, after={"number": found.number, "parts": changed})
    return found


@transaction.atomic
def discard_evaluation(report: EvaluationReport, *, by: Person, at: datetime | None = None) -> None:
    """Throw a draft away; the trail keeps that there was one.

    Raises:
        Denied: without the right.
        AlreadyPublished: for a public one.
    """
    program = lock(report.program)
    require(rules.may_evaluate(program, by))
    found = writing.lock_draft(report)
    act = deed(program, izin.PROGRAM_REPORT, by=by, moment=instant(at))
    record(program, verbs.EVALUATION_DISCARDED, act, before={"number": found.number})
    found.delete()


@transaction.atomic
def publish_evaluation(
    report: EvaluationReport, *, seen: datetime | None = None, by: Person, at: datetime | None = None
) -> EvaluationReport:
    """Make it public with the figures it has; from now on neither words nor figures change. Followers are told.

    ``seen`` is when the report that was read had last been changed; without it, the one given is that report.

    Raises:
        Denied: without the right.
        AlreadyPublished: when it is public.
        ChangedSinceRead: when somebody changed it meanwhile.
        Invalid: without a summary.
    """
    program = lock(report.program)
    require(rules.may_publish_evaluation(program, by))
    found = writing.lock_draft(report)
    act = deed(program, izin.PROGRAM_PUBLISH, by=by, moment=instant(at))
    found.office = act.office
    found.save(update_fields=["office"])
    writing.make_public(found, seen or report.changed_at, act.moment)
    record(program, verbs.EVALUATION_PUBLISHED, act, after={"number": found.number})
    found.program = program
    notices.evaluation_published(found, add_event(program, "evaluate", act, codes=[str(found.number)]))
    return found

"""Writing: keeping a submission page by page, taking over what was begun before signing in, discarding.

Each page sends only its own part, so an edit is a function from what stands to what shall stand, applied under the
lock of the row: two open pages never undo each other. Not here: sending (``submit``).
"""

from collections.abc import Callable, Collection
from dataclasses import asdict, replace
from datetime import datetime
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from rembuk.access.rights import actor_of
from rembuk.accounts.models import Person
from rembuk.audit import actions as audit
from rembuk.audit.actors import SYSTEM, Actor
from rembuk.common.clock import instant
from rembuk.common.codes import read_uuid
from rembuk.common.errors import NotVisible, WrongState
from rembuk.consultations import verbs
from rembuk.consultations.actions.steps import in_zone, lock_submission, submission_target
from rembuk.consultations.content import Content
from rembuk.consultations.doors import may_continue_draft
from rembuk.consultations.errors import NotOpenYet
from rembuk.consultations.models import Consultation, Submission
from rembuk.consultations.schedule import Stage, stage
from rembuk.consultations.selectors import heard
from rembuk.consultations.states import SubmissionState
from rembuk.consultations.writing.checks import cleaned
from rembuk.consultations.writing.sheet import content_of, sent_content

type Edit = Callable[[Content], Content]

# A visitor who began to write, before there is an account.
VISITOR = Actor(label="visitor", channel="web")


@transaction.atomic
def save_working(
    consultation: Consultation,
    edit: Edit,
    *,
    by: Person | None,
    public_id: UUID | None = None,
    kept: Collection[str] = (),
    at: datetime | None = None,
) -> Submission:
    """Keep one page: apply an edit to what stands, however incomplete, and begin the submission if there is none.

    A person writes on her standing submission, sent or not; ``public_id`` names the draft of a visitor and ``kept``
    are the ids her browser holds. Also after closing, so that nobody's words vanish with the hour; they can't be sent.

    Raises:
        NotOpenYet, WrongState: before opening, after cancellation or conclusion.
        NotVisible: when the draft is somebody else's.
    """
    moment = instant(at)
    _require_writable(consultation, moment)
    found = lock_submission(_begun(consultation, by, public_id, moment))
    if not may_continue_draft(found, by, kept) or found.consultation_id != consultation.pk:
        raise NotVisible
    before = content_of(found)
    after = cleaned(edit(before))
    changed = after.parts_other_than(before)
    if found.state == SubmissionState.DRAFT:
        found.working, found.changed_at, found.author = after.to_json(), moment, found.author or by
        found.save(update_fields=["working", "changed_at", "author"])
    elif changed:
        found.working = None if after == sent_content(found) else after.to_json()
        found.save(update_fields=["working"])
    if changed:
        _note(found, by, {"fields": changed}, moment)
    return found


@transaction.atomic
def adopt_drafts(public_ids: Collection[str], *, by: Person, at: datetime | None = None) -> list[str]:
    """Give a person the drafts her browser began before she signed in or registered.

    Returns the ids that could not be given, because she has a submission in that consultation already; she decides
    about those on its page (``join_draft``).
    """
    wanted = [text for text in public_ids if read_uuid(text)]
    rows = Submission.objects.select_for_update(of=("self",)).select_related("consultation__unit")
    left = []
    for draft in rows.filter(author=None, code=None, state=SubmissionState.DRAFT, public_id__in=wanted):
        if heard.own_submission(draft.consultation, by) is not None:
            left.append(str(draft.public_id))
            continue
        draft.author = by
        draft.save(update_fields=["author"])
        _note(draft, by, {"author": by.pk}, instant(at))
    return left


@transaction.atomic
def join_draft(
    own: Submission, begun: Submission, *, by: Person, kept: Collection[str], at: datetime | None = None
) -> Submission:
    """Put what a browser began before signing in over the person's own; where it is silent, hers stays. It is then gone.

    Raises:
        NotVisible: when either is somebody else's.
        WrongState: before opening, after cancellation or conclusion.
    """
    other = lock_submission(begun)
    if other.author_id is not None or not may_continue_draft(other, by, kept):
        raise NotVisible
    said = content_of(other)

    def over(content: Content) -> Content:
        spoken = {name: value for name, value in asdict(said).items() if value}
        plain = {name: spoken[name] for name in spoken if name not in {"remarks", "answers"}}
        remarks, answers = {**content.remarks, **said.remarks}, {**content.answers, **said.answers}
        return replace(content, **plain, remarks=remarks, answers=answers)

    found = save_working(own.consultation, over, by=by, kept=kept, at=at)
    other.delete()
    return found


@transaction.atomic
def discard_draft(
    submission: Submission, *, by: Person | None, kept: Collection[str] = (), at: datetime | None = None
) -> None:
    """Delete a draft for good; of a sent submission only the changes that were not sent.

    Raises:
        NotVisible: when it is somebody else's.
    """
    found = lock_submission(submission)
    if not may_continue_draft(found, by, kept):
        raise NotVisible
    actor = VISITOR if by is None else actor_of(by)
    target = submission_target(found)
    audit.record(verbs.SUBMISSION_DISCARDED, by=actor, target=target, at=instant(at))
    if found.state == SubmissionState.DRAFT:
        found.delete()
        return
    found.working = None
    found.save(update_fields=["working"])


@transaction.atomic
def remove_stale_drafts(*, before: datetime, at: datetime | None = None) -> int:
    """Remove drafts nobody owns that were last changed before an instant; returns how many."""
    rows = Submission.objects.filter(
        author=None, code=None, state=SubmissionState.DRAFT, changed_at__lt=before
    )
    keys = list(rows.values_list("pk", flat=True)[:1000])
    Submission.objects.filter(pk__in=keys).delete()
    if keys:
        target = audit.Target(kind="submission", key="drafts")
        audit.record(verbs.DRAFTS_REMOVED, by=SYSTEM, target=target, after={"count": len(keys)}, at=at)
    return len(keys)


def _require_writable(consultation: Consultation, moment: datetime) -> None:
    now = stage(consultation, moment)
    if now is Stage.ANNOUNCED and consultation.opens_at is not None:
        opening = in_zone(consultation, consultation.opens_at)
        raise NotOpenYet(_("This consultation opens on %(moment)s.") % {"moment": opening})
    if now in {Stage.DRAFT, Stage.CANCELLED, Stage.CONCLUDED}:
        raise WrongState(_("This consultation takes no submissions."))


def _begun(
    consultation: Consultation, by: Person | None, public_id: UUID | None, moment: datetime
) -> Submission:
    """The person's standing submission, else the draft of this id, made if absent."""
    own = heard.own_submission(consultation, by) if by is not None else None
    if own is not None:
        return own
    begun = {"consultation": consultation, "author": by, "created_at": moment, "changed_at": moment}
    try:
        with transaction.atomic():
            draft, _made = Submission.objects.get_or_create(public_id=public_id or uuid4(), defaults=begun)
    except IntegrityError:  # her other window was faster
        standing = Submission.objects.exclude(state=SubmissionState.WITHDRAWN)
        return standing.get(consultation=consultation, author=by)
    return draft


def _note(draft: Submission, by: Person | None, after: dict[str, object], at: datetime) -> None:
    actor = VISITOR if by is None else actor_of(by)
    target = submission_target(draft)
    audit.record(verbs.SUBMISSION_SAVED, by=actor, target=target, after=after, at=at)

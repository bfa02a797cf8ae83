"""Writing and deleting comments. Hiding and reviewing them is ``moderation``."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from rembuk.access.rights import acting
from rembuk.accounts.models import Person
from rembuk.audit import actions as audit
from rembuk.common.clock import instant
from rembuk.common.errors import Invalid, NotVisible, require
from rembuk.common.text import clean_text, has_link, render_plain
from rembuk.engagement import notices, rules, verbs
from rembuk.engagement.actions.cases import open_case
from rembuk.engagement.actions.reports import close_reports
from rembuk.engagement.actions.talk import DELETED, comment_target, lock_comment, touch
from rembuk.engagement.errors import CommentsClosed, ParentGone
from rembuk.engagement.models import Case, Comment, Subject
from rembuk.siteconfig.selectors import current
from rembuk.workdays.clock import add_working_days
from rembuk.workunits.models import WorkUnit


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What somebody wrote."""

    body: str
    parent: Comment | None = None
    office: WorkUnit | None = None


def post_comment(subject: Subject, draft: Draft, *, by: Person, at: datetime | None = None) -> Comment:
    """Publish a comment or reply, or hold it for review.

    Held are comments of everybody where the instansi checks before publication, and those of new accounts that
    carry links; staff who speak for an office are never held. Writes the comment, its case when held, an audit
    entry, and the notices when shown.

    Raises:
        Denied: without a confirmed address, or for an office she may not speak for.
        Invalid: for an empty text, or one over the limit of the settings.
        NotVisible: when the subject is hidden.
        CommentsClosed, ParentGone: when it is too late.
    """
    body = _checked(draft.body)
    moment = instant(at)
    with transaction.atomic():
        subject = Subject.objects.select_related("unit").get(pk=subject.pk)
        _refuse_when_closed(subject, draft.parent)
        require(rules.may_comment(subject, by, draft.office))
        comment = _compose(subject, draft, by, (body, moment))
        comment.save(force_insert=True)
        _announce(comment, by, at=at, moment=moment)
    return comment


def delete_comment(comment: Comment, *, by: Person, at: datetime | None = None) -> Comment:
    """Delete one's own comment: the text is gone for good, replies stay below a note. Open cases on it are closed.

    A hidden comment keeps its public reason; its text goes as well.

    Raises:
        Denied: for anybody but its author.
    """
    moment = instant(at)
    with transaction.atomic():
        comment = lock_comment(comment)
        require(rules.may_delete(comment, by))
        before = comment.state
        if before == Comment.State.DELETED:
            return comment
        comment.body = comment.html = ""
        comment.state = before if before == Comment.State.HIDDEN else Comment.State.DELETED
        comment.save(update_fields=["body", "html", "state"])
        _close_all(comment, moment)
        touch(comment.subject)
        audit.record(
            verbs.COMMENT_DELETED,
            by=acting(by),
            target=comment_target(comment),
            before={"state": before},
            after={"state": comment.state},
            at=at,
        )
    return comment


def _checked(text: str) -> str:
    body, longest = clean_text(text), current().max_comment_length
    if not body:
        raise Invalid(
            _("Please write a comment first."), fields={"body": [_("Please write a comment first.")]}
        )
    if len(body) > longest:
        sentence = _("A comment may have at most %(longest)s characters.") % {"longest": longest}
        raise Invalid(sentence, fields={"body": [sentence]})
    return body


def _refuse_when_closed(subject: Subject, parent: Comment | None) -> None:
    if not subject.is_visible:
        raise NotVisible
    if not subject.comments_open:
        raise CommentsClosed
    if parent is None:
        return
    stands = Comment.objects.filter(pk=parent.pk, subject=subject, state=Comment.State.VISIBLE)
    if not stands.exists():
        raise ParentGone


def _compose(subject: Subject, draft: Draft, by: Person, text: tuple[str, datetime]) -> Comment:
    body, moment = text
    parent = draft.parent
    # The third level holds the answers to its own comments too.
    above = parent.parent if parent is not None and parent.depth == Comment.MAX_DEPTH else parent
    return Comment(
        public_id=uuid.uuid4(),
        subject=subject,
        parent=above,
        root_id=None if above is None else above.root_id or above.pk,
        depth=1 if above is None else above.depth + 1,
        author=by,
        office=draft.office,
        body=body,
        html=render_plain(body),
        state=Comment.State.HELD if _is_held(body, by, draft.office, moment) else Comment.State.VISIBLE,
        created_at=moment,
    )


def _is_held(body: str, by: Person, office: WorkUnit | None, moment: datetime) -> bool:
    if office is not None:
        return False
    settings = current()
    is_new = moment - by.joined_at < timedelta(days=settings.new_account_days)
    return settings.comment_moderation == "before" or (is_new and has_link(body))


def _announce(comment: Comment, by: Person, *, at: datetime | None, moment: datetime) -> None:
    is_held = comment.state == Comment.State.HELD
    if is_held:
        settings = current()
        open_case(
            Case.Kind.COMMENT_HELD,
            comment.subject,
            comment=comment,
            due_at=add_working_days(moment, settings.moderation_days, settings.tz),
            at=moment,
            barred=[by],
        )
    else:
        touch(comment.subject)
        notices.comment_published(comment, at=moment)
    office = {"office": comment.office.code} if comment.office else {}
    audit.record(
        verbs.COMMENT_HELD if is_held else verbs.COMMENT_POSTED,
        by=acting(by),
        target=comment_target(comment),
        after={"subject": comment.subject.code, "state": comment.state, **office},
        at=at,
    )


def _close_all(comment: Comment, moment: datetime) -> None:
    Case.objects.filter(comment=comment, closed_at=None).update(closed_at=moment, outcome=DELETED)
    close_reports(comment.subject, comment, at=moment)

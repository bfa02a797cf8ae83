"""Comments as rows of ``components/comments.html``, in reading order."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.access.rights import Somebody
from rembuk.accounts.models import Person
from rembuk.engagement import selectors
from rembuk.engagement.models import Comment
from rembuk.web.engagement.paths import to_comment

type Row = dict[str, Any]

REPLIES_SHOWN = 3


def rows_of(roots: Sequence[Comment], reader: Somebody) -> list[Row]:
    """Threads with their first replies (one query for all of them); the rest of a thread is a link."""
    by_root: dict[int | None, list[Comment]] = {}
    if roots:
        found = selectors.replies(roots, reader, at_most=REPLIES_SHOWN)
        ordered = sorted(found, key=lambda reply: (reply.root_id or 0, reply.pk))
        by_root = {root: list(group) for root, group in groupby(ordered, key=lambda reply: reply.root_id)}
    return [row for root in roots for row in _thread(root, by_root.get(root.pk, []), reader)]


def in_reading_order(replies: Iterable[Comment]) -> list[Comment]:
    """Each reply below the one it answers; one whose parent stands on another page keeps its place in time."""
    ordered = sorted(replies, key=lambda reply: reply.pk)
    present = {reply.pk for reply in ordered}
    below: dict[int | None, list[Comment]] = {}
    for reply in ordered:
        below.setdefault(reply.parent_id if reply.parent_id in present else None, []).append(reply)
    return [one for top in below.get(None, []) for one in (top, *below.get(top.pk, []))]


def row_of(comment: Comment, reader: Somebody) -> Row:
    """One comment as the component shows it to this reader."""
    row: Row = {"anchor": comment.anchor, "depth": comment.depth, "at": comment.created_at}
    if comment.state in {Comment.State.HIDDEN, Comment.State.DELETED}:
        return row | {"hidden_text": _gone(comment)}
    is_own = isinstance(reader, Person) and comment.author_id == reader.pk
    is_visible = comment.state == Comment.State.VISIBLE
    by_proposer = comment.author_id is not None and comment.author_id == comment.subject.author_id
    return row | {
        "author": comment.shown_author,
        "office": comment.office.label if comment.office else "",
        "html": mark_safe(comment.html),  # noqa: S308  (rendered by common.text on save)
        "is_proposer": by_proposer and not comment.hides_author,
        "in_reply_to": _answered(comment),
        "note": "" if is_visible else _("Waits for review. Only you see it."),
        "reply_url": to_comment("reply", comment) if is_visible and comment.subject.comments_open else "",
        "report_url": to_comment("report_comment", comment) if is_visible and not is_own else "",
        "delete_url": to_comment("delete", comment) if is_own else "",
        "moderate_url": to_comment("moderate", comment) if _moderates(comment, reader) else "",
    }


def _thread(root: Comment, replies: list[Comment], reader: Somebody) -> list[Row]:
    rows = [row_of(comment, reader) for comment in (root, *in_reading_order(replies))]
    more = replies[0].of_thread - len(replies) if replies else 0  # type: ignore[attr-defined]
    if more > 0:
        text = ngettext("Show %(n)s more reply", "Show %(n)s more replies", more)
        rows[-1] |= {
            "more_url": f"{to_comment('thread', root)}#{rows[-1]['anchor']}",
            "more_text": text % {"n": more},
        }
    return rows


def _gone(comment: Comment) -> str:
    if comment.state == Comment.State.DELETED:
        return _("Its author has deleted this comment.")
    if comment.decided_reason is None:
        return _("A moderator has hidden this comment.")
    words = {"reason": comment.decided_reason.shown_label, "explanation": comment.decided_note}
    return (_("A moderator has hidden this comment. Reason: %(reason)s. %(explanation)s") % words).strip()


def _moderates(comment: Comment, reader: Somebody) -> bool:
    if not isinstance(reader, Person) or comment.author_id == reader.pk:
        return False
    return rights.can(reader, izin.COMMENT_MODERATE, comment.subject.unit)


def _answered(comment: Comment) -> str:
    """Whom a reply answers; the parent's own subject is the same one."""
    if comment.parent is None:
        return ""
    comment.parent.subject = comment.subject
    return comment.parent.speaker

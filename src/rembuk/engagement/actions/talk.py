"""What the acts on comments share: their name in the audit trail, and the mark for the folding loop."""

from rembuk.audit import actions as audit
from rembuk.engagement.models import Case, Comment, Subject, Touched
from rembuk.engagement.selectors import with_authors

DELETED = "deleted"


def subject_target(subject: Subject) -> audit.Target:
    """The subject as the trail names it."""
    return audit.Target(subject.kind, subject.code, subject.unit_id, subject.unit.path, subject.shown_by)


def comment_target(comment: Comment) -> audit.Target:
    """The comment as the trail names it; its text stays out."""
    subject = comment.subject
    return audit.Target(
        "comment", str(comment.public_id), subject.unit_id, subject.unit.path, subject.shown_by
    )


def case_target(case: Case) -> audit.Target:
    """The case as the trail names it."""
    return audit.Target("case", str(case.public_id), case.unit_id, case.unit.path)


def touch(subject: Subject) -> None:
    """Let the folding loop count the subject's comments anew."""
    Touched.objects.create(subject=subject)


def lock_comment(comment: Comment) -> Comment:
    """The comment as it is now, its row locked until the transaction ends."""
    # Lock first, read afterwards: a joined row is not read again after waiting for the lock.
    Comment.objects.select_for_update().only("pk").get(pk=comment.pk)
    return with_authors(Comment.objects.all()).get(pk=comment.pk)

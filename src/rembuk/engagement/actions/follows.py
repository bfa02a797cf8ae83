"""Following a subject and stopping."""

from datetime import datetime

from django.db import transaction

from rembuk.access.rights import acting
from rembuk.accounts.models import Person
from rembuk.audit import actions as audit
from rembuk.common.clock import instant
from rembuk.common.errors import NotVisible, require
from rembuk.engagement import rules, verbs
from rembuk.engagement.actions.talk import subject_target
from rembuk.engagement.models import Follow, Subject


def follow(subject: Subject, *, by: Person, at: datetime | None = None) -> bool:
    """Follow a visible subject; True when this is new. Writes the follow and an audit entry.

    Raises:
        NotVisible: when the subject is hidden.
        Denied: without a confirmed address.
    """
    if not subject.is_visible:
        raise NotVisible
    require(rules.may_take_part(by))
    with transaction.atomic():
        _follow, is_new = Follow.objects.get_or_create(
            subject=subject, person=by, defaults={"created_at": instant(at)}
        )
        if is_new:
            audit.record(verbs.FOLLOWED, by=acting(by), target=subject_target(subject), at=at)
    return is_new


def unfollow(subject: Subject, *, by: Person, at: datetime | None = None) -> bool:
    """Stop following, also what is hidden by now; True when there was a follow. Writes an audit entry."""
    with transaction.atomic():
        ended, _kinds = Follow.objects.filter(subject=subject, person=by).delete()
        if ended:
            audit.record(verbs.UNFOLLOWED, by=acting(by), target=subject_target(subject), at=at)
    return bool(ended)

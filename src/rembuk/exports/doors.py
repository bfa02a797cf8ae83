"""The way to an export: one's own. Anybody else's looks absent (404)."""

from collections.abc import Collection
from uuid import UUID

from rembuk.accounts.models import Person
from rembuk.common.errors import NotVisible
from rembuk.exports import selectors
from rembuk.exports.models import Export


def own(public_id: UUID, by: Person) -> Export:
    """An export this person asked for.

    Raises:
        NotVisible: when there is none, or it is somebody else's.
    """
    found = selectors.of(by).filter(public_id=public_id).first()
    if found is None:
        raise NotVisible
    return found


def own_among(public_ids: Collection[UUID], by: Person) -> list[Export]:
    """Of these exports her own, newest first; others are passed over."""
    return list(selectors.of(by).filter(public_id__in=public_ids).order_by("-id"))

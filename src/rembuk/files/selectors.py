"""Finding stored files."""

from datetime import datetime
from uuid import UUID

from django.db.models import Exists, ManyToOneRel, OuterRef, QuerySet, Sum

from .models import StoredFile


def by_public_id(public_id: UUID | str) -> StoredFile | None:
    """The file with this public id; ``None`` also for what is no id at all."""
    try:
        key = public_id if isinstance(public_id, UUID) else UUID(public_id)
    except ValueError:
        return None
    return StoredFile.objects.filter(public_id=key).first()


def total_size() -> int:
    """Bytes of all stored files without the smaller sizes of pictures."""
    return StoredFile.objects.aggregate(total=Sum("size"))["total"] or 0


def orphans(before: datetime) -> QuerySet[StoredFile]:
    """Files stored before an instant that no row of any app refers to and that are not kept."""
    found = StoredFile.objects.filter(created_at__lt=before, is_kept=False)
    for relation in StoredFile._meta.get_fields(include_hidden=True):
        if isinstance(relation, ManyToOneRel):
            rows = relation.related_model._base_manager.filter(**{relation.field.name: OuterRef("pk")})
            found = found.exclude(Exists(rows))
    return found

"""What is known of a stored upload. The bytes lie in ``STORAGES["default"]`` under random names."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class FileKind(models.TextChoices):
    """Pictures are re-encoded in three sizes; documents are kept as they came."""

    PICTURE = "picture", _("Picture")
    DOCUMENT = "document", _("Document")


class ScanState(models.TextChoices):
    """Whether a virus scanner has seen the file; infected files are never stored."""

    UNSCANNED = "unscanned", _("Not scanned")
    CLEAN = "clean", _("Scanned, clean")


class StoredFile(models.Model):
    """An upload that passed all checks. Other apps refer to it by foreign key, or keep it by ``is_kept``."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=8, choices=FileKind)
    purpose = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    content_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64, db_collation="C")
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    storage_key = models.CharField(max_length=80, unique=True, db_collation="C")
    variants = models.JSONField(default=list)
    scan_state = models.CharField(max_length=9, choices=ScanState, default=ScanState.UNSCANNED)
    is_kept = models.BooleanField(default=False)
    uploaded_by_id = models.BigIntegerField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["created_at"], name="storedfile_created")]

    def __str__(self) -> str:
        return self.name

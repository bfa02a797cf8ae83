"""The table of technical and security events. Filled by ``handler``, read by ``selectors``."""

from django.db import models


class LogRecord(models.Model):
    """One event worth keeping: a warning, an error, or a named security event."""

    at = models.DateTimeField()
    level = models.PositiveSmallIntegerField()
    event = models.CharField(max_length=200)
    logger = models.CharField(max_length=100, db_collation="C")
    request_id = models.CharField(max_length=64, blank=True, db_collation="C")
    person_id = models.BigIntegerField(null=True)
    address = models.GenericIPAddressField(null=True)
    path = models.CharField(max_length=300, blank=True)
    status = models.PositiveSmallIntegerField(null=True)
    is_security = models.BooleanField(default=False)
    detail = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["-at", "-id"], name="logrecord_newest"),
            models.Index(fields=["request_id"], name="logrecord_request", condition=~models.Q(request_id="")),
            models.Index(
                fields=["person_id", "-at"],
                name="logrecord_person",
                condition=models.Q(person_id__isnull=False),
            ),
            models.Index(fields=["event", "-at"], name="logrecord_event"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S} {self.event}"

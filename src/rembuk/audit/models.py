"""The audit trail's table, as Django reads it. SQL in the first migration makes it; nothing here writes."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class AuditEntry(models.Model):
    """One deed. Never altered: the application may only insert and select, and triggers refuse the rest."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    verb = models.TextField()
    actor_person_id = models.BigIntegerField(null=True)
    actor_label = models.TextField()
    actor_roles = ArrayField(models.TextField())
    actor_unit_id = models.BigIntegerField(null=True)
    actor_unit_code = models.TextField()
    on_behalf_of = models.TextField()
    channel = models.TextField()
    address = models.TextField()
    request_id = models.TextField()
    target_kind = models.TextField()
    target_key = models.TextField()
    target_unit_id = models.BigIntegerField(null=True)
    target_unit_path = models.TextField()
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    reason = models.TextField()
    bulk = models.TextField()

    class Meta:
        managed = False
        db_table = "audit_entry"

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S} {self.verb} {self.target_kind} {self.target_key}"

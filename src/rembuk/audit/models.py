"""The audit trail's table, as Django reads it (SQL in the first migration makes it), entries on their way to it, what visitors
have to see anew, and which forms have done their deed."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now


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


class WaitingEntry(models.Model):
    """An entry within a row that its deed writes anyway, until that row is deleted: a trigger of the table takes it over then.

    For deeds that come by hundreds a second: one row where there would be two, and many rows into the trail at once. A table
    of such rows has the triggers ``audit_take_over`` and ``audit_refuse`` (``migrations/0001_take_over.sql``): whoever deletes
    a row, its entry stays, and none is altered. ``entry`` holds the other columns of the trail by their names
    (``statements.waiting``), as JSON in a text that is read when it is taken over; without it there is none in the row.
    """

    at = models.DateTimeField(null=True)
    actor_person_id = models.BigIntegerField(null=True)
    entry = models.TextField(null=True)

    class Meta:
        abstract = True


ANYWHERE = ""
"""The kind, and the key, of the second mark of a change that pages may have to show which don't name its target yet."""


class VisibleChange(models.Model):
    """That staff, a command or a job changed something visitors may see: read every second by whatever keeps pages.

    Only ever added to, so that no two officials wait for each other; forgotten after some hours. Votes, comments and
    follows of citizens leave no row: pages that show them live for seconds.
    """

    kind = models.TextField()
    key = models.TextField()
    at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [models.Index(fields=["at"], name="visible_change_at")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class Sending(models.Model):
    """A form whose deed is done: ``nonce`` is of the request that did it, ``location`` where its answer led.

    Written in the transaction of the deed (``sendings``); forgotten after some days. Says nothing of the person or the content:
    both are only hashed into the key.
    """

    key = models.UUIDField(primary_key=True)
    nonce = models.UUIDField()
    at = models.DateTimeField(db_default=Now())
    status = models.PositiveSmallIntegerField(db_default=0)
    location = models.TextField(db_default="")

    class Meta:
        indexes = [models.Index(fields=["at"], name="sending_at")]

    def __str__(self) -> str:
        return str(self.key)

"""One row for each export that was asked for and not made at once."""

import uuid

from django.conf import settings
from django.db import models

from rembuk.exports.states import Form, Problem, State


class Export(models.Model):
    """Who asked for which rows, how far the file is, and where it lies.

    ``given`` are filters and choices as asked, by parameter, ``words`` the same to be read; ``reach`` the units by
    permission that the rows were taken from, so that nobody fetches more than she may see then. ``attempt`` tells a
    worker whether the file is still its own. ``read_at`` is the instant that the rows were true at.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="exports")
    kind = models.CharField(max_length=40)
    form = models.CharField(max_length=10, choices=Form)
    given = models.JSONField(default=dict)
    words = models.CharField(max_length=500, blank=True)
    language = models.CharField(max_length=10)
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    problem = models.CharField(max_length=10, choices=Problem, blank=True)
    attempt = models.PositiveSmallIntegerField(default=0)
    rows_done = models.PositiveIntegerField(default=0)
    rows_expected = models.PositiveIntegerField(null=True)
    reach = models.JSONField(default=dict)
    storage_key = models.CharField(max_length=80, blank=True)
    name = models.CharField(max_length=120, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    is_from_replica = models.BooleanField(default=False)
    asked_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    taken_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=["person", "-id"], name="exports_of_person"),
            models.Index(fields=["state", "expires_at"], name="exports_state_end"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"

    @property
    def percent(self) -> int | None:
        """How far it is, of a hundred; ``None`` while nobody knows. All of it only when it is ready."""
        if self.state == State.READY:
            return 100
        if not self.rows_expected:
            return None
        return min(99, self.rows_done * 100 // self.rows_expected)

"""Rows of management itself. What it manages has its rows in the apps below."""

from django.conf import settings
from django.db import models


class DeskAccount(models.Model):
    """Who opened the account of somebody without email, at which office: there she gets a new code."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="desk_account"
    )
    unit = models.ForeignKey("workunits.WorkUnit", on_delete=models.PROTECT, related_name="+")
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    opened_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.person_id} @ {self.unit_id}"

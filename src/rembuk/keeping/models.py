"""The kept values. The table is not logged: a crash of the server empties it, and the values are made anew."""

from django.db import models
from django.db.models.functions import Now


class KeptValue(models.Model):
    """One value as JSON under its name and the fingerprint of its shape: versions of the software don't share rows."""

    key = models.CharField(max_length=60, primary_key=True)
    value = models.TextField()
    made_at = models.DateTimeField()
    asked_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return self.key

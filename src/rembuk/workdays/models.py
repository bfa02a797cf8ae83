"""Days on which offices are closed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from rembuk.regions.models import Region


class HolidayKind(models.TextChoices):
    """Why the offices are closed."""

    PUBLIC = "public", _("Public holiday")
    LEAVE = "leave", _("Collective leave")


class Holiday(models.Model):
    """A closed day: national where ``region`` is empty, else of that region and all within it."""

    on = models.DateField()
    name = models.CharField(max_length=200)
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="holidays")
    kind = models.CharField(max_length=6, choices=HolidayKind)
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["on", "region"], name="holiday_once", nulls_distinct=False),
        ]

    def __str__(self) -> str:
        return f"{self.on:%Y-%m-%d} {self.name}"

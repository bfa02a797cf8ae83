"""WorkUnit: a node in the tree, with a materialised path for prefix search."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class WorkUnit(models.Model):
    """A satuan kerja. ``path`` is the dotted chain of zero-padded ids from the root, ending in a dot."""

    class Kind(models.TextChoices):
        INSTANSI = "instansi", _("Government body")
        AGENCY = "agency", _("Agency")
        DIVISION = "division", _("Division")
        UPT = "upt", _("Technical unit")
        SUBDISTRICT = "subdistrict", _("Subdistrict")
        URBAN_VILLAGE = "urban_village", _("Urban village")
        VILLAGE = "village", _("Village")

    # Entries of these are released by an approver of their own, never from above.
    SELF_RELEASING = frozenset({Kind.SUBDISTRICT, Kind.URBAN_VILLAGE, Kind.VILLAGE})

    code = models.CharField(max_length=40, unique=True, db_collation="C")
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=20, choices=Kind)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    path = models.CharField(max_length=200, unique=True, db_collation="C", editable=False)
    region = models.ForeignKey(
        "regions.Region", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=30, blank=True)
    address = models.CharField(max_length=300, blank=True)
    # The official who leads the unit, with the title of the post: public, like the rest of the unit's facts.
    head_name = models.CharField(max_length=120, blank=True)
    head_title = models.CharField(max_length=120, blank=True)
    is_active = models.BooleanField(default=True)
    retired_at = models.DateTimeField(null=True, blank=True)
    # Who carries on the work of a retired unit; its address leads there.
    successor = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="predecessors"
    )

    class Meta:
        verbose_name = _("work unit")
        verbose_name_plural = _("work units")
        ordering = ["path"]
        indexes = [models.Index(fields=["name"], name="workunit_name")]

    def __str__(self) -> str:
        return self.name

    @property
    def releases_own(self) -> bool:
        """Whether its own entries are released by its own approver only."""
        return self.kind in self.SELF_RELEASING

    @property
    def label(self) -> str:
        """The short name where there is one."""
        return self.short_name or self.name

    def is_within(self, path: str) -> bool:
        """Whether this unit is the one at ``path`` or below it."""
        return self.path.startswith(path)


class FormerCode(models.Model):
    """A code a unit had before: addresses with it lead on to the unit, and nobody else gets it."""

    code = models.CharField(max_length=40, unique=True, db_collation="C")
    unit = models.ForeignKey(WorkUnit, on_delete=models.CASCADE, related_name="former_codes")
    since = models.DateTimeField()

    def __str__(self) -> str:
        return self.code

"""One table for the four levels of regions."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _


class Level(models.IntegerChoices):
    """How deep a region lies."""

    PROVINCE = 1, _("Province")
    REGENCY = 2, _("Regency or city")
    DISTRICT = 3, _("Subdistrict")
    VILLAGE = 4, _("Village or urban village")


class Kind(models.TextChoices):
    """What a region is called by law."""

    PROVINCE = "provinsi", _("Province")
    REGENCY = "kabupaten", _("Regency")
    CITY = "kota", _("City")
    DISTRICT = "kecamatan", _("Subdistrict")
    VILLAGE = "desa", _("Village")
    URBAN_VILLAGE = "kelurahan", _("Urban village")
    CUSTOMARY_VILLAGE = "desa_adat", _("Customary village")


class Region(models.Model):
    """A region; ``code`` is the dotted code of Kemendagri (``32.02.01.2001``), not the one of BPS."""

    code = models.CharField(max_length=13, primary_key=True, db_collation="C")
    name = models.CharField(max_length=100)
    full_name = models.CharField(max_length=300)
    level = models.PositiveSmallIntegerField(choices=Level)
    kind = models.CharField(max_length=12, choices=Kind)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")

    class Meta:
        ordering = ["code"]
        indexes = [
            GinIndex(OpClass(Upper("full_name"), name="gin_trgm_ops"), name="region_full_name_trgm"),
        ]

    def __str__(self) -> str:
        return self.full_name

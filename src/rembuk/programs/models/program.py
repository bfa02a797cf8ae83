"""The programme itself, its places and the proposals it takes up."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rembuk.programs.choices import NOMENCLATURE, Extent
from rembuk.programs.states import State

# What filters ask of a programme.
TOLD = ["state", "unit", "category", "year", "region"]


class Program(models.Model):
    """What the instansi undertakes; ``unit`` is responsible for it."""

    code = models.CharField(max_length=20, unique=True, db_collation="C")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    subject = models.OneToOneField("engagement.Subject", on_delete=models.PROTECT, related_name="program")
    title = models.CharField(max_length=200)
    summary = models.CharField(max_length=500)
    body = models.TextField(blank=True)
    html = models.TextField(blank=True)
    category = models.ForeignKey(
        "taxonomy.Category", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    unit = models.ForeignKey("workunits.WorkUnit", on_delete=models.PROTECT, related_name="+")
    region = models.ForeignKey(
        "regions.Region", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    place = models.CharField(max_length=300, blank=True)
    year = models.PositiveIntegerField()
    # What an office may add: the code of the nomenclature (Permendagri 90/2019 and its updates), who carries it
    # out, who benefits, whether it is a public service (then asked by the SKM of Permen PANRB 14/2017).
    nomenclature = models.CharField(max_length=40, blank=True, db_collation="C")
    executing_unit = models.ForeignKey(
        "workunits.WorkUnit", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    beneficiaries = models.CharField(max_length=300, blank=True)
    is_public_service = models.BooleanField(default=False)
    # The kind of the phase that leads, beside what lists are ordered by; a trigger of the phases keeps it.
    leading_kind = models.CharField(max_length=20, blank=True, default="", db_default="", editable=False)
    search = SearchVectorField(null=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("work programme")
        verbose_name_plural = _("work programmes")
        indexes = [
            # Lists choose their rows by what these hold beside the order.
            models.Index(fields=["-published_at", "-id"], include=TOLD, name="program_by_time"),
            models.Index(fields=["unit", "state"], name="program_unit"),
            models.Index(fields=["category"], name="program_category"),
            models.Index(fields=["-changed_at", "-id"], include=TOLD, name="program_by_change"),
            models.Index(fields=["title", "id"], include=TOLD, name="program_by_title"),
            models.Index(
                fields=["year", "-published_at", "-id"],
                include=["state", "unit", "category", "region"],
                name="program_of_year",
            ),
            models.Index(
                fields=["leading_kind", "-published_at", "-id"], include=TOLD, name="program_in_phase"
            ),
            models.Index(
                fields=["leading_kind", "-changed_at", "-id"],
                include=TOLD,
                name="program_in_phase_by_change",
            ),
            GinIndex(fields=["search"], name="program_search"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(nomenclature="") | Q(nomenclature__regex=NOMENCLATURE),
                name="program_nomenclature_is_a_code",
            )
        ]

    def __str__(self) -> str:
        return self.code


class Link(models.Model):
    """A proposal in a programme: how it is taken up, with a sentence to its author."""

    MIN_SENTENCE = 20

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="links")
    proposal = models.ForeignKey("proposals.Proposal", on_delete=models.PROTECT, related_name="links")
    extent = models.CharField(max_length=10, choices=Extent)
    sentence = models.TextField()
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)
    removal_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["program", "proposal"], condition=Q(removed_at=None), name="link_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.program_id} < {self.proposal_id}"


class ProgramPlace(models.Model):
    """One of the places where a programme is carried out: a region of the list, a place in words, or both."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="places")
    position = models.PositiveSmallIntegerField()
    region = models.ForeignKey(
        "regions.Region", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    words = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["program", "position"], name="programplace_position"),
            models.CheckConstraint(
                condition=Q(region__isnull=False) | ~Q(words=""), name="programplace_says_where"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.program_id} @ {self.words or self.region_id}"

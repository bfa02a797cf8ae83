"""Consultation, its files, invited organisations, programmes, public history, and the series of its receipts."""

import uuid
from datetime import tzinfo

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from rembuk.common.clock import zone_named
from rembuk.consultations.choices import Audience, Kind, Moment, Tie, Zone
from rembuk.consultations.states import State


class Consultation(models.Model):
    """Something put to the public. ``opens_at`` is in, ``closes_at`` is out; what fixes at opening is in ``FIXED``."""

    # Fields that can't be changed once it has opened.
    FIXED = (
        "title",
        "summary",
        "body",
        "kind",
        "unit",
        "audience",
        "submissions_shown",
        "totals_shown",
        "has_overall_stance",
        "needs_second_person",
        "answer_days",
        "zone",
        "opens_at",
    )

    code = models.CharField(max_length=20, unique=True, db_collation="C")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    subject = models.OneToOneField(
        "engagement.Subject", on_delete=models.PROTECT, related_name="consultation"
    )
    kind = models.CharField(max_length=10, choices=Kind)
    title = models.CharField(max_length=200)
    # Plain language, required before it is announced (UU 23/2014 art. 354: accessible information).
    summary = models.TextField()
    body = models.TextField(blank=True)
    html = models.TextField(blank=True)
    contact = models.CharField(max_length=300)
    unit = models.ForeignKey("workunits.WorkUnit", on_delete=models.PROTECT, related_name="+")
    category = models.ForeignKey(
        "taxonomy.Category", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    region = models.ForeignKey(
        "regions.Region", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # An earlier consultation on the same matter; every stage of a plan may have its own (UU 12/2011 art. 96).
    previous = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="next_ones"
    )
    search = SearchVectorField(null=True, editable=False)

    audience = models.CharField(max_length=15, choices=Audience, default=Audience.MEMBERS)
    submissions_shown = models.CharField(max_length=15, choices=Moment, default=Moment.AT_ONCE)
    totals_shown = models.CharField(max_length=15, choices=Moment, default=Moment.AT_ONCE)
    has_overall_stance = models.BooleanField(default=True)
    # Each answer of the matrix is approved by a second person before it is published.
    needs_second_person = models.BooleanField(default=False)
    answer_days = models.PositiveIntegerField(default=60)

    zone = models.CharField(max_length=4, choices=Zone, default=Zone.WIB)
    opens_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    # End of the answer deadline: ``answer_days`` working days after closing; moves with an extension.
    answer_due_at = models.DateTimeField(null=True, blank=True)
    announced_at = models.DateTimeField(null=True, blank=True)
    # The first answer was published: the page says «sedang dijawab».
    has_answers = models.BooleanField(default=False)
    reminded_at = models.DateTimeField(null=True, blank=True)

    # Who asked for the second pair of eyes before announcing.
    ready_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    ready_at = models.DateTimeField(null=True, blank=True)

    # The result in the office's words; needed before it can be concluded.
    result_body = models.TextField(blank=True)
    result_html = models.TextField(blank=True)
    result_published_at = models.DateTimeField(null=True, blank=True)

    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("consultation")
        verbose_name_plural = _("consultations")
        constraints = [
            models.CheckConstraint(
                condition=Q(opens_at=None) | Q(closes_at=None) | Q(closes_at__gt=F("opens_at")),
                name="consultation_closes_after_opening",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[State.DRAFT, State.CANCELLED])
                | Q(opens_at__isnull=False, closes_at__isnull=False, announced_at__isnull=False),
                name="consultation_has_schedule",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.CONCLUDED) | Q(result_published_at__isnull=False),
                name="consultation_concluded_with_result",
            ),
        ]
        indexes = [
            models.Index(fields=["-announced_at", "-id"], name="consultation_newest"),
            models.Index(fields=["-changed_at", "-id"], name="consultation_changed"),
            # With what filters ask: those that are narrowed down are put in order without reading rows.
            models.Index(
                fields=["state", "-closes_at", "-id"],
                include=["opens_at", "kind", "unit", "category"],
                name="consultation_of_state",
            ),
            # The soonest closing of those that can be answered now stand on the front page; whether one has opened is read
            # of the index, too, so PostgreSQL keeps the plan whatever the hour.
            models.Index(
                fields=["closes_at", "-id"],
                include=["opens_at"],
                condition=Q(state__in=[State.SCHEDULED, State.OPEN, State.CLOSED]),
                name="consultation_closes",
            ),
            # Then come those that open soonest.
            models.Index(
                fields=["opens_at", "-id"],
                condition=Q(state__in=[State.SCHEDULED, State.OPEN, State.CLOSED]),
                name="consultation_opening",
            ),
            # And those that closed last.
            models.Index(
                fields=["-closes_at", "-id"],
                condition=Q(state__in=[State.SCHEDULED, State.OPEN, State.CLOSED]),
                name="consultation_closed",
            ),
            models.Index(fields=["unit", "state"], name="consultation_unit"),
            # Those whose answers are due: closed and not concluded.
            models.Index(
                fields=["answer_due_at", "id"], condition=Q(state=State.CLOSED), name="consultation_due"
            ),
            models.Index(fields=["category"], name="consultation_category"),
            GinIndex(fields=["search"], name="consultation_search"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def tz(self) -> tzinfo:
        """Its own zone as an object."""
        return zone_named(self.zone)


class InvitedOrganisation(models.Model):
    """An organisation that may answer where only named ones may; its member signs in with this address."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="invited")
    name = models.CharField(max_length=120)
    email = models.EmailField(db_collation="C")
    # When it was told of the announced consultation; at most one letter goes to an address without an account.
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "email"], name="invited_email_once"),
        ]

    def __str__(self) -> str:
        return self.name


class ConsultationFile(models.Model):
    """A document to read: the draft itself, a study (naskah akademik), a map."""

    LIMIT = 20

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="files")
    title = models.CharField(max_length=200)
    file = models.OneToOneField("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.title


class ProgramTie(models.Model):
    """A programme the consultation is about, or that came out of it; both pages link to each other."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="ties")
    program = models.ForeignKey(
        "programs.Program", on_delete=models.PROTECT, related_name="consultation_ties"
    )
    phase = models.ForeignKey(
        "programs.Phase", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    kind = models.CharField(max_length=10, choices=Tie)
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "program", "kind"], name="tie_once"),
        ]

    def __str__(self) -> str:
        return f"{self.consultation_id} {self.kind} {self.program_id}"


class ConsultationEvent(models.Model):
    """One step or notable change: the public history. Append-only. ``facts``: small public values by name."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="events")
    step = models.CharField(max_length=30)
    from_state = models.CharField(max_length=10)
    to_state = models.CharField(max_length=10)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    # Empty for what the clock did.
    office = models.ForeignKey("workunits.WorkUnit", on_delete=models.PROTECT, null=True, related_name="+")
    # As what the person decided, where by a delegation for a time: «Plh. Kepala Dinas Kesehatan».
    standing = models.CharField(max_length=150, blank=True)
    reason = models.TextField(blank=True)
    facts = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["-at", "-id"], name="consultation_event_newest")]

    def __str__(self) -> str:
        return f"{self.consultation_id} {self.step}"


class ReceiptSeries(models.Model):
    """The last receipt number given out in a consultation; drawn late in the sender's transaction."""

    consultation = models.OneToOneField(
        Consultation, on_delete=models.CASCADE, primary_key=True, related_name="series"
    )
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.consultation_id}: {self.last}"

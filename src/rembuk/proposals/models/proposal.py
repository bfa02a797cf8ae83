"""Proposal, its versions, attachments and stage entries."""

import uuid

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from rembuk.proposals.choices import Channel, ParticipantKind, Source
from rembuk.proposals.states import State

# Words of the title and the place, without those of the text (``common.search.vector``).
TITLE_WORDS = Func(
    F("search"), template="ts_filter(%(expressions)s, '{a}')", output_field=SearchVectorField()
)


class Proposal(models.Model):
    """What somebody proposes. ``unit`` is the office it lies with now; states move only through ``actions``."""

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    code = models.CharField(max_length=20, unique=True, null=True, db_collation="C")
    state = models.CharField(max_length=12, choices=State, default=State.DRAFT)
    state_before_hiding = models.CharField(max_length=12, choices=State, blank=True)
    version = models.PositiveIntegerField(default=1)
    subject = models.OneToOneField(
        "engagement.Subject", on_delete=models.PROTECT, null=True, related_name="proposal"
    )

    title = models.CharField(max_length=300, blank=True)
    body = models.TextField(blank=True)
    html = models.TextField(blank=True)
    excerpt = models.CharField(max_length=200, blank=True)
    category = models.ForeignKey(
        "taxonomy.Category", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    region = models.ForeignKey(
        "regions.Region", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    place = models.CharField(max_length=300, blank=True)
    search = SearchVectorField(null=True, editable=False)

    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="proposals"
    )
    is_name_masked = models.BooleanField(default=False)
    participant_kind = models.CharField(
        max_length=12, choices=ParticipantKind, default=ParticipantKind.PERSON
    )
    participant_name = models.CharField(max_length=120, blank=True)
    target_unit = models.ForeignKey(
        "workunits.WorkUnit", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    estimate = models.BigIntegerField(null=True, blank=True)
    beneficiaries = models.CharField(max_length=300, blank=True)
    planning_year = models.PositiveIntegerField(null=True, blank=True)

    source = models.CharField(max_length=20, choices=Source, default=Source.CITIZEN)
    # Set where an office entered it for somebody; ``origin_unit`` then releases it itself if it is a village.
    origin_unit = models.ForeignKey(
        "workunits.WorkUnit", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    on_behalf_of = models.CharField(max_length=120, blank=True)
    channel = models.CharField(max_length=10, choices=Channel, blank=True)
    received_on = models.DateField(null=True, blank=True)
    scan = models.ForeignKey(
        "files.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Where it was imported from: the layout's name and the record's own number there.
    import_layout = models.CharField(max_length=30, blank=True)
    import_number = models.CharField(max_length=40, blank=True, db_collation="C")
    import_digest = models.CharField(max_length=32, blank=True)

    unit = models.ForeignKey("workunits.WorkUnit", on_delete=models.PROTECT, null=True, related_name="+")
    executing_unit = models.ForeignKey(
        "workunits.WorkUnit", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    duplicate_of = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="duplicates"
    )
    deferred_until_year = models.PositiveIntegerField(null=True, blank=True)
    return_on = models.DateField(null=True, blank=True)
    forwarded_to = models.CharField(max_length=200, blank=True)

    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    # First telaah by a unit in charge, and first published official answer: the three figures read these.
    considered_at = models.DateTimeField(null=True, blank=True)
    explained_at = models.DateTimeField(null=True, blank=True)
    answer_due_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        constraints = [
            models.CheckConstraint(
                condition=Q(state=State.DRAFT) | Q(code__isnull=False) | Q(state=State.WITHDRAWN),
                name="proposal_has_code",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.DUPLICATE) | Q(duplicate_of__isnull=False),
                name="proposal_duplicate_of",
            ),
            models.CheckConstraint(
                condition=Q(duplicate_of=None) | ~Q(duplicate_of=models.F("id")),
                name="proposal_not_own_duplicate",
            ),
            models.CheckConstraint(
                condition=Q(estimate=None) | Q(estimate__gte=0), name="proposal_estimate_positive"
            ),
            models.UniqueConstraint(
                fields=["import_layout", "import_number"],
                condition=~Q(import_number=""),
                name="proposal_import_once",
            ),
        ]
        indexes = [
            models.Index(fields=["-published_at", "-id"], name="proposal_newest"),
            models.Index(fields=["category", "-published_at", "-id"], name="proposal_category"),
            models.Index(fields=["category", "state"], include=["code"], name="proposal_of_category"),
            models.Index(fields=["unit", "state", "-published_at"], name="proposal_unit_state"),
            # Of one unit and those below it, told apart from the index alone (``web.proposals.lists``).
            models.Index(
                fields=["unit", "-published_at", "-id"], include=["state"], name="proposal_unit_newest"
            ),
            # Of a category, a unit or a region, in an order of subjects (their figures, their cases), told apart from the
            # index alone.
            models.Index(
                fields=["subject", "category"],
                include=["id", "state", "unit", "region", "published_at"],
                name="proposal_of_subject",
            ),
            models.Index(fields=["planning_year", "-published_at", "-id"], name="proposal_year"),
            models.Index(fields=["source", "-published_at", "-id"], name="proposal_source"),
            models.Index(
                fields=["submitted_at"],
                include=["id", "considered_at", "explained_at", "state", "unit", "answer_due_at"],
                name="proposal_figures",
            ),
            # Of a region and those in it, told apart and put in order from the index alone.
            models.Index(
                fields=["region", "-published_at", "-id"],
                include=["state", "code", "answer_due_at"],
                name="proposal_of_region",
            ),
            # Those that wait for a moderator are few; her queue is counted by what it is narrowed down to.
            models.Index(
                fields=["region"],
                include=["category", "subject"],
                condition=Q(state=State.SUBMITTED),
                name="proposal_waiting",
            ),
            models.Index(
                fields=["category"],
                include=["subject"],
                condition=Q(state=State.SUBMITTED),
                name="proposal_waiting_of_category",
            ),
            models.Index(fields=["author", "-id"], name="proposal_author"),
            models.Index(fields=["state", "id"], include=["code"], name="proposal_of_state"),
            models.Index(
                fields=["state", "answer_due_at", "id"], include=["code"], name="proposal_state_due"
            ),
            models.Index(fields=["answer_due_at", "id"], name="proposal_due_first"),
            # Those of ``states.AWAITS_ANSWER``, with what worklists ask of a proposal: their counts read no row of it.
            models.Index(
                fields=["answer_due_at", "id"],
                include=["state", "author", "code"],
                condition=Q(state__in=[State.PUBLISHED, State.REVIEWING]),
                name="proposal_waiting_due",
            ),
            models.Index(
                fields=["-id"],
                include=["state", "author", "code", "answer_due_at"],
                condition=Q(state__in=[State.PUBLISHED, State.REVIEWING]),
                name="proposal_awaiting",
            ),
            GinIndex(fields=["search"], name="proposal_search"),
            GinIndex(TITLE_WORDS, name="proposal_title_words", condition=Q(published_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.code or f"draft {self.public_id}"

    @property
    def shown_place(self) -> str:
        """The place in the author's words and the region around it; reads ``region``."""
        return ", ".join(part for part in (self.place, self.region.full_name if self.region else "") if part)


class ProposalVersion(models.Model):
    """The text as it stood from an instant; number 1 is the first published one. Append-only."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=300)
    body = models.TextField()
    place = models.CharField(max_length=300, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["proposal", "number"], name="version_number")]

    def __str__(self) -> str:
        return f"{self.proposal_id} v{self.number}"


class Attachment(models.Model):
    """A file of a proposal, at most five."""

    LIMIT = 5

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="attachments")
    file = models.OneToOneField("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return f"{self.proposal_id} #{self.position}"


class StageEntry(models.Model):
    """The same proposal at a later stage of planning (a record with ``induk`` in a musrenbang sheet)."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="stages")
    source = models.CharField(max_length=20, choices=Source)
    label = models.CharField(max_length=80)
    layout = models.CharField(max_length=30)
    number = models.CharField(max_length=40, db_collation="C")
    parent_number = models.CharField(max_length=40, db_collation="C")
    digest = models.CharField(max_length=32, blank=True)
    executing_unit = models.ForeignKey(
        "workunits.WorkUnit", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    place = models.CharField(max_length=300, blank=True)
    note = models.TextField(blank=True)
    occurred_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["occurred_at", "id"]
        constraints = [models.UniqueConstraint(fields=["layout", "number"], name="stage_import_once")]

    def __str__(self) -> str:
        return f"{self.label} {self.number}"

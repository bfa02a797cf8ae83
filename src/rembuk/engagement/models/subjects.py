"""Subject, its Figures, Touched, Follow, and the series that public codes are drawn from."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class Subject(models.Model):
    """The owned row that comments, ballots, follows and reports hang on."""

    class Kind(models.TextChoices):
        PROPOSAL = "proposal", _("Proposal")
        PROGRAM = "program", _("Work programme")
        PHASE = "phase", _("Phase")
        CONSULTATION = "consultation", _("Consultation")
        CLAUSE = "clause", _("Clause")
        SUBMISSION = "submission", _("Submission")
        WITNESS = "witness", _("Answer to “Is this finished?”")

    kind = models.CharField(max_length=20, choices=Kind)
    code = models.CharField(max_length=30, db_collation="C")
    title = models.CharField(max_length=300)
    path = models.CharField(max_length=200)
    unit = models.ForeignKey("workunits.WorkUnit", on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # The author's name is hidden from the public; her comments here must not give it away.
    hides_author = models.BooleanField(default=False)
    is_visible = models.BooleanField(default=False)
    comments_open = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "code"], name="subject_kind_code")]
        indexes = [GinIndex(OpClass(Lower("title"), name="gin_trgm_ops"), name="subject_title_trgm")]

    def __str__(self) -> str:
        return self.code

    @property
    def shown_by(self) -> tuple[str, str]:
        """Kind and code of the proposal, programme or consultation that it is or stands in: its code begins with that one's."""
        return _SHOWN_BY.get(self.kind, self.kind), "-".join(self.code.split("-")[:3])


_SHOWN_BY = {"phase": "program", "witness": "program", "clause": "consultation", "submission": "consultation"}


class Figures(models.Model):
    """Counts of a subject for lists and sorting; written by the folding loop only, never by a voter's request."""

    subject = models.OneToOneField(
        Subject, on_delete=models.CASCADE, primary_key=True, related_name="figures"
    )
    support = models.IntegerField(default=0)
    against = models.IntegerField(default=0)
    comments = models.IntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["-support", "-subject"], name="figures_support"),
            models.Index(fields=["-comments", "-subject"], name="figures_comments"),
        ]

    def __str__(self) -> str:
        return f"{self.subject_id}: {self.support}/{self.against}/{self.comments}"


class Touched(models.Model):
    """A subject whose comments changed and whose figures wait for the folding loop; rows are only added and taken."""

    subject = models.ForeignKey(Subject, on_delete=models.CASCADE, related_name="+", db_index=False)

    def __str__(self) -> str:
        return str(self.subject_id)


class Follow(models.Model):
    """A person follows a subject."""

    subject = models.ForeignKey(Subject, on_delete=models.CASCADE, related_name="follows")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="follows")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject", "person"], name="follow_once")]
        indexes = [models.Index(fields=["person", "-id"], name="follow_person")]

    def __str__(self) -> str:
        return f"{self.person_id} > {self.subject_id}"


class CodeSeries(models.Model):
    """The last number given out for a prefix in a year; drawn under the row's lock."""

    prefix = models.CharField(max_length=3)
    year = models.PositiveIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["prefix", "year"], name="codeseries_prefix_year")]

    def __str__(self) -> str:
        return f"{self.prefix}-{self.year}: {self.last}"

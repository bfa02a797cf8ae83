"""What an office tells of a programme: updates with pictures, and documents."""

import uuid

from django.conf import settings
from django.db import models

from rembuk.programs.choices import DocumentClass, Moment
from rembuk.programs.models.plan import Phase
from rembuk.programs.models.program import Program


class Update(models.Model):
    """News of a programme in one of its phases, with pictures."""

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="updates")
    phase = models.ForeignKey(Phase, on_delete=models.CASCADE, related_name="updates")
    title = models.CharField(max_length=200)
    body = models.TextField()
    html = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    office = models.ForeignKey("workunits.WorkUnit", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["program", "-at"], name="update_program")]

    def __str__(self) -> str:
        return self.title


class UpdatePicture(models.Model):
    """A picture of an update, with the words that stand for it."""

    update = models.ForeignKey(Update, on_delete=models.CASCADE, related_name="pictures")
    file = models.OneToOneField("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    alternative = models.CharField(max_length=200)
    moment = models.CharField(max_length=6, choices=Moment, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(moment__in=["", *Moment.values]), name="updatepicture_moment_exists"
            )
        ]

    def __str__(self) -> str:
        return self.alternative


class Document(models.Model):
    """A document of a programme; an excluded one is seen by staff only."""

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="documents")
    phase = models.ForeignKey(
        Phase, on_delete=models.CASCADE, null=True, blank=True, related_name="documents"
    )
    update = models.ForeignKey(
        Update, on_delete=models.SET_NULL, null=True, blank=True, related_name="documents"
    )
    title = models.CharField(max_length=200)
    file = models.OneToOneField("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    access_class = models.CharField(max_length=10, choices=DocumentClass, default=DocumentClass.OPEN)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return self.title

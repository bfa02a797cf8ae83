"""Role and Grant rows."""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Role(models.Model):
    """A named set of permissions (peran)."""

    slug = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    description = models.CharField(max_length=300, blank=True)
    description_en = models.CharField(max_length=300, blank=True)
    permissions = ArrayField(models.CharField(max_length=40), default=list)
    position = models.PositiveIntegerField(default=0)
    is_active = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name in the reader's language."""
        return self.name_en if get_language() == "en" else self.name

    @property
    def shown_description(self) -> str:
        """What the role is for, in the reader's language where it was written in it."""
        return (self.description_en if get_language() == "en" else "") or self.description


class Standing(models.TextChoices):
    """How somebody holds a task for a time (pelimpahan tugas sementara); nothing for one's own post.

    UU 30/2014 art. 34 with SE Kepala BKN 1/2021: *Plh.* while the holder is away, *Plt.* while the post is vacant.
    """

    PLH = "plh", _("Plh. (the holder is away for a time)")
    PLT = "plt", _("Plt. (the post is vacant)")
    OTHER = "other", _("Another delegation for a time")


class Grant(models.Model):
    """A role given to a person in a unit and all below it, from an instant, perhaps until another (penugasan).

    With a ``standing`` it is a delegation for a time: it has an end, and what is decided under it names
    ``standing_title``, the post it stands in for ("Kepala Dinas Kesehatan").
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="grants")
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="grants")
    unit = models.ForeignKey("workunits.WorkUnit", on_delete=models.PROTECT, related_name="grants")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    standing = models.CharField(max_length=5, choices=Standing, blank=True)
    standing_title = models.CharField(max_length=120, blank=True)
    letter = models.CharField(max_length=120, blank=True)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("grant")
        verbose_name_plural = _("grants")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at=None) | models.Q(ends_at__gt=models.F("starts_at")),
                name="grant_ends_after_start",
            ),
            models.CheckConstraint(
                condition=models.Q(standing="")
                | (models.Q(ends_at__isnull=False) & ~models.Q(standing_title="")),
                name="grant_delegation_has_end_and_post",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "starts_at"], name="grant_person"),
            models.Index(
                fields=["ends_at", "id"], condition=models.Q(ends_at__isnull=False), name="grant_ending"
            ),
            models.Index(fields=["unit", "role"], name="grant_unit_role"),
        ]

    def __str__(self) -> str:
        return f"{self.role_id} @ {self.unit_id}"


class GrantRequest(models.Model):
    """A grant that makes an administrator waits here for a second person; a row tells who asked and who decided."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting for a second person")
        APPROVED = "approved", _("Approved")
        REFUSED = "refused", _("Refused")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="grant_requests"
    )
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("workunits.WorkUnit", on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300)
    standing = models.CharField(max_length=5, choices=Standing, blank=True)
    standing_title = models.CharField(max_length=120, blank=True)
    letter = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("request for a grant")
        verbose_name_plural = _("requests for grants")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "role", "unit"],
                condition=models.Q(state="waiting"),
                name="grant_request_one_waiting",
            )
        ]

    def __str__(self) -> str:
        return f"{self.role_id} @ {self.unit_id} ({self.state})"

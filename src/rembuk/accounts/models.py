"""Person, Consent and Limit rows. Rules and rows only; sign-in itself is django-allauth's."""

import uuid
from datetime import date
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce, Lower, Upper
from django.utils.translation import gettext_lazy as _

NEVER_HERE = date(1, 1, 1)
"""The day that stands for no visit at all where people are ordered by their last one."""


class PersonManager(BaseUserManager["Person"]):
    """Creates people with a lower-case address; used by allauth, commands and tests."""

    def create_user(self, email: str, password: str | None = None, **fields: object) -> "Person":
        """A saved person with a hashed password (none: cannot sign in with one)."""
        person = self.model(email=email.strip().lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def get_by_natural_key(self, username: str | None) -> "Person":
        """The person with this address, whatever its case."""
        return self.get(email=(username or "").strip().lower())


class Person(AbstractBaseUser):
    """Somebody with an account: citizen and staff alike. Rights come from grants only."""

    class Language(models.TextChoices):
        INDONESIAN = "id", "Bahasa Indonesia"
        ENGLISH = "en", "English"

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(unique=True, null=True)
    # For people without email: what a desk printed for them to sign in with, lower case.
    sign_in_name = models.CharField(max_length=30, unique=True, null=True, blank=True, db_collation="C")
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=2, choices=Language, default=Language.INDONESIAN)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)
    adult_confirmed_at = models.DateTimeField(null=True, blank=True)
    privacy_version = models.PositiveIntegerField(null=True, blank=True)
    privacy_acknowledged_at = models.DateTimeField(null=True, blank=True)
    suspended_at = models.DateTimeField(null=True, blank=True)
    suspended_until = models.DateTimeField(null=True, blank=True)
    suspension_reason = models.TextField(blank=True)
    invited_at = models.DateTimeField(null=True, blank=True)
    # The day of the last request, written once a day, for the search of people and the cleaning up of accounts.
    last_active_on = models.DateField(null=True, blank=True)
    # Drafts that the browser had begun which registered; they become the person's at the first sign-in.
    begun_drafts = ArrayField(models.UUIDField(), default=list, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects: ClassVar[PersonManager] = PersonManager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        indexes = [
            models.Index(fields=["joined_at", "id"], name="person_joined"),
            models.Index(fields=["last_active_on", "id"], name="person_active"),
            models.Index(
                Coalesce("last_active_on", models.Value(NEVER_HERE)), models.F("id"), name="person_last_here"
            ),
            models.Index(Lower("name"), models.F("id"), name="person_name"),
            GinIndex(OpClass(Upper("name"), name="gin_trgm_ops"), name="person_name_trgm"),
            # States that few accounts are in; ``management.people.directory`` asks for them.
            models.Index(
                fields=["joined_at", "id"],
                # Not of ``last_login``: a sign-in would write into every index of the person then.
                condition=Q(invited_at__isnull=False, is_active=True, deleted_at=None),
                name="person_invited",
            ),
            models.Index(
                fields=["joined_at", "id"],
                condition=Q(is_active=False, suspended_at__isnull=False, deleted_at=None),
                name="person_suspended",
            ),
            models.Index(
                fields=["joined_at", "id"], condition=Q(deleted_at__isnull=False), name="person_deleted"
            ),
            # Few rows, so that whoever asks of many holders which are not here any more reads none of the others.
            models.Index(fields=["id"], condition=Q(is_active=False), name="person_inactive"),
        ]

    def __str__(self) -> str:
        return self.shown_name

    @property
    def shown_name(self) -> str:
        """The name the public sees; deleted accounts have none left."""
        return str(_("Deleted account")) if self.deleted_at else self.name

    def get_full_name(self) -> str:
        """The one name field, whole."""
        return self.shown_name

    def get_short_name(self) -> str:
        """The one name field, whole: Indonesian names have no first and last part."""
        return self.shown_name


class Consent(models.Model):
    """One optional consent, given and perhaps withdrawn (UU 27/2022 arts. 20-24: provable, separate, plain)."""

    class Purpose(models.TextChoices):
        NEWS = "news", _("News by email about participation in this region")
        RESEARCH = "research", _("Anonymous use of my activity to improve the service")

    WORDS = 1
    """The version of the wording of ``Purpose``; raise it when the words change."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=20, choices=Purpose)
    text_version = models.PositiveIntegerField()
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "purpose"], condition=models.Q(withdrawn_at=None), name="consent_one_open"
            )
        ]

    def __str__(self) -> str:
        return f"{self.purpose} v{self.text_version}"


class Limit(models.Model):
    """How often a key (an account or, generously, a network address) did something in a window of time."""

    key = models.CharField(max_length=120, db_collation="C")
    window_start = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "window_start"], name="limit_key_window")]
        indexes = [models.Index(fields=["window_start"], name="limit_window")]

    def __str__(self) -> str:
        return f"{self.key} {self.count}"


class OneTimeCode(models.Model):
    """A printed code with which somebody without email signs in once and chooses a password; only its hash is kept."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="one_time_codes")
    code_hash = models.CharField(max_length=128)
    made_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(used_at=None), name="one_time_code_one_open"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id}"


class RecoveryCode(models.Model):
    """One of the codes that let somebody in who lost the second factor; only its hash is kept, and it works once."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="recovery_codes")
    code_hash = models.CharField(max_length=128)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.person_id}"

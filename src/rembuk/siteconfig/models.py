"""Stored settings and the versions of information pages."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Setting(models.Model):
    """One changed setting; ``keys`` has the closed list, types and defaults."""

    key = models.CharField(max_length=50, primary_key=True)
    value = models.JSONField()
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.key


class Page(models.TextChoices):
    """The information pages whose text the instansi edits."""

    ABOUT = "about", _("About")
    PRIVACY = "privacy", _("Privacy")
    GUIDELINES = "guidelines", _("Community guidelines")
    HELP = "help", _("Help")


class PageText(models.Model):
    """A published version of a page in one language. A trigger refuses changes: edits make a new version."""

    slug = models.CharField(max_length=20, choices=Page)
    language = models.CharField(max_length=5)
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=150)
    body = models.TextField()
    html = models.TextField()
    published_at = models.DateTimeField()
    person_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["slug", "language", "version"], name="pagetext_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.slug} ({self.language}) {self.version}"

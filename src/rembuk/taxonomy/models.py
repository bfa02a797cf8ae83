"""Category, ReasonCode and TextTemplate: lists that an administrator manages."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Category(models.Model):
    """A node in the tree of categories; ``path`` holds position and id of each step, dotted, so that it sorts the tree."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=150)
    name_en = models.CharField(max_length=150)
    description = models.CharField(max_length=300, blank=True)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    path = models.CharField(max_length=200, unique=True, db_collation="C", editable=False)
    icon = models.CharField(max_length=30, default="tag")
    position = models.PositiveIntegerField(default=0)
    is_active = models.BooleanField(default=True)
    # Citizens may choose it; categories that came with a planning sheet are for its proposals only.
    is_open = models.BooleanField(default=True)
    default_unit = models.ForeignKey(
        "workunits.WorkUnit", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    answer_days = models.PositiveIntegerField(null=True, blank=True)
    # Where everything of this category went; its address leads there.
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged_from"
    )

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name in the reader's language."""
        return self.name_en if get_language() == "en" else self.name


class FormerSlug(models.Model):
    """A short name a category had before: addresses with it lead on to the category, and nobody else gets it."""

    slug = models.SlugField(max_length=60, unique=True)
    category = models.ForeignKey(Category, on_delete=models.CASCADE, related_name="former_slugs")
    since = models.DateTimeField()

    def __str__(self) -> str:
        return self.slug


class ReasonCode(models.Model):
    """Why something was decided: a code with a sentence in both languages."""

    class Use(models.TextChoices):
        REJECT = "reject", _("Not publishing a proposal")
        RETURN = "return", _("Returning a proposal")
        DUPLICATE = "duplicate", _("Marking a duplicate")
        HIDE = "hide", _("Hiding content")
        ANSWER = "answer", _("Official answer")
        REPORT = "report", _("Reporting content")

    code = models.SlugField(max_length=40, unique=True)
    label = models.CharField(max_length=120)
    label_en = models.CharField(max_length=120)
    explanation = models.TextField(blank=True)
    uses = ArrayField(models.CharField(max_length=20, choices=Use))
    position = models.PositiveIntegerField(default=0)
    is_active = models.BooleanField(default=True)
    # What to cite instead since it was retired; decisions that cite it keep it.
    replaced_by = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="replaces"
    )

    class Meta:
        verbose_name = _("reason code")
        verbose_name_plural = _("reason codes")
        ordering = ["position", "label"]

    def __str__(self) -> str:
        return self.shown_label

    @property
    def shown_label(self) -> str:
        """The label in the reader's language."""
        return self.label_en if get_language() == "en" else self.label


class TextTemplate(models.Model):
    """A text staff may start from when they decide or answer."""

    title = models.CharField(max_length=120)
    use = models.CharField(max_length=20, choices=ReasonCode.Use)
    body = models.TextField()
    position = models.PositiveIntegerField(default=0)
    is_active = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("text template")
        verbose_name_plural = _("text templates")
        ordering = ["use", "position", "title"]

    def __str__(self) -> str:
        return self.title

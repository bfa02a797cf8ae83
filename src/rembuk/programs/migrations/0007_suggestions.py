"""Columns that neighbourhoods of proposals are found by."""

import uuid

from django.db import migrations, models


def _new_text(length: int) -> models.CharField:
    return models.CharField(db_collation="C", default="", max_length=length)


class Migration(migrations.Migration):
    """Fingerprints by area and theme, suggestions by neighbourhood."""

    dependencies = [("programs", "0006_time")]

    operations = [
        migrations.RemoveIndex(model_name="fingerprint", name="fingerprint_region"),
        migrations.AddField(
            "fingerprint",
            "area",
            models.CharField(blank=True, db_collation="C", default="", max_length=13),
            preserve_default=False,
        ),
        migrations.AddField(
            "fingerprint",
            "theme",
            models.CharField(blank=True, db_collation="C", default="", max_length=30),
            preserve_default=False,
        ),
        migrations.AddField(
            "fingerprint",
            "subject",
            models.CharField(blank=True, db_collation="C", default="", max_length=40),
            preserve_default=False,
        ),
        migrations.AddIndex("fingerprint", models.Index(fields=["area", "theme"], name="fingerprint_like")),
        migrations.AddIndex(
            "fingerprint", models.Index(fields=["region", "subject"], name="fingerprint_same")
        ),
        migrations.RemoveField("suggestion", "title"),
        migrations.AddField(
            "suggestion", "public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
        ),
        migrations.AddField("suggestion", "near", _new_text(64), preserve_default=False),
        migrations.AddField("suggestion", "base", _new_text(50), preserve_default=False),
        migrations.AddConstraint(
            "suggestion",
            models.UniqueConstraint(
                fields=["base"], condition=models.Q(state="open"), name="suggestion_one_open"
            ),
        ),
        migrations.AddIndex("suggestion", models.Index(fields=["near"], name="suggestion_near")),
        migrations.RemoveField("suggestionmember", "score"),
        migrations.AlterModelOptions("suggestionmember", {"ordering": ["-proposal_id"]}),
    ]

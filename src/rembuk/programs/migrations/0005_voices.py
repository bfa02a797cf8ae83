"""Answers to "Is this finished?" get an address, a subject to report, and why one is hidden; rounds keep their counts.

No answer was stored before this migration, so its new columns need no default.
"""

import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("engagement", "0005_witness_subject"),
        ("programs", "0004_limits"),
        ("taxonomy", "0001_initial"),
    ]
    operations = [
        migrations.AddField("round", "counts", models.JSONField(blank=True, null=True)),
        migrations.AddField(
            "witness", "public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
        ),
        migrations.AddField(
            "witness",
            "subject",
            models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="witness",
                to="engagement.subject",
            ),
        ),
        migrations.AddField("witness", "changed_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField(
            "witness",
            "hidden_reason",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="taxonomy.reasoncode",
            ),
        ),
        migrations.AddField("witness", "hidden_note", models.TextField(blank=True, default=""), preserve_default=False),
    ]

"""Answers to "Is this finished?" own a subject, so that they can be reported like everything people write."""

from django.db import migrations, models

KINDS = [
    ("proposal", "Proposal"),
    ("program", "Work programme"),
    ("phase", "Phase"),
    ("consultation", "Consultation"),
    ("clause", "Clause"),
    ("submission", "Submission"),
    ("witness", "Answer to “Is this finished?”"),
]


class Migration(migrations.Migration):
    dependencies = [("engagement", "0004_initial")]
    operations = [
        migrations.AlterField(
            model_name="subject", name="kind", field=models.CharField(choices=KINDS, max_length=20)
        ),
    ]
